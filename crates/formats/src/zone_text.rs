//! TXT data as master files carry it: character-strings in quotes (RFC 1035 §5.1).

use std::fmt::Write as _;

use sigillo_findings::Span;

use crate::limits::TXT_STRING_BYTES;

/// A text in the quotes of a master file, split into strings of at most 255 bytes: what a zone
/// line needs behind `TXT`.
///
/// Resolvers join the strings without a blank (RFC 8461 §3.1), so where they are split does not
/// matter; characters of several bytes are written as `\DDD` like all that is not printable ASCII.
///
/// ```
/// # use sigillo_formats::zone_text;
/// assert_eq!(zone_text::quote("v=STSv1; id=1"), r#""v=STSv1; id=1""#);
/// assert_eq!(zone_text::quote(&"x".repeat(256)).len(), 256 + 4 + 1);
/// ```
#[must_use]
pub fn quote(text: &str) -> String {
    if text.is_empty() {
        return "\"\"".to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 8);
    for string in strings(text) {
        if !quoted.is_empty() {
            quoted.push(' ');
        }
        quoted.push('"');
        for byte in string {
            match byte {
                b'"' | b'\\' => {
                    quoted.push('\\');
                    quoted.push(char::from(*byte));
                }
                b' '..=b'~' => quoted.push(char::from(*byte)),
                _ => write!(quoted, "\\{byte:03}").unwrap_or_else(|_| unreachable!("memory only")),
            }
        }
        quoted.push('"');
    }
    quoted
}

/// The character-strings of a TXT record for a text: of 255 bytes, the last maybe shorter.
pub fn strings(text: &str) -> impl Iterator<Item = &[u8]> {
    text.as_bytes().chunks(TXT_STRING_BYTES)
}

/// A text that was in quotes, and where each of its bytes stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unquoted {
    text: Vec<u8>,
    /// For each byte its place in the quoted text, escape included.
    places: Vec<Span>,
    /// The end of the quoted text.
    end: Span,
}

impl Unquoted {
    /// The text without quotes.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// The place in the quoted text of a span of the unquoted one; what lies behind the text is at
    /// the end.
    #[must_use]
    pub fn place(&self, span: Span) -> Span {
        let place = |index: usize| self.places.get(index).copied().unwrap_or(self.end);
        let start = place(span.start()).start();
        if span.is_empty() {
            return Span::at(start);
        }
        // Behind the last byte, rather than before the next: a quote may lie between.
        Span::new(start, place(span.end() - 1).end())
    }

    /// The same for a text that was unquoted a second time, as one has to be that a panel gave
    /// quotes in addition to its own.
    pub(crate) fn twice(self) -> Self {
        match unquote(&self.text).filter(|_| self.text.first() == Some(&b'"')) {
            Some(twice) => self.within(twice),
            None => self,
        }
    }

    /// What was unquoted from this text, its places counted in the quoted one.
    fn within(&self, twice: Self) -> Self {
        let places = twice.places.iter().map(|place| self.place(*place)).collect();
        Self { text: twice.text, places, end: self.end }
    }
}

/// Takes the quotes of a master file off; none if the text does not begin with one.
///
/// ```
/// # use sigillo_formats::zone_text;
/// let unquoted = zone_text::unquote(br#""v=STSv1; " "id=1""#).expect("there are quotes");
/// assert_eq!(unquoted.text(), b"v=STSv1; id=1");
/// assert!(zone_text::unquote(b"v=STSv1; id=1").is_none());
/// ```
#[must_use]
pub fn unquote(quoted: &[u8]) -> Option<Unquoted> {
    let start = data_start(quoted)?;
    let end = Span::at(quoted.len());
    let mut unquoted = Unquoted { text: Vec::new(), places: Vec::new(), end };
    let mut within = false;
    let mut rest = quoted.iter().copied().enumerate().skip(start).peekable();
    while let Some((offset, byte)) = rest.next() {
        let byte = match byte {
            b'"' => {
                within = !within;
                continue;
            }
            b'\\' => {
                let mut digits = rest.clone().take(3).map(|(_, byte)| byte);
                match (digits.next(), digits.next(), digits.next()) {
                    (Some(a @ b'0'..=b'2'), Some(b @ b'0'..=b'9'), Some(c @ b'0'..=b'9')) => {
                        let number = u16::from(a - b'0') * 100
                            + u16::from(b - b'0') * 10
                            + u16::from(c - b'0');
                        rest.nth(2);
                        u8::try_from(number).unwrap_or(b'?')
                    }
                    (Some(next), ..) => {
                        rest.next();
                        next
                    }
                    (None, ..) => b'\\',
                }
            }
            // Blanks between the strings part nothing.
            _ if !within && byte.is_ascii_whitespace() => continue,
            _ => byte,
        };
        let behind = rest.peek().map_or(quoted.len(), |(next, _)| *next);
        unquoted.text.push(byte);
        unquoted.places.push(Span::new(offset, behind));
    }
    Some(unquoted)
}

/// Where the quoted data begins: at once, or behind the `TXT` of a whole zone line.
fn data_start(text: &[u8]) -> Option<usize> {
    let quote = memchr::memchr(b'"', text)?;
    let before = text.get(..quote)?.trim_ascii();
    let is_line = before.len() > 4
        && before.to_ascii_uppercase().ends_with(b"TXT")
        && before.get(before.len() - 4).is_some_and(u8::is_ascii_whitespace);
    (before.is_empty() || is_line).then_some(quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_within_quotes_are_taken_off_too() {
        let unquoted = unquote(br#""\"v=STSv1; id=1\"""#).unwrap().twice();
        assert_eq!(unquoted.text(), b"v=STSv1; id=1");
        assert_eq!(unquoted.place(Span::new(0, 2)), Span::new(3, 5));
    }

    #[test]
    fn a_whole_zone_line_is_its_data() {
        let line = b"_mta-sts.example.com. 300 IN TXT \"v=STSv1; \" \"id=1\"";
        assert_eq!(unquote(line).unwrap().text(), b"v=STSv1; id=1");
        assert_eq!(unquote(b"v=STSv1; id=\"1\""), None);
        assert_eq!(unquote(b"ATXT \"1\""), None);
    }

    #[test]
    fn quoting_escapes_and_splits() {
        assert_eq!(quote(""), "\"\"");
        assert_eq!(quote("a\"b\\c"), r#""a\"b\\c""#);
        assert_eq!(quote("è\n"), r#""\195\168\010""#);
        let long = "a".repeat(255 + 255 + 1);
        let quoted = quote(&long);
        assert_eq!(quoted.matches(' ').count(), 2);
        assert_eq!(unquote(quoted.as_bytes()).unwrap().text(), long.as_bytes());
    }

    #[test]
    fn unquoting_knows_where_the_bytes_stood() {
        let unquoted = unquote(br#" "ab" "c\"d" "#).unwrap();
        assert_eq!(unquoted.text(), b"abc\"d");
        assert_eq!(unquoted.place(Span::new(0, 2)), Span::new(2, 4));
        assert_eq!(unquoted.place(Span::new(2, 5)), Span::new(7, 11));
        assert_eq!(unquoted.place(Span::at(5)), Span::at(13));
        assert_eq!(unquoted.place(Span::new(0, 9)), Span::new(2, 13));
        assert_eq!(unquote(br#""\059\999"#).unwrap().text(), b";999");
    }

    #[test]
    fn the_place_of_an_escaped_byte_is_the_whole_escape() {
        let unquoted = unquote(br#""a\045\\""#).unwrap();
        assert_eq!(unquoted.text(), b"a-\\");
        assert_eq!(unquoted.place(Span::new(1, 2)), Span::new(2, 6));
        assert_eq!(unquoted.place(Span::new(0, 3)), Span::new(1, 8));
    }

    proptest::proptest! {
        #[test]
        fn unquoting_undoes_quoting(text in ".{0,600}") {
            let unquoted = unquote(quote(&text).as_bytes()).expect("there are quotes");
            proptest::prop_assert_eq!(unquoted.text(), text.as_bytes());
        }
    }
}
