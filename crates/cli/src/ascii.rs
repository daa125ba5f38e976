//! Text for a terminal that shows no more than ASCII.

use std::borrow::Cow;

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
    fn ascii_keeps_what_it_can() {
        assert_eq!(
            ascii("RFC 8461 §3.2: più così… “è”"),
            "RFC 8461 sec. 3.2: piu' cosi'... \"e'\""
        );
        assert_eq!(ascii("例"), "?");
    }
}
