use sigillo_findings::Span;
use sigillo_formats::limits::TXT_STRING_BYTES;
use sigillo_formats::zone_text as formats;

/// A text to put in the quotes of a zone file, and one to take out of them.
pub fn zone_text(data: &[u8]) {
    check_quoting(&String::from_utf8_lossy(data));
    check_unquoting(data);
}

fn check_quoting(text: &str) {
    let quoted = formats::quote(text);
    assert!(quoted.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{quoted}");
    let unquoted = formats::unquote(quoted.as_bytes());
    assert_eq!(unquoted.as_ref().map(formats::Unquoted::text), Some(text.as_bytes()), "{quoted}");
    assert!(formats::strings(text).all(|string| (1..=TXT_STRING_BYTES).contains(&string.len())));
    assert_eq!(formats::strings(text).collect::<Vec<_>>().concat(), text.as_bytes());
}

fn check_unquoting(quoted: &[u8]) {
    let Some(unquoted) = formats::unquote(quoted) else {
        assert_ne!(quoted.trim_ascii_start().first(), Some(&b'"'));
        return;
    };
    let length = unquoted.text().len();
    // Before the first quote there is nothing, or a zone line up to its `TXT`.
    let mut behind = quoted.iter().position(|byte| *byte == b'"').unwrap_or(0);
    let before = Span::new(0, behind).of(quoted).trim_ascii().to_ascii_uppercase();
    assert!(before.is_empty() || before.ends_with(b"TXT"));
    for index in 0..length {
        let place = unquoted.place(Span::new(index, index + 1));
        assert!(!place.is_empty() && place.start() >= behind, "bytes keep their order");
        assert!(is_between_strings(Span::new(behind, place.start()).of(quoted)));
        behind = place.end();
    }
    assert!(is_between_strings(Span::new(behind, quoted.len()).of(quoted)));
    for span in [Span::at(0), Span::new(0, length), Span::at(length), Span::new(0, usize::MAX)] {
        assert!(unquoted.place(span).end() <= quoted.len(), "{span:?}");
    }
}

/// What belongs to no byte of the text: quotes and the blanks between strings.
fn is_between_strings(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| *byte == b'"' || byte.is_ascii_whitespace())
}
