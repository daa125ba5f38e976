use std::fmt::{self, Write as _};

use sigillo_findings::is_hidden;

/// A text of ours as HTML: escaped, with what stands between backticks marked as code.
pub(crate) struct Prose(String);

impl fmt::Display for Prose {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

// It is HTML already: `prose` escapes every character that is not its own.
impl askama::filters::HtmlSafe for Prose {}

/// Marks up a text. Whatever the text holds, nothing but `<code>` comes out as an element.
pub(crate) fn prose(text: &str) -> Prose {
    let mut html = String::with_capacity(text.len() + 32);
    // An odd one at the end is a backtick, not the beginning of code without an end.
    let marks = text.matches('`').count() / 2 * 2;
    let mut seen = 0;
    for character in text.chars() {
        if character == '`' && seen < marks {
            html.push_str(if seen % 2 == 0 { "<code>" } else { "</code>" });
            seen += 1;
        } else {
            escape(character, &mut html);
        }
    }
    Prose(html)
}

/// A text that is not ours: escaped, and nothing in it means anything.
pub(super) fn visible(text: &str) -> Prose {
    let mut html = String::with_capacity(text.len() + 16);
    text.chars().for_each(|character| escape(character, &mut html));
    Prose(html)
}

/// How many bytes a text takes as HTML.
pub(crate) fn length(text: &str) -> usize {
    visible(text).0.len()
}

pub(super) fn escape(character: char, html: &mut String) {
    match character {
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '&' => html.push_str("&amp;"),
        '"' => html.push_str("&quot;"),
        '\'' => html.push_str("&#39;"),
        // Controls are shown: they could change what the reader sees of the rest.
        _ if !matches!(character, '\n' | '\t') && is_hidden(character) => {
            let written = write!(html, "\\u{{{:x}}}", u32::from(character));
            debug_assert!(written.is_ok(), "writing to memory does not fail");
        }
        _ => html.push(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_is_marked() {
        assert_eq!(
            prose("Use `mx: <b>` & wait").to_string(),
            "Use <code>mx: &lt;b&gt;</code> &amp; wait"
        );
        assert_eq!(prose("a ` b").to_string(), "a ` b");
        assert_eq!(prose("`a` b `").to_string(), "<code>a</code> b `");
        assert_eq!(prose("a\u{1b}[31m\u{202e}").to_string(), "a\\u{1b}[31m\\u{202e}");
    }
}
