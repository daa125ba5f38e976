//! A judgement on a page for a person.

use sigillo_check::{CheckReport, Judgement, Status, Stem, Verdict};
use sigillo_findings::{LineIndex, Severity};

use crate::commands::Context;
use crate::diagnostic::{self, Source};
use crate::page::{HEADING, Page, severity_style};
use sigillo_findings::visible;

/// The page of a report.
pub(super) fn page(context: &Context<'_>, judgement: &Judgement, report: &CheckReport) -> Page {
    let mut page = context.page();
    let style = severity_style(severity(report.verdict));
    let verdict = report.verdict.title(context.language);
    let domain = &report.domain;
    page.line(format_args!("{HEADING}{domain}{HEADING:#}: {style}{verdict}{style:#}"));
    page.paragraph("", &report.summary);
    page.blank();
    if let Some(introduction) = report.introduction(context.language) {
        page.paragraph("", &introduction);
        page.blank();
    }
    for (finding, rendered) in judgement.findings.iter().zip(&report.findings) {
        let name = source_name(report, Stem::of(finding.code()));
        let text = judgement.text_of(finding).unwrap_or_default();
        let source = Source { name: &name, text };
        diagnostic::show(&mut page, rendered, &source, &LineIndex::new(text), context.language);
    }
    let Some(checks) = report.telling_checks() else { return page };
    page.line(format_args!("{HEADING}{}{HEADING:#}", CheckReport::checks_title(context.language)));
    let width = Status::ALL.map(|status| status.word(context.language).chars().count());
    let width = width.into_iter().max().unwrap_or(0);
    for check in checks {
        let status = check.status.word(context.language);
        let label = check.code.label(context.language);
        let text = format!("{label}: {}", visible(&check.evidence.text));
        page.paragraph(&format!("  {status:width$}  "), &text);
    }
    page
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
