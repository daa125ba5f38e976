use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::{DomainName, DomainNameError};

/// What an `mx` field of a policy allows: one host, or with `*.` every host that has exactly one
/// label more than the name (RFC 8461 §3.2 and §4.1).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MxPattern {
    name: DomainName,
    wildcard: bool,
}

impl MxPattern {
    /// The pattern that allows one host.
    #[must_use]
    pub const fn host(name: DomainName) -> Self {
        Self { name, wildcard: false }
    }

    /// The pattern that allows every host with one label more than `name`.
    #[must_use]
    pub const fn wildcard(name: DomainName) -> Self {
        Self { name, wildcard: true }
    }

    /// Reads a pattern as policies carry it: `[*.]` and a name in A-labels, any case.
    ///
    /// # Errors
    /// What is wrong; no repair is tried.
    pub fn from_ascii(bytes: &[u8]) -> Result<Self, MxPatternError> {
        let (wildcard, name) = match bytes.strip_prefix(b"*.") {
            Some(name) => (true, name),
            None => (false, bytes),
        };
        match DomainName::from_ascii(name) {
            Ok(name) => Ok(Self { name, wildcard }),
            Err(_) if name.contains(&b'*') => Err(MxPatternError::WildcardMisplaced),
            Err(error) => Err(MxPatternError::Name(error)),
        }
    }

    /// Reads a pattern as people write it: also with U-labels and a final dot.
    ///
    /// ```
    /// # use sigillo_formats::{DomainName, MxPattern};
    /// let pattern = MxPattern::parse("*.Example.net.")?;
    /// assert!(pattern.matches(&DomainName::parse("mx1.example.net").unwrap()));
    /// assert!(!pattern.matches(&DomainName::parse("example.net").unwrap()));
    /// assert!(!pattern.matches(&DomainName::parse("a.mx1.example.net").unwrap()));
    /// # Ok::<(), sigillo_formats::MxPatternError>(())
    /// ```
    ///
    /// # Errors
    /// What is wrong.
    pub fn parse(text: &str) -> Result<Self, MxPatternError> {
        let (wildcard, name) = match text.strip_prefix("*.") {
            Some(name) => (true, name),
            None => (false, text),
        };
        match DomainName::parse(name) {
            Ok(name) => Ok(Self { name, wildcard }),
            Err(_) if name.contains('*') => Err(MxPatternError::WildcardMisplaced),
            Err(error) => Err(MxPatternError::Name(error)),
        }
    }

    /// The name without the `*.`.
    #[must_use]
    pub const fn name(&self) -> &DomainName {
        &self.name
    }

    /// Whether the pattern begins with `*.`.
    #[must_use]
    pub const fn is_wildcard(&self) -> bool {
        self.wildcard
    }

    /// Whether an MX host may be used (RFC 8461 §4.1).
    #[must_use]
    pub fn matches(&self, host: &DomainName) -> bool {
        if self.wildcard { host.parent() == Some(self.name.as_str()) } else { *host == self.name }
    }

    /// Whether every host that `other` matches is matched by this pattern too.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self == other || (!other.wildcard && self.matches(&other.name))
    }
}

impl fmt::Display for MxPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let star = if self.wildcard { "*." } else { "" };
        write!(formatter, "{star}{}", self.name)
    }
}

impl FromStr for MxPattern {
    type Err = MxPatternError;

    fn from_str(text: &str) -> Result<Self, MxPatternError> {
        Self::parse(text)
    }
}

impl Serialize for MxPattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for MxPattern {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "MxPattern".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A domain name in lower-case A-labels, or `*.` and one.",
        })
    }
}

/// Why a text is no MX pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MxPatternError {
    /// The name, without a leading `*.`, is no domain name.
    Name(DomainNameError),
    /// A `*` elsewhere than as the whole left-most label, or alone.
    WildcardMisplaced,
}

impl fmt::Display for MxPatternError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(error) => error.fmt(formatter),
            Self::WildcardMisplaced => {
                formatter.write_str("`*` is allowed only as the whole left-most label")
            }
        }
    }
}

impl std::error::Error for MxPatternError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> MxPattern {
        MxPattern::parse(text).unwrap()
    }

    fn host(text: &str) -> DomainName {
        DomainName::parse(text).unwrap()
    }

    #[test]
    fn a_wildcard_stands_for_exactly_one_label() {
        let wildcard = pattern("*.example.com");
        assert!(wildcard.matches(&host("mail.example.com")));
        assert!(wildcard.matches(&host("MAIL.EXAMPLE.COM")));
        assert!(!wildcard.matches(&host("example.com")));
        assert!(!wildcard.matches(&host("foo.bar.example.com")));
        assert!(!wildcard.matches(&host("mail.badexample.com")));
    }

    #[test]
    fn a_name_stands_for_itself() {
        let exact = pattern("mail.example.com.");
        assert!(exact.matches(&host("mail.example.com")));
        assert!(!exact.matches(&host("a.mail.example.com")));
        assert!(!exact.matches(&host("example.com")));
    }

    #[test]
    fn wildcards_stand_on_the_left_alone() {
        for text in ["*", "*.", "a.*.example", "*.*.example", "m*.example", "*mail.example"] {
            let error = MxPattern::parse(text).unwrap_err();
            let expected = if text == "*." {
                MxPatternError::Name(DomainNameError::Empty)
            } else {
                MxPatternError::WildcardMisplaced
            };
            assert_eq!(error, expected, "{text}");
        }
    }

    #[test]
    fn covering() {
        assert!(pattern("*.example.com").covers(&pattern("a.example.com")));
        assert!(pattern("*.example.com").covers(&pattern("*.example.com")));
        assert!(!pattern("*.example.com").covers(&pattern("*.a.example.com")));
        assert!(!pattern("a.example.com").covers(&pattern("*.example.com")));
    }
}
