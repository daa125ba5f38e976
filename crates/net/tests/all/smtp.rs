//! Looking at MX hosts that behave and misbehave.

use std::time::Duration;

use sigillo_formats::report::ResultType;
use sigillo_net::address_guard::AddressGuard;
use sigillo_net::connect::{ConnectError, ConnectOptions};
use sigillo_net::limits::SMTP_LINE_BYTES;
use sigillo_net::smtp::{
    ReplyError, SmtpFault, SmtpLook, SmtpOutcome, SmtpRequest, SmtpStage, look,
};
use sigillo_net::tls::legacy::{LegacyLook, LegacyVersion};
use sigillo_net::tls::{Alert, NameOutcome, TlsError};

use crate::support::{Identity, Pki, Roots, Server, Step, name, now, say};

const HOST: &str = "mx.example.test";

fn request(pki: &Pki) -> SmtpRequest {
    SmtpRequest {
        deadline: Duration::from_secs(20),
        reply_timeout: Duration::from_secs(10),
        connect: ConnectOptions { guard: AddressGuard::Off, ..ConnectOptions::default() },
        trust: pki.trust(),
        ..SmtpRequest::new(name("checker.test"), now())
    }
}

async fn look_at(script: Vec<Step>) -> SmtpLook {
    let server = Server::run(script).await;
    look(server.address, &name(HOST), &request(&Pki::new())).await
}

/// The same with little patience.
async fn look_hastily_at(script: Vec<Step>) -> SmtpLook {
    let server = Server::run(script).await;
    let request = SmtpRequest { reply_timeout: Duration::from_millis(800), ..request(&Pki::new()) };
    look(server.address, &name(HOST), &request).await
}

fn greeting() -> Vec<Step> {
    vec![say("220 mx.example.test ESMTP\r\n"), Step::Line]
}

fn until_starttls() -> Vec<Step> {
    let mut script = greeting();
    script.push(say("250-mx.example.test\r\n250-SIZE 1000\r\n250 STARTTLS\r\n"));
    script.push(Step::Line);
    script
}

fn with(mut script: Vec<Step>, more: impl IntoIterator<Item = Step>) -> Vec<Step> {
    script.extend(more);
    script
}

fn broken(stage: SmtpStage, fault: SmtpFault) -> SmtpOutcome {
    SmtpOutcome::Broken { stage, fault }
}

#[tokio::test]
async fn a_whole_conversation() {
    let pki = Pki::new();
    let identity = pki.issue(&[HOST]);
    let server = Server::run(with(
        until_starttls(),
        [
            say("220 go ahead\r\n"),
            Step::Tls(identity.server()),
            Step::Line,
            say("250-mx.example.test\r\n250 REQUIRETLS\r\n"),
            Step::Line,
            say("221 bye\r\n"),
        ],
    ))
    .await;
    let look = look(server.address, &name(HOST), &request(&pki)).await;
    assert_eq!(look.outcome, SmtpOutcome::Complete);
    assert_eq!(look.result_type(), None);
    assert!(look.tls.as_ref().unwrap().is_trusted());
    let offered = look.capabilities.as_ref().unwrap();
    assert!(offered.offer("starttls") && !offered.offer("REQUIRETLS"));
    assert_eq!(offered.server_name, b"mx.example.test");
    assert!(look.capabilities_over_tls.as_ref().unwrap().offer("REQUIRETLS"));
    let stages: Vec<_> = look.transcript.iter().map(|said| (said.stage, said.code)).collect();
    assert_eq!(
        stages,
        [
            (SmtpStage::Banner, Some(220)),
            (SmtpStage::Ehlo, Some(250)),
            (SmtpStage::StartTls, Some(220)),
            (SmtpStage::EhloOverTls, Some(250)),
        ]
    );
    assert_eq!(look.said(SmtpStage::Banner).unwrap().lines[0].text(), b"mx.example.test ESMTP");
    assert!(look.timings.connect.is_some() && look.timings.tls.is_some());

    assert_eq!(server.server_names(), [Some(HOST.to_owned())]);

    // The goodbye goes on in the background.
    for _ in 0..50 {
        if server.heard().len() == 4 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(server.heard(), ["EHLO checker.test", "STARTTLS", "EHLO checker.test", "QUIT"]);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_bad_certificate_is_recorded() {
    let pki = Pki::new();
    for identity in [pki.issue(&["other.test"]), Identity::self_signed(&["other.test"], |_| {})] {
        let look = look_at(with(
            until_starttls(),
            [say("220 go\r\n"), Step::Tls(identity.server()), Step::Line, say("250 hi\r\n")],
        ))
        .await;
        assert_eq!(look.outcome, SmtpOutcome::Complete);
        assert_eq!(look.result_type(), Some(ResultType::CertificateHostMismatch));
        let seen = look.tls.unwrap().certificate.unwrap();
        assert_eq!(seen.judgement.name, NameOutcome::Mismatch);
        assert_eq!(seen.chain.der(), identity.chain);
    }
}

#[tokio::test]
async fn hosts_that_do_not_want_to_talk() {
    for code in [421, 450, 521, 554] {
        let server = Server::run(vec![say(&format!("{code} no\r\n")), Step::Line]).await;
        let look = look(server.address, &name(HOST), &request(&Pki::new())).await;
        assert_eq!(look.outcome, SmtpOutcome::Refused { stage: SmtpStage::Banner, code });
        assert_eq!(look.result_type(), None);
        assert_eq!(look.transcript[0].lines[0].text(), b"no");
    }
    let look = look_at(with(greeting(), [say("502 what?\r\n")])).await;
    assert_eq!(look.outcome, SmtpOutcome::Refused { stage: SmtpStage::Ehlo, code: 502 });
    let look = look_at(vec![say("250 hello\r\n")]).await;
    assert_eq!(look.outcome, broken(SmtpStage::Banner, SmtpFault::UnexpectedCode(250)));
}

#[tokio::test]
async fn no_starttls_is_told_from_a_refused_one() {
    let server = Server::run(with(greeting(), [say("250-mx\r\n250 SIZE\r\n"), Step::Line])).await;
    let stripped = look(server.address, &name(HOST), &request(&Pki::new())).await;
    assert_eq!(stripped.outcome, SmtpOutcome::StartTlsNotOffered);
    assert_eq!(stripped.result_type(), Some(ResultType::StarttlsNotSupported));
    assert!(stripped.tls.is_none());
    let overwritten = look_at(with(greeting(), [say("250-mx\r\n250 XXXXXXXA\r\n")])).await;
    assert_eq!(overwritten.outcome, SmtpOutcome::StartTlsNotOffered);
    assert!(overwritten.capabilities.unwrap().offer("XXXXXXXA"));
    for code in [454, 501] {
        let refused = look_at(with(until_starttls(), [say(&format!("{code} no TLS\r\n"))])).await;
        assert_eq!(refused.outcome, SmtpOutcome::StartTlsRefused { code });
    }
}

#[tokio::test]
async fn words_before_tls_are_reported() {
    let injected =
        look_at(with(until_starttls(), [say("220 go\r\n250 I am you\r\n"), Step::Hang])).await;
    let bytes = b"250 I am you\r\n".to_vec();
    assert_eq!(injected.outcome, SmtpOutcome::PlaintextAfterStartTls { bytes });
    assert!(injected.tls.is_none());

    let flood = format!("220 go\r\n{}", "x".repeat(3_000));
    match look_at(with(until_starttls(), [say(&flood), Step::Hang])).await.outcome {
        SmtpOutcome::PlaintextAfterStartTls { bytes } => assert_eq!(bytes.len(), 512),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn garbage_after_starttls() {
    let late = with(until_starttls(), [say("220 go\r\n"), Step::Any, say("\x00\x1b garbage \r\n")]);
    let look = look_at(late).await;
    assert_eq!(look.outcome, SmtpOutcome::HandshakeFailed(TlsError::NotTls));
    assert_eq!(look.legacy, None);

    let alert = Step::Say(vec![21, 3, 3, 0, 2, 2, 112]);
    let look = look_at(with(until_starttls(), [say("220 go\r\n"), Step::Any, alert])).await;
    let expected = TlsError::Alert(Alert::UNRECOGNIZED_NAME);
    assert_eq!(look.outcome, SmtpOutcome::HandshakeFailed(expected));

    let look = look_hastily_at(with(until_starttls(), [say("220 go\r\n"), Step::Hang])).await;
    assert_eq!(look.outcome, SmtpOutcome::HandshakeFailed(TlsError::Timeout));
}

#[tokio::test]
async fn old_tls_is_told_from_none() {
    let refuse = with(
        until_starttls(),
        [say("220 go\r\n"), Step::Any, Step::Say(vec![21, 3, 1, 0, 2, 2, 70])],
    );
    let agree = with(
        until_starttls(),
        [say("220 go\r\n"), Step::Any, Step::Say(vec![22, 3, 2, 0, 6, 2, 0, 0, 2, 3, 2])],
    );
    let server = Server::run_scripts(vec![refuse.clone(), agree]).await;
    let old = look(server.address, &name(HOST), &request(&Pki::new())).await;
    assert_eq!(old.outcome, SmtpOutcome::OldTlsOnly { version: LegacyVersion::Tls11 });
    assert_eq!(old.transcript.len(), 3);
    assert_eq!(server.connections(), 2);

    let none = look_at(refuse.clone()).await;
    let expected = TlsError::Alert(Alert::PROTOCOL_VERSION);
    assert_eq!(none.outcome, SmtpOutcome::HandshakeFailed(expected.clone()));

    let server = Server::run_scripts(vec![refuse, vec![say("421 too many\r\n")]]).await;
    let busy = look(server.address, &name(HOST), &request(&Pki::new())).await;
    assert_eq!(busy.outcome, SmtpOutcome::HandshakeFailed(expected));
    assert_eq!(busy.legacy, Some(LegacyLook::NotStarted));

    let closes = look_at(with(until_starttls(), [say("220 go\r\n"), Step::Any])).await;
    assert_eq!(closes.outcome, SmtpOutcome::HandshakeFailed(TlsError::Closed));
    assert_eq!(closes.legacy, Some(LegacyLook::NoAnswer));
}

#[tokio::test]
async fn a_close_at_any_point() {
    let pki = Pki::new();
    let over_tls = with(
        until_starttls(),
        [say("220 go\r\n"), Step::Tls(pki.issue(&[HOST]).server()), Step::Line],
    );
    for (script, stage) in [
        (vec![], SmtpStage::Banner),
        (vec![say("220-mx\r\n22")], SmtpStage::Banner),
        (greeting(), SmtpStage::Ehlo),
        (with(greeting(), [say("250-mx\r\n")]), SmtpStage::Ehlo),
        (until_starttls(), SmtpStage::StartTls),
        (over_tls.clone(), SmtpStage::EhloOverTls),
        (with(over_tls.clone(), [say("250-mx"), Step::Drop]), SmtpStage::EhloOverTls),
    ] {
        let look = look_at(script).await;
        assert_eq!(look.outcome, broken(stage, SmtpFault::Closed));
        assert_eq!(look.transcript.last().unwrap().stage, stage);
        assert_eq!(look.transcript.last().unwrap().code, None);
    }
    for (script, stage) in [
        (vec![Step::Reset], SmtpStage::Banner),
        (with(greeting(), [Step::Reset]), SmtpStage::Ehlo),
        (with(until_starttls(), [Step::Reset]), SmtpStage::StartTls),
    ] {
        assert_eq!(look_at(script).await.outcome, broken(stage, SmtpFault::Reset));
    }
    let torn = look_at(vec![say("220-mx\r\n22")]).await;
    let lines: Vec<_> = torn.transcript[0].lines.iter().map(|line| line.bytes.as_slice()).collect();
    assert_eq!(lines, [b"220-mx".as_slice(), b"22"]);
}

#[tokio::test]
async fn slowness_is_bounded() {
    for (script, stage) in [
        (vec![Step::Hang], SmtpStage::Banner),
        (
            vec![Step::Drip(b"220 very slow indeed\r\n".to_vec(), Duration::from_millis(100))],
            SmtpStage::Banner,
        ),
        (with(greeting(), [Step::Hang]), SmtpStage::Ehlo),
        (with(until_starttls(), [Step::Hang]), SmtpStage::StartTls),
    ] {
        let look = look_hastily_at(script).await;
        assert_eq!(look.outcome, broken(stage, SmtpFault::Timeout));
        assert!(look.timings.total < Duration::from_secs(9), "{:?}", look.timings);
    }
    // Each reply in time, all of them too late.
    let slow = SmtpRequest { deadline: Duration::from_millis(300), ..request(&Pki::new()) };
    let server = Server::run(vec![Step::Hang]).await;
    let look = look(server.address, &name(HOST), &slow).await;
    assert_eq!(look.outcome, broken(SmtpStage::Banner, SmtpFault::Timeout));
    assert!(look.timings.total < Duration::from_secs(9), "{:?}", look.timings);
}

#[tokio::test]
async fn replies_are_bounded() {
    let fault = |stage, error| broken(stage, SmtpFault::NotAReply(error));
    let endless = look_at(with(greeting(), [Step::Forever(b"250-again\r\n".to_vec())])).await;
    assert_eq!(endless.outcome, fault(SmtpStage::Ehlo, ReplyError::TooManyLines));
    assert_eq!(endless.transcript.last().unwrap().lines.len(), 100);
    let line = look_at(vec![Step::Forever(vec![b'x'; 1000])]).await;
    assert_eq!(line.outcome, fault(SmtpStage::Banner, ReplyError::TooLong));
    let kept = &line.transcript[0].lines[0];
    assert_eq!((kept.bytes.len(), kept.truncated), (SMTP_LINE_BYTES, true));
    for garbage in ["SSH-2.0-OpenSSH_9\r\n", "HTTP/1.1 400 Bad Request\r\n", "\x00\x01\r\n"] {
        let look = look_at(vec![say(garbage), Step::Hang]).await;
        assert_eq!(look.outcome, fault(SmtpStage::Banner, ReplyError::NotAReply));
        assert_eq!(look.transcript[0].lines[0].bytes, garbage.trim_end().as_bytes());
    }
    let changing = look_at(with(greeting(), [say("250-mx\r\n220 mx\r\n"), Step::Hang])).await;
    assert_eq!(changing.outcome, fault(SmtpStage::Ehlo, ReplyError::CodeChanges));
}

#[tokio::test]
async fn escape_sequences_stay_bytes() {
    let banner = b"220 \x1b[2J\x1b]0;owned\x07 \x00 \xff\xfe\r\n".to_vec();
    let look = look_at(vec![Step::Say(banner.clone()), Step::Line, say("500 no\r\n")]).await;
    assert_eq!(look.outcome, SmtpOutcome::Refused { stage: SmtpStage::Ehlo, code: 500 });
    assert_eq!(look.transcript[0].lines[0].bytes, &banner[..banner.len() - 2]);
}

#[tokio::test]
async fn no_connection() {
    let server = Server::run(vec![Step::Hang]).await;
    let guarded = SmtpRequest { connect: ConnectOptions::default(), ..request(&Pki::new()) };
    let guarded = look(server.address, &name(HOST), &guarded).await;
    assert!(matches!(guarded.outcome, SmtpOutcome::NotConnected(ConnectError::Guard(_))));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let refused = look(address, &name(HOST), &request(&Pki::new())).await;
    assert_eq!(refused.outcome, SmtpOutcome::NotConnected(ConnectError::Refused));
}
