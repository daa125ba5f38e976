use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_language::Language;

/// How bad a finding is; the order is from worst to mildest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A conforming reader rejects the text; in a live check also: protection does not work, or
    /// mail would be lost.
    Error,
    /// It works, but is risky or against a SHOULD.
    Warning,
    /// It could be better.
    Hint,
}

impl Severity {
    /// The name that programs use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }

    /// The word for people.
    #[must_use]
    pub fn word(self, language: Language) -> &'static str {
        match self {
            Self::Error => language.choose("error", "errore"),
            Self::Warning => language.choose("warning", "avviso"),
            Self::Hint => language.choose("hint", "consiglio"),
        }
    }

    /// Whether this is as bad as `limit` or worse.
    ///
    /// ```
    /// # use sigillo_findings::Severity;
    /// assert!(Severity::Error.reaches(Severity::Warning));
    /// assert!(!Severity::Hint.reaches(Severity::Warning));
    /// ```
    #[must_use]
    pub fn reaches(self, limit: Self) -> bool {
        self <= limit
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
