//! What can be wrong with a file of overrides.

use sigillo_findings::Span;
use sigillo_formats::policy::Mode;
use sigillo_formats::{DomainName, DomainNameError, MxPatternError};

/// Something that is wrong with a file of overrides, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct OverridesError {
    /// What is wrong.
    pub fault: OverridesFault,
    /// The bytes that it is about.
    pub span: Span,
    /// The line where they begin, from 1.
    pub line: usize,
}

/// What is wrong, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OverridesFault {
    /// The text is longer.
    #[error("the file is longer than {limit} bytes: see whether it is the right one")]
    TooLong {
        /// The most bytes.
        limit: usize,
    },
    /// The bytes are not UTF-8.
    #[error("the text is not UTF-8: save it as UTF-8")]
    NotUtf8,
    /// The text is not TOML.
    #[error("the text is not TOML here: {reason}")]
    Syntax {
        /// The parser's reason.
        reason: String,
    },
    /// The table has no such key.
    #[error("there is no key {name:?} {}: the keys are {}", .table.place(), .table.keys().join(", "))]
    UnknownKey {
        /// The table.
        table: Table,
        /// The key.
        name: String,
        /// The one that may be meant.
        nearest: Option<&'static str>,
    },
    /// The value has another form than the key.
    #[error("{key} takes {}", .form.name())]
    WrongForm {
        /// The key.
        key: &'static str,
        /// What it takes.
        form: Form,
    },
    /// More overrides than are read.
    #[error("there are more than {limit} overrides: join some by a suffix")]
    TooMany {
        /// The most overrides.
        limit: usize,
    },
    /// Nothing says which domains are meant.
    #[error("the override has neither domain nor suffix: give one of them")]
    NoDomain,
    /// What is no domain name.
    #[error("{value:?} is not a domain name: {error}")]
    InvalidDomain {
        /// What was given.
        value: String,
        /// Why it is none.
        error: DomainNameError,
    },
    /// Another override has the same domain or suffix.
    #[error("the {key} {name} has an override already, in line {line}: join the two")]
    SameDomain {
        /// `domain` or `suffix`.
        key: &'static str,
        /// The name.
        name: DomainName,
        /// The line of the other.
        line: usize,
    },
    /// The value is none of those that there are.
    #[error("{value:?} can't be the value of {key}: give {}", .words.join(" or "))]
    InvalidWord {
        /// The key.
        key: &'static str,
        /// What was given.
        value: String,
        /// All values that there are.
        words: &'static [&'static str],
        /// The one that may be meant.
        nearest: Option<&'static str>,
    },
    /// What is no MX pattern.
    #[error("{value:?} is not an MX pattern: {error}")]
    InvalidPattern {
        /// What was given.
        value: String,
        /// Why it is none.
        error: MxPatternError,
    },
    /// The policy has no mode.
    #[error("the policy has no mode: give enforce, testing or none")]
    NoMode,
    /// The mode needs patterns of MX hosts, and there are none.
    #[error("mode {mode} needs at least one pattern in mx")]
    NoMx {
        /// The mode.
        mode: Mode,
    },
    /// Two decisions that exclude each other.
    #[error("{key} does not go with {other}: give one of them")]
    Conflict {
        /// The one that it is said of.
        key: &'static str,
        /// The other.
        other: &'static str,
    },
}

/// A table of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// The file itself.
    File,
    /// An `[[override]]`.
    Override,
    /// A forced policy.
    Policy,
}

/// The form of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Tables that begin with `[[override]]`.
    Overrides,
    /// A text.
    Text,
    /// A list of texts.
    List,
    /// `true` or `false`.
    Switch,
    /// A table with the keys of a policy.
    Policy,
}

impl OverridesFault {
    /// The codes of all faults.
    pub const CODES: [&str; 14] = [
        "overrides-too-long",
        "overrides-not-utf8",
        "overrides-syntax",
        "overrides-unknown-key",
        "overrides-wrong-form",
        "overrides-too-many",
        "overrides-no-domain",
        "overrides-invalid-domain",
        "overrides-same-domain",
        "overrides-invalid-word",
        "overrides-invalid-pattern",
        "overrides-no-mode",
        "overrides-no-mx",
        "overrides-conflict",
    ];

    /// A name for what is wrong that doesn't change.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "overrides-too-long",
            Self::NotUtf8 => "overrides-not-utf8",
            Self::Syntax { .. } => "overrides-syntax",
            Self::UnknownKey { .. } => "overrides-unknown-key",
            Self::WrongForm { .. } => "overrides-wrong-form",
            Self::TooMany { .. } => "overrides-too-many",
            Self::NoDomain => "overrides-no-domain",
            Self::InvalidDomain { .. } => "overrides-invalid-domain",
            Self::SameDomain { .. } => "overrides-same-domain",
            Self::InvalidWord { .. } => "overrides-invalid-word",
            Self::InvalidPattern { .. } => "overrides-invalid-pattern",
            Self::NoMode => "overrides-no-mode",
            Self::NoMx { .. } => "overrides-no-mx",
            Self::Conflict { .. } => "overrides-conflict",
        }
    }
}

impl Table {
    /// Its keys.
    #[must_use]
    pub const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::File => &["override"],
            Self::Override => &["domain", "suffix", "mta_sts", "dane", "policy", "pin"],
            Self::Policy => &["mode", "mx"],
        }
    }

    const fn place(self) -> &'static str {
        match self {
            Self::File => "outside an [[override]]",
            Self::Override => "in an [[override]]",
            Self::Policy => "in a policy",
        }
    }
}

impl Form {
    const fn name(self) -> &'static str {
        match self {
            Self::Overrides => "tables: begin each with [[override]]",
            Self::Text => "a text in quotes",
            Self::List => "a list of texts, as in [\"mail.example.com\"]",
            Self::Switch => "true or false",
            Self::Policy => "a table, as in { mode = \"enforce\", mx = [\"mail.example.com\"] }",
        }
    }
}
