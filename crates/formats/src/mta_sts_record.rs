//! The MTA-STS record at `_mta-sts.DOMAIN` (RFC 8461 §3.1).
//!
//! ```
//! use sigillo_formats::mta_sts_record;
//!
//! let parsed = mta_sts_record::parse(b"v=STSv1; id=20160831085700Z;");
//! assert_eq!(parsed.value().id.as_ref().map(|id| id.as_str()), Some("20160831085700Z"));
//! assert!(!mta_sts_record::parse(b"v=STSv1; id=2016-08-31").is_valid());
//! ```

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_findings::{Code, Finding, Findings, Span};

use crate::limits::POLICY_ID_BYTES;
use crate::record::fields::{self, Field, Grammar, RecordCodes, RecordFormat};
use crate::record::{ParsedRecord, RecordExtension};

/// The only version there is.
pub const VERSION: &str = "STSv1";

/// A valid record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MtaStsRecord {
    id: PolicyId,
    extensions: Vec<RecordExtension>,
}

impl MtaStsRecord {
    /// A record without extension fields.
    #[must_use]
    pub const fn new(id: PolicyId) -> Self {
        Self { id, extensions: Vec::new() }
    }

    /// The id that changes whenever the policy does.
    #[must_use]
    pub const fn id(&self) -> &PolicyId {
        &self.id
    }

    /// The fields that the standard does not define, in the order of the record.
    #[must_use]
    pub fn extensions(&self) -> &[RecordExtension] {
        &self.extensions
    }

    /// The same record with an extension field more; one whose name is there already is left out,
    /// as readers would ignore it.
    #[must_use]
    pub fn with_extension(mut self, extension: RecordExtension) -> Self {
        extension.add_to(&mut self.extensions);
        self
    }
}

/// The record as it goes into the DNS, with a final semicolon as in the standard's example.
impl fmt::Display for MtaStsRecord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "v={VERSION}; id={};", self.id)?;
        for extension in &self.extensions {
            write!(formatter, " {}={};", extension.name(), extension.value())?;
        }
        Ok(())
    }
}

/// The id of a policy: 1 to 32 letters and digits, compared for equality only.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct PolicyId(Box<str>);

impl PolicyId {
    /// Reads an id.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<Self, PolicyIdError> {
        if text.is_empty() {
            return Err(PolicyIdError::Empty);
        }
        if let Some(character) = text.chars().find(|character| !character.is_ascii_alphanumeric()) {
            return Err(PolicyIdError::InvalidCharacter { character });
        }
        if text.len() > POLICY_ID_BYTES {
            return Err(PolicyIdError::TooLong { length: text.len() });
        }
        Ok(Self(text.into()))
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PolicyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for PolicyId {
    type Err = PolicyIdError;

    fn from_str(text: &str) -> Result<Self, PolicyIdError> {
        Self::parse(text)
    }
}

/// Why a text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyIdError {
    /// There is nothing.
    Empty,
    /// A character that is neither letter nor digit.
    InvalidCharacter {
        /// The first of them.
        character: char,
    },
    /// More than 32 characters.
    TooLong {
        /// How many.
        length: usize,
    },
}

impl fmt::Display for PolicyIdError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("the id is empty"),
            Self::InvalidCharacter { character } => {
                write!(formatter, "an id has letters and digits only, not {character:?}")
            }
            Self::TooLong { length } => {
                write!(formatter, "an id has at most 32 characters, not {length}")
            }
        }
    }
}

impl std::error::Error for PolicyIdError {}

/// Reads a record, whatever it holds.
#[must_use]
pub fn parse(bytes: &[u8]) -> ParsedMtaStsRecord {
    ParsedRecord::read(bytes, &FORMAT.codes, read)
}

/// What a record says, and what is wrong with it.
pub type ParsedMtaStsRecord = ParsedRecord<MtaStsRecordValue>;

impl ParsedMtaStsRecord {
    /// The record, if a sender accepts it.
    #[must_use]
    pub fn into_record(self) -> Option<MtaStsRecord> {
        let MtaStsRecordValue { id, extensions, .. } = self.into_valid()?;
        Some(MtaStsRecord { id: id?, extensions })
    }
}

/// The fields of a record that were understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "MtaStsRecord")]
pub struct MtaStsRecordValue {
    /// `STSv1`.
    pub version: Option<&'static str>,
    /// The id.
    pub id: Option<PolicyId>,
    /// The fields that the standard does not define.
    pub extensions: Vec<RecordExtension>,
}

fn read(text: &[u8], findings: &mut Findings) -> MtaStsRecordValue {
    let split = fields::split(text, &FORMAT, findings);
    let mut value = MtaStsRecordValue {
        version: split.version_is_right.then_some(VERSION),
        ..MtaStsRecordValue::default()
    };
    for field in &split.fields {
        if field.name == "id" {
            match read_id(field) {
                Ok(id) => value.id = Some(id),
                Err(finding) => findings.extend(finding),
            }
            continue;
        }
        value.extensions.extend(split.extension(field, "id", &FORMAT.codes, findings));
    }
    if let Some(end) = split.missing("id") {
        findings.push(Finding::new(Code::RecordIdMissing, end));
    }
    value
}

fn read_id(field: &Field<'_>) -> Result<PolicyId, Option<Finding>> {
    if !field.is_plain {
        return Err(None);
    }
    let text = String::from_utf8_lossy(field.value);
    let finding = |code, span| Finding::new(code, span).with("value", text.as_ref());
    match PolicyId::parse(&text) {
        Ok(id) => Ok(id),
        Err(PolicyIdError::TooLong { length }) => {
            let start = field.value_span.start() + POLICY_ID_BYTES;
            let excess = Span::new(start, field.value_span.end());
            Err(Some(finding(Code::RecordIdTooLong, excess).with("length", length)))
        }
        Err(PolicyIdError::InvalidCharacter { character }) => {
            let offset = field.value_span.start() + text.find(character).unwrap_or(0);
            let finding = finding(Code::RecordIdInvalid, Span::new(offset, offset + 1))
                .with("character", character);
            let kept: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
            Err(Some(match PolicyId::parse(&kept) {
                Ok(id) => finding.fixed_by(field.value_span, id.as_str()),
                Err(_) => finding,
            }))
        }
        // An empty value is reported by the splitter.
        Err(PolicyIdError::Empty) => Err(None),
    }
}

const FORMAT: RecordFormat = RecordFormat {
    version: VERSION,
    prefix: "v=STSv1",
    grammar: Grammar::Fields,
    codes: RecordCodes {
        empty: Code::RecordEmpty,
        too_long: Code::RecordTooLong,
        quoted: Code::RecordQuoted,
        surrounding_space: Code::RecordSurroundingSpace,
        control_character: Code::RecordControlCharacter,
        not_ascii: Code::RecordNotAscii,
        version_missing: Code::RecordVersionMissing,
        version_not_first: Code::RecordVersionNotFirst,
        version_invalid: Code::RecordVersionInvalid,
        separator_missing: Code::RecordSeparatorMissing,
        space_before_semicolon: Some(Code::RecordSpaceBeforeSemicolon),
        field_empty: Code::RecordFieldEmpty,
        field_without_equals: Code::RecordFieldWithoutEquals,
        space_around_equals: Some(Code::RecordSpaceAroundEquals),
        field_name_invalid: Code::RecordFieldNameInvalid,
        value_empty: Code::RecordValueEmpty,
        duplicate_field: Code::RecordDuplicateField,
        value_invalid: Some(Code::RecordValueInvalid),
        unknown_field: Code::RecordUnknownField,
    },
};
