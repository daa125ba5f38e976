use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::DomainName;
use crate::limits::REPORT_URI_BYTES;

/// Where reports go: a `mailto:` or `https:` URI whose `,`, `!` and `;` are percent-encoded, as the
/// lists of TLS-RPT and DMARC records need it (RFC 8460 §3, RFC 9989 §4.8).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReportUri {
    text: Box<str>,
    target: Target,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Target {
    /// The domain of the mailbox.
    Mailbox(DomainName),
    /// The host, a name or an address.
    Web(Box<str>),
}

impl ReportUri {
    /// Reads a URI as a record carries it.
    ///
    /// ```
    /// # use sigillo_formats::record::{ReportUri, ReportUriError};
    /// let uri = ReportUri::parse("mailto:tls@example.com")?;
    /// assert_eq!(uri.mailbox_domain().map(|domain| domain.as_str()), Some("example.com"));
    /// assert_eq!(ReportUri::parse("tls@example.com"), Err(ReportUriError::BareAddress));
    /// # Ok::<(), ReportUriError>(())
    /// ```
    ///
    /// # Errors
    /// Why it is none; an unknown scheme is told apart from what is no URI at all.
    pub fn parse(text: &str) -> Result<Self, ReportUriError> {
        if text.is_empty() {
            return Err(ReportUriError::Empty);
        }
        let Some((scheme, rest)) = scheme(text) else {
            return Err(match mailbox_domain(text) {
                Some(_) => ReportUriError::BareAddress,
                None => ReportUriError::Invalid,
            });
        };
        if let Some(offset) = text.find(['!', ',', ';']) {
            let character = text.as_bytes().get(offset).map_or('!', |byte| char::from(*byte));
            return Err(ReportUriError::Unescaped { character, offset });
        }
        if rest.is_empty() || !is_uri_text(rest) {
            return Err(ReportUriError::Invalid);
        }
        if text.len() > REPORT_URI_BYTES {
            return Err(ReportUriError::Unusable);
        }
        let target = if scheme.eq_ignore_ascii_case("mailto") {
            let address = rest.split('?').next().unwrap_or_default();
            Target::Mailbox(mailbox_domain(address).ok_or(ReportUriError::Unusable)?)
        } else if scheme.eq_ignore_ascii_case("https") {
            Target::Web(host(rest).ok_or(ReportUriError::Unusable)?.into())
        } else {
            return Err(ReportUriError::Scheme);
        };
        Ok(Self { text: text.into(), target })
    }

    /// Makes the URI of what a person typed: a bare address becomes a `mailto:` URI, and `,`, `!`
    /// and `;` are percent-encoded.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn from_person(text: &str) -> Result<Self, ReportUriError> {
        let text = escape(text.trim());
        let error = match Self::parse(&text) {
            Ok(uri) => return Ok(uri),
            Err(error) => error,
        };
        let address = match scheme(&text) {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => rest,
            Some(_) => return Err(error),
            None => text.as_str(),
        };
        // The domain is welcome in any form, as everywhere.
        match address.rsplit_once('@') {
            Some((local, domain)) => match DomainName::parse(domain) {
                Ok(domain) => Self::parse(&format!("mailto:{local}@{domain}")),
                Err(_) => Err(error),
            },
            None => Err(error),
        }
    }

    /// The URI.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The domain of the mailbox of a `mailto:` URI.
    #[must_use]
    pub const fn mailbox_domain(&self) -> Option<&DomainName> {
        match &self.target {
            Target::Mailbox(domain) => Some(domain),
            Target::Web(_) => None,
        }
    }

    /// The host of an `https:` URI, without its port.
    #[must_use]
    pub const fn web_host(&self) -> Option<&str> {
        match &self.target {
            Target::Mailbox(_) => None,
            Target::Web(host) => Some(host),
        }
    }
}

impl fmt::Display for ReportUri {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl FromStr for ReportUri {
    type Err = ReportUriError;

    fn from_str(text: &str) -> Result<Self, ReportUriError> {
        Self::parse(text)
    }
}

impl Serialize for ReportUri {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl JsonSchema for ReportUri {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ReportUri".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "uri" })
    }
}

/// Why a text is no URI for reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReportUriError {
    /// A mail address without `mailto:`.
    BareAddress,
    /// There is nothing.
    Empty,
    /// No URI.
    Invalid,
    /// A URI, but of neither scheme.
    Scheme,
    /// A URI of a scheme that is used, but nothing can be sent there: no single mailbox, or no host.
    Unusable,
    /// A character that must be percent-encoded.
    Unescaped {
        /// The character.
        character: char,
        /// Where it stands, in bytes.
        offset: usize,
    },
}

impl fmt::Display for ReportUriError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BareAddress => formatter.write_str("a mail address needs mailto: before it"),
            Self::Empty => formatter.write_str("the address is empty"),
            Self::Invalid => formatter.write_str("not a URI"),
            Self::Unusable => formatter.write_str("nothing can be sent to this address"),
            Self::Scheme => formatter.write_str("the scheme is neither mailto: nor https:"),
            Self::Unescaped { character, .. } => {
                write!(formatter, "{character} must be percent-encoded")
            }
        }
    }
}

impl std::error::Error for ReportUriError {}

/// The scheme (RFC 3986 §3.1) and what follows its colon.
pub(crate) fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let mut letters = scheme.bytes();
    let named = letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    named.then_some((scheme, rest))
}

/// The text with `,`, `!` and `;` percent-encoded.
pub(crate) fn escape(text: &str) -> String {
    text.replace('!', "%21").replace(',', "%2C").replace(';', "%3B")
}

/// The address without a size limit such as `!10m` behind it, which older DMARC records had.
pub(crate) fn without_size(address: &str) -> Option<&str> {
    let (uri, size) = address.rsplit_once('!')?;
    let size = size.trim().to_ascii_lowercase();
    let digits = size.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let is_size = size.len() <= 12
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && uri.contains(['@', '/']);
    is_size.then_some(uri)
}

/// Whether a text has only the characters of URIs, and whole percent-encodings (RFC 3986 §2).
fn is_uri_text(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let fine = match byte {
            b'%' => [bytes.next(), bytes.next()]
                .iter()
                .all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit())),
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(&byte),
        };
        if !fine {
            return false;
        }
    }
    true
}

/// The domain of a mail address; none if it is no address.
fn mailbox_domain(address: &str) -> Option<DomainName> {
    let (local, domain) = address.rsplit_once('@')?;
    let local_is_fine = !local.is_empty()
        && !local.contains('@')
        && local.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>()[]\\\":".contains(&byte));
    if !local_is_fine {
        return None;
    }
    DomainName::from_ascii(domain.as_bytes()).ok()
}

/// The host of `//host[:port]/…`.
fn host(rest: &str) -> Option<&str> {
    let authority = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
    let (host, port) = if let Some(literal) = authority.strip_prefix('[') {
        let (address, port) = literal.split_once(']')?;
        address.parse::<std::net::Ipv6Addr>().ok()?;
        (address, port.strip_prefix(':').unwrap_or(port))
    } else {
        let authority = authority.rsplit('@').next()?;
        let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
        // A registered name: what else a host may be called is between the sender and the DNS.
        let name = host.strip_suffix('.').unwrap_or(host);
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        if name.is_empty() || !name.bytes().all(is_name) {
            return None;
        }
        (host, port)
    };
    (port.is_empty() || port.parse::<u16>().is_ok_and(|port| port > 0)).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_work() {
        for text in [
            "mailto:tls@example.com",
            "MAILTO:tls@example.com",
            "mailto:a%2Cb@example.com",
            "mailto:a+b=c@example.com?subject=x",
            "https://example.com",
            "https://example.com:8443/v1/report?id=1",
            "https://192.0.2.1/",
            "https://example.com./",
            "https://u:p@ex_ample.com/",
            "https://[2001:db8::1]:443/",
        ] {
            assert_eq!(ReportUri::parse(text).map(|uri| uri.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn addresses_that_do_not() {
        let unescaped = |character, offset| ReportUriError::Unescaped { character, offset };
        for (text, error) in [
            ("", ReportUriError::Empty),
            ("tls@example.com", ReportUriError::BareAddress),
            ("http://example.com/", ReportUriError::Scheme),
            ("ftp:x", ReportUriError::Scheme),
            ("mailto:", ReportUriError::Invalid),
            ("mailto:tls", ReportUriError::Unusable),
            ("mailto:tls@", ReportUriError::Unusable),
            ("mailto:@example.com", ReportUriError::Unusable),
            ("mailto:?to=a@b.example", ReportUriError::Unusable),
            ("mailto:a@[192.0.2.1]", ReportUriError::Unusable),
            ("mailto:a b@example.com", ReportUriError::Invalid),
            ("mailto:tls@exa_mple.com", ReportUriError::Unusable),
            ("mailto:a@b@example.com", ReportUriError::Unusable),
            ("mailto:x%2@example.com", ReportUriError::Invalid),
            ("mailto:tls@example.com!10m", unescaped('!', 22)),
            ("https://", ReportUriError::Unusable),
            ("https:example.com", ReportUriError::Unusable),
            ("https://example.com:0/", ReportUriError::Unusable),
            ("https://[::1/", ReportUriError::Unusable),
            ("nothing", ReportUriError::Invalid),
        ] {
            assert_eq!(ReportUri::parse(text), Err(error), "{text}");
        }
        assert_eq!(
            ReportUri::parse(&format!("mailto:{}@example.com", "a".repeat(5000))),
            Err(ReportUriError::Unusable)
        );
    }

    #[test]
    fn what_a_person_types_becomes_a_uri() {
        for (typed, uri) in [
            (" tls@example.com ", "mailto:tls@example.com"),
            ("tls@Bücher.example.", "mailto:tls@xn--bcher-kva.example"),
            ("mailto:tls@bücher.example", "mailto:tls@xn--bcher-kva.example"),
            ("a!b@example.com", "mailto:a%21b@example.com"),
            ("https://example.com/a,b", "https://example.com/a%2Cb"),
        ] {
            assert_eq!(
                ReportUri::from_person(typed).map(|uri| uri.to_string()),
                Ok(uri.to_owned())
            );
        }
    }
}
