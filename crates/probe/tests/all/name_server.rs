//! Name servers that fail, and records that are not what they should be.

use std::time::Duration;

use sigillo_check::observation::DnsOutcome;
use sigillo_findings::Severity;
use sigillo_lab::dns::Reply;
use sigillo_lab::{free_port, loopback};
use sigillo_net::dns::{Dnssec, ResolverSettings};
use sigillo_probe::ProgressSender;

use crate::internet::{DOMAIN, Internet, MX, POLICY_HOST, RECORD, Seen};
use crate::raising::cases;

cases! {
    no_record: ["record-absent-with-policy"],
    a_record_that_cannot_be_looked_up: ["dns-lookup-failed"],
    aliases_in_a_circle: ["dns-lookup-failed"],
    two_records: ["record-several", "record-unrelated"],
    a_record_in_many_strings: [],
    a_record_beside_a_very_long_text: ["record-unrelated"],
    control_characters_in_a_record_are_kept_as_text: [
        "record-control-character",
        "record-not-ascii",
        "record-unrelated",
    ],
    a_policy_host_without_address: ["dns-lookup-failed", "policy-host-missing"],
    mail_hosts_that_cannot_be_looked_up: ["dns-lookup-failed", "mx-no-address"],
    answers_that_only_tcp_has_room_for: [],
    nothing_is_claimed_where_tcp_is_blocked: ["dns-lookup-failed"],
    nothing_is_claimed_where_no_name_server_answers: ["dns-lookup-failed"],
    nothing_is_claimed_where_there_is_no_name_server: ["dns-lookup-failed"],
}

/// What is seen where the record's name is answered like this.
async fn record(build: impl Fn(Reply) -> Reply + Send + Sync + 'static) -> Seen {
    let mut internet = Internet::healthy();
    internet.reply(RECORD, "TXT", build);
    internet.look().await
}

async fn no_record() {
    let missing = record(|reply| reply.rcode(3).soa("example", 300, 300)).await;
    missing.comes_to("absent", 1, &["record-absent-with-policy"]);
    assert_eq!(missing.observation.record.outcome, DnsOutcome::NxDomain);
    let empty = record(|reply| reply.soa("example", 300, 300)).await;
    empty.comes_to("absent", 1, &["record-absent-with-policy"]);
    assert_eq!(empty.observation.record.outcome, DnsOutcome::NoData);
}

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

async fn aliases_in_a_circle() {
    let seen =
        record(|reply| reply.cname(RECORD, "a.good.example").cname("a.good.example", RECORD)).await;
    seen.comes_to("unknown", 2, &["dns-lookup-failed"]);

    for (host, verdict, exit_status) in [(POLICY_HOST, "unknown", 2), (MX, "enforced", 0)] {
        let mut internet = Internet::healthy();
        for kind in ["A", "AAAA"] {
            internet.reply(host, kind, move |reply| {
                reply.cname(host, "a.good.example").cname("a.good.example", host)
            });
        }
        let codes = ["dns-lookup-failed"; 2];
        internet.look().await.comes_to(verdict, exit_status, &codes);
    }
}

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

async fn a_record_in_many_strings() {
    let strings: [&[u8]; 5] = [b"v=STS", b"v1; ", b"", b"id=2026", b"0615;"];
    let seen = record(move |reply| reply.txt_strings(RECORD, &strings)).await;
    seen.comes_to("enforced", 0, &[]);
    assert_eq!(seen.observation.record.records[0].text, "v=STSv1; id=20260615;");
}

/// Over UDP there is no room for the answer: it is asked for again over TCP.
async fn a_record_beside_a_very_long_text() {
    let long = vec![b'x'; 3000];
    let seen = record(move |reply| reply.txt(RECORD, &long).txt(RECORD, b"v=STSv1; id=20260615;"));
    seen.await.comes_to("enforced", 0, &["record-unrelated"]);
}

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

async fn a_policy_host_without_address() {
    let mut internet = Internet::healthy();
    internet.reply(POLICY_HOST, "A", |reply| reply.rcode(3).soa("example", 300, 300));
    internet.reply(POLICY_HOST, "AAAA", |reply| reply.rcode(3).soa("example", 300, 300));
    internet.look().await.comes_to("broken", 1, &["policy-host-missing"]);

    let mut internet = Internet::healthy();
    internet.reply(POLICY_HOST, "A", |reply| reply.rcode(2));
    internet.look().await.comes_to("unknown", 2, &["dns-lookup-failed"]);
}

async fn mail_hosts_that_cannot_be_looked_up() {
    let mut internet = Internet::healthy();
    internet.reply(DOMAIN, "MX", |reply| reply.rcode(2));
    internet.look().await.comes_to("enforced", 0, &["dns-lookup-failed"]);

    let mut internet = Internet::healthy();
    internet.reply(MX, "A", |reply| reply.rcode(3).soa("example", 300, 300));
    internet.reply(MX, "AAAA", |reply| reply.rcode(3).soa("example", 300, 300));
    internet.look().await.comes_to("enforced", 1, &["mx-no-address"]);
}

async fn answers_that_only_tcp_has_room_for() {
    let mut internet = Internet::healthy();
    internet.truncate_all();
    internet.look().await.comes_to("enforced", 0, &[]);
}

async fn nothing_is_claimed_where_tcp_is_blocked() {
    let mut internet = Internet::healthy();
    internet.truncate_all_without_tcp();
    claims_nothing(&internet.look().await);
}

async fn nothing_is_claimed_where_no_name_server_answers() {
    let mut internet = Internet::healthy();
    internet.refuse_all();
    claims_nothing(&internet.look().await);
}

async fn nothing_is_claimed_where_there_is_no_name_server() {
    let settings = ResolverSettings {
        servers: vec![loopback(free_port())],
        // To find out what the server can do, it would have to be there.
        dnssec: Dnssec::Off,
        timeout: Duration::from_secs(1),
        ..ResolverSettings::default()
    };
    claims_nothing(&Internet::healthy().look_through(settings, &ProgressSender::none()).await);
}

#[track_caller]
fn claims_nothing(seen: &Seen) {
    assert_eq!(seen.judgement.verdict.name(), "unknown");
    assert_eq!(seen.judgement.exit_status(Severity::Error), 2);
    assert!(seen.codes().iter().all(|code| *code == "dns-lookup-failed"), "{:?}", seen.codes());
}
