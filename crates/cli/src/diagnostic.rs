//! Findings on a terminal, pointing at the bytes as a good compiler does.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};
use sigillo_findings::{LineIndex, RenderedFinding, RenderedSpan, Severity, Span};
use sigillo_language::Language;

use crate::page::Page;
use crate::words;
use sigillo_findings::{push_visible, visible};

/// A text that findings are about.
pub(crate) struct Source<'a> {
    /// What to call it before line and column; empty for a text without a name.
    pub(crate) name: &'a str,
    /// The text.
    pub(crate) text: &'a [u8],
}

/// How much of a long line is shown on each side of what is pointed at, and of that itself.
const SHOWN_AROUND: usize = 60;
const SHOWN_WITHIN: usize = 160;

/// Adds a finding to the page.
pub(crate) fn show(
    page: &mut Page,
    finding: &RenderedFinding,
    source: &Source<'_>,
    lines: &LineIndex<'_>,
    language: Language,
) {
    let words = words::says(language);
    let wrap = |text: &str, taken: usize| {
        let width = page.width().saturating_sub(taken).max(24);
        let options = textwrap::Options::new(width)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::wrap(&page.shown(text), options).join("\n")
    };
    let word = finding.severity.word(language);
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE,
    };
    let help_word = words.text("say-help");
    let note_word = words.text("say-reference");

    let title_taken = word.chars().count() + finding.code.len() + 4;
    let title = level
        .with_name(word)
        .primary_title(wrap(&finding.message, title_taken))
        .id(finding.code.as_str());
    let place =
        finding.span.map(|span| Place::new(source.text, lines, span, finding, page.is_utf8()));
    let mut group = Group::with_title(title);
    if let Some(place) = &place {
        if !source.name.is_empty() {
            group = group.element(
                Origin::path(visible(source.name))
                    .line(place.span.line)
                    .char_column(place.span.column),
            );
        }
        let annotation = AnnotationKind::Primary.span(place.shown(place.span));
        group = group.element(
            Snippet::source(place.line.as_str()).line_start(place.span.line).annotation(annotation),
        );
    }
    let help_taken = help_word.chars().count() + 8;
    group = group.element(
        Level::HELP.with_name(help_word.as_str()).message(wrap(&finding.help, help_taken)),
    );
    if let Some(reference) = &finding.reference {
        group =
            group.element(Level::NOTE.with_name(note_word.as_str()).message(reference.as_str()));
    }
    let mut report = vec![group];
    if let Some((place, fix)) = place.as_ref().zip(finding.fix.as_ref())
        && place.holds(fix.span)
    {
        let replacement = fix.replacement.trim_end_matches('\n');
        let replacement: Vec<_> = replacement.split('\n').map(visible).collect();
        let patch = Patch::new(place.shown(fix.span), replacement.join("\n"));
        report.push(
            Level::HELP
                .with_name(help_word.as_str())
                .secondary_title(words.text("say-fix"))
                .element(
                    Snippet::source(place.line.as_str()).line_start(place.span.line).patch(patch),
                ),
        );
    }
    let renderer = Renderer::styled().term_width(page.width());
    // The renderer parts the origin from a snippet without a path by a line `:::`, which says
    // nothing here; given a path it would count columns in the line as it is shown.
    for line in renderer.render(&report).lines() {
        if anstream::adapter::strip_str(line).to_string().trim() != ":::" {
            page.line(format_args!("{}", line.trim_end()));
        }
    }
    if let Some(more) = finding.more {
        page.line(format_args!(
            "  {}",
            words.format(
                "say-more",
                &[("count", more.into()), ("code", finding.code.as_str().into())]
            )
        ));
    }
    page.blank();
}

/// A line of the text as it is shown, and where its bytes went.
struct Place {
    span: RenderedSpan,
    /// The line, or the part of it around the span, with hidden characters made visible.
    line: String,
    /// The offset in the text of the first byte that is shown.
    start: usize,
    /// For each byte that is shown its offset in `line`, and the offset of the end.
    offsets: Vec<usize>,
    /// Whether the whole line is shown.
    whole: bool,
}

impl Place {
    fn new(
        text: &[u8],
        lines: &LineIndex<'_>,
        span: RenderedSpan,
        finding: &RenderedFinding,
        utf8: bool,
    ) -> Self {
        let line = lines.line_around(span.start);
        let fix = finding.fix.as_ref().map_or(span.end, |fix| fix.span.end);
        let end = span.end.max(fix).min(span.start + SHOWN_WITHIN);
        let mut start = line.start().max(span.start.saturating_sub(SHOWN_AROUND));
        let mut end = line.end().min(end + SHOWN_AROUND).max(start);
        // Not in the middle of a character.
        while start > line.start() && text.get(start).is_some_and(|byte| byte & 0xc0 == 0x80) {
            start -= 1;
        }
        while end < line.end() && text.get(end).is_some_and(|byte| byte & 0xc0 == 0x80) {
            end += 1;
        }
        let whole = start == line.start() && end == line.end();
        let mut place = Self { span, line: String::new(), start, offsets: Vec::new(), whole };
        if start > line.start() {
            place.line.push_str("...");
        }
        for chunk in Span::new(start, end).of(text).utf8_chunks() {
            for character in chunk.valid().chars() {
                let offset = place.line.len();
                place.offsets.extend(std::iter::repeat_n(offset, character.len_utf8()));
                if utf8 || character.is_ascii() {
                    push_visible(&mut place.line, character);
                } else {
                    // The marks below the line need it as wide as it will be shown.
                    place.line.extend(character.escape_unicode());
                }
            }
            for byte in chunk.invalid() {
                place.offsets.push(place.line.len());
                let written = write!(place.line, "\\x{byte:02x}");
                debug_assert!(written.is_ok(), "writing to memory does not fail");
            }
        }
        place.offsets.push(place.line.len());
        if end < line.end() {
            place.line.push_str("...");
        }
        place
    }

    /// Where a span of the text is in the shown line, as far as it is shown.
    fn shown(&self, span: RenderedSpan) -> std::ops::Range<usize> {
        let offset = |offset: usize| {
            let index = offset.saturating_sub(self.start);
            self.offsets.get(index).or_else(|| self.offsets.last()).copied().unwrap_or(0)
        };
        offset(span.start)..offset(span.end).max(offset(span.start))
    }

    /// Whether a span lies within the shown line, which is shown whole.
    fn holds(&self, span: RenderedSpan) -> bool {
        self.whole && span.start >= self.start && span.end < self.start + self.offsets.len()
    }
}
