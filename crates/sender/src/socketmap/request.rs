//! Requests: a netstring of a map's name, a space, and a key.

use crate::limits::REQUEST_BYTES;

/// The longest number before a request.
const DIGITS: usize = 4;

/// A map that can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MapName {
    /// Plain answers, for any version of Postfix.
    Postfix,
    /// Answers with attributes for reports, for Postfix 3.10 and later; versions before that refuse
    /// the whole answer.
    PostfixTlsRpt,
}

impl MapName {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Postfix, Self::PostfixTlsRpt];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Postfix => "postfix",
            Self::PostfixTlsRpt => "postfix-tlsrpt",
        }
    }

    fn find(name: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|map| map.name().as_bytes() == name)
    }
}

/// A request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request<'a> {
    /// Which map; none if there is none of this name.
    pub map: Option<MapName>,
    /// What is looked for.
    pub key: &'a [u8],
}

/// What the beginning of the bytes that came is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read<'a> {
    /// A request of so many bytes.
    Whole(Request<'a>, usize),
    /// Not all of it has come.
    Part,
    /// Nothing that could become one.
    Malformed,
}

/// Reads the request that the bytes begin with; whoever sends what is malformed can't be understood
/// any more, for nobody can say where the next request begins.
///
/// ```
/// # use sigillo_sender::socketmap::request::{Read, read};
/// let Read::Whole(request, 23) = read(b"19:postfix example.com,") else { panic!() };
/// assert_eq!(request.key, b"example.com");
/// ```
#[must_use]
pub fn read(bytes: &[u8]) -> Read<'_> {
    let head = bytes.get(..DIGITS + 1).unwrap_or(bytes);
    let Some(colon) = head.iter().position(|&byte| byte == b':') else {
        let may_go_on = head.len() <= DIGITS && head.iter().all(u8::is_ascii_digit);
        return if may_go_on { Read::Part } else { Read::Malformed };
    };
    let (digits, rest) = bytes.split_at(colon);
    let has_zeros = digits.len() > 1 && digits.starts_with(b"0");
    let is_number = digits.iter().all(u8::is_ascii_digit) && !has_zeros;
    let length = str::from_utf8(digits).ok().and_then(|digits| digits.parse::<usize>().ok());
    let Some(length) = length.filter(|&length| is_number && length <= REQUEST_BYTES) else {
        return Read::Malformed;
    };
    let rest = rest.get(1..).unwrap_or_default();
    let (Some(data), Some(end)) = (rest.get(..length), rest.get(length)) else {
        return Read::Part;
    };
    if *end != b',' {
        return Read::Malformed;
    }
    let mut parts = data.splitn(2, |&byte| byte == b' ');
    let (name, key) = (parts.next().unwrap_or_default(), parts.next());
    let Some(key) = key else { return Read::Malformed };
    Read::Whole(Request { map: MapName::find(name), key }, colon + 1 + length + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_request_is_a_map_and_a_key() {
        let whole = |map, key: &'static str, length| {
            Read::Whole(Request { map, key: key.as_bytes() }, length)
        };
        let postfix = Some(MapName::Postfix);
        assert_eq!(read(b"19:postfix example.com,"), whole(postfix, "example.com", 23));
        assert_eq!(read(b"19:postfix example.com,19:p"), whole(postfix, "example.com", 23));
        assert_eq!(read(b"16:postfix-tlsrpt x,"), whole(Some(MapName::PostfixTlsRpt), "x", 20));
        assert_eq!(read(b"7:other x,"), whole(None, "x", 10));
        assert_eq!(read(b"8:postfix ,"), whole(postfix, "", 11));
        assert_eq!(read(b"11:postfix a b,"), whole(postfix, "a b", 15));
    }

    #[test]
    fn what_is_no_netstring_is_refused_as_soon_as_that_is_clear() {
        for bytes in [
            "x",
            "19;",
            ":",
            "-1:",
            "+1:x",
            "019:postfix example.com,",
            "99999",
            "1201:",
            "2000:",
            "19:postfix example.com;",
            "11:example.com,",
            "0:,",
            " 19:",
            "GET / HTTP/1.1",
        ] {
            assert_eq!(read(bytes.as_bytes()), Read::Malformed, "{bytes:?}");
        }
        for bytes in ["", "1", "1200", "19:", "19:postfix", "19:postfix example.com", "1200:x"] {
            assert_eq!(read(bytes.as_bytes()), Read::Part, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fail(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Read::Whole(request, length) = read(&bytes) {
                prop_assert!(length <= bytes.len() && request.key.len() < length);
            }
        }

        #[test]
        fn what_is_written_is_read(key in "[ -~]{0,300}", rest in "[ -~]{0,30}") {
            let data = format!("postfix {key}");
            let text = format!("{}:{data},", data.len());
            let whole = Read::Whole(
                Request { map: Some(MapName::Postfix), key: key.as_bytes() },
                text.len(),
            );
            let more = format!("{text}{rest}");
            prop_assert_eq!(read(more.as_bytes()), whole);
            for end in 0..text.len() {
                prop_assert_eq!(read(&text.as_bytes()[..end]), Read::Part);
            }
        }
    }
}
