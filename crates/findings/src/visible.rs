//! Making text that came from outside visible as it is.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with everything that a terminal would obey, or that would hide something from a reader, written as its number:
/// control characters, the marks that reorder or join text, and characters for private use.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
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
pub fn push_visible(shown: &mut String, character: char) {
    if is_hidden(character) {
        let written = write!(shown, "\\u{{{:x}}}", u32::from(character));
        debug_assert!(written.is_ok(), "writing to memory does not fail");
    } else {
        shown.push(character);
    }
}

/// Whether a character shows nothing, but could change what a reader sees or a terminal does.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
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
}
