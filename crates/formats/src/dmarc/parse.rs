use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use sigillo_findings::{Code, Finding, Findings, Span};

use super::tags::{KNOWN_TAGS, REMOVED_TAGS};
use super::{
    Alignment, Disposition, DmarcRecord, FailureOptions, PublicSuffixDomain, UnknownTag, VERSION,
    advice,
};
use crate::record::fields::{self, Field, Grammar, RecordCodes, RecordFormat, Split};
use crate::record::report_uri::{escape, scheme, without_size};
use crate::record::{ReportUri, ReportUriError};
use crate::tls_rpt_record::list;

/// Reads a record, whatever it holds.
#[must_use]
pub fn parse(bytes: &[u8]) -> ParsedDmarcRecord {
    let (reader, mut findings) = crate::record::parse(bytes, &FORMAT.codes, |text, findings| {
        let mut reader = Reader::default();
        reader.read(text, findings);
        reader
    });
    if findings.has_error() {
        // What is asked is moot, and so is advice about it.
        return ParsedDmarcRecord { value: reader.value, record: None, findings };
    }
    let record = DmarcRecord {
        p: reader.value.effective.p.unwrap_or(Disposition::None),
        sp: reader.sp,
        np: reader.np,
        adkim: reader.value.effective.adkim,
        aspf: reader.value.effective.aspf,
        fo: reader.value.effective.fo,
        rua: reader.value.effective.rua.clone(),
        ruf: reader.value.effective.ruf.clone(),
        psd: reader.value.effective.psd,
        t: reader.value.effective.t == "y",
        unknown: reader.unknown,
    };
    findings.append(reader.advice);
    ParsedDmarcRecord { value: reader.value, record: Some(record), findings }
}

/// What a record says, and what is wrong with it.
#[derive(Debug, Clone)]
pub struct ParsedDmarcRecord {
    value: DmarcRecordValue,
    record: Option<DmarcRecord>,
    findings: Findings,
}

impl ParsedDmarcRecord {
    /// Whether receivers apply the record.
    #[must_use]
    pub const fn is_valid(&self) -> bool {
        self.record.is_some()
    }

    /// The record, if receivers apply it, with bad values replaced by the defaults.
    #[must_use]
    pub fn into_record(self) -> Option<DmarcRecord> {
        self.record
    }

    /// Everything that there is to say about the text, in its order.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.findings.clone().into_text_order()
    }

    /// What was understood, also of an invalid record.
    #[must_use]
    pub const fn value(&self) -> &DmarcRecordValue {
        &self.value
    }

    /// What counts, with the defaults filled in.
    #[must_use]
    pub const fn effective(&self) -> &Effective {
        &self.value.effective
    }
}

/// The tags of a record that were understood, and what they come to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "DmarcRecord")]
pub struct DmarcRecordValue {
    /// `DMARC1`.
    pub version: Option<&'static str>,
    /// Every well-formed tag but `v`, in the order of the record, as it is written there.
    pub tags: Map<String, Value>,
    /// What counts, with the defaults filled in.
    pub effective: Effective,
}

/// What counts of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Effective {
    /// What is asked for mail of the domain; null if the record has no policy.
    pub p: Option<Disposition>,
    /// What is asked for mail of existing sub-domains.
    pub sp: Option<Disposition>,
    /// What is asked for mail of sub-domains that don't exist.
    pub np: Option<Disposition>,
    /// How DKIM must be aligned.
    pub adkim: Alignment,
    /// How SPF must be aligned.
    pub aspf: Alignment,
    /// When failure reports are wanted.
    pub fo: FailureOptions,
    /// Where aggregate reports go.
    pub rua: Vec<ReportUri>,
    /// Where failure reports go.
    pub ruf: Vec<ReportUri>,
    /// Whether others register names under the domain.
    pub psd: PublicSuffixDomain,
    /// Test mode, `y` or `n`.
    pub t: &'static str,
}

/// A `p`, `sp` or `np`: absent, understood, or malformed with the finding's beginnings.
#[derive(Debug, Default)]
enum Asked {
    #[default]
    Nothing,
    For(Disposition),
    Malformed(Box<Finding>),
}

#[derive(Default)]
struct Reader {
    value: DmarcRecordValue,
    sp: Option<Disposition>,
    np: Option<Disposition>,
    unknown: Vec<UnknownTag>,
    /// Whether any address for aggregate reports is a well-formed URI of whatever scheme.
    has_rua: bool,
    advice: Findings,
}

impl Reader {
    fn read(&mut self, text: &[u8], findings: &mut Findings) {
        let split = fields::split(text, &FORMAT, findings);
        self.value.version = split.version_is_right.then_some(VERSION);
        self.value.effective.t = "n";
        let [mut p, mut sp, mut np] = [Asked::Nothing, Asked::Nothing, Asked::Nothing];
        for field in &split.fields {
            if !field.is_plain {
                continue;
            }
            let value = String::from_utf8_lossy(field.value).into_owned();
            match field.name {
                "p" => p = ask(field, &value),
                "sp" => sp = ask(field, &value),
                "np" => np = ask(field, &value),
                "rua" | "ruf" => self.addresses(text, field, findings),
                _ => self.option(&split, field, &value, findings),
            }
            self.value.tags.insert(field.name.to_owned(), Value::String(value));
        }
        let missing = split.missing("p");
        self.policy(p, sp, np, missing, findings);
        advice::give(&split.fields, &self.value.effective, &mut self.advice);
    }

    /// Settles what is asked (RFC 9989 §4.10.1).
    fn policy(
        &mut self,
        p: Asked,
        sp: Asked,
        np: Asked,
        missing: Option<Span>,
        findings: &mut Findings,
    ) {
        let mut read_as_none = false;
        if let Some(end) = missing {
            read_as_none = true;
            findings.push(Finding::new(
                if self.has_rua {
                    Code::DmarcPolicyMissingReadAsNone
                } else {
                    Code::DmarcPolicyMissing
                },
                end,
            ));
        }
        let [p, sp, np] = [p, sp, np].map(|asked| match asked {
            Asked::Nothing => None,
            Asked::For(disposition) => Some(disposition),
            Asked::Malformed(finding) => {
                read_as_none = true;
                findings.push(if self.has_rua {
                    finding.under(Code::DmarcPolicyValueReadAsNone)
                } else {
                    *finding
                });
                None
            }
        });
        let effective = &mut self.value.effective;
        if read_as_none {
            let none = self.has_rua.then_some(Disposition::None);
            (effective.p, effective.sp, effective.np) = (none, none, none);
        } else {
            (self.sp, self.np) = (sp, np);
            effective.p = p;
            effective.sp = sp.or(p);
            effective.np = np.or(sp).or(p);
        }
    }

    /// A tag whose bad value readers replace by its default, or one that the standard does not
    /// define.
    fn option(
        &mut self,
        split: &Split<'_>,
        field: &Field<'_>,
        value: &str,
        findings: &mut Findings,
    ) {
        let effective = &mut self.value.effective;
        let default = match field.name {
            "adkim" | "aspf" => match Alignment::parse(value) {
                Some(alignment) if field.name == "adkim" => return effective.adkim = alignment,
                Some(alignment) => return effective.aspf = alignment,
                None => "r",
            },
            "fo" => match FailureOptions::parse(value) {
                Some(options) => return effective.fo = options,
                None if is_conflict(value) => {
                    findings.push(
                        Finding::new(Code::DmarcFoConflict, field.value_span).with("value", value),
                    );
                    return;
                }
                None => "0",
            },
            "psd" => match PublicSuffixDomain::parse(value) {
                Some(psd) => return effective.psd = psd,
                None => "u",
            },
            "t" => match value {
                "y" | "Y" => return effective.t = "y",
                "n" | "N" => return,
                _ => "n",
            },
            _ => return self.unknown(split, field, value, findings),
        };
        findings.push(
            Finding::new(Code::DmarcValueReadAsDefault, field.value_span)
                .with("name", field.name)
                .with("value", value)
                .with("default", default),
        );
    }

    fn unknown(
        &mut self,
        split: &Split<'_>,
        field: &Field<'_>,
        value: &str,
        findings: &mut Findings,
    ) {
        if field.name == "pct" {
            findings
                .push(Finding::new(Code::DmarcPctRemoved, field.name_span).with("value", value));
        } else if REMOVED_TAGS.contains(&field.name) {
            findings.push(
                Finding::new(Code::DmarcTagRemoved, field.name_span).with("name", field.name),
            );
        } else {
            findings.extend(split.misspelling(field, &KNOWN_TAGS, &FORMAT.codes));
        }
        self.unknown.extend(UnknownTag::new(field.name, value));
    }

    fn addresses(&mut self, text: &[u8], field: &Field<'_>, findings: &mut Findings) {
        let mut uris = Vec::new();
        for span in list(text, field.value_span) {
            let written = String::from_utf8_lossy(span.of(text));
            let address = take_size(field, &written, span, findings);
            let finding =
                |code| Finding::new(code, span).with("name", field.name).with("value", address);
            match ReportUri::parse(address) {
                Ok(uri) if uri.mailbox_domain().is_some() => uris.push(uri),
                Err(ReportUriError::Unusable) => {
                    self.has_rua |= field.name == "rua";
                    findings.push(finding(Code::DmarcUriInvalid));
                }
                Ok(_) | Err(ReportUriError::Scheme) => {
                    self.has_rua |= field.name == "rua";
                    let scheme = scheme(address).map_or("", |(scheme, _)| scheme);
                    findings.push(finding(Code::DmarcUriScheme).with("scheme", scheme));
                }
                Err(ReportUriError::BareAddress) => findings.push(
                    finding(Code::DmarcUriBareAddress)
                        .fixed_by(span, format!("mailto:{}", escape(address))),
                ),
                Err(ReportUriError::Unescaped { .. }) => {
                    findings.push(finding(Code::DmarcUriInvalid).fixed_by(span, escape(address)));
                }
                Err(ReportUriError::Empty | ReportUriError::Invalid) => {
                    findings.push(finding(Code::DmarcUriInvalid));
                }
            }
        }
        if field.name == "rua" {
            self.has_rua |= !uris.is_empty();
            self.value.effective.rua = uris;
        } else {
            self.value.effective.ruf = uris;
        }
    }
}

/// Takes off the `!10m` that the standard's predecessor had.
fn take_size<'a>(
    field: &Field<'_>,
    address: &'a str,
    span: Span,
    findings: &mut Findings,
) -> &'a str {
    let Some(uri) = without_size(address) else { return address };
    let suffix = Span::new(span.start() + uri.len(), span.end());
    findings.push(
        Finding::new(Code::DmarcUriSizeRemoved, suffix)
            .with("name", field.name)
            .with("value", address)
            .fixed_by(suffix, ""),
    );
    uri
}

fn ask(field: &Field<'_>, value: &str) -> Asked {
    if let Some(disposition) = Disposition::parse(value) {
        return Asked::For(disposition);
    }
    let finding = Finding::new(Code::DmarcPolicyValueInvalid, field.value_span)
        .with("name", field.name)
        .with("value", value);
    let names = Disposition::ALL.map(Disposition::name);
    Asked::Malformed(Box::new(match crate::misspelling::nearest(value, &names) {
        Some(meant) if value.len() <= 40 => finding.fixed_by(field.value_span, meant),
        _ => finding,
    }))
}

/// Whether `fo` is malformed only by asking for both `0` and `1`.
fn is_conflict(value: &str) -> bool {
    let both = value.split(':').any(|option| option == "0")
        && value.split(':').any(|option| option == "1");
    both && value.split(':').all(|option| ["0", "1", "d", "s"].contains(&option))
}

const FORMAT: RecordFormat = RecordFormat {
    version: VERSION,
    prefix: "v=DMARC1",
    grammar: Grammar::Tags,
    codes: RecordCodes {
        empty: Code::DmarcEmpty,
        too_long: Code::DmarcTooLong,
        quoted: Code::DmarcQuoted,
        surrounding_space: Code::DmarcSurroundingSpace,
        control_character: Code::DmarcControlCharacter,
        not_ascii: Code::DmarcNotAscii,
        version_missing: Code::DmarcVersionMissing,
        version_not_first: Code::DmarcVersionNotFirst,
        version_invalid: Code::DmarcVersionInvalid,
        separator_missing: Code::DmarcSeparatorMissing,
        space_before_semicolon: None,
        field_empty: Code::DmarcFieldEmpty,
        field_without_equals: Code::DmarcFieldWithoutEquals,
        space_around_equals: None,
        field_name_invalid: Code::DmarcFieldNameInvalid,
        value_empty: Code::DmarcValueEmpty,
        duplicate_field: Code::DmarcDuplicateField,
        // A tag of an unknown name may hold anything.
        value_invalid: None,
        unknown_field: Code::DmarcUnknownField,
    },
};
