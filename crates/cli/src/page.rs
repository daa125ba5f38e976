//! A page of text for a person: built in memory, wrapped to the terminal, then shown at once.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

use anstyle::{AnsiColor, Style};
use sigillo_findings::Severity;

use crate::ascii::ascii;
use sigillo_findings::visible;

/// Text for a person, with styles that the output strips where they are not wanted.
#[derive(Debug)]
pub(crate) struct Page {
    text: String,
    width: usize,
    utf8: bool,
}

/// How headings look.
pub(crate) const HEADING: Style = Style::new().bold();
/// How names that can be typed or copied look.
pub(crate) const LITERAL: Style = AnsiColor::Cyan.on_default();
/// How what is said beside the matter looks.
pub(crate) const ASIDE: Style = Style::new().dimmed();

/// How a severity looks.
pub(crate) const fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Hint => AnsiColor::Green.on_default().bold(),
    }
}

impl Page {
    /// An empty page of a width in columns, for a terminal that shows UTF-8 or only ASCII.
    pub(crate) const fn new(width: usize, utf8: bool) -> Self {
        Self { text: String::new(), width, utf8 }
    }

    /// The width in columns.
    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    /// Whether the terminal shows UTF-8.
    pub(crate) const fn is_utf8(&self) -> bool {
        self.utf8
    }

    /// A text as the terminal shows it, hidden characters made visible.
    pub(crate) fn shown<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let text = visible(text);
        if self.utf8 { text } else { ascii(&text).into_owned().into() }
    }

    /// An empty line.
    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A heading on a line of its own, with an empty line before it unless it is the first.
    pub(crate) fn heading(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.blank();
        }
        self.line(format_args!("{HEADING}{text}{HEADING:#}"));
    }

    /// A line that is not wrapped.
    pub(crate) fn line(&mut self, line: fmt::Arguments<'_>) {
        let written = self.text.write_fmt(line);
        debug_assert!(written.is_ok(), "writing to memory does not fail");
        self.text.push('\n');
    }

    /// A paragraph, wrapped; `first` stands before its first line and sets the indent of others.
    pub(crate) fn paragraph(&mut self, first: &str, text: &str) {
        let indent = " ".repeat(first.chars().count());
        let options = textwrap::Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(&indent)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        // Before it is wrapped: `è` becomes two columns wide.
        let text = self.shown(text);
        let text = hold_commands(&text, self.width.saturating_sub(indent.len() + 8));
        for line in textwrap::wrap(&text, options) {
            self.text.push_str(&line.trim_end().replace(HELD, " "));
            self.text.push('\n');
        }
    }

    /// A text of several lines, such as a file, indented and never wrapped.
    pub(crate) fn block(&mut self, indent: &str, text: &str) {
        for line in text.lines() {
            // A tab in a file is harmless on a terminal, and has to be copied as it is.
            let line = line.split('\t').map(visible).collect::<Vec<_>>().join("\t");
            if line.is_empty() {
                self.blank();
            } else {
                self.line(format_args!("{indent}{line}"));
            }
        }
    }

    /// The text of the page.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

/// What stands for a blank at which a line is not to be broken; [`visible`] lets it come from
/// nowhere else.
const HELD: char = '\u{f8ff}';

/// Holds what stands in backticks together, so that a command can be copied whole, unless it is
/// longer than `longest`.
fn hold_commands(text: &str, longest: usize) -> String {
    text.split('`')
        .enumerate()
        .map(|(index, part)| {
            let is_command = index % 2 == 1 && part.chars().count() <= longest;
            if is_command { part.replace(' ', &HELD.to_string()) } else { part.to_owned() }
        })
        .collect::<Vec<_>>()
        .join("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_hang_below_their_mark() {
        let mut page = Page::new(24, true);
        page.paragraph(
            "1. ",
            "one two three four five-six seven https://example.com/a-long-address",
        );
        assert_eq!(
            page.into_text(),
            "1. one two three four\n   five-six seven\n   https://example.com/a-long-address\n"
        );
    }

    #[test]
    fn commands_are_not_broken() {
        let mut page = Page::new(32, true);
        page.paragraph("", "Look at it with `curl -i a.example` now");
        assert_eq!(page.into_text(), "Look at it with\n`curl -i a.example` now\n");
    }

    #[test]
    fn blocks_show_what_is_hidden() {
        let mut page = Page::new(40, true);
        page.block("  ", "a\n\nb\x1b[2J\n");
        assert_eq!(page.into_text(), "  a\n\n  b\\u{1b}[2J\n");
    }
}
