//! The MX records beside the policy's patterns (RFC 8461 §4.1).

use sigillo_findings::{Code, Finding, Findings, Severity};
use sigillo_formats::DomainName;
use sigillo_formats::policy::Mode;
use sigillo_generate::difference::Difference;

use super::unknown_answer;
use crate::facts::Facts;

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings) {
    let seen = facts.seen;
    let domain = seen.domain.as_str();
    findings.extend(unknown_answer(&seen.mx));
    if seen.mx.is_absent() {
        findings.push(Finding::without_span(Code::MxAbsent).with("domain", domain));
    }
    if seen.mx.records.iter().any(|record| record.host.is_empty()) {
        findings.push(Finding::without_span(Code::MxNull).with("domain", domain));
    }
    for record in seen.mx.records.iter().filter(|record| record.host.ends_with(".msv1.invalid")) {
        findings.push(
            Finding::without_span(Code::MxVerificationHost).with("host", record.host.as_str()),
        );
    }
    for look in seen.subdomains.iter().filter(|look| !look.records.is_empty()) {
        findings.push(
            Finding::without_span(Code::SubdomainNotCovered).with("name", look.name.as_str()),
        );
    }
    let (Some(policy), true) = (facts.applied(), seen.mx.is_known()) else { return };
    if policy.mode() == Mode::None {
        return;
    }
    let severity = facts.mx_severity(Severity::Hint);
    let difference = Difference::between(policy.mx(), &hosts(facts));
    for host in &difference.uncovered {
        let shallow = difference.too_shallow.iter().find(|(_, shallow)| shallow == host);
        let finding = match shallow {
            Some((pattern, _)) => {
                Finding::without_span(Code::MxWildcardDepth).with("pattern", pattern.to_string())
            }
            None => Finding::without_span(Code::MxNotCovered),
        };
        findings.push(finding.with("host", host.as_str()).with_severity(severity));
    }
    let is_shallow = |pattern| difference.too_shallow.iter().any(|(shallow, _)| shallow == pattern);
    for pattern in difference.unused.iter().filter(|pattern| !is_shallow(*pattern)) {
        findings
            .push(Finding::without_span(Code::MxPatternStale).with("pattern", pattern.to_string()));
    }
}

/// Whether some MX host matches no pattern of an enforced policy.
pub(super) fn fails(facts: &Facts<'_>) -> bool {
    facts.applied().is_some_and(|policy| hosts(facts).iter().any(|host| !policy.allows(host)))
}

/// The hosts that senders try, as names; what is no host name matches no pattern and is not here.
fn hosts(facts: &Facts<'_>) -> Vec<DomainName> {
    let hosts = facts.seen.mail_hosts.iter();
    hosts.filter_map(|host| DomainName::parse(&host.name).ok()).collect()
}
