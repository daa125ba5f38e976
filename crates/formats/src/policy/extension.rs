use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::field_name::is_field_name;

/// The fields that the standard defines.
pub(super) const KNOWN_FIELDS: [&str; 4] = ["version", "mode", "mx", "max_age"];

/// A field that the standard does not define; senders ignore it (RFC 8461 §3.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Extension {
    name: Box<str>,
    value: Box<str>,
}

impl Extension {
    /// A field with a name of up to 32 letters, digits, `_`, `-` and `.` that the standard does not
    /// use, and a value without control characters and without blanks at its ends.
    ///
    /// # Errors
    /// Which of the two is wrong.
    pub fn new(name: &str, value: &str) -> Result<Self, ExtensionError> {
        if !is_field_name(name.as_bytes()) || KNOWN_FIELDS.contains(&name) {
            return Err(ExtensionError::Name);
        }
        if value.is_empty()
            || value.starts_with(' ')
            || value.ends_with(' ')
            || value.chars().any(|character| character.is_ascii_control())
        {
            return Err(ExtensionError::Value);
        }
        Ok(Self { name: name.into(), value: value.into() })
    }

    /// The name; case counts.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }
}

/// Why a name and a value make no extension field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtensionError {
    /// The name is not one, or one of the standard's own.
    Name,
    /// The value is empty, has a control character, or a blank at an end.
    Value,
}

impl fmt::Display for ExtensionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Name => "not a name for an extension field",
            Self::Value => "not a value for an extension field",
        })
    }
}

impl std::error::Error for ExtensionError {}
