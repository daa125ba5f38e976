use std::fmt;
use std::net::IpAddr;

use sigillo_formats::DomainName;

/// The longest label, in bytes (RFC 1035 §2.3.4).
const LABEL_BYTES: usize = 63;

/// The longest name without its final dot, in bytes.
const NAME_BYTES: usize = 253;

/// A name to ask the DNS about: like a [`DomainName`], but labels may have underscores
/// (`_mta-sts.example.com`, RFC 8552). Lower case, without the final dot.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QueryName(Box<str>);

impl QueryName {
    /// Reads a name of letters, digits, hyphens and underscores, in any case, with or without the
    /// final dot.
    ///
    /// ```
    /// # use sigillo_net::dns::QueryName;
    /// assert_eq!(QueryName::parse("_25._tcp.MX.example.")?.as_str(), "_25._tcp.mx.example");
    /// # Ok::<(), sigillo_net::dns::QueryNameError>(())
    /// ```
    ///
    /// # Errors
    /// If a label is empty or too long, the name is too long, or has another character.
    pub fn parse(text: &str) -> Result<Self, QueryNameError> {
        let text = text.strip_suffix('.').unwrap_or(text);
        if text.len() > NAME_BYTES {
            return Err(QueryNameError::NameTooLong);
        }
        for label in text.split('.') {
            if label.is_empty() {
                return Err(QueryNameError::LabelEmpty);
            }
            if label.len() > LABEL_BYTES {
                return Err(QueryNameError::LabelTooLong);
            }
            let fine = |character: char| {
                character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
            };
            if let Some(character) = label.chars().find(|character| !fine(*character)) {
                return Err(QueryNameError::InvalidCharacter { character });
            }
        }
        Ok(Self(text.to_ascii_lowercase().into_boxed_str()))
    }

    /// The name of labels below a domain: `prefix.domain`.
    ///
    /// # Errors
    /// As [`parse`](Self::parse): with a long domain the result may be too long.
    pub fn below(prefix: &str, domain: &DomainName) -> Result<Self, QueryNameError> {
        Self::parse(&format!("{prefix}.{domain}"))
    }

    /// Where a domain's MTA-STS record is (RFC 8461 §3.1).
    ///
    /// # Errors
    /// If the domain's name leaves no room.
    pub fn mta_sts(domain: &DomainName) -> Result<Self, QueryNameError> {
        Self::below("_mta-sts", domain)
    }

    /// Where a domain's TLS-RPT record is (RFC 8460 §3).
    ///
    /// # Errors
    /// If the domain's name leaves no room.
    pub fn tls_rpt(domain: &DomainName) -> Result<Self, QueryNameError> {
        Self::below("_smtp._tls", domain)
    }

    /// Where a domain's DMARC record is (RFC 9989).
    ///
    /// # Errors
    /// If the domain's name leaves no room.
    pub fn dmarc(domain: &DomainName) -> Result<Self, QueryNameError> {
        Self::below("_dmarc", domain)
    }

    /// Where the TLSA records of a TCP port are: `_25._tcp.host` (RFC 6698 §3).
    ///
    /// # Errors
    /// If this name leaves no room.
    pub fn tlsa(&self, port: u16) -> Result<Self, QueryNameError> {
        Self::parse(&format!("_{port}._tcp.{self}"))
    }

    /// Where the name of an address is (RFC 1035 §3.5, RFC 3596 §2.5).
    ///
    /// ```
    /// # use sigillo_net::dns::QueryName;
    /// let name = QueryName::reverse([192, 0, 2, 1].into());
    /// assert_eq!(name.as_str(), "1.2.0.192.in-addr.arpa");
    /// ```
    #[must_use]
    pub fn reverse(address: IpAddr) -> Self {
        let name = match address {
            IpAddr::V4(address) => {
                let [a, b, c, d] = address.octets();
                format!("{d}.{c}.{b}.{a}.in-addr.arpa")
            }
            IpAddr::V6(address) => {
                let mut name = String::with_capacity(72);
                for byte in address.octets().iter().rev() {
                    for nibble in [byte & 0xf, byte >> 4] {
                        name.extend(char::from_digit(u32::from(nibble), 16));
                        name.push('.');
                    }
                }
                name + "ip6.arpa"
            }
        };
        Self(name.into_boxed_str())
    }

    /// The name in lower case, without the final dot.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&DomainName> for QueryName {
    fn from(domain: &DomainName) -> Self {
        Self(domain.as_str().into())
    }
}

impl fmt::Display for QueryName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for QueryName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "QueryName({})", self.0)
    }
}

/// Why the DNS can't be asked about a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryNameError {
    /// A character that names don't have.
    #[error("{character:?} is not allowed in a name")]
    InvalidCharacter {
        /// The character.
        character: char,
    },
    /// Nothing at all, two dots in a row, or a dot at the beginning.
    #[error("a label is empty")]
    LabelEmpty,
    /// A label of more than 63 bytes.
    #[error("a label is longer than 63 bytes")]
    LabelTooLong,
    /// More than 253 bytes.
    #[error("the name is longer than 253 bytes")]
    NameTooLong,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_can_be_asked_for() {
        let domain = DomainName::parse("Example.com").unwrap();
        let text = |name: Result<QueryName, QueryNameError>| name.unwrap().to_string();
        assert_eq!(text(QueryName::mta_sts(&domain)), "_mta-sts.example.com");
        assert_eq!(text(QueryName::tls_rpt(&domain)), "_smtp._tls.example.com");
        assert_eq!(text(QueryName::dmarc(&domain)), "_dmarc.example.com");
        assert_eq!(text(QueryName::from(&domain).tlsa(25)), "_25._tcp.example.com");
        assert_eq!(
            QueryName::reverse("2001:db8::1".parse().unwrap()).as_str(),
            "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
        );
    }

    #[test]
    fn names_that_cannot() {
        assert_eq!(QueryName::parse(""), Err(QueryNameError::LabelEmpty));
        assert_eq!(QueryName::parse("a..b"), Err(QueryNameError::LabelEmpty));
        let character = QueryNameError::InvalidCharacter { character: '*' };
        assert_eq!(QueryName::parse("*.example"), Err(character));
        assert_eq!(QueryName::parse(&"a".repeat(64)), Err(QueryNameError::LabelTooLong));
        assert_eq!(QueryName::parse(&"abcdefg.".repeat(32)), Err(QueryNameError::NameTooLong));
        let long = DomainName::parse(&format!("{}abcde", "abcdefg.".repeat(31))).unwrap();
        assert_eq!(QueryName::mta_sts(&long), Err(QueryNameError::NameTooLong));
    }
}
