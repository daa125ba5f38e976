//! `sigillo validate`: offline syntax checks that point at the exact bytes.

use sigillo_findings::{RenderedFinding, Severity};
use sigillo_formats::{Kind, Understood, Validation, limits};

use super::{Answer, Context};
use crate::arguments::ValidateCommand;
use crate::diagnostic::Source;
use crate::input::{self, Input};
use crate::page::{HEADING, Page, severity_style};

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
    };
    let validation = kind.judge(&input.text).render(&input.text, language);
    let status = context.status(&validation.findings);
    Ok(context.answer(&validation, status, || page(context, &validation, &input)))
}

fn page(context: &Context<'_>, validation: &Validation, input: &Input) -> Page {
    let mut page = context.page();
    let source = Source { name: &input.name, text: &input.text };
    context.show_findings(&mut page, &validation.findings, &source);
    verdict(context, &mut page, validation);
    understood(context, &mut page, &validation.value);
    page
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

/// What was understood, name by name.
fn understood(context: &Context<'_>, page: &mut Page, value: &Understood) {
    let mut rows: Vec<(&str, String)> = Vec::new();
    match value {
        Understood::Policy(policy) => {
            rows.extend(policy.mode.map(|mode| ("mode", mode.to_string())));
            rows.extend(policy.max_age.map(|max_age| ("max_age", max_age.to_string())));
            rows.extend(policy.mx.iter().map(|pattern| ("mx", pattern.to_string())));
            let extensions = policy.extensions.iter();
            rows.extend(extensions.map(|it| (it.name(), it.value().to_owned())));
        }
        Understood::Record(record) => {
            rows.extend(record.id.iter().map(|id| ("id", id.to_string())));
            let extensions = record.extensions.iter();
            rows.extend(extensions.map(|it| (it.name(), it.value().to_owned())));
        }
        Understood::TlsRpt(record) => {
            rows.extend(record.rua.iter().map(|uri| ("rua", uri.to_string())));
            let extensions = record.extensions.iter();
            rows.extend(extensions.map(|it| (it.name(), it.value().to_owned())));
        }
        Understood::Dmarc(record) => {
            let effective = &record.effective;
            for (name, asked) in [("p", effective.p), ("sp", effective.sp), ("np", effective.np)] {
                rows.extend(asked.map(|asked| (name, asked.to_string())));
            }
            rows.extend(effective.rua.iter().map(|uri| ("rua", uri.to_string())));
            rows.extend(effective.ruf.iter().map(|uri| ("ruf", uri.to_string())));
        }
    }
    if rows.is_empty() {
        return;
    }
    page.heading(&context.words().text("say-understood"));
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, value) in rows.iter().take(SHOWN_ROWS) {
        let value = crate::visible::visible(value);
        page.line(format_args!("  {HEADING}{name:width$}{HEADING:#}  {value}"));
    }
    if let Some(more) = rows.len().checked_sub(SHOWN_ROWS).filter(|more| *more > 0) {
        page.line(format_args!(
            "  {}",
            context.words().format("say-rows-more", &[("count", more.into())])
        ));
    }
}

/// How many fields a person is shown; `--json` has them all.
const SHOWN_ROWS: usize = 50;
