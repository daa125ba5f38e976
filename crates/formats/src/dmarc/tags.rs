//! The values of tags.

use std::fmt;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

/// What the domain owner asks for mail that fails (`p`, `sp`, `np`); the order is from weak to
/// strong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Disposition {
    /// Nothing.
    None,
    /// To treat it as suspicious.
    Quarantine,
    /// To refuse it.
    Reject,
}

impl Disposition {
    /// All of them, from weak to strong.
    pub const ALL: [Self; 3] = [Self::None, Self::Quarantine, Self::Reject];

    /// The name in the record.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Quarantine => "quarantine",
            Self::Reject => "reject",
        }
    }

    /// Reads a name; case does not count (RFC 9989 §4.8, RFC 5234 §2.3).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|disposition| disposition.name().eq_ignore_ascii_case(text))
    }

    /// One level weaker: what counts in test mode (RFC 9989 §4.7, `t`).
    #[must_use]
    pub const fn weakened(self) -> Self {
        match self {
            Self::Reject => Self::Quarantine,
            Self::Quarantine | Self::None => Self::None,
        }
    }
}

impl fmt::Display for Disposition {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// How close an identifier must be to the author's domain (`adkim`, `aspf`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, JsonSchema)]
pub enum Alignment {
    /// The same organizational domain.
    #[default]
    #[serde(rename = "r")]
    Relaxed,
    /// The same domain.
    #[serde(rename = "s")]
    Strict,
}

impl Alignment {
    /// The letter in the record.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Relaxed => "r",
            Self::Strict => "s",
        }
    }

    /// Reads the letter; case does not count.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Relaxed, Self::Strict]
            .into_iter()
            .find(|alignment| alignment.letter().eq_ignore_ascii_case(text))
    }
}

/// Whether the domain is one under which others register (`psd`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, JsonSchema)]
pub enum PublicSuffixDomain {
    /// It is.
    #[serde(rename = "y")]
    Yes,
    /// It is not: it is an organizational domain.
    #[serde(rename = "n")]
    No,
    /// Not said.
    #[default]
    #[serde(rename = "u")]
    Unknown,
}

impl PublicSuffixDomain {
    /// The letter in the record.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Yes => "y",
            Self::No => "n",
            Self::Unknown => "u",
        }
    }

    /// Reads the letter; case does not count.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Yes, Self::No, Self::Unknown]
            .into_iter()
            .find(|psd| psd.letter().eq_ignore_ascii_case(text))
    }
}

/// When failure reports are wanted (`fo`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct FailureOptions {
    /// `1`, when any mechanism fails to give an aligned pass, instead of `0`, when all do.
    pub any: bool,
    /// `d`: when a DKIM signature fails.
    pub dkim: bool,
    /// `s`: when SPF fails.
    pub spf: bool,
}

impl FailureOptions {
    /// Reads `0`, `1`, `d` and `s` between colons, each once, and not both `0` and `1`
    /// (RFC 9989 §4.8).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut options = Self::default();
        let mut zero = false;
        for option in text.split(':') {
            let flag = match option {
                "0" => &mut zero,
                "1" => &mut options.any,
                "d" | "D" => &mut options.dkim,
                "s" | "S" => &mut options.spf,
                _ => return None,
            };
            if std::mem::replace(flag, true) {
                return None;
            }
        }
        (!(zero && options.any)).then_some(options)
    }
}

impl fmt::Display for FailureOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `d` and `s` alone leave `0` unsaid, which is its default.
        let zero = !(self.any || self.dkim || self.spf);
        let parts = [("0", zero), ("1", self.any), ("d", self.dkim), ("s", self.spf)];
        let mut parts = parts.into_iter().filter(|(_, given)| *given);
        if let Some((first, _)) = parts.next() {
            formatter.write_str(first)?;
        }
        parts.try_for_each(|(part, _)| write!(formatter, ":{part}"))
    }
}

impl Serialize for FailureOptions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for FailureOptions {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FailureOptions".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "`0`, `1`, `d` and `s` between colons.",
        })
    }
}

/// A tag that the standard does not define; readers ignore it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnknownTag {
    name: Box<str>,
    value: Box<str>,
}

/// The tags that the standard defines, in the order in which a record is written.
pub(super) const KNOWN_TAGS: [&str; 11] =
    ["v", "p", "sp", "np", "adkim", "aspf", "fo", "rua", "ruf", "psd", "t"];

/// Tags of the standard's predecessor that count no more (RFC 9989 §C.5.2).
pub(super) const REMOVED_TAGS: [&str; 3] = ["pct", "rf", "ri"];

impl UnknownTag {
    /// A tag with a name of ASCII letters that the standard does not use, and a value of printable
    /// ASCII without `;` and without blanks at its ends; none if either is not that.
    #[must_use]
    pub fn new(name: &str, value: &str) -> Option<Self> {
        let name_is_fine = !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !KNOWN_TAGS.contains(&name);
        let value_is_fine = !value.is_empty()
            && value.trim_matches([' ', '\t']) == value
            && value.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b';');
        (name_is_fine && value_is_fine).then(|| Self { name: name.into(), value: value.into() })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failure_options() {
        for (text, written) in
            [("0", "0"), ("1", "1"), ("d:s", "d:s"), ("s:d:1", "1:d:s"), ("0:D", "d")]
        {
            let options = FailureOptions::parse(text).unwrap();
            assert_eq!(options.to_string(), written, "{text}");
            assert_eq!(FailureOptions::parse(written), Some(options), "{text}");
        }
        for text in ["", "2", "0:1", "1:1", "d:", "1 :d"] {
            assert_eq!(FailureOptions::parse(text), None, "{text}");
        }
    }

    #[test]
    fn dispositions_are_ordered_and_case_does_not_count() {
        assert!(Disposition::None < Disposition::Quarantine);
        assert!(Disposition::Quarantine < Disposition::Reject);
        assert_eq!(Disposition::parse("Reject"), Some(Disposition::Reject));
        assert_eq!(Disposition::parse("block"), None);
        assert_eq!(Disposition::Reject.weakened(), Disposition::Quarantine);
    }
}
