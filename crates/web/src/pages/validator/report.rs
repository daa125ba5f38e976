//! A TLS report for people: who sends it, how the sessions went, and why they failed.

use std::collections::BTreeMap;
use std::fmt::Display;

use sigillo_formats::report::{FailureDetails, PolicyReport, Report, Reported};

use super::names;
use super::understood::cut;
use crate::page::prose::length as html_length;
use crate::page::{Frame, Prose};

/// How many policies are shown.
const SHOWN_POLICIES: usize = 6;

/// How many lines of a policy are shown.
const SHOWN_LINES: usize = 12;

/// How many rows of failures the page shows, and how much of it they may take, in bytes of HTML.
const SHOWN_FAILURES: usize = 40;
const FAILURES_HTML: usize = 9_000;

/// A report.
pub(super) struct ReportView {
    /// What it says of itself: the message that names it, and the value.
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) policies: Vec<PolicyView>,
    pub(super) more: Option<String>,
}

/// How sessions under one policy went.
pub(super) struct PolicyView {
    pub(super) kind: String,
    pub(super) domain: String,
    pub(super) tone: &'static str,
    pub(super) successful: String,
    pub(super) failed: String,
    pub(super) has_failed: bool,
    pub(super) lines: Vec<String>,
    pub(super) hosts: Vec<String>,
    pub(super) failures: Vec<FailureGroup>,
    pub(super) more: Option<String>,
}

/// The failures of one result type.
pub(super) struct FailureGroup {
    pub(super) name: String,
    pub(super) count: String,
    pub(super) meaning: Prose,
    /// Whether any row says more than the result type.
    pub(super) has_reasons: bool,
    pub(super) rows: Vec<FailureRow>,
}

/// Sessions that failed in one way.
pub(super) struct FailureRow {
    pub(super) count: String,
    pub(super) sending: String,
    pub(super) receiving: Vec<String>,
    pub(super) reason: Vec<String>,
}

/// What is left of the room for failures.
struct Room {
    rows: usize,
    html: usize,
}

impl ReportView {
    /// A report; none where nothing was understood.
    pub(super) fn of(frame: &Frame, report: &Report) -> Option<Self> {
        let mut facts = Vec::new();
        let mut fact = |name, value: &Option<String>| {
            facts.extend(value.iter().map(|value| (name, cut(value))));
        };
        fact("validator-report-from", &report.organization_name);
        fact("validator-report-contact", &report.contact_info);
        fact("validator-report-id", &report.report_id);
        fact("validator-report-period", &period(report));
        if facts.is_empty() && report.policies.is_empty() {
            return None;
        }
        let mut room = Room { rows: SHOWN_FAILURES, html: FAILURES_HTML };
        let policies = report.policies.iter().take(SHOWN_POLICIES);
        let policies = policies.map(|policy| policy_view(frame, policy, &mut room)).collect();
        let more = report.policies.len().saturating_sub(SHOWN_POLICIES);
        let more = (more > 0).then(|| frame.t1("validator-report-policies-more", "count", more));
        Some(Self { facts, policies, more })
    }
}

fn period(report: &Report) -> Option<String> {
    let range = report.date_range;
    if range.start_datetime.is_none() && range.end_datetime.is_none() {
        return None;
    }
    let time = |time| or_unknown(time).replace('T', " ").replace('Z', " UTC");
    Some(format!("{} – {}", time(range.start_datetime), time(range.end_datetime)))
}

fn or_unknown(value: Option<impl Display>) -> String {
    value.map_or_else(|| "?".to_owned(), |value| value.to_string())
}

fn policy_view(frame: &Frame, report: &PolicyReport, room: &mut Room) -> PolicyView {
    let policy = &report.policy;
    let kind = match &policy.policy_type {
        Some(Reported::Known(kind)) => frame.t(names::of_policy_type(*kind)),
        Some(Reported::Other(name)) => cut(name),
        None => frame.t("validator-report-policy-unknown"),
    };
    let domain = policy.policy_domain.as_ref().map(|domain| cut(&domain.to_string()));
    let failed = report.summary.total_failure_session_count;
    let (failures, more) = failures(frame, &report.failure_details, room);
    PolicyView {
        kind,
        domain: domain.unwrap_or_else(|| frame.t("validator-report-domain-unknown")),
        tone: match failed {
            Some(0) => "good",
            Some(_) => "bad",
            None => "idle",
        },
        successful: or_unknown(report.summary.total_successful_session_count),
        failed: or_unknown(failed),
        has_failed: failed.is_some_and(|count| count > 0),
        lines: policy.policy_string.iter().take(SHOWN_LINES).map(|line| cut(line)).collect(),
        hosts: policy.mx_host.iter().take(SHOWN_LINES).map(|host| cut(&host.to_string())).collect(),
        failures,
        more: (more > 0).then(|| frame.t1("validator-report-failures-more", "count", more)),
    }
}

/// The failures by result type, the most frequent first, and how many rows there is no room for.
fn failures(
    frame: &Frame,
    details: &[FailureDetails],
    room: &mut Room,
) -> (Vec<FailureGroup>, usize) {
    let mut by_type: BTreeMap<_, Vec<&FailureDetails>> = BTreeMap::new();
    for failure in details {
        by_type.entry(failure.result_type.as_ref()).or_default().push(failure);
    }
    let sum = |failures: &[&FailureDetails]| {
        let counts = failures.iter().map(|failure| failure.failed_session_count.unwrap_or(0));
        counts.fold(0, u64::saturating_add)
    };
    let mut by_type: Vec<_> = by_type.into_iter().collect();
    by_type.sort_by_key(|(_, failures)| std::cmp::Reverse(sum(failures)));
    let mut more = 0;
    let mut groups = Vec::new();
    for (kind, mut failures) in by_type {
        failures.sort_by_key(|failure| std::cmp::Reverse(failure.failed_session_count));
        let mut rows = Vec::new();
        for failure in failures.iter().take(room.rows) {
            let row = failure_row(failure);
            let html = row.html();
            if html > room.html {
                break;
            }
            (room.rows, room.html) = (room.rows - 1, room.html - html);
            rows.push(row);
        }
        more += failures.len() - rows.len();
        if rows.is_empty() {
            continue;
        }
        let (name, meaning) = match kind {
            Some(Reported::Known(kind)) => (kind.to_string(), names::of_result_type(*kind)),
            Some(Reported::Other(name)) => (cut(name), "validator-result-other"),
            None => (String::new(), "validator-result-missing"),
        };
        let count = count(frame, sum(&failures));
        let has_reasons = rows.iter().any(|row: &FailureRow| !row.reason.is_empty());
        groups.push(FailureGroup { name, count, meaning: frame.p(meaning), has_reasons, rows });
    }
    (groups, more)
}

/// So many sessions; as text where a message's floating-point number would round it.
fn count(frame: &Frame, count: u64) -> String {
    let name = "validator-report-failed-count";
    match u32::try_from(count) {
        Ok(count) => frame.t1(name, "count", count),
        Err(_) => frame.t1(name, "count", count.to_string()),
    }
}

fn failure_row(failure: &FailureDetails) -> FailureRow {
    let texts = |texts: [Option<String>; 3]| {
        texts.into_iter().flatten().map(|text| cut(&text)).collect::<Vec<_>>()
    };
    let address = failure.receiving_ip.as_ref();
    let host = failure.receiving_mx_hostname.as_ref().map(ToString::to_string);
    // How a host greets says something only where it is not its name.
    let helo = failure.receiving_mx_helo.clone().filter(|helo| Some(helo) != host.as_ref());
    FailureRow {
        count: or_unknown(failure.failed_session_count),
        sending: or_unknown(
            failure.sending_mta_ip.as_ref().map(|address| cut(&address.to_string())),
        ),
        receiving: texts([host, address.map(ToString::to_string), helo]),
        reason: texts([
            failure.failure_reason_code.clone(),
            failure.additional_information.clone(),
            None,
        ]),
    }
}

impl FailureRow {
    /// About what it takes, in bytes of HTML.
    fn html(&self) -> usize {
        let texts = [&self.sending].into_iter().chain(&self.receiving).chain(&self.reason);
        120 + texts.map(|text| 4 + html_length(text)).sum::<usize>()
    }
}
