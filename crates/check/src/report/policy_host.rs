//! What the checks of the policy host saw.

use serde_json::{Value, json};

use super::Seen;
use super::evidence::listed;
use crate::certificate::date;
use crate::facts::{Facts, is_usable};
use crate::observation::{FetchLook, TlsLook};
use crate::rules::{connect_reason, http_reason, tls_reason};
use crate::words::{Phrase, list};

pub(super) fn host(facts: &Facts<'_>) -> Seen {
    let host = &facts.seen.policy_host;
    let addresses = || host.ipv4.records.iter().chain(&host.ipv6.records).map(String::as_str);
    let connected = host.fetches.iter().filter(|fetch| fetch.connect_failure.is_none());
    let reached: Vec<String> = connected.map(|fetch| fetch.address.to_string()).collect();
    let values = json!({
        "name": host.name,
        "addresses": listed(addresses(), Value::from),
        "aliases": if host.ipv4.aliases.is_empty() { &host.ipv6.aliases } else { &host.ipv4.aliases },
        "connections": listed(&host.fetches, |fetch| json!({
            "address": fetch.address,
            "failure": fetch.connect_failure.as_ref().map(connect_reason),
            "usable": is_usable(fetch),
            "elapsed_ms": fetch.elapsed_ms,
        })),
        "left_out": host.left_out,
    });
    let phrase = |name| Phrase::new(name).quote("host", &host.name);
    Seen::when(
        facts.is_meant() && !reached.is_empty(),
        [
            phrase("check-policy-host")
                .quote("addresses", &list(reached.iter().map(String::as_str))),
            phrase("check-policy-host-unseen"),
        ],
        values,
    )
}

pub(super) fn tls(facts: &Facts<'_>) -> Seen {
    let host = &facts.seen.policy_host;
    let session = host.fetches.iter().find_map(|fetch| fetch.tls.as_ref());
    let values = json!({ "sessions": listed(&host.fetches, |fetch| json!({
        "address": fetch.address,
        "version": fetch.tls.as_ref().map(|tls| tls.version.as_str()),
        "cipher": fetch.tls.as_ref().map(|tls| tls.cipher.as_str()),
        "failure": fetch.tls_failure.as_ref().map(tls_reason),
    })) });
    match session.filter(|_| facts.is_meant()) {
        Some(tls) => {
            let phrase = Phrase::new("check-tls")
                .quote("version", &tls.version)
                .quote("cipher", &tls.cipher);
            Seen::judged(phrase, values)
        }
        None => Seen::skipped(Phrase::new("check-tls-unseen"), values),
    }
}

pub(super) fn certificate(facts: &Facts<'_>) -> Seen {
    let host = &facts.seen.policy_host;
    let shown = |fetch: &&FetchLook| fetch.tls.is_some();
    let values = json!({ "certificates": listed(host.fetches.iter().filter(shown), |fetch| {
        let tls = fetch.tls.as_ref().map_or(Value::Null, certificate_of);
        json!({ "address": fetch.address, "certificate": tls })
    }) });
    let session = host.fetches.iter().find_map(|fetch| fetch.tls.as_ref());
    match session.filter(|_| facts.is_meant()).and_then(|tls| tls.chain.first()) {
        Some(own) => {
            let phrase = Phrase::new("check-certificate")
                .quote("host", &host.name)
                .quote("issuer", &own.issuer)
                .quote("date", &date(own.not_after));
            Seen::judged(phrase, values)
        }
        None => Seen::skipped(Phrase::new("check-certificate-unseen"), values),
    }
}

/// A host's certificate as raw values.
pub(super) fn certificate_of(tls: &TlsLook) -> Value {
    let own = tls.chain.first();
    json!({
        "subject": own.map(|own| own.subject.as_str()),
        "issuer": own.map(|own| own.issuer.as_str()),
        "names": own.map(|own| listed(&own.names, |name| Value::from(name.as_str()))),
        "not_before": own.map(|own| date(own.not_before)),
        "not_after": own.map(|own| date(own.not_after)),
        "key": own.map(|own| own.key.as_str()),
        "sha256": own.map(|own| own.sha256.as_str()),
        "sent": tls.chain.len(),
        "trust": tls.trust,
        "name": tls.name,
        "validity": tls.validity,
    })
}

pub(super) fn http(facts: &Facts<'_>) -> Seen {
    let host = &facts.seen.policy_host;
    let values = json!({
        "url": format!("https://{}/.well-known/mta-sts.txt", host.name),
        "answers": listed(&host.fetches, |fetch| {
            let http = fetch.http.as_ref();
            json!({
                "address": fetch.address,
                "status": http.map(|http| http.status),
                "location": http.map(|http| http.location.as_deref()),
                "content_type": http.map(|http| http.content_type.as_deref()),
                "content_encoding": http.map(|http| http.content_encoding.as_deref()),
                "server": http.map(|http| http.server.as_deref()),
                "blocked_by": http.map(|http| http.blocked_by.as_deref()),
                "body_sha256": http.map(|http| http.body_sha256.as_str()),
                "failure": fetch.http_failure.as_ref().map(http_reason),
                "elapsed_ms": fetch.elapsed_ms,
            })
        }),
        "other_paths": listed(&host.other_paths, |path| json!({
            "url": path.url, "status": path.status, "is_policy": path.is_policy,
        })),
    });
    match facts.answer().filter(|_| facts.is_meant()) {
        Some(answer) => {
            let phrase = Phrase::new("check-http")
                .count("status", answer.status.into())
                .quote("type", answer.content_type.as_deref().unwrap_or("-"));
            Seen::judged(phrase, values)
        }
        None => Seen::skipped(Phrase::new("check-http-unseen"), values),
    }
}
