//! What can be wrong with a configuration.

use std::io;

use sigillo_findings::Span;

use super::keys::{Form, Key};

/// Something that is wrong, and where.
#[derive(Debug)]
pub(crate) struct ConfigurationError {
    /// What is wrong.
    pub(crate) fault: Box<Fault>,
    /// Where.
    pub(crate) place: Place,
    /// The section whose key it is about, or that it is in; none if it is about the whole.
    pub(super) section: Option<&'static str>,
}

/// Where a value was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the file.
    File(Span),
    /// In the environment. The span is one of the text `NAME=value`.
    Variable {
        /// The variable.
        name: String,
        /// The text `NAME=value`.
        text: String,
        /// What is meant of it.
        span: Span,
    },
    /// In a credential of the service manager.
    Credential {
        /// Its name.
        name: &'static str,
    },
    /// Nowhere: it is the default.
    Default,
}

/// What is wrong.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The file is larger than this, in bytes.
    TooLong { limit: usize },
    /// The bytes are not UTF-8.
    NotUtf8,
    /// The file is not TOML.
    Syntax { reason: String },
    /// There is no such section.
    UnknownSection { name: String, nearest: Option<&'static str> },
    /// The section belongs to a role that this version doesn't have.
    LaterSection { name: String },
    /// The value stands before the first section.
    OutsideSection { name: String, belongs: Option<&'static str> },
    /// A section is given as something else.
    NotASection { name: String },
    /// The section has no such key.
    UnknownKey { section: &'static str, name: String, nearest: Option<&'static Key> },
    /// No key has this variable.
    UnknownVariable { name: String, nearest: Option<&'static Key> },
    /// The value has another form than the key.
    WrongForm { key: &'static Key, found: &'static str, mended: Option<String> },
    /// The value is none that the key can have.
    InvalidValue {
        key: &'static Key,
        value: String,
        expected: Expected,
        nearest: Option<&'static str>,
    },
    /// The file that the value names can't be read.
    UnreadableFile { path: String, error: io::Error },
    /// The file that the value names can't be used.
    UnusableFile { path: String, reason: String },
    /// What the file or credential holds can't be the value.
    InvalidSecret { key: &'static Key, expected: Expected },
    /// Both are given.
    Conflict { key: &'static Key, other: &'static Key },
    /// Listeners have the same address: this key's, and those of the others.
    SameAddress { value: String, others: Vec<&'static Key> },
    /// The path is longer than that of a Unix socket may be, in bytes.
    SocketPathTooLong { key: &'static Key, path: String, length: usize, limit: usize },
    /// The default needs a folder of the user, and there is none.
    NoDataFolder { key: &'static Key },
}

/// What a value should be: the message that says so, and the bounds that it mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expected {
    /// The name of the message.
    pub(crate) message: &'static str,
    /// The least and the most, as they are written.
    pub(crate) bounds: Option<(String, String)>,
}

impl Fault {
    /// A name for what is wrong that doesn't change; texts have it too.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "config-too-long",
            Self::NotUtf8 => "config-not-utf8",
            Self::Syntax { .. } => "config-syntax",
            Self::UnknownSection { .. } => "config-unknown-section",
            Self::LaterSection { .. } => "config-later-section",
            Self::OutsideSection { .. } => "config-outside-section",
            Self::NotASection { .. } => "config-not-a-section",
            Self::UnknownKey { .. } => "config-unknown-key",
            Self::UnknownVariable { .. } => "config-unknown-variable",
            Self::WrongForm { .. } => "config-wrong-form",
            Self::InvalidValue { .. } => "config-invalid-value",
            Self::UnreadableFile { .. } => "config-unreadable-file",
            Self::UnusableFile { .. } => "config-unusable-file",
            Self::InvalidSecret { .. } => "config-invalid-secret",
            Self::Conflict { .. } => "config-conflict",
            Self::SameAddress { .. } => "config-same-address",
            Self::SocketPathTooLong { .. } => "config-socket-path-too-long",
            Self::NoDataFolder { .. } => "config-no-data-folder",
        }
    }

    /// A fault at a place, of a section's or of the whole.
    pub(super) fn at(self, place: Place, section: Option<&'static str>) -> ConfigurationError {
        ConfigurationError { fault: Box::new(self), place, section }
    }
}

impl Place {
    /// The same place in the file, or the same variable, with what a part of it takes up.
    pub(super) fn part(&self, span: Span) -> Self {
        match self {
            Self::File(_) => Self::File(span),
            Self::Variable { name, text, .. } => {
                Self::Variable { name: name.clone(), text: text.clone(), span }
            }
            other => other.clone(),
        }
    }
}

impl Form {
    /// The message that names the form.
    pub(crate) const fn message(self) -> &'static str {
        match self {
            Self::Text => "config-form-text",
            Self::List => "config-form-list",
            Self::Number => "config-form-number",
            Self::Switch => "config-form-switch",
            Self::Duration => "config-form-duration",
        }
    }
}
