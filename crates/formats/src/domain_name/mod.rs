mod grammar;

use std::fmt;
use std::str::FromStr;

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::limits::TYPED_NAME_BYTES;
use grammar::Letters;

/// A host or mail domain name: lower-case A-labels of letters, digits and inner hyphens, no final
/// dot, at most 253 bytes (RFC 5321 §4.1.2 `Domain`, RFC 1035 §2.3.4). Never an IP address.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(into = "String", try_from = "String")]
pub struct DomainName(Box<str>);

impl DomainName {
    /// Reads a name as people write it: U-labels or A-labels, any case, with or without the final
    /// dot.
    ///
    /// ```
    /// # use sigillo_formats::DomainName;
    /// assert_eq!(DomainName::parse("Città.Example.")?.as_str(), "xn--citt-3na.example");
    /// # Ok::<(), sigillo_formats::DomainNameError>(())
    /// ```
    ///
    /// # Errors
    /// The first reason for which the text is no domain name.
    pub fn parse(text: &str) -> Result<Self, DomainNameError> {
        if text.len() > TYPED_NAME_BYTES {
            return Err(DomainNameError::NameTooLong);
        }
        let text = text.strip_suffix('.').unwrap_or(text);
        if text.is_ascii() {
            return Self::from_ascii(text.as_bytes());
        }
        let ascii = Uts46::new()
            .to_ascii(text.as_bytes(), AsciiDenyList::EMPTY, Hyphens::Allow, DnsLength::Ignore)
            .map_err(|_| DomainNameError::InvalidUnicode)?;
        // The final dot may have been one of another script.
        Self::from_ascii(ascii.strip_suffix('.').unwrap_or(&ascii).as_bytes())
    }

    /// Reads a name as formats carry it: A-labels in any case, without a final dot.
    ///
    /// # Errors
    /// The first reason for which the bytes are no domain name.
    pub fn from_ascii(bytes: &[u8]) -> Result<Self, DomainNameError> {
        let letters = grammar::check(bytes)?;
        // The grammar has nothing but ASCII, so the bytes are UTF-8.
        let text = str::from_utf8(bytes).map_err(|_| DomainNameError::NotAscii)?;
        let mut name: Box<str> = text.into();
        if letters == Letters::SomeUpperCase {
            name.make_ascii_lowercase();
        }
        Ok(Self(name))
    }

    /// The name in lower-case A-labels without the final dot.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name with U-labels, for people. Not unique and not for comparing.
    ///
    /// Labels that mix look-alike characters of several scripts are not told apart here.
    #[must_use]
    pub fn to_unicode(&self) -> String {
        let (unicode, outcome) =
            Uts46::new().to_unicode(self.0.as_bytes(), AsciiDenyList::EMPTY, Hyphens::Allow);
        match outcome {
            Ok(()) => unicode.into_owned(),
            Err(_) => self.as_str().to_owned(),
        }
    }

    /// The labels from left to right.
    #[must_use]
    pub fn labels(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('.')
    }

    /// Whether the name has but one label.
    #[must_use]
    pub fn is_single_label(&self) -> bool {
        !self.0.contains('.')
    }

    /// What is left without the left-most label, as text; none for a single label.
    #[must_use]
    pub fn parent(&self) -> Option<&str> {
        self.0.split_once('.').map(|(_, parent)| parent)
    }

    /// Whether this is `ancestor` or a name below it.
    ///
    /// ```
    /// # use sigillo_formats::DomainName;
    /// let name = DomainName::parse("mx.example.com")?;
    /// assert!(name.is_within(&DomainName::parse("example.com")?));
    /// assert!(!name.is_within(&DomainName::parse("ample.com")?));
    /// # Ok::<(), sigillo_formats::DomainNameError>(())
    /// ```
    #[must_use]
    pub fn is_within(&self, ancestor: &Self) -> bool {
        self.0
            .strip_suffix(ancestor.as_str())
            .is_some_and(|left| left.is_empty() || left.ends_with('.'))
    }

    /// The part that one registers: one label more than the public suffix, as the list of public
    /// suffixes knows it; the name itself where it is a suffix or has one label.
    ///
    /// ```
    /// # use sigillo_formats::DomainName;
    /// let name = DomainName::parse("mail.example.co.uk")?;
    /// assert_eq!(name.registrable().as_str(), "example.co.uk");
    /// # Ok::<(), sigillo_formats::DomainNameError>(())
    /// ```
    #[must_use]
    pub fn registrable(&self) -> Self {
        let domain = psl::domain_str(self.as_str()).unwrap_or(self.as_str());
        Self(domain.into())
    }

    /// Whether the name is itself a public suffix that the list knows (`com`, `co.uk`).
    #[must_use]
    pub fn is_public_suffix(&self) -> bool {
        psl::suffix(self.0.as_bytes())
            .is_some_and(|suffix| suffix.is_known() && suffix.as_bytes() == self.0.as_bytes())
    }

    /// The name below `label`: `label.name`.
    ///
    /// # Errors
    /// As [`from_ascii`](Self::from_ascii): with a long name the result may be too long.
    pub fn with_prefix(&self, label: &str) -> Result<Self, DomainNameError> {
        Self::from_ascii(format!("{label}.{self}").as_bytes())
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<DomainName> for String {
    fn from(name: DomainName) -> Self {
        name.0.into()
    }
}

impl TryFrom<String> for DomainName {
    type Error = DomainNameError;

    fn try_from(text: String) -> Result<Self, DomainNameError> {
        Self::parse(&text)
    }
}

impl fmt::Debug for DomainName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DomainName({})", self.0)
    }
}

impl FromStr for DomainName {
    type Err = DomainNameError;

    fn from_str(text: &str) -> Result<Self, DomainNameError> {
        Self::parse(text)
    }
}

/// Why a text is no domain name. Offsets count bytes of what was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DomainNameError {
    /// There is nothing.
    Empty,
    /// A label begins or ends with a hyphen.
    Hyphen,
    /// A character that names don't have.
    InvalidCharacter {
        /// The character.
        character: char,
        /// Where it stands.
        offset: usize,
    },
    /// Internationalised, but no name can be made of it (UTS 46).
    InvalidUnicode,
    /// An IP address instead of a name.
    IpAddress,
    /// Two dots in a row, or a dot at the beginning or the end.
    LabelEmpty,
    /// A label of more than 63 bytes.
    LabelTooLong,
    /// More than 253 bytes.
    NameTooLong,
    /// Characters outside ASCII where A-labels belong.
    NotAscii,
    /// An underscore: fine in the DNS, but not in the name of a host.
    Underscore {
        /// Where it stands.
        offset: usize,
    },
}

impl fmt::Display for DomainNameError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("the name is empty"),
            Self::Hyphen => formatter.write_str("a label begins or ends with a hyphen"),
            Self::InvalidCharacter { character, offset } => {
                write!(formatter, "{character:?} at byte {offset} is not allowed in a name")
            }
            Self::InvalidUnicode => formatter.write_str("not an internationalised domain name"),
            Self::IpAddress => formatter.write_str("an IP address is no domain name"),
            Self::LabelEmpty => formatter.write_str("a label is empty"),
            Self::LabelTooLong => formatter.write_str("a label is longer than 63 bytes"),
            Self::NameTooLong => formatter.write_str("the name is longer than 253 bytes"),
            Self::NotAscii => formatter.write_str("the name is not in its A-label form"),
            Self::Underscore { .. } => formatter.write_str("host names have no underscore"),
        }
    }
}

impl std::error::Error for DomainNameError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn good(text: &str, expected: &str) {
        assert_eq!(DomainName::parse(text).map(|name| name.to_string()), Ok(expected.to_owned()));
    }

    fn bad(text: &str, expected: DomainNameError) {
        assert_eq!(DomainName::parse(text), Err(expected), "{text}");
    }

    #[test]
    fn names_as_people_write_them() {
        good("example.com", "example.com");
        good("EXAMPLE.Com.", "example.com");
        good("localhost", "localhost");
        good("1.2", "1.2");
        good("4.3.2.1.in-addr.arpa", "4.3.2.1.in-addr.arpa");
        good("bücher.example", "xn--bcher-kva.example");
        good("BÜCHER.example", "xn--bcher-kva.example");
        good("xn--bcher-kva.example", "xn--bcher-kva.example");
        good("例え。テスト", "xn--r8jz45g.xn--zckzah");
        good(&format!("{}.com", "a".repeat(63)), &format!("{}.com", "a".repeat(63)));
    }

    #[test]
    fn what_is_no_name() {
        bad("", DomainNameError::Empty);
        bad(".", DomainNameError::Empty);
        bad("192.0.2.1", DomainNameError::IpAddress);
        bad("2001:db8::1", DomainNameError::IpAddress);
        bad("[192.0.2.1]", DomainNameError::IpAddress);
        bad("a..b", DomainNameError::LabelEmpty);
        bad(".example.com", DomainNameError::LabelEmpty);
        bad("example.com..", DomainNameError::LabelEmpty);
        bad("-a.example", DomainNameError::Hyphen);
        bad("a-.example", DomainNameError::Hyphen);
        bad("mail_1.example", DomainNameError::Underscore { offset: 4 });
        bad("a b.example", DomainNameError::InvalidCharacter { character: ' ', offset: 1 });
        bad("*.example", DomainNameError::InvalidCharacter { character: '*', offset: 0 });
        bad(&format!("{}.com", "a".repeat(64)), DomainNameError::LabelTooLong);
        bad(&"abcdefg.".repeat(32), DomainNameError::NameTooLong);
        bad(&"x".repeat(100_000), DomainNameError::NameTooLong);
        bad("e\u{301}\u{fffd}.example", DomainNameError::InvalidUnicode);
        assert_eq!(DomainName::from_ascii("é.example".as_bytes()), Err(DomainNameError::NotAscii));
    }

    #[test]
    fn the_longest_name_is_253_bytes() {
        let longest = format!("{}.{}", "abcdefg.".repeat(31).trim_end_matches('.'), "abcde");
        assert_eq!(longest.len(), 253);
        good(&longest, &longest);
        bad(&format!("{longest}f"), DomainNameError::NameTooLong);
    }

    #[test]
    fn parts_of_a_name() {
        let name = DomainName::parse("mx1.example.co.uk").unwrap();
        assert_eq!(name.parent(), Some("example.co.uk"));
        assert_eq!(name.labels().count(), 4);
        assert_eq!(name.registrable().as_str(), "example.co.uk");
        assert!(DomainName::parse("co.uk").unwrap().is_public_suffix());
        assert!(!name.is_public_suffix());
        assert!(!DomainName::parse("no-such-suffix").unwrap().is_public_suffix());
        assert_eq!(
            DomainName::parse("xn--bcher-kva.example").unwrap().to_unicode(),
            "bücher.example"
        );
        assert_eq!(name.with_prefix("mta-sts").unwrap().as_str(), "mta-sts.mx1.example.co.uk");
    }
}
