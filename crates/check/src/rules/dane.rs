//! DANE (RFC 7672), which senders that know it use before MTA-STS.

use sigillo_findings::{Code, Finding, Severity};
use sigillo_formats::policy::Mode;

use super::mx::is_verification;
use super::{Raised, dns_reason, unknown_answer};
use crate::facts::Facts;
use crate::observation::{DaneLook, DnsLook, DnsOutcome, MailHostLook, Security, TlsaRecord};

pub(super) fn judge(facts: &Facts<'_>, raised: &mut Raised) {
    let hosts = || facts.seen.mail_hosts.iter().filter(|host| !is_verification(&host.name));
    for host in hosts() {
        judge_host(facts, host, raised);
    }
    let total = hosts().count();
    let usable = hosts().filter(|host| is_usable(facts, host)).count();
    if usable > 0 && usable < total {
        raised.push(
            Finding::without_span(Code::DanePartial).with("count", usable).with("total", total),
        );
    }
    if usable > 0 && matches!(facts.mode(), Some(Mode::Enforce | Mode::Testing)) {
        raised.push(Finding::without_span(Code::DaneAndSts));
    }
}

fn judge_host(facts: &Facts<'_>, host: &MailHostLook, raised: &mut Raised) {
    let Some(tlsa) = &host.tlsa else { return };
    let about = |code| Finding::without_span(code).with("host", host.name.as_str());
    if !tlsa.is_known() {
        raised.extend(failed(host, tlsa));
        return;
    }
    if tlsa.records.is_empty() {
        return;
    }
    if tlsa.security == Security::Insecure {
        return raised.push(about(Code::DaneUnsigned));
    }
    match host.dane {
        Some(DaneLook::Mismatch) => {
            let finding = about(Code::DaneMismatch);
            // With MX records that are not signed, senders may use DANE all the same (RFC 7672
            // §2.2.1), but most don't; and without validation it is not known whether they do.
            let severity =
                if is_usable(facts, host) { finding.severity() } else { Severity::Warning };
            raised.push(finding.with_severity(severity));
        }
        Some(DaneLook::Unusable) => raised.push(about(Code::DaneUnusable)),
        Some(DaneLook::Match) if is_single(&tlsa.records) => raised.push(about(Code::DaneSingle)),
        Some(DaneLook::Match) | None => {}
    }
}

/// A TLSA look-up without an answer: DANE senders wait, but only for hosts whose address is
/// secure (RFC 7672 §2.2.2), and only where the server's own word stands behind the failure.
fn failed(host: &MailHostLook, tlsa: &DnsLook<TlsaRecord>) -> Option<Finding> {
    let addresses = [&host.ipv4, &host.ipv6];
    let any = |wanted| addresses.iter().any(|look| look.security == wanted);
    let is_asked = any(Security::Secure) || tlsa.outcome == DnsOutcome::Bogus;
    if any(Security::Insecure) && !is_asked {
        return None;
    }
    let is_fault = matches!(tlsa.outcome, DnsOutcome::Bogus | DnsOutcome::ServerFailure);
    if !(is_asked && is_fault) {
        return unknown_answer(tlsa);
    }
    Some(
        Finding::without_span(Code::DaneLookupFailed)
            .with("host", host.name.as_str())
            .with("reason", dns_reason(tlsa)),
    )
}

/// A single record for the key itself; one for the issuing authority outlives the key.
const fn is_single(records: &[TlsaRecord]) -> bool {
    matches!(records, [only] if only.usage == 3)
}

/// Whether senders that know DANE use it for the host: MX and TLSA records are secure, and some of
/// the latter fit SMTP.
pub(crate) fn is_usable(facts: &Facts<'_>, host: &MailHostLook) -> bool {
    let is_secure = |security| security == Security::Secure;
    let tlsa = host.tlsa.as_ref().is_some_and(|tlsa| is_secure(tlsa.security));
    let fits = matches!(host.dane, Some(DaneLook::Match | DaneLook::Mismatch));
    is_secure(facts.seen.mx.security) && tlsa && fits
}
