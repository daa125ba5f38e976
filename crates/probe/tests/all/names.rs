//! Name servers that fail, and records that are not what they should be.

use std::time::Duration;

use sigillo_check::observation::DnsOutcome;
use sigillo_findings::Severity;
use sigillo_lab::dns::Reply;
use sigillo_lab::{free_port, loopback};
use sigillo_net::dns::{Dnssec, ResolverSettings};
use sigillo_probe::ProgressSender;

use crate::internet::{DOMAIN, Internet, MX, POLICY_HOST, RECORD, Seen};

/// What is seen where the record's name is answered like this.
async fn record(build: impl Fn(Reply) -> Reply + Send + Sync + 'static) -> Seen {
    let mut internet = Internet::healthy();
    internet.reply(RECORD, "TXT", build);
    internet.look().await
}

#[tokio::test]
async fn no_record() {
    let missing = record(|reply| reply.rcode(3).soa("example", 300, 300)).await;
    missing.comes_to("absent", 1, &["record-absent-with-policy"]);
    assert_eq!(missing.observation.record.outcome, DnsOutcome::NxDomain);
    let empty = record(|reply| reply.soa("example", 300, 300)).await;
    empty.comes_to("absent", 1, &["record-absent-with-policy"]);
    assert_eq!(empty.observation.record.outcome, DnsOutcome::NoData);
}

#[tokio::test]
async fn a_record_that_cannot_be_looked_up() {
    let failing = record(|reply| reply.rcode(2)).await;
    failing.comes_to("unknown", 2, &["dns-lookup-failed"]);
    assert_eq!(failing.observation.record.outcome, DnsOutcome::ServerFailure);

    let mut internet = Internet::healthy();
    internet.silence(RECORD, "TXT");
    let silent = internet.look().await;
    silent.comes_to("unknown", 2, &["dns-lookup-failed"]);
    assert_eq!(silent.observation.record.outcome, DnsOutcome::Timeout);
}

#[tokio::test]
async fn a_record_in_a_circle_of_aliases() {
    let seen =
        record(|reply| reply.cname(RECORD, "a.good.example").cname("a.good.example", RECORD)).await;
    seen.comes_to("unknown", 2, &["dns-lookup-failed"]);
}

#[tokio::test]
async fn two_records() {
    let seen = record(|reply| {
        reply.txt(RECORD, b"v=STSv1; id=20260615;").txt(RECORD, b"v=STSv1; id=20250101;")
    })
    .await;
    seen.comes_to("broken", 1, &["record-several"]);
    let seen =
        record(|reply| reply.txt(RECORD, b"v=STSv1; id=20260615;").txt(RECORD, b"some-token=1"));
    seen.await.comes_to("enforced", 0, &["record-unrelated"]);
}

#[tokio::test]
async fn a_record_in_many_strings() {
    let strings: [&[u8]; 5] = [b"v=STS", b"v1; ", b"", b"id=2026", b"0615;"];
    let seen = record(move |reply| reply.txt_strings(RECORD, &strings)).await;
    seen.comes_to("enforced", 0, &[]);
    assert_eq!(seen.observation.record.records[0].text, "v=STSv1; id=20260615;");
}

/// Over UDP there is no room for the answer: it is asked for again over TCP.
#[tokio::test]
async fn a_record_beside_a_very_long_text() {
    let long = vec![b'x'; 3000];
    let seen = record(move |reply| reply.txt(RECORD, &long).txt(RECORD, b"v=STSv1; id=20260615;"));
    seen.await.comes_to("enforced", 0, &["record-unrelated"]);
}

#[tokio::test]
async fn control_characters_in_a_record_are_kept_as_text() {
    let seen = record(|reply| reply.txt(RECORD, b"v=STSv1; id=2026\x1b[31m\0\x9b;")).await;
    assert_eq!(seen.judgement.verdict.name(), "broken");
    seen.can_be_saved();
    let seen = record(|reply| {
        reply.txt(RECORD, b"v=STSv1; id=20260615;").txt(RECORD, b"\x1b]0;owned\x07\0\xff")
    })
    .await;
    seen.comes_to("enforced", 0, &["record-unrelated"]);
    seen.can_be_saved();
}

#[tokio::test]
async fn a_policy_host_without_address() {
    let mut internet = Internet::healthy();
    internet.reply(POLICY_HOST, "A", |reply| reply.rcode(3).soa("example", 300, 300));
    internet.reply(POLICY_HOST, "AAAA", |reply| reply.rcode(3).soa("example", 300, 300));
    internet.look().await.comes_to("broken", 1, &["policy-host-missing"]);

    let mut internet = Internet::healthy();
    internet.reply(POLICY_HOST, "A", |reply| reply.rcode(2));
    internet.look().await.comes_to("unknown", 2, &["dns-lookup-failed"]);
}

#[tokio::test]
async fn mail_hosts_that_cannot_be_looked_up() {
    let mut internet = Internet::healthy();
    internet.reply(DOMAIN, "MX", |reply| reply.rcode(2));
    internet.look().await.comes_to("enforced", 0, &["dns-lookup-failed"]);

    let mut internet = Internet::healthy();
    internet.reply(MX, "A", |reply| reply.rcode(3).soa("example", 300, 300));
    internet.reply(MX, "AAAA", |reply| reply.rcode(3).soa("example", 300, 300));
    internet.look().await.comes_to("enforced", 1, &["mx-no-address"]);
}

#[tokio::test]
async fn nothing_is_claimed_where_no_name_server_answers() {
    let mut internet = Internet::healthy();
    internet.refuse_all();
    let seen = internet.look().await;
    assert_eq!(seen.judgement.verdict.name(), "unknown");
    assert!(seen.codes().iter().all(|code| *code == "dns-lookup-failed"), "{:?}", seen.codes());
}

#[tokio::test]
async fn nothing_is_claimed_where_there_is_no_name_server() {
    let settings = ResolverSettings {
        servers: vec![loopback(free_port())],
        // To find out what the server can do, it would have to be there.
        dnssec: Dnssec::Off,
        timeout: Duration::from_secs(1),
        ..ResolverSettings::default()
    };
    let seen = Internet::healthy().look_through(settings, &ProgressSender::none()).await;
    assert_eq!(seen.judgement.verdict.name(), "unknown");
    assert_eq!(seen.judgement.exit_status(Severity::Error), 2);
    assert!(seen.codes().iter().all(|code| *code == "dns-lookup-failed"), "{:?}", seen.codes());
}
