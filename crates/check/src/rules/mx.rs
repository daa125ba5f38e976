//! The MX records beside the policy's patterns (RFC 8461 §4.1).

use sigillo_findings::{Code, Finding, Severity};
use sigillo_formats::DomainName;
use sigillo_formats::policy::{Mode, Policy};
use sigillo_generate::difference::Difference;

use super::{Passes, Raised, unknown_answer};
use crate::facts::Facts;

/// What a host that receives mail comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostOutcome {
    /// Its name.
    pub name: String,
    /// Whether senders try it: it has an address, as far as is known, and is no mark in the zone.
    pub is_tried: bool,
    /// Whether a pattern of the policy matches it; none without a policy that asks.
    pub covered: Option<bool>,
    /// Whether STARTTLS and its certificate are as a policy asks.
    pub passes: Passes,
}

impl HostOutcome {
    /// Whether senders that apply the policy don't deliver to it.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.is_tried && (self.covered == Some(false) || self.passes == Passes::No)
    }
}

pub(super) fn judge(facts: &Facts<'_>, raised: &mut Raised) -> Vec<HostOutcome> {
    let seen = facts.seen;
    let domain = seen.domain.as_str();
    raised.extend(unknown_answer(&seen.mx));
    if seen.mx.is_absent() {
        raised.push(Finding::without_span(Code::MxAbsent).with("domain", domain));
    }
    if seen.mx.records.iter().any(|record| record.host.is_empty()) {
        let finding = Finding::without_span(Code::MxNull).with("domain", domain);
        // Beside a null MX there must be no other (RFC 7505 §3).
        let severity = if facts.is_null_mx() { Severity::Hint } else { Severity::Warning };
        raised.push(finding.with_severity(severity));
    }
    let names = facts.mail_names();
    for name in names.iter().filter(|name| is_verification(name)) {
        raised.push(Finding::without_span(Code::MxVerificationHost).with("host", *name));
    }
    let asking = facts.intended().filter(|policy| policy.mode() != Mode::None);
    let outcomes: Vec<HostOutcome> = names
        .into_iter()
        .map(|name| HostOutcome {
            name: name.to_owned(),
            is_tried: !is_verification(name) && !is_without_address(facts, name),
            covered: asking.map(|policy| is_covered(policy, name)),
            passes: Passes::Unknown,
        })
        .collect();
    if let Some(policy) = asking {
        compare(facts, policy, &outcomes, raised);
    }
    if facts.applied().is_some() {
        subdomains(facts, raised);
    }
    outcomes
}

/// A name that a provider had put into the zone to see that the domain is the customer's.
pub(super) fn is_verification(host: &str) -> bool {
    host.ends_with(".msv1.invalid")
}

fn is_without_address(facts: &Facts<'_>, name: &str) -> bool {
    facts.mail_host(name).is_some_and(|host| host.ipv4.is_absent() && host.ipv6.is_absent())
}

/// Whether a pattern matches; what is no host name matches none.
fn is_covered(policy: &Policy, name: &str) -> bool {
    DomainName::parse(name).is_ok_and(|name| policy.allows(&name))
}

fn compare(facts: &Facts<'_>, policy: &Policy, outcomes: &[HostOutcome], raised: &mut Raised) {
    let severity = facts.mx_severity(Severity::Hint);
    let names = outcomes.iter().filter_map(|outcome| DomainName::parse(&outcome.name).ok());
    let difference = Difference::between(policy.mx(), &names.collect::<Vec<_>>());
    let tried = outcomes.iter().filter(|outcome| outcome.is_tried);
    for outcome in tried.filter(|outcome| outcome.covered == Some(false)) {
        let shallow = difference.too_shallow.iter().find(|(_, host)| host.as_str() == outcome.name);
        let finding = match shallow {
            Some((pattern, _)) => {
                Finding::without_span(Code::MxWildcardDepth).with("pattern", pattern.to_string())
            }
            None => Finding::without_span(Code::MxNotCovered),
        };
        raised.push(finding.with("host", outcome.name.as_str()).with_severity(severity));
    }
    // Beside no host at all every pattern would be stale.
    if outcomes.is_empty() {
        return;
    }
    let is_shallow = |pattern| difference.too_shallow.iter().any(|(shallow, _)| shallow == pattern);
    for pattern in difference.unused.iter().filter(|pattern| !is_shallow(*pattern)) {
        raised
            .push(Finding::without_span(Code::MxPatternStale).with("pattern", pattern.to_string()));
    }
}

fn subdomains(facts: &Facts<'_>, raised: &mut Raised) {
    let receives = |look: &&crate::observation::DnsLook<crate::observation::MxRecord>| {
        look.records.iter().any(|record| !record.host.is_empty())
    };
    for look in facts.seen.subdomains.iter().filter(receives) {
        raised.push(
            Finding::without_span(Code::SubdomainNotCovered).with("name", look.name.as_str()),
        );
    }
}
