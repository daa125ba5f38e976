use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bytes::{bytes_of, text_and_hex};

/// A question to the DNS and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DnsLook<T> {
    /// The name that was asked for.
    pub name: String,
    /// The type that was asked for, such as `TXT`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What came of it.
    pub outcome: DnsOutcome,
    /// Why there is no answer, or why it does not validate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The records of the answer.
    pub records: Vec<T>,
    /// Whether DNSSEC vouches for the answer.
    pub security: Security,
    /// The aliases on the way to the answer, each the target of the one before.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// For how long the answer may be kept, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl: Option<u32>,
    /// How long the answer took.
    pub elapsed_ms: u64,
}

/// What came of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DnsOutcome {
    /// Records of the type.
    Found,
    /// The name exists, without records of the type.
    NoData,
    /// The name does not exist.
    NxDomain,
    /// The server could not answer (SERVFAIL, REFUSED or the like).
    ServerFailure,
    /// The answer's signatures do not validate.
    Bogus,
    /// No answer in time.
    Timeout,
    /// The server could not be reached.
    Unreachable,
    /// An answer that is no DNS message.
    Malformed,
}

/// Whether DNSSEC vouches for an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Security {
    /// The chain of signatures is whole.
    Secure,
    /// The zone is provably not signed.
    Insecure,
    /// The signatures are wrong.
    Bogus,
    /// It can't be told.
    Indeterminate,
    /// Nobody looked.
    #[default]
    Unchecked,
}

impl<T> DnsLook<T> {
    /// Whether the answer is known: records, or the proof that there are none.
    ///
    /// Of anything else nothing may be concluded (STANDARDS, our reading, point 5).
    #[must_use]
    pub const fn is_known(&self) -> bool {
        matches!(self.outcome, DnsOutcome::Found | DnsOutcome::NoData | DnsOutcome::NxDomain)
    }

    /// Whether there are certainly no records.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self.outcome, DnsOutcome::NoData | DnsOutcome::NxDomain)
    }

    /// Whether an alias leads to a name that does not exist.
    #[must_use]
    pub fn dangles(&self) -> bool {
        self.outcome == DnsOutcome::NxDomain && !self.aliases.is_empty()
    }
}

/// A TXT record, its strings joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TxtRecord {
    /// The text; bytes that are no UTF-8 are replaced, so keep `hex` beside it where it is there.
    pub text: String,
    /// The bytes in hexadecimal, where they are no UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hex: Option<String>,
    /// Of how many strings the record is made.
    pub strings: u32,
}

impl TxtRecord {
    /// A record of its bytes.
    #[must_use]
    pub fn new(bytes: &[u8], strings: u32) -> Self {
        let (text, hex) = text_and_hex(bytes);
        Self { text, hex, strings }
    }

    /// The bytes of the record.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        bytes_of(&self.text, self.hex.as_ref())
    }
}

/// An MX record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MxRecord {
    /// The preference: the lowest is tried first.
    pub preference: u16,
    /// The host; empty for a null MX (RFC 7505).
    pub host: String,
}

/// A TLSA record (RFC 6698 §2.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TlsaRecord {
    /// The certificate usage.
    pub usage: u8,
    /// The selector.
    pub selector: u8,
    /// The matching type.
    pub matching: u8,
    /// The certificate association data in hexadecimal.
    pub data: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_survive_that_are_no_text() {
        for bytes in [&b"v=STSv1; id=1"[..], b"\xff\x00a", b""] {
            assert_eq!(TxtRecord::new(bytes, 1).bytes(), bytes);
        }
    }
}
