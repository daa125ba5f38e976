//! The one sentence: what senders do today with mail for the domain.

use sigillo_findings::{Finding, Severity};
use sigillo_formats::DomainName;
use sigillo_formats::record::selection::Selection;
use sigillo_language::Language;

use crate::Verdict;
use crate::facts::{Facts, has_record};
use crate::observation::{DnsLook, DnsOutcome, TxtRecord};
use crate::rules::{HostOutcome, Passes, dane_usable, dns_reason};
use crate::stem::Stem;
use crate::words::{Phrase, list};

/// The sentence, not yet in a language.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Summary(Phrase);

impl Summary {
    pub(crate) fn of(
        facts: &Facts<'_>,
        verdict: Verdict,
        hosts: &[HostOutcome],
        findings: &[Finding],
    ) -> Self {
        let phrase = match verdict {
            Verdict::Unknown => unknown(facts),
            Verdict::Absent => absent(facts),
            Verdict::Broken => broken(facts, findings),
            Verdict::Disabled => Phrase::new("summary-disabled"),
            Verdict::Failing => failing(hosts),
            Verdict::Testing => testing(facts, hosts),
            Verdict::Enforced => enforced(facts, hosts),
        };
        Self(phrase.quote("domain", facts.seen.domain.as_str()))
    }

    /// The sentence where the record alone was asked for, and there is none or it is not known.
    pub(crate) fn of_record(domain: &DomainName, record: &DnsLook<TxtRecord>) -> Self {
        let phrase = if record.is_known() {
            Phrase::new("summary-absent-record").quote("name", &record.name)
        } else {
            unknown_record(record)
        };
        Self(phrase.quote("domain", domain.as_str()))
    }

    pub(crate) fn text(&self, language: Language) -> String {
        self.0.text(language)
    }
}

fn unknown(facts: &Facts<'_>) -> Phrase {
    let record = &facts.seen.record;
    if record.is_known() {
        return Phrase::new("summary-unknown-policy").quote("host", &facts.seen.policy_host.name);
    }
    unknown_record(record)
}

fn unknown_record(record: &DnsLook<TxtRecord>) -> Phrase {
    let name = match record.outcome {
        DnsOutcome::Bogus => "summary-unknown-bogus",
        _ => "summary-unknown-record",
    };
    Phrase::new(name).quote("name", &record.name).quote("reason", dns_reason(record))
}

fn absent(facts: &Facts<'_>) -> Phrase {
    let misplaced = &facts.seen.misplaced;
    let is_misplaced =
        [&misplaced.apex, &misplaced.draft_name].into_iter().flatten().any(has_record);
    if facts.is_null_mx() {
        return Phrase::new("summary-absent-no-mail");
    }
    if facts.is_nowhere() {
        return Phrase::new("summary-absent-no-domain");
    }
    if is_misplaced || facts.seen.record.dangles() {
        return Phrase::new("summary-absent-misplaced");
    }
    if facts.served.is_some() {
        return Phrase::new("summary-absent-with-policy")
            .quote("host", &facts.seen.policy_host.name);
    }
    let dane = facts.seen.mail_hosts.iter().filter(|host| dane_usable(facts, host)).count();
    match dane {
        0 => Phrase::new("summary-absent"),
        dane => Phrase::new("summary-absent-dane").count("count", dane),
    }
}

fn broken(facts: &Facts<'_>, findings: &[Finding]) -> Phrase {
    if let Selection::Several(records) = &facts.selection {
        return Phrase::new("summary-broken-several").count("count", records.len());
    }
    // The first thing on a sender's way that stops it.
    let cause = findings
        .iter()
        .filter(|finding| finding.severity() == Severity::Error)
        .filter_map(|finding| Stem::of(finding.code()))
        .filter(|stem| *stem <= Stem::Policy)
        .min();
    let name = match cause {
        Some(Stem::Record) => "summary-broken-record",
        Some(Stem::Dns | Stem::PolicyHost) => "summary-broken-policy-host",
        Some(Stem::Tls) => "summary-broken-tls",
        Some(Stem::Certificate) => "summary-broken-certificate",
        Some(Stem::Http) => "summary-broken-http",
        _ => "summary-broken-policy",
    };
    Phrase::new(name).quote("host", &facts.seen.policy_host.name)
}

/// The hosts that senders try, of them those that fail, and how many were seen to pass.
fn tally(hosts: &[HostOutcome]) -> (usize, Vec<&str>, usize) {
    let tried = || hosts.iter().filter(|host| host.is_tried);
    let failing = tried().filter(|host| host.fails()).map(|host| host.name.as_str()).collect();
    let passing = tried().filter(|host| !host.fails() && host.passes == Passes::Yes).count();
    (tried().count(), failing, passing)
}

fn failing(hosts: &[HostOutcome]) -> Phrase {
    let (total, failing, _) = tally(hosts);
    let name = if failing.len() == total { "summary-failing-all" } else { "summary-failing-some" };
    Phrase::new(name)
        .count("total", total)
        .count("count", failing.len())
        .quote("names", &list(failing))
}

fn testing(facts: &Facts<'_>, hosts: &[HostOutcome]) -> Phrase {
    let (total, failing, passing) = tally(hosts);
    if facts.is_null_mx() {
        return Phrase::new("summary-testing-no-mail");
    }
    if !failing.is_empty() {
        return Phrase::new("summary-testing-failing")
            .count("total", total)
            .count("count", failing.len())
            .quote("names", &list(failing));
    }
    let name =
        if total > 0 && passing == total { "summary-testing" } else { "summary-testing-unseen" };
    Phrase::new(name).count("total", total).count("count", passing)
}

fn enforced(facts: &Facts<'_>, hosts: &[HostOutcome]) -> Phrase {
    let (total, _, passing) = tally(hosts);
    if facts.is_null_mx() {
        return Phrase::new("summary-enforced-no-mail");
    }
    let name = match total {
        0 => "summary-enforced-mx-unknown",
        total if passing == total => "summary-enforced",
        _ => "summary-enforced-unseen",
    };
    Phrase::new(name).count("total", total).count("count", passing)
}
