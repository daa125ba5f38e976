//! The policy host: its name, its addresses, its certificate (RFC 8461 §3.3).

use std::collections::BTreeSet;

use sigillo_findings::{Code, Finding, Severity};

use super::{Raised, caa, connect_reason, tls_reason, unknown_answer};
use crate::certificate::{self, CertificateCodes};
use crate::facts::{Facts, is_usable};
use crate::observation::{ConnectFailure, DnsLook, FetchLook, TlsFailure};

const CODES: CertificateCodes = CertificateCodes {
    untrusted: Code::CertificateUntrusted,
    self_signed: Code::CertificateSelfSigned,
    intermediate_missing: Code::CertificateIntermediateMissing,
    wrong_name: Code::CertificateWrongName,
    expired: Code::CertificateExpired,
    not_yet_valid: Code::CertificateNotYetValid,
    expires_soon: Code::CertificateExpiresSoon,
};

pub(super) fn judge(facts: &Facts<'_>, raised: &mut Raised) {
    let host = &facts.seen.policy_host;
    let name = host.name.as_str();
    raised.extend(unknown_answer(&host.ipv4));
    raised.extend(unknown_answer(&host.ipv6));
    let dangling = [host.ipv4.dangles(), host.ipv6.dangles()].contains(&true);
    if dangling {
        let aliases = [&host.ipv4.aliases, &host.ipv6.aliases];
        let target = aliases.into_iter().find_map(|aliases| aliases.last());
        raised.push(
            Finding::without_span(Code::PolicyHostAliasDangling)
                .with("host", name)
                .with("target", target.map_or("", String::as_str)),
        );
    } else if host.ipv4.is_absent() && host.ipv6.is_absent() {
        raised.push(Finding::without_span(Code::PolicyHostMissing).with("host", name));
    }
    if answers_by_wildcard(facts) {
        raised.push(Finding::without_span(Code::PolicyHostByWildcard).with("host", name));
    }
    for fetch in &host.fetches {
        judge_address(facts, fetch, raised);
    }
    differences(facts, raised);
    caa::judge(facts, raised);
}

fn judge_address(facts: &Facts<'_>, fetch: &FetchLook, raised: &mut Raised) {
    let name = facts.seen.policy_host.name.as_str();
    let address = fetch.address.to_string();
    match &fetch.connect_failure {
        Some(ConnectFailure::Guarded { .. }) => raised.push(
            Finding::without_span(Code::PolicyHostInternalAddress)
                .with("host", name)
                .with("address", address.as_str()),
        ),
        // The looking host's own lack of IPv6 says nothing about the domain.
        Some(_) if facts.is_own_failure(fetch) => {}
        None => {}
        Some(failure) => {
            let code = if fetch.address.is_ipv6() && reaches_ipv4(facts) {
                Code::PolicyHostIpv6Fails
            } else {
                Code::PolicyHostUnreachable
            };
            let finding = Finding::without_span(code)
                .with("address", address.as_str())
                .with("reason", connect_reason(failure));
            // Senders that get no connection try the next address.
            let severity = if facts.seen.policy_host.fetches.iter().any(is_usable) {
                Severity::Warning
            } else {
                finding.severity()
            };
            raised.push(finding.with_severity(severity));
        }
    }
    match &fetch.tls_failure {
        Some(TlsFailure::UnrecognizedName) => {
            raised.push(Finding::without_span(Code::TlsNameUnrecognized).with("host", name));
        }
        Some(TlsFailure::OldVersion) => {
            raised.push(Finding::without_span(Code::TlsVersionOld).with("host", name));
        }
        Some(failure) => raised.push(
            Finding::without_span(Code::TlsHandshakeFailed).with("reason", tls_reason(failure)),
        ),
        None => {}
    }
    if let Some(tls) = &fetch.tls {
        raised.extend(certificate::judge(name, tls, facts.now, &CODES));
    }
}

fn reaches_ipv4(facts: &Facts<'_>) -> bool {
    let fetches = &facts.seen.policy_host.fetches;
    fetches.iter().any(|fetch| fetch.address.is_ipv4() && fetch.connect_failure.is_none())
}

/// Every address has to serve the same policy: which one a sender meets is chance.
fn differences(facts: &Facts<'_>, raised: &mut Raised) {
    let fetches = &facts.seen.policy_host.fetches;
    let Some(reference) = fetches.iter().find(|fetch| is_usable(fetch)) else { return };
    let body = |fetch: &FetchLook| fetch.http.as_ref().map(|http| http.body_sha256.clone());
    for fetch in fetches {
        let failed = fetch.connect_failure.is_some();
        if failed || (is_usable(fetch) && body(fetch) == body(reference)) {
            continue;
        }
        raised.push(
            Finding::without_span(Code::PolicyHostAddressDiffers)
                .with("address", fetch.address.to_string())
                .with("other", reference.address.to_string()),
        );
    }
}

/// Whether the name answers only because any name does.
fn answers_by_wildcard(facts: &Facts<'_>) -> bool {
    let addresses = |look: &DnsLook<String>| look.records.iter().cloned().collect::<BTreeSet<_>>();
    let wildcard = facts.seen.wildcard_address.as_ref().map(addresses).unwrap_or_default();
    let host = &facts.seen.policy_host;
    !wildcard.is_empty()
        && [&host.ipv4, &host.ipv6].into_iter().any(|look| addresses(look) == wildcard)
}
