use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_findings::{Code, Finding, Span};

use super::fields::Field;
use crate::field_name::is_field_name;

/// A field of an MTA-STS or TLS-RPT record that its standard does not define; readers ignore it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "RecordExtension")]
pub struct RecordExtension {
    name: Box<str>,
    value: Box<str>,
}

impl RecordExtension {
    /// A field with a name of up to 32 letters, digits, `_`, `-` and `.`, and a value of visible
    /// ASCII characters without `;` and `=` (RFC 8461 §3.1, RFC 8460 §3).
    ///
    /// The names `v`, `id` and `rua` are the standards' own.
    ///
    /// # Errors
    /// Which of the two is wrong.
    pub fn new(name: &str, value: &str) -> Result<Self, RecordExtensionError> {
        if !is_field_name(name.as_bytes()) || ["v", "id", "rua"].contains(&name) {
            return Err(RecordExtensionError::Name);
        }
        if value.is_empty() || bad_character(value.as_bytes()).is_some() {
            return Err(RecordExtensionError::Value);
        }
        Ok(Self { name: name.into(), value: value.into() })
    }

    /// The extension of a field whose name is checked already.
    pub(crate) fn from_field(field: &Field<'_>, invalid: Code) -> Result<Self, Option<Finding>> {
        if !field.is_plain {
            return Err(None);
        }
        if let Some(offset) = bad_character(field.value) {
            let character = field.value.get(offset).map_or(' ', |byte| char::from(*byte));
            let start = field.value_span.start() + offset;
            return Err(Some(
                Finding::new(invalid, Span::new(start, start + 1))
                    .with("name", field.name)
                    .with_bytes("value", field.value)
                    .with("character", character),
            ));
        }
        Ok(Self {
            name: field.name.into(),
            value: String::from_utf8_lossy(field.value).as_ref().into(),
        })
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

/// Where the first character stands that a value can't have.
fn bad_character(value: &[u8]) -> Option<usize> {
    value.iter().position(|byte| !byte.is_ascii_graphic() || matches!(byte, b';' | b'='))
}

/// Why a name and a value make no extension field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordExtensionError {
    /// The name is not one, or one of the standards' own.
    Name,
    /// The value is empty or has a character that values don't have.
    Value,
}

impl fmt::Display for RecordExtensionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Name => "not a name for an extension field",
            Self::Value => "not a value for an extension field",
        })
    }
}

impl std::error::Error for RecordExtensionError {}
