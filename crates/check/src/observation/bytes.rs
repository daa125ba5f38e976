//! Bytes from the network that are mostly text.

/// Bytes as a text, lossily decoded, and where they are no UTF-8 also in hexadecimal.
///
/// ```
/// # use sigillo_check::observation::text_and_hex;
/// assert_eq!(text_and_hex(b"mode: none"), ("mode: none".to_owned(), None));
/// assert_eq!(text_and_hex(b"\xe8"), ("\u{fffd}".to_owned(), Some("e8".to_owned())));
/// ```
#[must_use]
pub fn text_and_hex(bytes: &[u8]) -> (String, Option<String>) {
    match str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => (String::from_utf8_lossy(bytes).into_owned(), Some(hexadecimal(bytes))),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(four.into(), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes behind a text and its hexadecimal form; what is no digit is left out.
pub(super) fn bytes_of(text: &str, hex: Option<&String>) -> Vec<u8> {
    let Some(hex) = hex else { return text.as_bytes().to_vec() };
    hex.as_bytes()
        .chunks(2)
        .filter_map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}
