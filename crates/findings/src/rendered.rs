use schemars::JsonSchema;
use serde::Serialize;
use sigillo_language::Language;

use crate::{Finding, Fix, LineIndex, Severity, Span};

/// A finding put into words, as programs and pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RenderedFinding {
    /// What is wrong: a code of the catalogue, kebab-case; it never changes its meaning.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one clause.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The section of the standard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The bytes it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<RenderedSpan>,
    /// The change that mends it, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<RenderedFix>,
    /// How many more findings of this code there were that are not listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more: Option<u32>,
}

/// A part of the text: bytes from 0, line and column of its first byte from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RenderedSpan {
    /// The offset of the first byte, from 0.
    pub start: usize,
    /// The offset behind the last byte.
    pub end: usize,
    /// The line of the first byte, from 1.
    pub line: usize,
    /// The column of the first byte in Unicode scalar values, from 1.
    pub column: usize,
}

/// A change to the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RenderedFix {
    /// The bytes to replace; empty to insert.
    pub span: RenderedSpan,
    /// What to put there; empty to remove.
    pub replacement: String,
}

impl Finding {
    /// Puts the finding into words; `lines` is the index of the text that it is about.
    #[must_use]
    pub fn render(&self, language: Language, lines: &LineIndex<'_>) -> RenderedFinding {
        let span = |span: Span| {
            let position = lines.position(span.start());
            RenderedSpan {
                start: span.start(),
                end: span.end(),
                line: position.line,
                column: position.column,
            }
        };
        RenderedFinding {
            code: self.code().name().to_owned(),
            severity: self.severity(),
            message: self.message(language),
            help: self.help(language),
            reference: self.code().reference().map(str::to_owned),
            span: self.span().map(span),
            fix: self.fix().map(|Fix { span: replaced, replacement }| RenderedFix {
                span: span(*replaced),
                replacement: replacement.clone(),
            }),
            more: Some(self.more()).filter(|more| *more > 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;

    #[test]
    fn a_rendered_finding_has_words_and_places() {
        let text = b"version: STSv1\nmode: enforced\n";
        let finding = Finding::new(Code::PolicyModeInvalid, Span::new(21, 29))
            .with_bytes("value", b"enforced")
            .fixed_by(Span::new(21, 29), "enforce");
        let rendered = finding.render(Language::English, &LineIndex::new(text));
        assert_eq!(rendered.code, "policy-mode-invalid");
        assert_eq!(rendered.span, Some(RenderedSpan { start: 21, end: 29, line: 2, column: 7 }));
        assert!(rendered.message.contains("enforced"));
        assert_eq!(rendered.fix.map(|fix| fix.replacement).as_deref(), Some("enforce"));
        assert_eq!(rendered.more, None);
    }
}
