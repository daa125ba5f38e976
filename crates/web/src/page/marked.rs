//! Texts with the places marked that findings are about.

use std::fmt::Write as _;

use sigillo_findings::{Severity, Span};

use super::prose::escape;

/// How many bytes are shown on each side of a place in a long line.
const AROUND: usize = 120;

/// The line that a finding is about.
pub(crate) struct Excerpt {
    /// The line with the place marked.
    pub(crate) html: Markup,
}

/// A place in a text and the finding about it.
pub(crate) struct Mark {
    /// The place.
    pub(crate) span: Span,
    /// How bad it is.
    pub(crate) severity: Severity,
}

/// The number of a finding, shown where its place begins: the way to the finding and back.
pub(crate) struct Note {
    /// Where in the text.
    pub(crate) at: usize,
    /// The number: it leads to `#finding-NUMBER`, and is `#mark-NUMBER` itself.
    pub(crate) number: usize,
    /// What it is called for those who don't see it.
    pub(crate) label: String,
    /// How bad the finding is.
    pub(crate) severity: Severity,
}

/// HTML made here, of escaped text and marks.
#[derive(Default)]
pub(crate) struct Markup(String);

impl Markup {
    /// Adds more of it.
    pub(crate) fn push(&mut self, more: &Self) {
        self.0.push_str(&more.0);
    }

    /// Adds the sign for what is left out.
    pub(crate) fn push_ellipsis(&mut self) {
        self.0.push_str("<i>…</i>");
    }

    /// How long it is, in bytes.
    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }
}

impl std::fmt::Display for Markup {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

// Whatever comes from outside goes through `escape`.
impl askama::filters::HtmlSafe for Markup {}

/// The line of a place, or the part of it that is near; none where the place is outside the text.
pub(crate) fn excerpt(text: &[u8], span: Span, severity: Severity) -> Option<Excerpt> {
    let before = text.get(..span.start())?;
    let behind = text.get(span.end()..)?;
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let line_end =
        behind.iter().position(|byte| *byte == b'\n').map_or(text.len(), |at| span.end() + at);
    let start = line_start.max(span.start().saturating_sub(AROUND));
    let end = line_end.min(span.end().saturating_add(AROUND)).min(start + 8 * AROUND);
    let part = text.get(start..end)?;
    let place = Span::new(span.start() - start, span.end().min(end) - start);
    Some(Excerpt { html: marked(part, &[Mark { span: place, severity }]) })
}

/// A text with places marked; where they overlap, the worst counts. An empty place is shown as such.
pub(crate) fn marked(text: &[u8], marks: &[Mark]) -> Markup {
    marked_with_notes(text, marks, &[])
}

/// The same with the numbers of findings.
pub(crate) fn marked_with_notes(text: &[u8], marks: &[Mark], notes: &[Note]) -> Markup {
    let marks: Vec<&Mark> = marks.iter().filter(|mark| mark.span.end() <= text.len()).collect();
    let mut borders: Vec<usize> = marks
        .iter()
        .flat_map(|mark| [mark.span.start(), mark.span.end()])
        .chain(notes.iter().map(|note| note.at))
        .chain([0, text.len()])
        .collect();
    borders.sort_unstable();
    borders.dedup();
    let mut html = String::with_capacity(text.len() + 64 * marks.len());
    let at_point = |at: usize| {
        let marks = marks.iter().copied();
        marks.filter(move |mark| mark.span.is_empty() && mark.span.start() == at)
    };
    for (index, start) in borders.iter().copied().enumerate() {
        notes.iter().filter(|note| note.at == start).for_each(|note| write_note(note, &mut html));
        open(worst(at_point(start)), &mut html, true);
        let Some(end) = borders.get(index + 1).copied() else { break };
        let covering = marks.iter().copied();
        let covering = covering.filter(|mark| mark.span.start() <= start && end <= mark.span.end());
        let severity = worst(covering);
        open(severity, &mut html, false);
        let part = text.get(start..end).unwrap_or_default();
        for character in String::from_utf8_lossy(part).chars() {
            escape(character, &mut html);
        }
        if severity.is_some() {
            html.push_str("</mark>");
        }
    }
    Markup(html)
}

fn worst<'a>(marks: impl Iterator<Item = &'a Mark>) -> Option<Severity> {
    marks.map(|mark| mark.severity).min()
}

fn write_note(note: &Note, html: &mut String) {
    let Note { number, label, severity, .. } = note;
    let tone = super::tone::of_severity(*severity);
    let written = write!(
        html,
        "<a class=\"note {tone}\" id=\"mark-{number}\" href=\"#finding-{number}\" aria-label=\"{}\">{number}</a>",
        super::prose::visible(label)
    );
    debug_assert!(written.is_ok(), "writing to memory does not fail");
}

fn open(severity: Option<Severity>, html: &mut String, is_point: bool) {
    let Some(severity) = severity else { return };
    let tone = super::tone::of_severity(severity);
    let written = if is_point {
        write!(html, "<mark class=\"{tone} point\"></mark>")
    } else {
        write!(html, "<mark class=\"{tone}\">")
    };
    debug_assert!(written.is_ok(), "writing to memory does not fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marks: &[(usize, usize, Severity)]) -> String {
        let marks: Vec<Mark> = marks
            .iter()
            .map(|(start, end, severity)| Mark {
                span: Span::new(*start, *end),
                severity: *severity,
            })
            .collect();
        marked(text.as_bytes(), &marks).to_string()
    }

    #[test]
    fn places_are_marked_and_all_else_is_escaped() {
        assert_eq!(
            shown("a<b>c", &[(1, 4, Severity::Error)]),
            "a<mark class=\"bad\">&lt;b&gt;</mark>c"
        );
        assert_eq!(
            shown("abc", &[(1, 1, Severity::Hint)]),
            "a<mark class=\"idle point\"></mark>bc"
        );
        assert_eq!(
            shown("abcd", &[(0, 3, Severity::Hint), (1, 4, Severity::Error)]),
            "<mark class=\"idle\">a</mark><mark class=\"bad\">bc</mark><mark class=\"bad\">d</mark>"
        );
        assert_eq!(shown("ab", &[(1, 9, Severity::Error)]), "ab", "outside the text");
    }

    #[test]
    fn a_note_stands_where_its_place_begins() {
        let note =
            Note { at: 1, number: 3, label: "Finding \"3\"".into(), severity: Severity::Hint };
        let mark = Mark { span: Span::new(1, 2), severity: Severity::Hint };
        assert_eq!(
            marked_with_notes(b"abc", &[mark], &[note]).to_string(),
            "a<a class=\"note idle\" id=\"mark-3\" href=\"#finding-3\" aria-label=\"Finding &quot;3&quot;\">3</a>\
             <mark class=\"idle\">b</mark>c"
        );
    }

    #[test]
    fn an_excerpt_is_the_line() {
        let line = |text: &str, start, end| {
            excerpt(text.as_bytes(), Span::new(start, end), Severity::Error)
                .map(|excerpt| excerpt.html.to_string())
        };
        let expected = "mode: <mark class=\"bad\">x</mark>".to_owned();
        assert_eq!(line("version: STSv1\nmode: x\nmx: a\n", 21, 22), Some(expected));
        assert_eq!(line("short", 6, 7), None);
        let long = "a".repeat(10_000);
        assert!(line(&long, 5000, 5001).is_some_and(|html| html.len() < 400));
    }
}
