//! What changed between two results.

use sigillo_check::{CheckReport, Verdict};
use sigillo_findings::RenderedFinding;

/// The difference between an earlier report and this one.
pub(super) struct Comparison {
    /// When the earlier look was.
    pub(super) when: String,
    /// What it came to.
    pub(super) verdict: Verdict,
    /// What is found now and was not then.
    pub(super) new: Vec<String>,
    /// What was found then and is not now.
    pub(super) gone: Vec<String>,
}

impl Comparison {
    pub(super) fn between(when: String, earlier: &CheckReport, now: &CheckReport) -> Self {
        Self {
            when,
            verdict: earlier.verdict,
            new: lacking(&now.findings, &earlier.findings),
            gone: lacking(&earlier.findings, &now.findings),
        }
    }
}

/// The messages of those findings that are not among the others.
fn lacking(findings: &[RenderedFinding], others: &[RenderedFinding]) -> Vec<String> {
    let is_among = |finding: &RenderedFinding| {
        others.iter().any(|other| other.code == finding.code && other.message == finding.message)
    };
    findings.iter().filter(|it| !is_among(it)).map(|it| it.message.clone()).collect()
}
