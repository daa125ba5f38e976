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

    /// The language of ours that is liked most by who sends these `Accept-Language` fields
    /// (RFC 9110 §12.5.4); English if none is.
    ///
    /// ```
    /// # use sigillo_language::Language;
    /// assert_eq!(Language::accepted(["de, it;q=0.3, en;q=0.2"]), Language::Italian);
    /// assert_eq!(Language::accepted([]), Language::English);
    /// ```
    pub fn accepted<'a>(fields: impl IntoIterator<Item = &'a str>) -> Self {
        let mut best = (0, Self::default());
        for range in fields.into_iter().flat_map(|field| field.split(',')) {
            let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
            let primary = tag.trim().split('-').next().unwrap_or_default();
            let Ok(language) = primary.parse() else { continue };
            let weight = weight_of(weight);
            // Among equals the first counts.
            if weight > best.0 {
                best = (weight, language);
            }
        }
        best.1
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

/// A weight such as `q=0.8` in thousandths; what can't be read is no wish at all.
fn weight_of(text: &str) -> u16 {
    let Some(value) = text.trim().strip_prefix("q=") else {
        return if text.trim().is_empty() { 1000 } else { 0 };
    };
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    match (whole, digits.parse::<u16>()) {
        ("1", _) => 1000,
        ("0", Ok(thousandths)) => thousandths,
        _ => 0,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_liked_language_of_ours_wins() {
        for (field, expected) in [
            ("it-IT,it;q=0.9,en-US;q=0.8,en;q=0.7", Language::Italian),
            ("en-GB,it;q=0.5", Language::English),
            ("de, it;q=0.3, en;q=0.2", Language::Italian),
            ("de", Language::English),
            ("it;q=0, en;q=0.1", Language::English),
            ("en;q=0.8, it", Language::Italian),
            ("", Language::English),
            ("it;q=zwölf", Language::English),
        ] {
            assert_eq!(Language::accepted([field]), expected, "{field}");
        }
    }
}
