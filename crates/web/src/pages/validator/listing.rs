//! The text with its line numbers and the places of findings, or the parts of it that are near them.

use std::collections::BTreeSet;

use sigillo_findings::{RenderedFinding, Severity, Span};

use crate::page::Frame;
use crate::page::marked::{Mark, Markup, Note, marked_with_notes};

/// Up to which length a text is shown whole, in bytes and lines.
const WHOLE_BYTES: usize = 12_000;
const WHOLE_LINES: usize = 300;

/// How much of the page the text may take, in bytes of HTML.
const HTML: usize = 20_000;

/// About what a line takes without its text, in bytes of HTML.
const LINE_HTML: usize = 60;

/// Up to which length a line is shown whole, in bytes.
const LINE_BYTES: usize = 1_500;

/// How many bytes are shown on each side of a place in a longer line.
const AROUND: usize = 100;

/// How many lines are shown at the beginning of a text that is not shown whole.
const FIRST_LINES: usize = 8;

/// The text.
pub(super) struct Listing {
    pub(super) rows: Vec<Row>,
    /// Whether all of it is there.
    pub(super) is_whole: bool,
    /// The numbers of the findings whose place is there.
    pub(super) marks: BTreeSet<usize>,
}

/// A row of it.
pub(super) enum Row {
    /// A line with its number.
    Line(usize, Markup),
    /// So many lines left out.
    Gap(String),
}

/// A finding's place.
struct Placed {
    number: usize,
    span: Span,
    severity: Severity,
}

impl Listing {
    /// Shows a text with the places of findings, which are numbered from 1.
    pub(super) fn of(frame: &Frame, text: &[u8], findings: &[RenderedFinding]) -> Self {
        let placed: Vec<Placed> = findings
            .iter()
            .enumerate()
            .filter_map(|(index, finding)| {
                let span = finding.span.map(|span| Span::new(span.start, span.end))?;
                let is_inside = span.end() <= text.len();
                is_inside.then_some(Placed { number: index + 1, span, severity: finding.severity })
            })
            .collect();
        let lines = count_lines(text);
        let is_short = text.len() <= WHOLE_BYTES && lines <= WHOLE_LINES;
        let near: BTreeSet<usize> = findings
            .iter()
            .filter_map(|finding| finding.span)
            .flat_map(|span| span.line.saturating_sub(1)..=span.line + 1)
            .chain(1..=FIRST_LINES)
            .collect();
        let mut listing = Self { rows: Vec::new(), is_whole: is_short, marks: BTreeSet::new() };
        let (mut length, mut start, mut left_out) = (0, 0, 0);
        let mut is_full = false;
        for (index, line) in text.split(|byte| *byte == b'\n').enumerate() {
            let (number, span) = (index + 1, Span::new(start, start + line.len()));
            start = span.end() + 1;
            let on_line = || placed.iter().filter(|place| is_on(place.span, span));
            // What is behind the last line end is no line, unless something is wrong there.
            if number == lines && number > 1 && line.is_empty() && on_line().next().is_none() {
                break;
            }
            if is_full || !(is_short || near.contains(&number)) {
                left_out += 1;
                continue;
            }
            let (html, is_cut) = one_line(frame, text, span, &on_line().collect::<Vec<_>>());
            if length + html.len() + LINE_HTML > HTML {
                (is_full, left_out) = (true, left_out + 1);
                continue;
            }
            length += html.len() + LINE_HTML;
            listing.is_whole &= !is_cut;
            listing.gap(frame, left_out);
            left_out = 0;
            listing.marks.extend(
                on_line().filter(|place| begins(place.span, span)).map(|place| place.number),
            );
            listing.rows.push(Row::Line(number, html));
        }
        listing.gap(frame, left_out);
        listing
    }

    fn gap(&mut self, frame: &Frame, count: usize) {
        if count > 0 {
            self.is_whole = false;
            self.rows.push(Row::Gap(frame.t1("validator-gap", "count", count)));
        }
    }
}

fn count_lines(text: &[u8]) -> usize {
    text.split(|byte| *byte == b'\n').count()
}

/// Whether a place has bytes of a line, or begins on it.
fn is_on(place: Span, line: Span) -> bool {
    begins(place, line) || (place.start() < line.start() && place.end() > line.start())
}

/// Whether a place begins on a line; that of its line end is on it.
fn begins(place: Span, line: Span) -> bool {
    (line.start()..=line.end()).contains(&place.start())
}

/// A line with the places on it, and whether parts of it are left out.
fn one_line(frame: &Frame, text: &[u8], line: Span, places: &[&Placed]) -> (Markup, bool) {
    let mut html = Markup::default();
    let parts = parts(line, places);
    let mut end = line.start();
    let mut is_cut = false;
    for part in parts {
        if part.start() > end {
            html.push_ellipsis();
            is_cut = true;
        }
        html.push(&one_part(frame, text, line, part, places));
        end = part.end();
    }
    if end < line.end() {
        html.push_ellipsis();
        is_cut = true;
    }
    (html, is_cut)
}

/// The parts of a line that are shown: all of it, or what is near its places.
fn parts(line: Span, places: &[&Placed]) -> Vec<Span> {
    if line.len() <= LINE_BYTES {
        return vec![line];
    }
    let first = Span::new(line.start(), line.start() + 2 * AROUND);
    let mut parts = vec![first];
    let mut near: Vec<Span> = places
        .iter()
        .map(|place| {
            let start = place.span.start().max(line.start());
            let end = place.span.end().min(line.end()).min(start + 2 * AROUND);
            Span::new(
                start.saturating_sub(AROUND).max(line.start()),
                end.saturating_add(AROUND).min(line.end()),
            )
        })
        .collect();
    near.sort_by_key(|part| part.start());
    for part in near {
        match parts.last_mut() {
            Some(last) if part.start() <= last.end() => {
                *last = Span::new(last.start(), last.end().max(part.end()));
            }
            _ => parts.push(part),
        }
    }
    parts
}

fn one_part(frame: &Frame, text: &[u8], line: Span, part: Span, places: &[&Placed]) -> Markup {
    let within = |at: usize| at.clamp(part.start(), part.end()) - part.start();
    let begins_here = |place: &Placed| {
        let start = place.span.start();
        begins(place.span, line) && part.start() <= start && start <= part.end()
    };
    let marks: Vec<Mark> = places
        .iter()
        .filter(|place| {
            begins_here(place)
                || (place.span.start() < part.end() && place.span.end() > part.start())
        })
        .map(|place| Mark {
            span: Span::new(within(place.span.start()), within(place.span.end())),
            severity: place.severity,
        })
        .collect();
    let notes: Vec<Note> = places
        .iter()
        .filter(|place| begins_here(place))
        .map(|place| Note {
            at: within(place.span.start()),
            number: place.number,
            label: frame.t1("validator-finding", "number", place.number),
            severity: place.severity,
        })
        .collect();
    marked_with_notes(part.of(text), &marks, &notes)
}
