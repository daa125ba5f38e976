//! Where whoever is looked at can say something about it.

use std::fmt;

/// An `https:`, `http:` or `mailto:` address that policy hosts are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContactUrl(String);

impl ContactUrl {
    /// Reads an address.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let has_scheme = ["https://", "http://", "mailto:"]
            .iter()
            .any(|scheme| text.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
        // It stands in a comment of a header (RFC 9110 §5.6.5), where brackets would end it.
        let is_plain = text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'(' | b')' | b'\\' | b';'));
        (has_scheme && is_plain).then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for ContactUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stands_in_a_header_unharmed() {
        for (text, is_one) in [
            ("https://example.net/scan", true),
            ("mailto:scan@example.net", true),
            ("https://", false),
            ("example.net", false),
            ("https://example.net/(a)", false),
            ("https://example.net/a b", false),
        ] {
            assert_eq!(ContactUrl::parse(text).is_some(), is_one, "{text}");
        }
    }
}
