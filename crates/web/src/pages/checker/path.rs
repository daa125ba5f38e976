//! The way of a message, and at which of its stages it passes.

use sigillo_check::{CheckReport, HostOutcome, Judgement, Passes, Status, Stem};

/// A stage of the way.
pub(super) struct Stage {
    /// The message that names it.
    pub(super) name: &'static str,
    /// What came of it.
    pub(super) status: Status,
    /// What was seen, in a sentence.
    pub(super) detail: String,
}

/// A host at the end of the way.
pub(super) struct Host {
    pub(super) name: String,
    pub(super) status: Status,
    /// The message that says how senders take it.
    pub(super) outcome: &'static str,
}

/// The stages before a message reaches a host, in their order, and the checks that make them up.
const STAGES: [(&str, &[Stem]); 4] = [
    ("path-record", &[Stem::Record, Stem::Dns]),
    ("path-policy-host", &[Stem::PolicyHost, Stem::Tls, Stem::Certificate, Stem::Http]),
    ("path-policy", &[Stem::Policy, Stem::Mode]),
    ("path-mx", &[Stem::Mx]),
];

/// The stages of a report.
pub(super) fn stages(report: &CheckReport) -> Vec<Stage> {
    let checks = report.checks.as_deref().unwrap_or_default();
    STAGES
        .iter()
        .filter_map(|(name, stems)| {
            let of_stem = |stem: &Stem| checks.iter().find(|check| check.code == *stem);
            let of_stage = stems.iter().filter_map(of_stem);
            // The first of the worst: it is what stops the message.
            let worst = of_stage.min_by_key(|check| urgency(check.status))?;
            let (status, detail) = (worst.status, worst.evidence.text.clone());
            Some(Stage { name, status, detail })
        })
        .collect()
}

/// The hosts, in the order of their records.
pub(super) fn hosts(judgement: &Judgement) -> Vec<Host> {
    judgement
        .hosts()
        .iter()
        .map(|host| {
            let (status, outcome) = outcome(host);
            Host { name: host.name.clone(), status, outcome }
        })
        .collect()
}

fn outcome(host: &HostOutcome) -> (Status, &'static str) {
    match (host.is_tried, host.covered, host.passes) {
        (false, ..) => (Status::Skip, "path-host-not-tried"),
        (_, Some(false), _) => (Status::Fail, "path-host-not-covered"),
        (_, _, Passes::No) => (Status::Fail, "path-host-fails"),
        (_, _, Passes::Unknown) => (Status::Skip, "path-host-unknown"),
        (_, None, Passes::Yes) => (Status::Pass, "path-host-secured"),
        (_, Some(true), Passes::Yes) => (Status::Pass, "path-host-passes"),
    }
}

const fn urgency(status: Status) -> u8 {
    match status {
        Status::Fail => 0,
        Status::Warn => 1,
        Status::Pass => 2,
        Status::Skip => 3,
    }
}
