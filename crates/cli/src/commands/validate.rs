//! `sigillo validate`: offline syntax checks that point at the exact bytes.

use sigillo_findings::{RenderedFinding, Severity};
use sigillo_formats::{Kind, Validation, limits};

use super::{Answer, Context, understood};
use crate::arguments::ValidateCommand;
use crate::diagnostic::Source;
use crate::input;
use crate::page::{Page, severity_style};

pub(super) fn run(context: &Context<'_>, command: &ValidateCommand) -> Answer {
    let language = context.language;
    let (kind, input) = match command {
        ValidateCommand::Policy { file } => {
            (Kind::Policy, input::read_file(file, limits::POLICY_BYTES, language)?)
        }
        ValidateCommand::Record { text } => {
            (Kind::Record, input::read_text(text, limits::TXT_BYTES, language)?)
        }
        ValidateCommand::TlsRpt { text } => {
            (Kind::TlsRpt, input::read_text(text, limits::TXT_BYTES, language)?)
        }
        ValidateCommand::Dmarc { text } => {
            (Kind::Dmarc, input::read_text(text, limits::TXT_BYTES, language)?)
        }
        ValidateCommand::Report { file } => {
            (Kind::Report, input::read_file(file, limits::REPORT_BYTES, language)?)
        }
    };
    let judged = kind.judge(&input.text);
    let validation = judged.render(&input.text, language);
    let status = context.status(&validation.findings);
    Ok(context.answer(&validation, status, || {
        let mut page = context.page();
        let source = Source { name: &input.name, text: judged.text(&input.text) };
        context.show_findings(&mut page, &validation.findings, &source);
        verdict(context, &mut page, &validation);
        understood::show(context, &mut page, &validation.value);
        page
    }))
}

fn verdict(context: &Context<'_>, page: &mut Page, validation: &Validation) {
    let words = context.words();
    let verdict = words.text(match (validation.kind, validation.valid) {
        (Kind::Policy, true) => "say-valid-policy",
        (Kind::Policy, false) => "say-invalid-policy",
        (Kind::Record, true) => "say-valid-record",
        (Kind::Record, false) => "say-invalid-record",
        (Kind::TlsRpt, true) => "say-valid-tls-rpt",
        (Kind::TlsRpt, false) => "say-invalid-tls-rpt",
        (Kind::Dmarc, true) => "say-valid-dmarc",
        (Kind::Dmarc, false) => "say-invalid-dmarc",
        (Kind::Report, true) => "say-valid-report",
        (Kind::Report, false) => "say-invalid-report",
    });
    let severity = if validation.valid { Severity::Hint } else { Severity::Error };
    let style = severity_style(severity);
    let counts = counts(context, &validation.findings);
    page.line(format_args!("{style}{verdict}{style:#}{counts}"));
}

/// `: 2 errors, 1 warning`, or nothing if there is nothing to count.
fn counts(context: &Context<'_>, findings: &[RenderedFinding]) -> String {
    let words = context.words();
    let count = |severity, name: &str| {
        let count: u32 = findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .map(|finding| 1 + finding.more.unwrap_or(0))
            .sum();
        (count > 0).then(|| words.format(name, &[("count", count.into())]))
    };
    let counts: Vec<String> = [
        count(Severity::Error, "say-count-errors"),
        count(Severity::Warning, "say-count-warnings"),
        count(Severity::Hint, "say-count-hints"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if counts.is_empty() { String::new() } else { format!(": {}", counts.join(", ")) }
}
