//! The policy host: its name, its addresses, its certificate (RFC 8461 §3.3).

use sigillo_findings::{Code, Finding, Findings, Severity};

use super::{connect_reason, tls_reason, unknown_answer};
use crate::certificate::{self, CertificateCodes};
use crate::facts::{Facts, RecordState, is_usable};
use crate::observation::{ConnectFailure, DnsOutcome, FetchLook, TlsFailure};

const CODES: CertificateCodes = CertificateCodes {
    untrusted: Code::CertificateUntrusted,
    self_signed: Code::CertificateSelfSigned,
    intermediate_missing: Code::CertificateIntermediateMissing,
    wrong_name: Code::CertificateWrongName,
    expired: Code::CertificateExpired,
    not_yet_valid: Code::CertificateNotYetValid,
    expires_soon: Code::CertificateExpiresSoon,
};

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings) {
    // Without a record nobody comes here; what stands at the name is then none of our business.
    if matches!(facts.record, RecordState::Absent) {
        return;
    }
    let host = &facts.seen.policy_host;
    let name = host.name.as_str();
    findings.extend(unknown_answer(&host.ipv4));
    findings.extend(unknown_answer(&host.ipv6));
    let dangling = [host.ipv4.dangles(), host.ipv6.dangles()].contains(&true);
    if dangling {
        let aliases = [&host.ipv4.aliases, &host.ipv6.aliases];
        let target = aliases.into_iter().find_map(|aliases| aliases.last());
        findings.push(
            Finding::without_span(Code::PolicyHostAliasDangling)
                .with("host", name)
                .with("target", target.map_or("", String::as_str)),
        );
    } else if host.ipv4.is_absent() && host.ipv6.is_absent() {
        findings.push(Finding::without_span(Code::PolicyHostMissing).with("host", name));
    }
    if answers_by_wildcard(facts) {
        findings.push(Finding::without_span(Code::PolicyHostByWildcard).with("host", name));
    }
    for fetch in &host.fetches {
        judge_address(facts, fetch, findings);
    }
    differences(facts, findings);
    authorities(facts, findings);
}

fn judge_address(facts: &Facts<'_>, fetch: &FetchLook, findings: &mut Findings) {
    let name = facts.seen.policy_host.name.as_str();
    let address = fetch.address.to_string();
    match &fetch.connect_failure {
        Some(ConnectFailure::Guarded { .. }) => findings.push(
            Finding::without_span(Code::PolicyHostInternalAddress)
                .with("host", name)
                .with("address", address.as_str()),
        ),
        // The looking host's own lack of IPv6 says nothing about the domain.
        Some(ConnectFailure::NoRoute) | None => {}
        Some(failure) => {
            let code = if fetch.address.is_ipv6() && has_good_ipv4(facts) {
                Code::PolicyHostIpv6Fails
            } else {
                Code::PolicyHostUnreachable
            };
            findings.push(
                Finding::without_span(code)
                    .with("address", address.as_str())
                    .with("reason", connect_reason(failure)),
            );
        }
    }
    match &fetch.tls_failure {
        Some(TlsFailure::UnrecognizedName) => {
            findings.push(Finding::without_span(Code::TlsNameUnrecognized).with("host", name));
        }
        Some(TlsFailure::OldVersion) => {
            findings.push(Finding::without_span(Code::TlsVersionOld).with("host", name));
        }
        Some(failure) => findings.push(
            Finding::without_span(Code::TlsHandshakeFailed).with("reason", tls_reason(failure)),
        ),
        None => {}
    }
    if let Some(tls) = &fetch.tls {
        for finding in certificate::judge(name, tls, facts.now, &CODES) {
            push_once(findings, finding);
        }
    }
}

fn has_good_ipv4(facts: &Facts<'_>) -> bool {
    facts.seen.policy_host.fetches.iter().any(|fetch| fetch.address.is_ipv4() && is_usable(fetch))
}

/// Every address has to serve the same policy: which one a sender meets is chance.
fn differences(facts: &Facts<'_>, findings: &mut Findings) {
    let fetches = &facts.seen.policy_host.fetches;
    let Some(reference) = fetches.iter().find(|fetch| is_usable(fetch)) else { return };
    let body = |fetch: &FetchLook| fetch.http.as_ref().map(|http| http.body_sha256.clone());
    for fetch in fetches {
        let failed = fetch.connect_failure.is_some();
        if failed || (is_usable(fetch) && body(fetch) == body(reference)) {
            continue;
        }
        findings.push(
            Finding::without_span(Code::PolicyHostAddressDiffers)
                .with("address", fetch.address.to_string())
                .with("other", reference.address.to_string()),
        );
    }
}

/// Whether the name answers only because any name does.
fn answers_by_wildcard(facts: &Facts<'_>) -> bool {
    let Some(wildcard) = &facts.seen.wildcard_address else { return false };
    let own = [&facts.seen.policy_host.ipv4, &facts.seen.policy_host.ipv6];
    wildcard.outcome == DnsOutcome::Found
        && own.into_iter().any(|look| !look.records.is_empty() && look.records == wildcard.records)
}

/// CAA records that would not let the authority of the present certificate issue the next one
/// (RFC 8659 §4).
fn authorities(facts: &Facts<'_>, findings: &mut Findings) {
    let host = &facts.seen.policy_host;
    let Some(caa) = host.caa.as_ref().filter(|caa| !caa.records.is_empty()) else { return };
    let allowed: Vec<&str> = caa
        .records
        .iter()
        .filter_map(|record| record.strip_prefix("issue "))
        .map(|value| value.split(';').next().unwrap_or_default().trim())
        .collect();
    let Some(own) = host.fetches.iter().find_map(|fetch| fetch.tls.as_ref()?.chain.first()) else {
        return;
    };
    let issuer = own.issuer.to_ascii_lowercase();
    let known = AUTHORITIES.iter().find(|(mark, _)| issuer.contains(mark));
    if let Some((_, domain)) = known
        && !allowed.is_empty()
        && !allowed.contains(domain)
    {
        findings.push(
            Finding::without_span(Code::PolicyHostCaa)
                .with("host", host.name.as_str())
                .with("issuer", own.issuer.as_str())
                .with_severity(Severity::Warning),
        );
    }
}

/// Marks of widely used authorities in an issuer's name, and the names by which CAA records allow
/// them.
const AUTHORITIES: [(&str, &str); 4] = [
    ("let's encrypt", "letsencrypt.org"),
    ("google trust services", "pki.goog"),
    ("digicert", "digicert.com"),
    ("sectigo", "sectigo.com"),
];

/// Adds a finding unless another address brought the very same.
fn push_once(findings: &mut Findings, finding: Finding) {
    if findings.iter().all(|present| *present != finding) {
        findings.push(finding);
    }
}
