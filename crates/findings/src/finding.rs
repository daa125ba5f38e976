use std::fmt::Write as _;

use sigillo_language::Language;

use crate::{Code, Severity, Span};

/// The longest text that a finding keeps of its input, in characters.
const LONGEST_VALUE: usize = 64;

/// One thing that is wrong, risky, or could be better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    code: Code,
    severity: Severity,
    span: Option<Span>,
    values: Vec<(&'static str, Value)>,
    fix: Option<Fix>,
    more: u32,
}

/// A value that the texts of a finding mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number, written in decimal.
    Number(u64),
    /// A text, often the input's own: it may hold anything, so escape it on output.
    Text(String),
}

/// A change to the text that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The bytes to replace; empty to insert.
    pub span: Span,
    /// What to put there; empty to remove.
    pub replacement: String,
}

impl Finding {
    /// A finding about a part of the text.
    #[must_use]
    pub fn new(code: Code, span: Span) -> Self {
        Self { span: Some(span), ..Self::without_span(code) }
    }

    /// A finding about no particular part: the text as a whole, or something outside it.
    #[must_use]
    pub fn without_span(code: Code) -> Self {
        Self { code, severity: code.severity(), span: None, values: Vec::new(), fix: None, more: 0 }
    }

    /// The same with a value for the `{name}` in its texts.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The same with the bytes of an input as the value: lossily decoded, and cut when long.
    #[must_use]
    pub fn with_bytes(self, name: &'static str, bytes: &[u8]) -> Self {
        // Four bytes a character at most, so nothing that is kept is cut off here.
        let head = bytes.get(..LONGEST_VALUE * 4 + 4).unwrap_or(bytes);
        self.with(name, String::from_utf8_lossy(head).as_ref())
    }

    /// The same with the change that mends it.
    #[must_use]
    pub fn fixed_by(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }

    /// The same with another severity than its code's.
    #[must_use]
    pub const fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same values and places under another code, with that code's severity.
    #[must_use]
    pub fn under(self, code: Code) -> Self {
        Self { code, severity: code.severity(), ..self }
    }

    /// The same with its places put elsewhere: for a text that was a part of another, or made from
    /// one.
    #[must_use]
    pub fn map_spans(mut self, place: impl Fn(Span) -> Span) -> Self {
        self.span = self.span.map(&place);
        if let Some(fix) = &mut self.fix {
            fix.span = place(fix.span);
        }
        self
    }

    /// The same about no particular part: for a text that is not at hand where the finding is shown.
    #[must_use]
    pub fn without_place(self) -> Self {
        Self { span: None, fix: None, ..self }
    }

    /// What is wrong.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.code
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// The bytes it is about; none for the text as a whole.
    #[must_use]
    pub const fn span(&self) -> Option<Span> {
        self.span
    }

    /// The change that mends it, where it is known.
    #[must_use]
    pub const fn fix(&self) -> Option<&Fix> {
        self.fix.as_ref()
    }

    /// How many more findings of the same code there were that are not listed.
    #[must_use]
    pub const fn more(&self) -> u32 {
        self.more
    }

    /// What is wrong, in one clause. It may quote the input, so escape it for where it goes.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        self.fill(self.code.message_template(language), |_| "")
    }

    /// What to do. It may quote the input, so escape it for where it goes.
    ///
    /// It speaks of the domain in the value `own`, and of `example.com` where there is none.
    #[must_use]
    pub fn help(&self, language: Language) -> String {
        self.fill(self.code.help_template(language), |name| match name {
            "own" => "example.com",
            "host" => "mail.example.com",
            _ => "",
        })
    }

    /// Counts more of the same code that are not listed.
    pub(crate) const fn count_more(&mut self, more: u32) {
        self.more = self.more.saturating_add(more);
    }

    /// A text with the values in their places, or the examples of those that nobody gave.
    fn fill(&self, template: &str, example: impl Fn(&str) -> &'static str) -> String {
        let mut text = String::with_capacity(template.len() + 16);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((name, behind)) = after.split_once('}') else {
                text.push('{');
                rest = after;
                continue;
            };
            match self.values.iter().find(|(key, _)| *key == name) {
                Some((_, Value::Number(number))) => {
                    write!(text, "{number}")
                        .unwrap_or_else(|_| unreachable!("a String is never full"));
                }
                Some((_, Value::Text(value))) => text.push_str(value),
                // A rule that forgot a value: show the gap. Tests look for it.
                None => match example(name) {
                    "" => text.extend(["{", name, "}"]),
                    example => text.push_str(example),
                },
            }
            rest = behind;
        }
        text.push_str(rest);
        text
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<&str> for Value {
    /// Keeps the first 64 characters; an ellipsis stands for the rest.
    fn from(text: &str) -> Self {
        match text.char_indices().nth(LONGEST_VALUE) {
            None => Self::Text(text.to_owned()),
            Some((end, _)) => Self::Text(format!("{}…", text.get(..end).unwrap_or_default())),
        }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<char> for Value {
    /// A visible character as itself, any other as its number: `U+0009`.
    fn from(character: char) -> Self {
        if character.is_ascii_graphic() || (character.is_alphanumeric() && !character.is_control())
        {
            Self::Text(character.to_string())
        } else {
            Self::Text(format!("U+{:04X}", u32::from(character)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fill_the_message_in_both_languages() {
        let finding = Finding::new(Code::PolicyMaxAgeShort, Span::new(0, 4)).with("value", 3600u32);
        for language in Language::ALL {
            assert!(finding.message(language).contains("3600"));
        }
    }

    #[test]
    fn a_long_value_is_cut() {
        let value = Value::from("è".repeat(500));
        assert_eq!(value, Value::Text("è".repeat(64) + "…"));
        let finding = Finding::new(Code::PolicyModeInvalid, Span::at(0))
            .with_bytes("value", &b"x".repeat(100_000));
        assert!(finding.message(Language::English).len() < 300);
    }

    #[test]
    fn invisible_characters_are_named_by_their_number() {
        assert_eq!(Value::from('\t'), Value::Text("U+0009".to_owned()));
        assert_eq!(Value::from('\u{a0}'), Value::Text("U+00A0".to_owned()));
        assert_eq!(Value::from('_'), Value::Text("_".to_owned()));
    }
}
