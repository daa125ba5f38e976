//! Bounding text that comes from outside.

/// The text, cut at a character's border to at most `bytes` bytes.
pub(crate) fn bounded(text: &str, bytes: usize) -> String {
    let end = text.floor_char_boundary(bytes);
    text.get(..end).unwrap_or_default().to_owned()
}

/// The bytes, cut to at most `most`.
pub(crate) fn bounded_bytes(bytes: &[u8], most: usize) -> Vec<u8> {
    bytes.get(..most).unwrap_or(bytes).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_at_a_border() {
        assert_eq!(bounded("città", 5), "citt");
        assert_eq!(bounded("città", 6), "città");
        assert_eq!(bounded_bytes(b"abc", 2), b"ab");
        assert_eq!(bounded_bytes(b"abc", 9), b"abc");
    }
}
