//! The rules, an area a module: each reads the facts and adds findings.

mod dane;
mod http;
mod mail_host;
mod mx;
mod policy_host;
mod record;
mod reports;

use sigillo_findings::{Code, Finding, Findings};

use crate::facts::Facts;
use crate::observation::{ConnectFailure, DnsLook, TlsFailure};

/// Judges everything; the second part says whether some MX host fails the policy.
pub(crate) fn judge(facts: &Facts<'_>, earlier: Option<&Facts<'_>>) -> (Findings, bool) {
    let mut findings = Findings::new();
    record::judge(facts, earlier, &mut findings);
    policy_host::judge(facts, &mut findings);
    http::judge(facts, &mut findings);
    mx::judge(facts, &mut findings);
    let mut fails = mx::fails(facts);
    for host in &facts.seen.mail_hosts {
        fails |= mail_host::judge(facts, host, &mut findings);
    }
    dane::judge(facts, &mut findings);
    reports::judge(facts, &mut findings);
    (findings, fails)
}

/// The finding about a look-up whose answer is not known.
fn unknown_answer<T>(look: &DnsLook<T>) -> Option<Finding> {
    if look.is_known() {
        return None;
    }
    let code = match look.outcome {
        crate::observation::DnsOutcome::Bogus => Code::DnsBogus,
        _ => Code::DnsLookupFailed,
    };
    let reason = look.reason.as_deref().unwrap_or(match look.outcome {
        crate::observation::DnsOutcome::Timeout => "timeout",
        crate::observation::DnsOutcome::ServerFailure => "SERVFAIL",
        crate::observation::DnsOutcome::Unreachable => "unreachable",
        _ => "malformed",
    });
    Some(
        Finding::without_span(code)
            .with("name", look.name.as_str())
            .with("type", look.kind.as_str())
            .with("reason", reason),
    )
}

/// A word for why there was no connection; the same in every language, as programs report it.
fn connect_reason(failure: &ConnectFailure) -> &str {
    match failure {
        ConnectFailure::Refused => "connection refused",
        ConnectFailure::Timeout => "timeout",
        ConnectFailure::NoRoute => "no route",
        ConnectFailure::Reset => "connection reset",
        ConnectFailure::Guarded { reason } | ConnectFailure::Other { reason } => reason,
    }
}

/// A word for why there was no TLS session.
fn tls_reason(failure: &TlsFailure) -> &str {
    match failure {
        TlsFailure::UnrecognizedName => "unrecognized_name",
        TlsFailure::OldVersion => "protocol_version",
        TlsFailure::Timeout => "timeout",
        TlsFailure::Handshake { reason } => reason,
    }
}
