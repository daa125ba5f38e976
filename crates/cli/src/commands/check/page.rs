//! A judgement on a page for a person.

use sigillo_check::{Check, CheckReport, Judgement, Status, Stem, Verdict};
use sigillo_findings::{LineIndex, Severity};

use crate::commands::Context;
use crate::diagnostic::{self, Source};
use crate::page::{HEADING, Page, severity_style};
use crate::visible::visible;

/// The page of a report.
pub(super) fn page(context: &Context<'_>, judgement: &Judgement, report: &CheckReport) -> Page {
    let words = context.words();
    let mut page = context.page();
    let style = severity_style(severity(report.verdict));
    let verdict = words.text(verdict_words(report.verdict));
    let domain = &report.domain;
    page.line(format_args!("{HEADING}{domain}{HEADING:#}: {style}{verdict}{style:#}"));
    page.paragraph("", &report.summary);
    page.blank();
    if needs_introduction(report) {
        page.paragraph("", &words.text("say-about-mta-sts"));
        page.blank();
    }
    for (finding, rendered) in judgement.findings.iter().zip(&report.findings) {
        let name = source_name(report, Stem::of(finding.code()));
        let text = judgement.text_of(finding).unwrap_or_default();
        let source = Source { name: &name, text };
        diagnostic::show(&mut page, rendered, &source, &LineIndex::new(text), context.language);
    }
    let Some(checks) = telling_checks(report) else { return page };
    page.line(format_args!("{HEADING}{}{HEADING:#}", words.text("say-checks")));
    let width = STATUSES.map(|status| words.text(status_word(status)).chars().count());
    let width = width.into_iter().max().unwrap_or(0);
    for check in checks {
        let status = words.text(status_word(check.status));
        let label = check.code.label(context.language);
        let text = format!("{label}: {}", visible(&check.evidence.text));
        page.paragraph(&format!("  {status:width$}  "), &text);
    }
    page
}

/// The checks, if they tell more than the findings: some of them passed.
pub(super) fn telling_checks(report: &CheckReport) -> Option<&[Check]> {
    let checks = report.checks.as_deref()?;
    checks.iter().any(|check| check.status == Status::Pass).then_some(checks)
}

/// Whether the reader may have to hear what MTA-STS is: who has it in force knows.
pub(super) fn needs_introduction(report: &CheckReport) -> bool {
    report.verdict != Verdict::Enforced && telling_checks(report).is_some()
}

/// All outcomes of a check.
const STATUSES: [Status; 4] = [Status::Pass, Status::Fail, Status::Warn, Status::Skip];

/// The message that says an outcome.
pub(super) const fn status_word(status: Status) -> &'static str {
    match status {
        Status::Pass => "say-status-pass",
        Status::Fail => "say-status-fail",
        Status::Warn => "say-status-warn",
        Status::Skip => "say-status-skip",
    }
}

/// The message that says a verdict.
pub(in crate::commands) const fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Enforced => "say-verdict-enforced",
        Verdict::Testing => "say-verdict-testing",
        Verdict::Disabled => "say-verdict-disabled",
        Verdict::Broken => "say-verdict-broken",
        Verdict::Failing => "say-verdict-failing",
        Verdict::Absent => "say-verdict-absent",
        Verdict::Unknown => "say-verdict-unknown",
    }
}

const fn severity(verdict: Verdict) -> Severity {
    match verdict {
        Verdict::Enforced | Verdict::Testing | Verdict::Disabled => Severity::Hint,
        Verdict::Absent | Verdict::Unknown => Severity::Warning,
        Verdict::Broken | Verdict::Failing => Severity::Error,
    }
}

/// What to call the text that findings point into.
fn source_name(report: &CheckReport, stem: Option<Stem>) -> String {
    let domain = &report.domain;
    match stem {
        Some(Stem::Record) => format!("_mta-sts.{domain}"),
        Some(Stem::Policy) => format!("https://mta-sts.{domain}/.well-known/mta-sts.txt"),
        Some(Stem::TlsRpt) => format!("_smtp._tls.{domain}"),
        Some(Stem::Dmarc) => format!("_dmarc.{domain}"),
        _ => String::new(),
    }
}
