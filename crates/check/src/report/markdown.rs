//! A report in Markdown, for tickets and mails.

use std::fmt::Write as _;

use sigillo_findings::visible;
use sigillo_language::Language;

use super::CheckReport;
use crate::words;

impl CheckReport {
    /// The report as a document in Markdown. What the network said is no markup in it.
    #[must_use]
    pub fn markdown(&self, language: Language) -> String {
        let mut text = String::new();
        let mut line = |line: String| {
            text.push_str(&line);
            text.push('\n');
        };
        line(format!("# {}: {}", escape(self.domain.as_str()), self.verdict.title(language)));
        line(String::new());
        line(escape(&self.summary));
        if let Some(introduction) = self.introduction(language) {
            line(String::new());
            line(escape(&introduction));
        }
        if !self.findings.is_empty() {
            line(String::new());
            line(format!("## {}", words::text("findings", language)));
        }
        for finding in &self.findings {
            let severity = finding.severity.word(language);
            line(String::new());
            line(format!("### {severity}: {}", escape(&finding.message)));
            line(String::new());
            line(escape(&finding.help));
            line(String::new());
            let reference = finding.reference.as_deref().map(|it| format!(", {it}"));
            line(format!("`{}`{}", finding.code.as_str(), escape(&reference.unwrap_or_default())));
        }
        if let Some(checks) = self.telling_checks() {
            line(String::new());
            line(format!("## {}", Self::checks_title(language)));
            line(String::new());
            line("| | | |".to_owned());
            line("| --- | --- | --- |".to_owned());
            for check in checks {
                let status = check.status.word(language);
                let label = check.code.label(language);
                line(format!("| {status} | {label} | {} |", escape(&check.evidence.text)));
            }
        }
        text
    }
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
