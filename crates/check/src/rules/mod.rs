//! The rules, an area a module: each reads the facts and raises findings.

mod caa;
mod dane;
mod http;
mod mail_host;
mod mx;
mod policy;
mod policy_host;
mod raised;
mod reasons;
mod record;
mod reports;

pub(crate) use dane::is_usable as dane_usable;
pub(crate) use http::http_reason;
pub use mail_host::Passes;
pub use mx::HostOutcome;
pub(crate) use raised::{Raised, Texts, about};
pub(crate) use reasons::{connect_reason, dns_reason, tls_reason};
use sigillo_findings::{Code, Finding};

use crate::facts::Facts;
use crate::observation::{DnsLook, DnsOutcome};

/// What the rules say.
pub(crate) struct Ruled {
    pub(crate) raised: Raised,
    /// The hosts that receive mail, in the order of their records.
    pub(crate) hosts: Vec<HostOutcome>,
}

/// Judges everything, in the order of a message's way.
pub(crate) fn judge(facts: &Facts<'_>, earlier: Option<&Facts<'_>>) -> Ruled {
    let mut raised = Raised::about(&facts.seen.domain);
    if facts.is_nowhere() {
        // What else it lacks is of no interest.
        let domain = facts.seen.domain.as_str();
        raised.push(Finding::without_span(Code::DnsDomainAbsent).with("domain", domain));
        return Ruled { raised, hosts: Vec::new() };
    }
    record::judge(facts, earlier, &mut raised);
    if facts.is_meant() {
        policy_host::judge(facts, &mut raised);
        http::judge(facts, &mut raised);
        policy::judge(facts, &mut raised);
    }
    let mut hosts = mx::judge(facts, &mut raised);
    for host in &facts.seen.mail_hosts {
        let passes = mail_host::judge(facts, host, &mut raised);
        if let Some(outcome) = hosts.iter_mut().find(|outcome| outcome.name == host.name) {
            outcome.passes = passes;
        }
    }
    dane::judge(facts, &mut raised);
    reports::judge(facts, &mut raised);
    Ruled { raised, hosts }
}

/// The finding about a look-up whose answer is not known.
pub(crate) fn unknown_answer<T>(look: &DnsLook<T>) -> Option<Finding> {
    if look.is_known() {
        return None;
    }
    let code = match look.outcome {
        DnsOutcome::Bogus => Code::DnsBogus,
        _ => Code::DnsLookupFailed,
    };
    Some(
        Finding::without_span(code)
            .with("name", look.name.as_str())
            .with("type", look.kind.as_str())
            .with("reason", dns_reason(look)),
    )
}
