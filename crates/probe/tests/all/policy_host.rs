//! Policy hosts that answer something else, or nothing.

use std::io::Write;
use std::net::{Ipv6Addr, TcpListener};
use std::time::Duration;

use rcgen::DnType;
use sigillo_check::observation::{HttpFailure, TlsFailure};
use sigillo_lab::certificates::Pki;
use sigillo_lab::server::{Step, http_answer, mail_host, policy_host, say};

use crate::internet::{Internet, MX, POLICY, POLICY_HOST, Seen};
use crate::raising::{cases, skip};

cases! {
    the_page_is_not_found: ["http-not-found"],
    a_redirect_is_not_followed: ["http-redirect"],
    the_server_has_an_error: ["http-status"],
    a_firewall_answers: ["http-blocked"],
    a_page_in_place_of_a_policy: ["http-type", "policy-html"],
    a_policy_of_another_type: ["http-type", "http-type-missing"],
    more_than_a_policy_may_have: ["http-too-large"],
    a_packed_policy: ["http-compressed"],
    a_policy_at_the_wrong_path: ["http-not-found", "http-wrong-path"],
    nobody_listens: ["policy-host-unreachable"],
    what_is_no_http: ["http-failed"],
    what_is_no_tls: ["tls-handshake-failed"],
    a_server_that_knows_no_such_name: ["tls-name-unrecognized"],
    only_old_tls: ["tls-version-old"],
    the_ipv6_address_is_dead: ["mx-ipv6-fails", "policy-host-ipv6-fails"],
    another_authority_is_named_for_the_next_certificate: ["policy-host-caa"],
    a_server_that_hangs: ["http-failed"],
    a_server_that_hangs_before_tls: ["tls-handshake-failed"],
    a_server_that_breaks_off_before_tls: ["tls-handshake-failed"],
    a_policy_that_comes_too_slowly: ["http-failed"],
    a_policy_that_comes_slowly: ["http-slow"],
    the_addresses_of_one_family_don_t_wait_for_the_other: ["dns-lookup-failed"],
    a_host_that_there_is_no_time_for_is_not_blamed: [],
    addresses_that_serve_different_policies: ["http-not-found", "policy-host-address-differs"],
    control_characters_in_a_policy_are_kept_as_text: [
        "policy-control-character",
        "policy-mode-invalid",
    ],
}

/// What is seen where the policy host answers this, in the head after the version and in the body.
async fn answered(head: &str, body: &[u8]) -> Seen {
    let mut internet = Internet::healthy();
    internet.answer(http_answer(head, body));
    internet.look().await
}

async fn the_page_is_not_found() {
    let seen = answered("404 Not Found\r\nContent-Type: text/html", b"<h1>Not found</h1>").await;
    seen.comes_to("broken", 1, &["http-not-found"]);
}

async fn a_redirect_is_not_followed() {
    let target = "https://www.good.example/mta-sts.txt";
    let seen = answered(&format!("301 Moved Permanently\r\nLocation: {target}"), b"").await;
    seen.comes_to("broken", 1, &["http-redirect"]);
    assert!(seen.messages()[0].contains(target), "{:?}", seen.messages());
    let seen = answered(&format!("302 Found\r\nLocation: {target}"), b"").await;
    seen.comes_to("broken", 1, &["http-redirect"]);
}

async fn the_server_has_an_error() {
    for head in ["500 Internal Server Error", "403 Forbidden"] {
        answered(head, b"sorry").await.comes_to("broken", 1, &["http-status"]);
    }
}

async fn a_firewall_answers() {
    let page = b"<html><script src=/cdn-cgi/challenge-platform/x.js></script></html>";
    let seen = answered("403 Forbidden\r\nContent-Type: text/html\r\nCF-Ray: 1", page).await;
    seen.comes_to("broken", 1, &["http-blocked"]);
}

async fn a_page_in_place_of_a_policy() {
    let page = b"<!DOCTYPE html><html><title>Welcome</title></html>";
    let seen = answered("200 OK\r\nContent-Type: text/html", page).await;
    seen.comes_to("broken", 1, &["http-type", "policy-html"]);
}

async fn a_policy_of_another_type() {
    let seen = answered("200 OK\r\nContent-Type: text/html", POLICY.as_bytes()).await;
    seen.comes_to("broken", 1, &["http-type"]);
    let seen = answered("200 OK\r\nContent-Type: application/octet-stream", POLICY.as_bytes());
    seen.await.comes_to("enforced", 0, &["http-type"]);
    let seen = answered("200 OK", POLICY.as_bytes()).await;
    seen.comes_to("enforced", 0, &["http-type-missing"]);
}

async fn more_than_a_policy_may_have() {
    let mut long = POLICY.as_bytes().to_vec();
    long.resize(70_000, b'\n');
    let told = http_answer("200 OK\r\nContent-Type: text/plain", &long);
    let mut endless = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n".to_vec();
    endless.extend(long);
    for answer in [told, Step::Say(endless)] {
        let mut internet = Internet::healthy();
        internet.answer(answer);
        internet.look().await.comes_to("broken", 1, &["http-too-large"]);
    }
}

async fn a_packed_policy() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(POLICY.as_bytes()).unwrap();
    let head = "200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip";
    let seen = answered(head, &gzip.finish().unwrap()).await;
    seen.comes_to("broken", 1, &["http-compressed"]);
}

async fn a_policy_at_the_wrong_path() {
    let mut internet = Internet::healthy();
    let identity = internet.pki.issue(&[POLICY_HOST]);
    let missing = policy_host(&identity, http_answer("404 Not Found", b""));
    let found = policy_host(&identity, http_answer("200 OK", POLICY.as_bytes()));
    internet.policy_host_scripts(vec![missing, found]);
    let seen = internet.look().await;
    let codes = ["http-not-found", "http-wrong-path"];
    assert!(seen.codes().starts_with(&codes), "{:?}", seen.codes());
    assert_eq!(seen.judgement.verdict.name(), "broken");
}

async fn nobody_listens() {
    let mut internet = Internet::healthy();
    internet.policy_host(None);
    internet.look().await.comes_to("broken", 1, &["policy-host-unreachable"]);
}

async fn what_is_no_http() {
    for answer in [say("SSH-2.0-OpenSSH_9\r\n"), Step::Reset, Step::Drop] {
        let mut internet = Internet::healthy();
        internet.answer(answer);
        internet.look().await.comes_to("broken", 1, &["http-failed"]);
    }
}

async fn what_is_no_tls() {
    let mut internet = Internet::healthy();
    internet.policy_host(vec![Step::Any, say("HTTP/1.1 400 Bad Request\r\n\r\n")]);
    internet.look().await.comes_to("broken", 1, &["tls-handshake-failed"]);
}

async fn a_server_that_knows_no_such_name() {
    let mut internet = Internet::healthy();
    internet.policy_host(vec![Step::Any, Step::Say(vec![21, 3, 3, 0, 2, 2, 112])]);
    let seen = internet.look().await;
    seen.comes_to("broken", 1, &["tls-name-unrecognized"]);
    let fetch = &seen.observation.policy_host.fetches[0];
    assert_eq!(fetch.tls_failure, Some(TlsFailure::UnrecognizedName));
}

async fn only_old_tls() {
    let refuse = vec![Step::Any, Step::Say(vec![21, 3, 1, 0, 2, 2, 70])];
    let hello = vec![Step::Any, Step::Say(vec![22, 3, 1, 0, 6, 2, 0, 0, 2, 3, 1])];
    let mut internet = Internet::healthy();
    internet.policy_host_scripts(vec![refuse, hello]);
    internet.look().await.comes_to("broken", 1, &["tls-version-old"]);
}

async fn the_ipv6_address_is_dead() {
    if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_err() {
        eprintln!("skipped: this machine has no IPv6");
        return skip();
    }
    let mut internet = Internet::healthy();
    for name in [POLICY_HOST, MX] {
        internet.reply(name, "AAAA", move |reply| {
            reply.answer(name, 28, 300, &Ipv6Addr::LOCALHOST.octets())
        });
    }
    internet.look().await.comes_to("enforced", 0, &["policy-host-ipv6-fails", "mx-ipv6-fails"]);
}

/// The next certificate has to come from the authority that the CAA records name.
async fn another_authority_is_named_for_the_next_certificate() {
    let mut internet = Internet::healthy();
    internet.pki = Pki::with_intermediate(|params| {
        params.distinguished_name.push(DnType::OrganizationName, "Let's Encrypt");
    });
    let policy = http_answer("200 OK\r\nContent-Type: text/plain", POLICY.as_bytes());
    internet.answer(policy);
    internet.mail_host(mail_host(MX, &internet.pki.issue(&[MX])));
    internet.reply(POLICY_HOST, "CAA", |reply| {
        reply.answer(POLICY_HOST, 257, 300, b"\x00\x05issuedigicert.com")
    });
    internet.look().await.comes_to("enforced", 0, &["policy-host-caa"]);
}

async fn a_server_that_hangs() {
    let mut internet = Internet::healthy();
    internet.answer(Step::Hang);
    internet.hasten();
    let seen = internet.look().await;
    seen.comes_to("broken", 1, &["http-failed"]);
    let fetch = &seen.observation.policy_host.fetches[0];
    assert_eq!(fetch.http_failure, Some(HttpFailure::Timeout));
}

async fn a_server_that_hangs_before_tls() {
    let mut internet = Internet::healthy();
    internet.policy_host(vec![Step::Hang]);
    internet.hasten();
    internet.look().await.comes_to("broken", 1, &["tls-handshake-failed"]);
}

async fn a_server_that_breaks_off_before_tls() {
    for step in [Step::Reset, Step::Drop] {
        let mut internet = Internet::healthy();
        internet.policy_host(vec![Step::Any, step]);
        internet.look().await.comes_to("broken", 1, &["tls-handshake-failed"]);
    }
}

/// Each byte comes in time, all of them don't.
async fn a_policy_that_comes_too_slowly() {
    let mut internet = Internet::healthy();
    let body = [POLICY.as_bytes(), &[b'\n'; 1000]].concat();
    let head = say("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
    internet.policy_host(vec![
        Step::Tls(internet.pki.issue(&[POLICY_HOST]).server()),
        Step::Head,
        head,
        Step::Drip(body, Duration::from_millis(50)),
    ]);
    internet.hasten();
    let seen = internet.look().await;
    seen.comes_to("broken", 1, &["http-failed"]);
    let fetch = &seen.observation.policy_host.fetches[0];
    assert_eq!(fetch.http_failure, Some(HttpFailure::Timeout));
}

/// The test takes as long as an answer may take that is not called slow.
async fn a_policy_that_comes_slowly() {
    let mut internet = Internet::healthy();
    internet.policy_host(vec![
        Step::Tls(internet.pki.issue(&[POLICY_HOST]).server()),
        Step::Head,
        Step::Wait(Duration::from_millis(10_050)),
        http_answer("200 OK\r\nContent-Type: text/plain", POLICY.as_bytes()),
    ]);
    internet.look().await.comes_to("enforced", 0, &["http-slow"]);
}

/// A name server that never says whether there are IPv6 addresses doesn't cost the time for the
/// others.
async fn the_addresses_of_one_family_don_t_wait_for_the_other() {
    let mut internet = Internet::healthy();
    internet.ignore(POLICY_HOST, "AAAA");
    internet.hasten();
    internet.look().await.comes_to("enforced", 0, &["dns-lookup-failed"]);
}

/// What there was no time for is nobody's fault.
async fn a_host_that_there_is_no_time_for_is_not_blamed() {
    let mut internet = Internet::healthy();
    internet.answer_late(POLICY_HOST, "A");
    internet.hasten();
    let seen = internet.look().await;
    assert_eq!(seen.judgement.verdict.name(), "unknown");
    assert!(seen.observation.policy_host.fetches.is_empty());
    assert!(!seen.codes().contains(&"policy-host-unreachable"), "{:?}", seen.codes());
}

async fn addresses_that_serve_different_policies() {
    let mut internet = Internet::healthy();
    let old = POLICY.replace("enforce", "testing");
    let answer = http_answer("200 OK\r\nContent-Type: text/plain", old.as_bytes());
    internet.second_policy_host(answer);
    internet.look().await.comes_to("enforced", 0, &["policy-host-address-differs"]);

    let mut internet = Internet::healthy();
    internet.second_policy_host(http_answer("404 Not Found", b""));
    let seen = internet.look().await;
    seen.comes_to("enforced", 1, &["http-not-found", "policy-host-address-differs"]);
}

async fn control_characters_in_a_policy_are_kept_as_text() {
    let policy = b"version: STSv1\nmode: enforce\x1b[2J\nmx: mx.good.example\nmax_age: 604800\n\0";
    let seen = answered("200 OK\r\nContent-Type: text/plain", policy).await;
    assert_eq!(seen.judgement.verdict.name(), "broken");
    seen.can_be_saved();
}
