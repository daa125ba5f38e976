//! The record and the policy's host in the zone: elsewhere, by an alias, by a wildcard.

use std::net::Ipv4Addr;

use sigillo_lab::server::http_answer;

use crate::internet::{
    DOMAIN, Internet, NOBODYS_NAME, NOBODYS_RECORD, POLICY, POLICY_ADDRESS, POLICY_HOST, RECORD,
    Seen,
};
use crate::raising::cases;

cases! {
    the_domain_does_not_exist: ["dns-domain-absent"],
    nobody_meant_the_domain_to_have_it: ["record-absent"],
    a_record_at_another_name: [
        "record-absent-with-policy",
        "record-at-apex",
        "record-at-draft-name",
    ],
    a_record_by_an_alias: ["record-absent-with-policy", "record-alias", "record-alias-dangling"],
    a_record_by_a_wildcard: ["record-by-wildcard"],
    a_record_that_is_kept_for_long: ["record-ttl-long"],
    another_kind_of_record: ["record-absent-with-policy", "record-spf"],
    a_policy_host_by_a_wildcard: ["policy-host-by-wildcard"],
    a_policy_host_that_points_to_nothing: ["policy-host-alias-dangling"],
    addresses_that_a_stranger_must_not_reach: ["policy-host-internal-address", "smtp-unreachable"],
    the_source_address_is_used: ["smtp-unreachable"],
    what_changed_since: ["record-id-changed", "record-id-unchanged"],
}

const TEXT: &[u8] = b"v=STSv1; id=20260615;";

/// Nothing else is said: what such a domain lacks is of no interest.
async fn the_domain_does_not_exist() {
    let mut internet = Internet::healthy();
    internet.forget_all();
    internet.look().await.comes_to("absent", 1, &["dns-domain-absent"]);
}

async fn nobody_meant_the_domain_to_have_it() {
    let mut internet = Internet::healthy();
    internet.forget(RECORD, "TXT");
    internet.forget(POLICY_HOST, "A");
    internet.look().await.comes_to("absent", 0, &["record-absent"]);
}

async fn a_record_at_another_name() {
    for (name, code) in
        [(DOMAIN, "record-at-apex"), ("_mta_sts.good.example", "record-at-draft-name")]
    {
        let mut internet = Internet::healthy();
        internet.forget(RECORD, "TXT");
        internet.txt(name, TEXT);
        internet.look().await.comes_to("absent", 1, &[code, "record-absent-with-policy"]);
    }
}

async fn a_record_by_an_alias() {
    let mut internet = Internet::healthy();
    internet.reply(RECORD, "TXT", |reply| {
        reply.cname(RECORD, "sts.host.example").txt("sts.host.example", TEXT)
    });
    internet.look().await.comes_to("enforced", 0, &["record-alias"]);

    let mut internet = Internet::healthy();
    internet.reply(RECORD, "TXT", |reply| {
        reply.cname(RECORD, "sts.host.example").rcode(3).soa("example", 300, 300)
    });
    let codes = ["record-alias-dangling", "record-absent-with-policy"];
    internet.look().await.comes_to("absent", 1, &codes);
}

async fn a_record_by_a_wildcard() {
    let mut internet = Internet::healthy();
    internet.txt(NOBODYS_RECORD, TEXT);
    internet.look().await.comes_to("enforced", 0, &["record-by-wildcard"]);
}

async fn a_record_that_is_kept_for_long() {
    let mut internet = Internet::healthy();
    let data = [&[21], TEXT].concat();
    internet.reply(RECORD, "TXT", move |reply| reply.answer(RECORD, 16, 604_800, &data));
    internet.look().await.comes_to("enforced", 0, &["record-ttl-long"]);
}

async fn another_kind_of_record() {
    let mut internet = Internet::healthy();
    internet.txt(RECORD, b"v=spf1 -all");
    internet.look().await.comes_to("absent", 1, &["record-absent-with-policy", "record-spf"]);
}

async fn a_policy_host_by_a_wildcard() {
    let mut internet = Internet::healthy();
    internet.reply(NOBODYS_NAME, "A", |reply| reply.a(NOBODYS_NAME, POLICY_ADDRESS));
    internet.look().await.comes_to("enforced", 0, &["policy-host-by-wildcard"]);
}

async fn a_policy_host_that_points_to_nothing() {
    let mut internet = Internet::healthy();
    for kind in ["A", "AAAA"] {
        internet.reply(POLICY_HOST, kind, |reply| {
            reply.cname(POLICY_HOST, "gone.host.example").rcode(3).soa("example", 300, 300)
        });
    }
    internet.look().await.comes_to("broken", 1, &["policy-host-alias-dangling"]);
}

async fn addresses_that_a_stranger_must_not_reach() {
    let mut internet = Internet::healthy();
    internet.guard();
    let codes = ["policy-host-internal-address", "smtp-unreachable"];
    internet.look().await.comes_to("broken", 1, &codes);
}

async fn the_source_address_is_used() {
    let mut internet = Internet::healthy();
    internet.connect_from(Ipv4Addr::new(127, 0, 0, 99).into());
    internet.look().await.comes_to("enforced", 0, &[]);
    // One that this machine doesn't have (RFC 5737) reaches nobody.
    let mut internet = Internet::healthy();
    internet.connect_from(Ipv4Addr::new(192, 0, 2, 1).into());
    let seen = internet.look().await;
    assert_eq!(seen.judgement.verdict.to_string(), "unknown", "{:?}", seen.codes());
}

async fn what_changed_since() {
    let earlier = Internet::healthy().look().await.observation;
    let other = POLICY.replace("604800", "1209600");
    let answer = || http_answer("200 OK\r\nContent-Type: text/plain", other.as_bytes());
    for (record, code) in [(TEXT, "record-id-unchanged"), (b"v=STSv1; id=2;", "record-id-changed")]
    {
        let mut internet = Internet::healthy();
        internet.txt(RECORD, record);
        internet.answer(answer());
        let seen = Seen::of(internet.look().await.observation, Some(&earlier));
        assert_eq!(seen.codes(), [code]);
    }
}
