use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_findings::{Finding, Findings, Span};

use super::fields::{Field, RecordCodes, Split};
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

    /// Adds the field to others, unless one of its name is there: readers would ignore it.
    pub(crate) fn add_to(self, extensions: &mut Vec<Self>) {
        if extensions.iter().all(|present| present.name != self.name) {
            extensions.push(self);
        }
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

impl Split<'_> {
    /// Reads a field that the standard does not define, and reports a misspelt one.
    pub(crate) fn extension(
        &self,
        field: &Field<'_>,
        known: &'static str,
        codes: &RecordCodes,
        findings: &mut Findings,
    ) -> Option<RecordExtension> {
        let bad = bad_character(field.value);
        // Of characters that no record has the splitter has spoken.
        if let (Some(offset), Some(invalid), true) = (bad, codes.value_invalid, field.is_plain) {
            let character = field.value.get(offset).map_or(' ', |byte| char::from(*byte));
            let start = field.value_span.start() + offset;
            findings.push(
                Finding::new(invalid, Span::new(start, start + 1))
                    .with("name", field.name)
                    .with_bytes("value", field.value)
                    .with("character", character),
            );
        }
        findings.extend(self.misspelling(field, &[known], codes));
        let value = || String::from_utf8_lossy(field.value).as_ref().into();
        bad.is_none().then(|| RecordExtension { name: field.name.into(), value: value() })
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
