//! Results and policies to save.

use jiff::Timestamp;
use sigillo_check::observation::{
    DnsLook, DnsOutcome, Means, Misplaced, PolicyHostLook, SCHEMA, Security, TxtRecord,
};
use sigillo_check::{Observation, Verdict};
use sigillo_formats::DomainName;
use sigillo_formats::mta_sts_record::PolicyId;
use sigillo_store::policies::StoredPolicy;
use sigillo_store::results::{ResultId, SavedResult};

/// 2026-11-24T09:30:00Z.
const NOW: i64 = 1_795_512_600_000;

/// A time of day, in milliseconds after one in the morning of which nothing happens.
pub(crate) fn time(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(NOW + milliseconds).unwrap()
}

pub(crate) fn domain(name: &str) -> DomainName {
    DomainName::parse(name).unwrap()
}

/// A result with the number as its id, looked at so many milliseconds after the time.
pub(crate) fn result(name: &str, number: u128, milliseconds: i64) -> SavedResult {
    SavedResult {
        id: ResultId::from_random(number),
        looked_at: time(milliseconds),
        verdict: Verdict::Absent,
        observation: observation(name),
    }
}

pub(crate) fn id(text: &str) -> PolicyId {
    PolicyId::parse(text).unwrap()
}

/// A policy, fetched and used so many milliseconds after the time, that expires a day later.
pub(crate) fn policy(name: &str, milliseconds: i64) -> StoredPolicy {
    let text = format!("version: STSv1\nmode: enforce\nmx: mx.{name}\nmax_age: 86400\n");
    StoredPolicy {
        domain: domain(name),
        id: Some(id(&format!("id{}", milliseconds.unsigned_abs()))),
        text: text.into_bytes(),
        fetched_at: time(milliseconds),
        expires_at: time(milliseconds + 86_400_000),
        used_at: time(milliseconds),
    }
}

/// A look at a domain of which nothing is there but records at the place of the MTA-STS record.
pub(crate) fn observation(name: &str) -> Observation {
    let host = format!("mta-sts.{name}");
    Observation {
        schema: SCHEMA,
        domain: domain(name),
        started: NOW / 1_000,
        elapsed_ms: 12,
        means: Means::default(),
        record: absent(&format!("_mta-sts.{name}")),
        misplaced: Misplaced::default(),
        wildcard_txt: None,
        wildcard_address: None,
        policy_host: PolicyHostLook {
            ipv4: absent(&host),
            ipv6: absent(&host),
            name: host,
            fetches: Vec::new(),
            left_out: 0,
            other_paths: Vec::new(),
            caa: None,
        },
        mx: absent(name),
        mail_hosts: Vec::new(),
        mail_hosts_left_out: 0,
        subdomains: Vec::new(),
        tls_rpt: absent(&format!("_smtp._tls.{name}")),
        dmarc: Vec::new(),
        report_domains: Vec::new(),
    }
}

/// A record of this text.
pub(crate) fn record(text: &str) -> TxtRecord {
    TxtRecord { text: text.to_owned(), hex: None, strings: 1 }
}

fn absent<T>(name: &str) -> DnsLook<T> {
    DnsLook {
        name: name.to_owned(),
        kind: "TXT".to_owned(),
        outcome: DnsOutcome::NxDomain,
        reason: None,
        records: Vec::new(),
        security: Security::Secure,
        aliases: Vec::new(),
        ttl: None,
        elapsed_ms: 1,
    }
}
