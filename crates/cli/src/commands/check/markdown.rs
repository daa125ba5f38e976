//! A judgement in Markdown, for tickets and reports.

use std::fmt::Write as _;

use sigillo_check::CheckReport;
use sigillo_findings::Severity;

use super::page::{needs_introduction, status_word, telling_checks, verdict_words};
use crate::commands::Context;
use crate::visible::visible;

/// The report as a document.
pub(super) fn write(context: &Context<'_>, report: &CheckReport) -> String {
    let words = context.words();
    let mut text = String::new();
    let verdict = words.text(verdict_words(report.verdict));
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    line(format!("# {}: {verdict}", escape(report.domain.as_str())));
    line(String::new());
    line(escape(&report.summary));
    if needs_introduction(report) {
        line(String::new());
        line(escape(&words.text("say-about-mta-sts")));
    }
    if !report.findings.is_empty() {
        line(String::new());
        line(format!("## {}", words.text("say-findings")));
    }
    for finding in &report.findings {
        let severity = words.text(match finding.severity {
            Severity::Error => "say-error",
            Severity::Warning => "say-warning",
            Severity::Hint => "say-hint",
        });
        line(String::new());
        line(format!("### {severity}: {}", escape(&finding.message)));
        line(String::new());
        line(escape(&finding.help));
        line(String::new());
        let reference = finding.reference.as_deref().map(|it| format!(", {it}"));
        line(format!("`{}`{}", finding.code.as_str(), escape(&reference.unwrap_or_default())));
    }
    if let Some(checks) = telling_checks(report) {
        line(String::new());
        line(format!("## {}", words.text("say-checks")));
        line(String::new());
        line("| | | |".to_owned());
        line("| --- | --- | --- |".to_owned());
        for check in checks {
            let status = words.text(status_word(check.status));
            let label = check.code.label(context.language);
            line(format!("| {status} | {label} | {} |", escape(&check.evidence.text)));
        }
    }
    text
}

/// A text as it stands in a line or a cell: what it holds comes from the network, and is to look
/// like itself. Code marks of our own sentences stay if nothing in the text can break out of them.
fn escape(text: &str) -> String {
    let text = visible(text);
    // Several in a row are another mark than one.
    let balanced = text.matches('`').count().is_multiple_of(2) && !text.contains("``");
    let mut escaped = String::with_capacity(text.len());
    let mut in_code = false;
    for character in text.chars() {
        match character {
            '`' if balanced => in_code = !in_code,
            '|' => escaped.push('\\'),
            '<' | '>' | '[' | ']' | '*' | '_' | '\\' | '#' | '!' | '`' | '&' if !in_code => {
                escaped.push('\\');
            }
            _ => {}
        }
        let written = escaped.write_char(character);
        debug_assert!(written.is_ok(), "writing to memory does not fail");
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_network_said_is_no_markup() {
        assert_eq!(escape("<b>[x](y)\n*"), "\\<b\\>\\[x\\](y)\\\\u{a}\\*");
        assert_eq!(escape("a `<b>|*` c"), "a `<b>\\|*` c");
        assert_eq!(escape("a ` <b>"), "a \\` \\<b\\>");
        assert_eq!(escape("```<b>`"), "\\`\\`\\`\\<b\\>\\`");
    }
}
