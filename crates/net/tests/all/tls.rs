//! Handshakes: what they record, and what keeps them from their end.

use std::time::Duration;

use sigillo_formats::report::ResultType;
use sigillo_net::tls::{
    Alert, NameOutcome, TlsError, TlsLook, TlsRequest, TlsVersion, Trust, TrustOutcome,
    Verification, handshake, result_type,
};
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::support::{Identity, Pki, Roots, Server, Step, name, now, say, window};

async fn look(server: &Server, trust: &Trust, verification: Verification) -> (TlsLook, bool) {
    let stream = TcpStream::connect(server.address).await.unwrap();
    let name = name("mx.example.test");
    let request = TlsRequest {
        name: &name,
        trust,
        now: now(),
        verification,
        protocol: None,
        deadline: Instant::now() + Duration::from_secs(3),
    };
    let (look, stream) = handshake(stream, &request).await;
    (look, stream.is_some())
}

async fn fault(script: Vec<Step>) -> TlsError {
    let server = Server::run(script).await;
    let (look, opened) = look(&server, &Trust::none(), Verification::Record).await;
    assert!(!opened);
    assert_eq!(result_type(&look), Some(ResultType::ValidationFailure));
    look.outcome.unwrap_err()
}

#[tokio::test]
async fn what_was_agreed_is_recorded() {
    let pki = Pki::new();
    let identity = pki.issue(&["mx.example.test"]);
    for (version, expected) in
        [(&rustls::version::TLS12, TlsVersion::Tls12), (&rustls::version::TLS13, TlsVersion::Tls13)]
    {
        let server = Server::run(vec![Step::Tls(identity.server_with(&[version]))]).await;
        let (look, opened) = look(&server, &pki.trust(), Verification::Enforce).await;
        assert!(opened && look.is_trusted());
        assert_eq!(result_type(&look), None);
        let agreed = look.outcome.unwrap();
        assert_eq!(agreed.version, expected);
        assert!(agreed.cipher_suite.starts_with("TLS_"), "{}", agreed.cipher_suite);
        assert!(!agreed.cipher_suite.contains("TLS13"), "{}", agreed.cipher_suite);
        assert_eq!(agreed.key_exchange.as_deref(), Some("X25519"));
        assert_eq!(look.certificate.unwrap().chain.der(), identity.chain);
    }
}

#[tokio::test]
async fn a_bad_certificate_is_recorded_or_refused() {
    let pki = Pki::new();
    for (identity, reported) in [
        (pki.issue(&["other.test"]), ResultType::CertificateHostMismatch),
        (Identity::self_signed(&["mx.example.test"], |_| {}), ResultType::CertificateNotTrusted),
        (
            pki.issue_with(&["mx.example.test"], |params| {
                window(params, (2025, 1, 1), (2025, 2, 1));
            }),
            ResultType::CertificateExpired,
        ),
        (
            pki.issue_with(&["mx.example.test"], |params| {
                window(params, (2027, 1, 1), (2027, 2, 1));
            }),
            ResultType::CertificateNotTrusted,
        ),
    ] {
        let server = Server::run(vec![Step::Tls(identity.server())]).await;
        let (recorded, opened) = look(&server, &pki.trust(), Verification::Record).await;
        assert!(opened && recorded.outcome.is_ok() && !recorded.is_trusted());
        assert_eq!(result_type(&recorded), Some(reported));

        let (enforced, opened) = look(&server, &pki.trust(), Verification::Enforce).await;
        assert!(!opened);
        assert_eq!(enforced.outcome, Err(TlsError::Untrusted));
        assert_eq!(enforced.certificate, recorded.certificate);
        assert_eq!(result_type(&enforced), Some(reported));
    }
}

#[tokio::test]
async fn the_chain_is_there_even_if_the_key_is_not() {
    let pki = Pki::new();
    let honest = pki.issue(&["mx.example.test"]);
    // Somebody else's certificate with one's own key.
    let mut thief = Identity::self_signed(&["mx.example.test"], |_| {});
    thief.chain = honest.chain.clone();
    let key = thief.server();
    let server = Server::run(vec![Step::Tls(key)]).await;
    let (look, opened) = look(&server, &pki.trust(), Verification::Record).await;
    assert!(!opened && !look.is_trusted());
    assert!(matches!(look.outcome, Err(TlsError::Certificate { .. })), "{:?}", look.outcome);
    let seen = look.certificate.unwrap();
    assert_eq!(seen.judgement.trust, TrustOutcome::Trusted);
    assert_eq!(seen.judgement.name, NameOutcome::Match);
}

#[tokio::test]
async fn alerts_have_their_names() {
    for (number, expected) in [
        (40, Alert::HANDSHAKE_FAILURE),
        (70, Alert::PROTOCOL_VERSION),
        (112, Alert::UNRECOGNIZED_NAME),
        (200, Alert(200)),
    ] {
        let alert = Step::Say(vec![21, 3, 3, 0, 2, 2, number]);
        assert_eq!(fault(vec![Step::Any, alert]).await, TlsError::Alert(expected));
    }
    assert_eq!(Alert::UNRECOGNIZED_NAME.to_string(), "unrecognized_name");
    assert_eq!(Alert(200).to_string(), "alert 200");
}

#[tokio::test]
async fn what_is_no_handshake() {
    assert_eq!(fault(vec![Step::Any]).await, TlsError::Closed);
    assert_eq!(fault(vec![Step::Any, Step::Reset]).await, TlsError::Reset);
    assert_eq!(
        fault(vec![Step::Any, say("HTTP/1.1 400 Bad Request\r\n\r\n")]).await,
        TlsError::NotTls
    );
    assert_eq!(fault(vec![Step::Any, say("SSH-2.0-OpenSSH\r\n")]).await, TlsError::NotTls);
    assert_eq!(fault(vec![Step::Hang]).await, TlsError::Timeout);
    // A server hello of TLS 1.0.
    let mut hello = vec![22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1];
    hello.extend([7; 32]);
    hello.extend([0, 0xc0, 0x13, 0]);
    assert_eq!(fault(vec![Step::Any, Step::Say(hello)]).await, TlsError::OldVersion);
    let garbage = Step::Say([vec![22, 3, 3, 0, 4], vec![2, 0, 0, 0]].concat());
    assert!(matches!(fault(vec![Step::Any, garbage]).await, TlsError::Misbehaved { .. }));
}

/// Some servers warn that they don't know the name, and go on with what they have.
#[tokio::test]
async fn a_warning_does_not_end_the_handshake() {
    let pki = Pki::new();
    let identity = pki.issue(&["mx.example.test"]);
    let warning = Step::Say(vec![21, 3, 3, 0, 2, 1, 112]);
    let config = identity.server_with(&[&rustls::version::TLS12]);
    let server = Server::run(vec![warning, Step::Tls(config)]).await;
    let (look, opened) = look(&server, &pki.trust(), Verification::Enforce).await;
    assert!(opened && look.is_trusted(), "{:?}", look.outcome);
}
