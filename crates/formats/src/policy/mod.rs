//! The MTA-STS policy file (RFC 8461 §3.2).
//!
//! ```
//! use sigillo_formats::policy;
//!
//! let parsed = policy::parse(b"version: STSv1\nmode: enforce\nmx: *.example.com\nmax_age: 604800\n");
//! assert!(parsed.findings().is_empty());
//! let policy = parsed.into_policy().expect("it is valid");
//! assert_eq!(policy.mode(), policy::Mode::Enforce);
//! ```

mod advice;
mod extension;
mod lines;
mod max_age;
mod mode;
mod mx_value;
mod parse;
mod parsed;
mod values;

use std::fmt;

pub use extension::{Extension, ExtensionError};
pub use max_age::{MaxAge, MaxAgeError};
pub use mode::{Mode, UnknownMode};
pub use parse::parse;
pub use parsed::{ParsedPolicy, PolicyValue};

use crate::{DomainName, MxPattern};

/// The only version of policies there is.
pub const VERSION: &str = "STSv1";

/// Whether a policy that is served as this media type, with or without parameters, is refused: where
/// anybody may put pages and pictures, anybody could put a policy. Any other type but `text/plain`
/// is only advised against (RFC 8461 §3.2).
///
/// ```
/// # use sigillo_formats::policy::is_refused_media_type;
/// assert!(is_refused_media_type("Text/HTML; charset=utf-8"));
/// assert!(!is_refused_media_type("application/octet-stream"));
/// ```
#[must_use]
pub fn is_refused_media_type(media_type: &str) -> bool {
    let kind = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "text/html" || kind.starts_with("image/")
}

/// A valid policy: a mode other than `none` has at least one MX pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    mode: Mode,
    max_age: MaxAge,
    mx: Vec<MxPattern>,
    extensions: Vec<Extension>,
}

impl Policy {
    /// A policy without extension fields.
    ///
    /// # Errors
    /// [`PolicyError::NoMx`] for a mode other than `none` without patterns.
    pub fn new(mode: Mode, max_age: MaxAge, mx: Vec<MxPattern>) -> Result<Self, PolicyError> {
        if mx.is_empty() && mode != Mode::None {
            return Err(PolicyError::NoMx { mode });
        }
        Ok(Self { mode, max_age, mx, extensions: Vec::new() })
    }

    /// The same policy with an extension field more.
    ///
    /// # Errors
    /// [`PolicyError::DuplicateExtension`] if the policy has a field of that name already: readers
    /// would ignore the second.
    pub fn with_extension(mut self, extension: Extension) -> Result<Self, PolicyError> {
        if self.extensions.iter().any(|present| present.name() == extension.name()) {
            return Err(PolicyError::DuplicateExtension { name: extension.name().to_owned() });
        }
        self.extensions.push(extension);
        Ok(self)
    }

    /// What senders do when validation fails.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// How long senders keep the policy after the last successful fetch.
    #[must_use]
    pub const fn max_age(&self) -> MaxAge {
        self.max_age
    }

    /// The patterns of the MX hosts that may be used, in the order of the file.
    #[must_use]
    pub fn mx(&self) -> &[MxPattern] {
        &self.mx
    }

    /// The fields that the standard does not define, in the order of the file.
    #[must_use]
    pub fn extensions(&self) -> &[Extension] {
        &self.extensions
    }

    /// Whether one of the patterns matches an MX host (RFC 8461 §4.1).
    #[must_use]
    pub fn allows(&self, host: &DomainName) -> bool {
        self.mx.iter().any(|pattern| pattern.matches(host))
    }
}

/// The policy file, with LF line ends and the fields in the order of the standard's example.
impl fmt::Display for Policy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "version: {VERSION}")?;
        writeln!(formatter, "mode: {}", self.mode)?;
        for pattern in &self.mx {
            writeln!(formatter, "mx: {pattern}")?;
        }
        writeln!(formatter, "max_age: {}", self.max_age)?;
        for extension in &self.extensions {
            writeln!(formatter, "{}: {}", extension.name(), extension.value())?;
        }
        Ok(())
    }
}

/// Why parts make no policy.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyError {
    /// An extension field of the same name is there already.
    DuplicateExtension {
        /// The name.
        name: String,
    },
    /// No MX pattern, though the mode needs one.
    NoMx {
        /// The mode.
        mode: Mode,
    },
}

impl fmt::Display for PolicyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateExtension { name } => {
                write!(formatter, "the field {name} is there twice")
            }
            Self::NoMx { mode } => write!(formatter, "mode {mode} needs at least one mx pattern"),
        }
    }
}

impl std::error::Error for PolicyError {}
