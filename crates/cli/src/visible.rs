//! Making text that came from outside safe and visible on a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with everything that a terminal would obey, or would hide, written as its number:
/// control characters, the marks that reorder or join text, and characters for private use.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        push_visible(&mut shown, character);
    }
    Cow::Owned(shown)
}

/// Adds a character as [`visible`] shows it.
pub(crate) fn push_visible(shown: &mut String, character: char) {
    if is_hidden(character) {
        let written = write!(shown, "\\u{{{:x}}}", u32::from(character));
        debug_assert!(written.is_ok(), "writing to memory does not fail");
    } else {
        shown.push(character);
    }
}

fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// The text in ASCII, for a terminal that shows no more: accents become apostrophes as one types
/// them, other characters their nearest likeness.
pub(crate) fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '§' => shown.push_str("sec. "),
            'à' => shown.push_str("a'"),
            'è' | 'é' => shown.push_str("e'"),
            'ì' => shown.push_str("i'"),
            'ò' => shown.push_str("o'"),
            'ù' => shown.push_str("u'"),
            'À' => shown.push_str("A'"),
            'È' => shown.push_str("E'"),
            '…' => shown.push_str("..."),
            '’' | '‘' => shown.push('\''),
            '“' | '”' | '«' | '»' => shown.push('"'),
            '–' | '—' => shown.push('-'),
            '→' => shown.push_str("->"),
            '·' | '•' => shown.push('*'),
            '\u{a0}' => shown.push(' '),
            _ if character.is_ascii() => shown.push(character),
            _ => shown.push('?'),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_or_hide_is_shown_as_a_number() {
        assert_eq!(visible("plain è 例"), "plain è 例");
        assert_eq!(visible("a\x1b[31mb\u{9b}c\0\n"), "a\\u{1b}[31mb\\u{9b}c\\u{0}\\u{a}");
        assert_eq!(visible("a\u{202e}b\u{feff}\u{200b}"), "a\\u{202e}b\\u{feff}\\u{200b}");
    }

    #[test]
    fn ascii_keeps_what_it_can() {
        assert_eq!(
            ascii("RFC 8461 §3.2: più così… “è”"),
            "RFC 8461 sec. 3.2: piu' cosi'... \"e'\""
        );
        assert_eq!(ascii("例"), "?");
    }
}
