use std::fmt;
use std::str::FromStr;

use sigillo_language::Language;

use crate::{Finding, Severity};

include!(concat!(env!("OUT_DIR"), "/code.rs"));

/// A row of the catalogue.
struct Entry {
    name: &'static str,
    severity: Severity,
    live: bool,
    reference: Option<&'static str>,
    english: Texts,
    italian: Texts,
}

/// The texts of a code in one language.
struct Texts {
    title: &'static str,
    message: &'static str,
    why: &'static str,
    help: &'static str,
}

impl Code {
    /// The string form, kebab-case, that programs use.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The severity that a finding of this code has unless the rule says otherwise.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.entry().severity
    }

    /// Whether only a look at a live domain raises it: no text alone has this fault.
    #[must_use]
    pub fn is_live(self) -> bool {
        self.entry().live
    }

    /// The section of the standard, such as `RFC 8461 §3.2`; none where it is our own advice.
    #[must_use]
    pub fn reference(self) -> Option<&'static str> {
        self.entry().reference
    }

    /// A short name for the fault.
    #[must_use]
    pub fn title(self, language: Language) -> &'static str {
        self.texts(language).title
    }

    /// Why it matters, and what would happen to mail or reports.
    #[must_use]
    pub fn why(self, language: Language) -> &'static str {
        self.texts(language).why
    }

    /// What to do about it, of a domain that nobody knows.
    #[must_use]
    pub fn help(self, language: Language) -> String {
        Finding::without_span(self).help(language)
    }

    /// The message of a finding, with `{placeholders}` for the finding's values.
    pub(crate) fn message_template(self, language: Language) -> &'static str {
        self.texts(language).message
    }

    /// The help of a finding, with `{placeholders}` as well.
    pub(crate) fn help_template(self, language: Language) -> &'static str {
        self.texts(language).help
    }

    #[expect(clippy::indexing_slicing, reason = "the table is made with one row for each code")]
    fn entry(self) -> &'static Entry {
        &CATALOGUE[self as usize]
    }

    fn texts(self, language: Language) -> &'static Texts {
        let entry = self.entry();
        language.choose(&entry.english, &entry.italian)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(name: &str) -> Result<Self, UnknownCode> {
        Self::ALL.iter().copied().find(|code| code.name() == name).ok_or(UnknownCode)
    }
}

/// The catalogue has no code of this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownCode;

impl fmt::Display for UnknownCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("no finding has this code")
    }
}

impl std::error::Error for UnknownCode {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_found_by_its_name_and_stands_at_its_own_row() {
        for (index, code) in Code::ALL.iter().enumerate() {
            assert_eq!(*code as usize, index);
            assert_eq!(code.name().parse(), Ok(*code));
        }
        assert_eq!("no-such-code".parse::<Code>(), Err(UnknownCode));
    }

    #[test]
    fn names_are_kebab_case_and_texts_complete() {
        for code in Code::ALL {
            let name = code.name();
            assert!(name.split('-').all(|word| {
                !word.is_empty()
                    && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            }));
            for language in Language::ALL {
                let help = code.help_template(language);
                for text in [code.title(language), code.why(language), help] {
                    assert!(!text.trim().is_empty(), "{name} {language}");
                    assert_eq!(text, text.trim(), "{name} {language}");
                }
                assert!(code.why(language).ends_with('.'), "{name} {language}: why");
                assert!(help.ends_with(['.', ')']), "{name} {language}: help");
                assert!(!code.title(language).ends_with('.'), "{name} {language}: title");
                assert!(code.title(language).chars().count() <= 72, "{name} {language}: title");
            }
            let [english, italian] = Language::ALL.map(|language| code.why(language));
            assert_ne!(english, italian, "{name}: not translated");
        }
    }
}
