//! How good or bad something looks: the class of the style sheet.

use sigillo_check::{Status, Verdict};
use sigillo_findings::Severity;

/// Of a verdict.
pub(crate) const fn of_verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Enforced => "good",
        Verdict::Testing => "warn",
        Verdict::Broken | Verdict::Failing => "bad",
        Verdict::Disabled | Verdict::Absent | Verdict::Unknown => "idle",
    }
}

/// Of a check.
pub(crate) const fn of_status(status: Status) -> &'static str {
    match status {
        Status::Pass => "good",
        Status::Warn => "warn",
        Status::Fail => "bad",
        Status::Skip => "idle",
    }
}

/// Of a finding.
pub(crate) const fn of_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "bad",
        Severity::Warning => "warn",
        Severity::Hint => "idle",
    }
}
