use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sigillo_findings::{Finding, LineIndex, RenderedFinding};
use sigillo_language::Language;

use crate::dmarc::{self, DmarcRecordValue};
use crate::mta_sts_record::{self, MtaStsRecordValue};
use crate::policy::{self, PolicyValue};
use crate::report::{self, Report};
use crate::tls_rpt_record::{self, TlsRptRecordValue};

/// The kinds of text that can be validated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An MTA-STS policy file.
    Policy,
    /// An MTA-STS record.
    Record,
    /// A TLS-RPT record.
    TlsRpt,
    /// A DMARC record.
    Dmarc,
    /// A TLS-RPT report, also packed or in the mail that carried it.
    Report,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 5] =
        [Self::Policy, Self::Record, Self::TlsRpt, Self::Dmarc, Self::Report];

    /// The name that programs use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Record => "record",
            Self::TlsRpt => "tls-rpt",
            Self::Dmarc => "dmarc",
            Self::Report => "report",
        }
    }

    /// Judges a text of this kind.
    #[must_use]
    pub fn judge(self, text: &[u8]) -> Judged {
        let mut unpacked = None;
        let (valid, value, findings) = match self {
            Self::Policy => {
                let parsed = policy::parse(text);
                (parsed.is_valid(), Understood::Policy(parsed.value()), parsed.findings())
            }
            Self::Record => {
                let parsed = mta_sts_record::parse(text);
                let value = Understood::Record(parsed.value().clone());
                (parsed.is_valid(), value, parsed.findings())
            }
            Self::TlsRpt => {
                let parsed = tls_rpt_record::parse(text);
                let value = Understood::TlsRpt(parsed.value().clone());
                (parsed.is_valid(), value, parsed.findings())
            }
            Self::Dmarc => {
                let parsed = dmarc::parse(text);
                let value = Understood::Dmarc(Box::new(parsed.value().clone()));
                (parsed.is_valid(), value, parsed.findings())
            }
            Self::Report => {
                let parsed = report::parse(text);
                unpacked = Some(parsed.text().to_vec());
                let value = Understood::Report(Box::new(parsed.value().clone()));
                (parsed.is_valid(), value, parsed.findings())
            }
        };
        Judged { kind: self, valid, value, findings, unpacked }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A text that was judged, not yet put into words.
#[derive(Debug, Clone)]
pub struct Judged {
    /// What the text was taken for.
    pub kind: Kind,
    /// Whether a conforming reader accepts it.
    pub valid: bool,
    /// What was understood.
    pub value: Understood,
    /// Everything there is to say, in the order of the text.
    pub findings: Vec<Finding>,
    /// The text that came out of what was given, where it was packed or in a mail.
    unpacked: Option<Vec<u8>>,
}

impl Judged {
    /// The text that the findings are about: that which was given, or what was packed in it.
    #[must_use]
    pub fn text<'a>(&'a self, given: &'a [u8]) -> &'a [u8] {
        self.unpacked.as_deref().unwrap_or(given)
    }

    /// Puts the judgement into words; `given` is what was judged.
    #[must_use]
    pub fn render(&self, given: &[u8], language: Language) -> Validation {
        let lines = LineIndex::new(self.text(given));
        Validation {
            schema: 1,
            kind: self.kind,
            valid: self.valid,
            value: self.value.clone(),
            findings: self
                .findings
                .iter()
                .map(|finding| finding.render(language, &lines))
                .collect(),
        }
    }
}

/// The outcome of a validation, as programs get it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Validation {
    /// The version of this layout: 1.
    pub schema: u32,
    /// What the text was taken for.
    pub kind: Kind,
    /// Whether a conforming reader accepts it.
    pub valid: bool,
    /// What was understood, also when the text is not valid.
    pub value: Understood,
    /// Everything there is to say, in the order of the text.
    pub findings: Vec<RenderedFinding>,
}

/// What was understood of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Understood {
    /// Of a policy file.
    Policy(PolicyValue),
    /// Of an MTA-STS record.
    Record(MtaStsRecordValue),
    /// Of a TLS-RPT record.
    TlsRpt(TlsRptRecordValue),
    /// Of a DMARC record.
    Dmarc(Box<DmarcRecordValue>),
    /// Of a TLS-RPT report.
    Report(Box<Report>),
}
