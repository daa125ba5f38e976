//! What stands behind a backslash (RFC 8259 §7).

/// The length of the escape that the bytes begin with, and what it stands for: nothing for one
/// that JSON has not, or for half of a surrogate pair. None where the text ends before it does.
pub(super) fn read_escape(bytes: &[u8]) -> Option<(usize, Option<char>)> {
    let simple = match bytes.get(1)? {
        b'u' => return read_unicode_escape(bytes),
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        // Over the backslash alone: what follows stands for itself.
        _ => return Some((1, None)),
    };
    Some((2, Some(simple)))
}

fn read_unicode_escape(bytes: &[u8]) -> Option<(usize, Option<char>)> {
    let Some(first) = hexadecimal(bytes.get(2..6)?) else {
        return Some((1, None));
    };
    if !(0xd800..0xdc00).contains(&first) {
        return Some((6, char::from_u32(first)));
    }
    let second = bytes
        .get(6..12)
        .and_then(|bytes| bytes.strip_prefix(b"\\u"))
        .and_then(hexadecimal)
        .filter(|second| (0xdc00..0xe000).contains(second));
    Some(match second {
        None => (6, None),
        Some(second) => {
            let character = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            (12, char::from_u32(character))
        }
    })
}

/// The value of hexadecimal digits.
fn hexadecimal(digits: &[u8]) -> Option<u32> {
    let digits = str::from_utf8(digits).ok()?;
    if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        u32::from_str_radix(digits, 16).ok()
    } else {
        None
    }
}

/// Undoes the escapes of a string. One that stands for nothing becomes U+FFFD if it is half of a
/// surrogate pair, else it is kept as it is.
pub(super) fn unescape(inner: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(offset) = memchr::memchr(b'\\', rest) {
        let (before, escape) = rest.split_at(offset);
        bytes.extend_from_slice(before);
        let (length, character) = read_escape(escape).unwrap_or((1, None));
        let (escape, behind) = escape.split_at_checked(length).unwrap_or((escape, b""));
        match character {
            Some(character) => {
                bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            None if length > 1 => bytes.extend_from_slice("\u{fffd}".as_bytes()),
            None => bytes.extend_from_slice(escape),
        }
        rest = behind;
    }
    bytes.extend_from_slice(rest);
    String::from_utf8_lossy(&bytes).into_owned()
}
