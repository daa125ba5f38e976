//! What the texts of all formats have in common: blanks, marks, and characters that nobody sees.

use sigillo_findings::{Code, Finding, Span};

/// The UTF-8 byte order mark.
pub(crate) const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";

/// The codes under which a format reports the bytes that it can't have.
pub(crate) struct TextCodes {
    pub(crate) control_character: Code,
    /// For bytes that are no UTF-8.
    pub(crate) not_utf8: Code,
}

/// The codes of the policy file.
pub(crate) const POLICY: TextCodes =
    TextCodes { control_character: Code::PolicyControlCharacter, not_utf8: Code::PolicyNotUtf8 };

/// White space of the standards' `WSP`: space and tab.
pub(crate) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// The span without the blanks at its beginning.
pub(crate) fn trim_start(text: &[u8], span: Span) -> Span {
    let blanks = span.of(text).iter().take_while(|byte| is_blank(**byte)).count();
    Span::new(span.start() + blanks, span.end())
}

/// The span without the blanks at its end.
pub(crate) fn trim_end(text: &[u8], span: Span) -> Span {
    let blanks = span.of(text).iter().rev().take_while(|byte| is_blank(**byte)).count();
    Span::new(span.start(), span.end() - blanks)
}

/// The span without the blanks at both ends.
pub(crate) fn trim(text: &[u8], span: Span) -> Span {
    trim_end(text, trim_start(text, span))
}

/// Whether a text is UTF-16: by its mark, or by the NUL beside its first ASCII character.
pub(crate) fn is_utf16(text: &[u8]) -> bool {
    match text {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [0, second, ..] => *second != 0,
        [first, 0, ..] => first.is_ascii_alphanumeric(),
        _ => false,
    }
}

/// The first bytes of the span that are no UTF-8.
pub(crate) fn not_utf8(text: &[u8], span: Span, codes: &TextCodes) -> Option<Finding> {
    let error = str::from_utf8(span.of(text)).err()?;
    let start = span.start() + error.valid_up_to();
    let length = error.error_len().unwrap_or_else(|| span.end() - start);
    Some(Finding::new(codes.not_utf8, Span::new(start, start + length)))
}

/// The first control character of the span.
pub(crate) fn control_character(text: &[u8], span: Span, codes: &TextCodes) -> Option<Finding> {
    let offset = span.of(text).iter().position(u8::is_ascii_control)?;
    let start = span.start() + offset;
    let character = span.of(text).get(offset).map_or('\0', |byte| char::from(*byte));
    Some(
        Finding::new(codes.control_character, Span::new(start, start + 1))
            .with("character", character),
    )
}

/// What a reader can't see in the span: a control character, or bytes that are no UTF-8.
pub(crate) fn hidden_fault(text: &[u8], span: Span, codes: &TextCodes) -> Option<Finding> {
    control_character(text, span, codes).or_else(|| not_utf8(text, span, codes))
}

/// The character that begins at an offset, and its length in bytes.
pub(crate) fn character_at(text: &[u8], offset: usize) -> (char, usize) {
    let rest = text.get(offset..).unwrap_or_default();
    let head = rest.get(..4).unwrap_or(rest);
    let valid = match str::from_utf8(head) {
        Ok(valid) => valid,
        Err(error) => head
            .get(..error.valid_up_to())
            .and_then(|valid| str::from_utf8(valid).ok())
            .unwrap_or_default(),
    };
    valid.chars().next().map_or((char::REPLACEMENT_CHARACTER, 1), |c| (c, c.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_and_broken_bytes() {
        assert_eq!(character_at("aè".as_bytes(), 1), ('è', 2));
        assert_eq!(character_at(b"a\xff", 1), (char::REPLACEMENT_CHARACTER, 1));
        assert_eq!(character_at(b"a", 1), (char::REPLACEMENT_CHARACTER, 1));
        assert_eq!(character_at(b"a\xff", 0), ('a', 1));
    }

    #[test]
    fn utf16_is_seen_with_and_without_its_mark() {
        assert!(is_utf16(b"\xff\xfev\0"));
        assert!(is_utf16(b"\xfe\xff\0v"));
        assert!(is_utf16(b"v\0e\0"));
        assert!(is_utf16(b"\0v\0e"));
        assert!(!is_utf16(b"version"));
        assert!(!is_utf16(b"\0\0"));
        assert!(!is_utf16(b""));
    }

    #[test]
    fn blanks_are_space_and_tab() {
        let text = b" \ta \xa0";
        assert_eq!(trim(text, Span::new(0, 5)), Span::new(2, 5));
        assert_eq!(trim(text, Span::new(0, 4)), Span::new(2, 3));
        assert_eq!(trim(b"  ", Span::new(0, 2)), Span::at(2));
    }
}
