//! Fetching policies from hosts that behave and misbehave.

use std::io::Write;
use std::time::Duration;

use sigillo_formats::report::ResultType;
use sigillo_net::address_guard::AddressGuard;
use sigillo_net::connect::{ConnectError, ConnectOptions};
use sigillo_net::https::{
    FetchError, FetchRequest, HttpError, HttpPhase, PolicyFetch, fetch_policy, fetch_policy_strict,
};
use sigillo_net::limits::POLICY_BYTES;
use sigillo_net::tls::legacy::{LegacyAnswer, LegacyLook, LegacyVersion};
use sigillo_net::tls::{Alert, TlsError};

use crate::support::{Identity, Pki, Roots, Server, Step, name, now, say, window};

const HOST: &str = "mta-sts.example.test";
const POLICY: &str = "version: STSv1\nmode: testing\nmx: mx.example.test\nmax_age: 86400\n";

fn request(pki: &Pki) -> FetchRequest {
    FetchRequest {
        deadline: Duration::from_secs(10),
        connect: ConnectOptions { guard: AddressGuard::Off, ..ConnectOptions::default() },
        trust: pki.trust(),
        ..FetchRequest::new("test/1", now())
    }
}

/// What a fetch shows of a host with a good certificate that answers with these steps.
async fn fetch(answer: Vec<Step>) -> PolicyFetch {
    fetch_within(Duration::from_secs(10), answer).await
}

async fn fetch_within(deadline: Duration, answer: Vec<Step>) -> PolicyFetch {
    let pki = Pki::new();
    let mut script = vec![Step::Tls(pki.issue(&[HOST]).server()), Step::Head];
    script.extend(answer);
    let server = Server::run(script).await;
    let request = FetchRequest { deadline, ..request(&pki) };
    let fetch = fetch_policy(server.address, &name(HOST), &request).await;
    assert!(fetch.is_trusted());
    assert!(fetch.timings.connect.is_some() && fetch.timings.tls.is_some());
    assert_eq!(server.connections(), 1);
    fetch
}

fn response(head: &str, body: &str) -> Step {
    say(&format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
}

fn error(fetch: &PolicyFetch) -> &HttpError {
    match fetch.error.as_ref() {
        Some(FetchError::Http(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_policy_is_fetched_with_one_plain_request() {
    let pki = Pki::new();
    let answer = response("200 OK\r\nContent-Type: text/plain\r\nServer: nginx", POLICY);
    let script = vec![Step::Tls(pki.issue(&[HOST]).server()), Step::Head, answer];
    let server = Server::run(script).await;
    for strict in [false, true] {
        let request = request(&pki);
        let fetch = if strict {
            fetch_policy_strict(server.address, &name(HOST), &request).await
        } else {
            fetch_policy(server.address, &name(HOST), &request).await
        };
        assert_eq!(fetch.error, None);
        assert_eq!(fetch.policy(), Some(POLICY.as_bytes()));
        assert_eq!(fetch.result_type(), None);
        let response = fetch.response.unwrap();
        assert_eq!((response.status, response.trusted, response.truncated), (200, true, false));
        assert_eq!(response.content_type(), Some("text/plain"));
        assert_eq!(response.server(), Some("nginx"));
        assert!(fetch.timings.first_byte.is_some_and(|time| time <= fetch.timings.total));
    }
    assert_eq!(server.server_names(), [Some(HOST.to_owned()), Some(HOST.to_owned())]);
    let requests = server.heard();
    assert_eq!(requests.len(), 2);
    let head = requests[0].to_ascii_lowercase();
    assert!(head.starts_with("get /.well-known/mta-sts.txt http/1.1\r\n"), "{head}");
    assert!(head.contains(&format!("\r\nhost: {HOST}:{}\r\n", server.address.port())), "{head}");
    assert!(head.contains("\r\nuser-agent: test/1"), "{head}");
    for absent in ["accept-encoding", "cookie", "authorization", "if-none-match"] {
        assert!(!head.contains(absent), "{head}");
    }
}

#[tokio::test]
async fn statuses_are_kept_and_redirects_not_followed() {
    for status in [301, 302, 307, 308] {
        let target = "https://www.example.test/mta-sts.txt";
        let fetch =
            fetch(vec![response(&format!("{status} Moved\r\nLocation: {target}"), "")]).await;
        assert_eq!((fetch.policy(), &fetch.error), (None, &None));
        let response = fetch.response.unwrap();
        assert_eq!((response.status, response.location()), (status, Some(target)));
    }
    for status in [204, 403, 404, 500, 503] {
        let fetch = fetch(vec![response(&format!("{status} No\r\nCF-RAY: 1-MXP"), "")]).await;
        assert_eq!(fetch.result_type(), Some(ResultType::StsPolicyFetchError));
        assert_eq!((fetch.policy(), &fetch.error), (None, &None));
        let response = fetch.response.unwrap();
        assert_eq!((response.status, response.field("cf-ray")), (status, Some("1-MXP")));
    }
}

#[tokio::test]
async fn a_packed_body_is_kept_packed() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(POLICY.as_bytes()).unwrap();
    let packed = gzip.finish().unwrap();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
        packed.len()
    );
    let fetch = fetch(vec![say(&head), Step::Say(packed.clone())]).await;
    assert_eq!(fetch.policy(), None);
    let response = fetch.response.unwrap();
    assert_eq!(response.content_encoding(), Some("gzip"));
    assert_eq!(response.body, packed);
}

#[tokio::test]
async fn html_is_kept_as_it_is() {
    let page = "<!DOCTYPE html><title>Not here</title>";
    let fetch =
        fetch(vec![response("200 OK\r\nContent-Type: text/html; charset=utf-8", page)]).await;
    let response = fetch.response.unwrap();
    assert_eq!(response.content_type(), Some("text/html; charset=utf-8"));
    assert_eq!(response.body, page.as_bytes());
}

#[tokio::test]
async fn sizes_are_bounded_while_reading() {
    let exact = "x".repeat(POLICY_BYTES);
    let whole = fetch(vec![response("200 OK", &exact)]).await;
    assert_eq!(whole.policy().map(<[u8]>::len), Some(POLICY_BYTES));

    let over = "x".repeat(POLICY_BYTES + 1);
    let chunk = format!("{:x}\r\n{}\r\n", 10_000, "x".repeat(10_000));
    for script in [
        vec![response("200 OK", &over)],
        vec![
            say("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"),
            Step::Forever(vec![120; 999]),
        ],
        vec![say("HTTP/1.1 200 OK\r\n\r\n"), Step::Forever(vec![120; 10_000])],
        vec![
            say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
            Step::Forever(chunk.into_bytes()),
        ],
    ] {
        let fetch = fetch(script).await;
        assert_eq!((fetch.policy(), &fetch.error), (None, &None));
        let response = fetch.response.unwrap();
        assert!(response.truncated);
        assert_eq!(response.body.len(), POLICY_BYTES + 1);
    }
}

#[tokio::test]
async fn slowness_is_bounded() {
    const SHORT: Duration = Duration::from_secs(2);
    let hang = fetch_within(SHORT, vec![Step::Hang]).await;
    assert_eq!(error(&hang), &HttpError::Timeout(HttpPhase::Head));
    assert!(hang.response.is_none());

    let head = b"HTTP/1.1 200 OK\r\nX-Slow: yes, very slow indeed\r\n\r\n".to_vec();
    let drip = fetch_within(SHORT, vec![Step::Drip(head, Duration::from_millis(100))]).await;
    assert_eq!(error(&drip), &HttpError::Timeout(HttpPhase::Head));

    let body = Step::Drip(vec![b'x'; 100], Duration::from_millis(100));
    let drip =
        fetch_within(SHORT, vec![say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"), body])
            .await;
    assert_eq!(error(&drip), &HttpError::Timeout(HttpPhase::Body));
    assert!(drip.timings.total < Duration::from_secs(6), "{:?}", drip.timings);
    let kept = drip.response.as_ref().unwrap();
    assert!(!kept.body.is_empty() && kept.body.len() < 100);
    assert_eq!(drip.policy(), None);

    let interim = Step::Forever(b"HTTP/1.1 100 Continue\r\n\r\n".to_vec());
    let endless = fetch_within(SHORT, vec![interim]).await;
    assert!(endless.response.is_none());
    assert!(matches!(
        error(&endless),
        HttpError::Timeout(HttpPhase::Head) | HttpError::HeadTooLarge
    ));
}

#[tokio::test]
async fn broken_responses() {
    let closed = fetch(vec![]).await;
    assert_eq!(error(&closed), &HttpError::Closed(HttpPhase::Head));
    let closed = fetch(vec![say("HTTP/1.1 200 OK\r\nX: ")]).await;
    assert_eq!(error(&closed), &HttpError::Closed(HttpPhase::Head));
    let reset = fetch(vec![Step::Reset]).await;
    assert_eq!(error(&reset), &HttpError::Reset(HttpPhase::Head));
    for garbage in ["SSH-2.0-OpenSSH_9\r\n", "<html>\r\n\r\n", "\x00\x01\x02\x03\x04\x05\x06\x07"] {
        let fetch = fetch(vec![say(garbage), Step::Any]).await;
        assert_eq!(error(&fetch), &HttpError::NotHttp(HttpPhase::Head), "{garbage:?}");
    }

    let torn =
        fetch(vec![say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nversion: STSv1\n")]).await;
    assert_eq!(error(&torn), &HttpError::Closed(HttpPhase::Body));
    assert_eq!(torn.response.as_ref().unwrap().body, b"version: STSv1\n");
    assert_eq!(torn.policy(), None);

    let bad_chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nversion";
    let fetch = fetch(vec![say(bad_chunk), Step::Any]).await;
    assert_eq!(error(&fetch), &HttpError::NotHttp(HttpPhase::Body));
}

/// Without a length the end of TLS says that the body is whole; without that, anybody on the way
/// may have cut the policy short.
#[tokio::test]
async fn a_body_without_length_needs_the_end_of_tls() {
    let head = format!("HTTP/1.1 200 OK\r\n\r\n{POLICY}");
    let ended = fetch(vec![say(&head)]).await;
    assert_eq!(ended.policy(), Some(POLICY.as_bytes()));
    let cut = fetch(vec![say(&head), Step::Drop]).await;
    assert_eq!(error(&cut), &HttpError::Closed(HttpPhase::Body));
    assert_eq!(cut.policy(), None);
}

#[tokio::test]
async fn heads_are_bounded() {
    let fields = |count: usize| {
        let fields = "X: y\r\n".repeat(count);
        say(&format!("HTTP/1.1 200 OK\r\n{fields}Content-Length: 0\r\n\r\n"))
    };
    let many = fetch(vec![fields(63)]).await;
    assert_eq!(many.response.unwrap().fields.len(), 64);
    let flood = fetch(vec![fields(64)]).await;
    assert_eq!(error(&flood), &HttpError::HeadTooLarge);
    let long = say(&format!("HTTP/1.1 200 OK\r\nX: {}\r\n", "y".repeat(40_000)));
    assert_eq!(error(&fetch(vec![long, Step::Hang]).await), &HttpError::HeadTooLarge);
    let value = format!("200 OK\r\nX: {}", "y".repeat(9_000));
    let kept = fetch(vec![response(&value, "")]).await.response.unwrap();
    assert_eq!(kept.fields[0].value.len(), 1_024);
}

#[tokio::test]
async fn the_body_over_a_bad_certificate_is_for_checkers_alone() {
    let pki = Pki::new();
    for identity in [
        pki.issue(&["example.test"]),
        Identity::self_signed(&[HOST], |_| {}),
        pki.issue(&[HOST]).alone(),
        pki.issue_with(&[HOST], |params| window(params, (2025, 1, 1), (2025, 2, 1))),
    ] {
        let script = vec![Step::Tls(identity.server()), Step::Head, response("200 OK", POLICY)];
        let server = Server::run(script).await;
        let fetch = fetch_policy(server.address, &name(HOST), &request(&pki)).await;
        assert!(!fetch.is_trusted());
        assert_eq!((fetch.policy(), &fetch.error), (None, &None));
        assert_eq!(fetch.result_type(), Some(ResultType::StsWebpkiInvalid));
        let response = fetch.response.unwrap();
        assert!(!response.trusted);
        assert_eq!(response.body, POLICY.as_bytes());

        let strict = fetch_policy_strict(server.address, &name(HOST), &request(&pki)).await;
        assert_eq!(strict.error, Some(FetchError::Tls(TlsError::Untrusted)));
        assert_eq!(strict.result_type(), Some(ResultType::StsWebpkiInvalid));
        assert!(strict.response.is_none() && strict.policy().is_none());
        assert!(strict.tls.unwrap().certificate.is_some());
        assert_eq!(server.heard().len(), 1); // nothing was asked over the second connection
    }
}

#[tokio::test]
async fn no_connection_and_no_tls() {
    let pki = Pki::new();
    let server = Server::run(vec![Step::Any, say("HTTP/1.1 400 Bad Request\r\n\r\n")]).await;
    let plain = fetch_policy(server.address, &name(HOST), &request(&pki)).await;
    assert_eq!(plain.error, Some(FetchError::Tls(TlsError::NotTls)));
    assert_eq!((plain.legacy, server.connections()), (None, 1));

    let unknown = Step::Say(vec![21, 3, 3, 0, 2, 2, 112]);
    let server = Server::run(vec![Step::Any, unknown]).await;
    let unknown = fetch_policy(server.address, &name(HOST), &request(&pki)).await;
    let expected = TlsError::Alert(Alert::UNRECOGNIZED_NAME);
    assert_eq!(unknown.error, Some(FetchError::Tls(expected)));

    let guarded = FetchRequest { connect: ConnectOptions::default(), ..request(&pki) };
    let refused = fetch_policy(server.address, &name(HOST), &guarded).await;
    assert!(matches!(refused.error, Some(FetchError::Connect(ConnectError::Guard(_)))));
    assert!(refused.tls.is_none());
}

#[tokio::test]
async fn an_old_server_is_named() {
    let pki = Pki::new();
    let refuse = vec![Step::Any, Step::Say(vec![21, 3, 1, 0, 2, 2, 70])];
    let hello = vec![Step::Any, Step::Say(vec![22, 3, 1, 0, 6, 2, 0, 0, 2, 3, 1])];
    let server = Server::run_scripts(vec![refuse.clone(), hello]).await;
    let fetch = fetch_policy(server.address, &name(HOST), &request(&pki)).await;
    let expected = TlsError::Alert(Alert::PROTOCOL_VERSION);
    assert_eq!(fetch.error, Some(FetchError::Tls(expected)));
    let answer = LegacyAnswer::ServerHello(LegacyVersion::Tls10);
    assert_eq!(fetch.legacy, Some(LegacyLook::Answered { answer, certificate: None }));
    assert_eq!(server.connections(), 2);

    let server = Server::run(refuse).await;
    let fetch = fetch_policy(server.address, &name(HOST), &request(&pki)).await;
    assert_eq!(fetch.legacy.and_then(|look| look.version()), None);
}

#[tokio::test]
async fn requests_that_cannot_be_sent() {
    let pki = Pki::new();
    let server = Server::run(vec![Step::Tls(pki.issue(&[HOST]).server()), Step::Head]).await;
    for (path, agent) in [("/a b", "test"), ("/a", "te\r\nX: st")] {
        let request =
            FetchRequest { path: path.to_owned(), user_agent: agent.to_owned(), ..request(&pki) };
        let fetch = fetch_policy(server.address, &name(HOST), &request).await;
        assert_eq!(error(&fetch), &HttpError::UnusableRequest);
    }
}
