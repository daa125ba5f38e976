//! DANE (RFC 7672), which senders that know it use before MTA-STS.

use sigillo_findings::{Code, Finding, Findings};

use crate::facts::Facts;
use crate::observation::{DaneLook, DnsOutcome, MailHostLook, Security};

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings) {
    let hosts = &facts.seen.mail_hosts;
    for host in hosts {
        judge_host(host, findings);
    }
    let usable = hosts.iter().filter(|host| is_usable(host)).count();
    if usable > 0 && usable < hosts.len() {
        findings.push(
            Finding::without_span(Code::DanePartial)
                .with("count", usable)
                .with("total", hosts.len()),
        );
    }
    if usable > 0 && facts.applied().is_some() {
        findings.push(Finding::without_span(Code::DaneAndSts));
    }
}

fn judge_host(host: &MailHostLook, findings: &mut Findings) {
    let Some(tlsa) = &host.tlsa else { return };
    let about = |code| Finding::without_span(code).with("host", host.name.as_str());
    if !tlsa.is_known() {
        let reason = tlsa.reason.as_deref().unwrap_or(match tlsa.outcome {
            DnsOutcome::Timeout => "timeout",
            DnsOutcome::Bogus => "bogus",
            _ => "SERVFAIL",
        });
        findings.push(about(Code::DaneLookupFailed).with("reason", reason));
        return;
    }
    if tlsa.records.is_empty() {
        return;
    }
    if tlsa.security == Security::Insecure {
        findings.push(about(Code::DaneUnsigned));
        return;
    }
    match host.dane {
        Some(DaneLook::Mismatch) => findings.push(about(Code::DaneMismatch)),
        Some(DaneLook::Unusable) => findings.push(about(Code::DaneUnusable)),
        Some(DaneLook::Match) if tlsa.records.len() == 1 => {
            findings.push(about(Code::DaneSingle));
        }
        Some(DaneLook::Match) | None => {}
    }
}

/// Whether senders that know DANE use it for the host.
fn is_usable(host: &MailHostLook) -> bool {
    let secure = host.tlsa.as_ref().is_some_and(|tlsa| tlsa.security == Security::Secure);
    secure && matches!(host.dane, Some(DaneLook::Match | DaneLook::Mismatch))
}
