//! The TLS-RPT record at `_smtp._tls.DOMAIN` (RFC 8460 §3).
//!
//! ```
//! use sigillo_formats::tls_rpt_record;
//!
//! let parsed = tls_rpt_record::parse(b"v=TLSRPTv1; rua=mailto:tls@example.com");
//! assert_eq!(parsed.value().rua.len(), 1);
//! assert!(!tls_rpt_record::parse(b"v=TLSRPTv1; rua=tls@example.com").is_valid());
//! ```

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_findings::{Code, Finding, Findings, Span};

use crate::record::fields::{self, Field, Grammar, RecordCodes, RecordFormat, is_plain};
use crate::record::report_uri::{escape, scheme, without_size};
use crate::record::{ParsedRecord, RecordExtension, ReportUri, ReportUriError};
use crate::text::trim;

/// The only version there is.
pub const VERSION: &str = "TLSRPTv1";

/// A valid record: at least one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsRptRecord {
    rua: Vec<ReportUri>,
    extensions: Vec<RecordExtension>,
}

impl TlsRptRecord {
    /// A record without extension fields; none without an address.
    #[must_use]
    pub fn new(rua: Vec<ReportUri>) -> Option<Self> {
        (!rua.is_empty()).then_some(Self { rua, extensions: Vec::new() })
    }

    /// Where reports go, in the order of the record; a sender may use any of them.
    #[must_use]
    pub fn rua(&self) -> &[ReportUri] {
        &self.rua
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

/// The record as it goes into the DNS.
impl fmt::Display for TlsRptRecord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "v={VERSION}; rua=")?;
        for (index, uri) in self.rua.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(formatter, "{comma}{uri}")?;
        }
        for extension in &self.extensions {
            write!(formatter, "; {}={}", extension.name(), extension.value())?;
        }
        Ok(())
    }
}

/// Reads a record, whatever it holds.
#[must_use]
pub fn parse(bytes: &[u8]) -> ParsedTlsRptRecord {
    ParsedRecord::read(bytes, &FORMAT.codes, read)
}

/// What a record says, and what is wrong with it.
pub type ParsedTlsRptRecord = ParsedRecord<TlsRptRecordValue>;

impl ParsedTlsRptRecord {
    /// The record, if a sender of reports accepts it.
    #[must_use]
    pub fn into_record(self) -> Option<TlsRptRecord> {
        let TlsRptRecordValue { rua, extensions, .. } = self.into_valid()?;
        TlsRptRecord::new(rua).map(|record| TlsRptRecord { extensions, ..record })
    }
}

/// The fields of a record that were understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "TlsRptRecord")]
pub struct TlsRptRecordValue {
    /// `TLSRPTv1`.
    pub version: Option<&'static str>,
    /// The addresses that can be used.
    pub rua: Vec<ReportUri>,
    /// The fields that the standard does not define.
    pub extensions: Vec<RecordExtension>,
}

fn read(text: &[u8], findings: &mut Findings) -> TlsRptRecordValue {
    let split = fields::split(text, &FORMAT, findings);
    let mut value = TlsRptRecordValue {
        version: split.version_is_right.then_some(VERSION),
        ..TlsRptRecordValue::default()
    };
    for field in &split.fields {
        if field.name == "rua" {
            value.rua = read_addresses(text, field, findings);
            continue;
        }
        value.extensions.extend(split.extension(field, "rua", &FORMAT.codes, findings));
    }
    if let Some(end) = split.missing("rua") {
        findings.push(Finding::new(Code::TlsRptRuaMissing, end));
    }
    value
}

fn read_addresses(text: &[u8], field: &Field<'_>, findings: &mut Findings) -> Vec<ReportUri> {
    let mut addresses = Vec::new();
    let mut others = Vec::new();
    let mut malformed = false;
    for span in list(text, field.value_span) {
        let address = str::from_utf8(span.of(text)).ok().filter(|text| is_plain(text.as_bytes()));
        let Some(address) = address else {
            // Characters that no text of a record has are reported already.
            malformed = true;
            continue;
        };
        match ReportUri::parse(address) {
            Ok(uri) => addresses.push(uri),
            Err(ReportUriError::Scheme) => {
                let scheme = scheme(address).map_or("", |(scheme, _)| scheme);
                others.push(
                    Finding::new(Code::TlsRptUriScheme, span)
                        .with("value", address)
                        .with("scheme", scheme),
                );
            }
            Err(ReportUriError::Unusable) => {
                others.push(Finding::new(Code::TlsRptUriUnusable, span).with("value", address));
            }
            Err(error) => {
                malformed = true;
                findings.push(explain(address, span, error));
            }
        }
    }
    if addresses.is_empty() && !malformed {
        findings.push(Finding::new(Code::TlsRptRuaUnusable, field.value_span));
    }
    findings.extend(others);
    addresses
}

/// The places of the parts of a comma-separated list, without the blanks around them.
pub(crate) fn list(text: &[u8], value: Span) -> impl Iterator<Item = Span> {
    let mut start = value.start();
    value.of(text).split(|byte| *byte == b',').map(move |part| {
        let span = Span::new(start, start + part.len());
        start += part.len() + 1;
        trim(text, span)
    })
}

fn explain(address: &str, span: Span, error: ReportUriError) -> Finding {
    let finding = |code, span| Finding::new(code, span).with("value", address);
    match error {
        ReportUriError::Empty => Finding::new(Code::TlsRptUriEmpty, span),
        ReportUriError::BareAddress => finding(Code::TlsRptUriBareAddress, span)
            .fixed_by(span, format!("mailto:{}", escape(address))),
        ReportUriError::Unescaped { character, offset } => {
            let start = span.start() + offset;
            let finding =
                finding(Code::TlsRptUriUnescaped, Span::new(start, start + character.len_utf8()))
                    .with("character", character);
            // The size limit of older DMARC records has no place here.
            match without_size(address) {
                Some(uri) => finding.fixed_by(span, uri),
                None => finding.fixed_by(span, escape(address)),
            }
        }
        ReportUriError::Invalid | ReportUriError::Scheme | ReportUriError::Unusable => {
            finding(Code::TlsRptUriInvalid, span)
        }
    }
}

const FORMAT: RecordFormat = RecordFormat {
    version: VERSION,
    prefix: "v=TLSRPTv1",
    grammar: Grammar::Fields,
    codes: RecordCodes {
        empty: Code::TlsRptEmpty,
        too_long: Code::TlsRptTooLong,
        quoted: Code::TlsRptQuoted,
        surrounding_space: Code::TlsRptSurroundingSpace,
        control_character: Code::TlsRptControlCharacter,
        not_ascii: Code::TlsRptNotAscii,
        version_missing: Code::TlsRptVersionMissing,
        version_not_first: Code::TlsRptVersionNotFirst,
        version_invalid: Code::TlsRptVersionInvalid,
        separator_missing: Code::TlsRptSeparatorMissing,
        space_before_semicolon: Some(Code::TlsRptSpaceBeforeSemicolon),
        field_empty: Code::TlsRptFieldEmpty,
        field_without_equals: Code::TlsRptFieldWithoutEquals,
        space_around_equals: Some(Code::TlsRptSpaceAroundEquals),
        field_name_invalid: Code::TlsRptFieldNameInvalid,
        value_empty: Code::TlsRptValueEmpty,
        duplicate_field: Code::TlsRptDuplicateField,
        value_invalid: Some(Code::TlsRptValueInvalid),
        unknown_field: Code::TlsRptUnknownField,
    },
};
