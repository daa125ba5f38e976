use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;

/// A language that every message exists in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, JsonSchema)]
pub enum Language {
    /// English, also the answer to any locale that we don't speak.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Italian.
    #[serde(rename = "it")]
    Italian,
}

impl Language {
    /// All languages, in the order in which tables list them.
    pub const ALL: [Self; 2] = [Self::English, Self::Italian];

    /// The language of a POSIX locale name such as `it_IT.UTF-8`; English for any other.
    ///
    /// ```
    /// # use sigillo_language::Language;
    /// assert_eq!(Language::from_locale("it_CH.UTF-8"), Language::Italian);
    /// assert_eq!(Language::from_locale("C"), Language::English);
    /// ```
    #[must_use]
    pub fn from_locale(locale: &str) -> Self {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or("");
        language.parse().unwrap_or_default()
    }

    /// The two-letter tag (ISO 639-1).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Italian => "it",
        }
    }

    /// One of two values, by language: for the few places where a message file would be too much.
    #[must_use]
    pub fn choose<T>(self, english: T, italian: T) -> T {
        match self {
            Self::English => english,
            Self::Italian => italian,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a tag in any case.
    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        Self::ALL
            .into_iter()
            .find(|language| language.tag().eq_ignore_ascii_case(tag))
            .ok_or(UnknownLanguage)
    }
}

/// The tag names no language of ours: use one of [`Language::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownLanguage;

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("unknown language: use en or it")
    }
}

impl std::error::Error for UnknownLanguage {}
