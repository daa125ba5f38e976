//! The findings, each with its number, its place and what mends it.

use sigillo_findings::{Code, RenderedFinding, RenderedFix};
use sigillo_language::Language;

use super::fixes::FixName;
use super::listing::Listing;
use crate::page::prose::length as html_length;
use crate::page::{Frame, Prose, prose, tone};
use crate::place::Place;

/// How many findings a page shows.
const SHOWN: usize = 25;

/// How much of the page they may take, in bytes of HTML.
const HTML: usize = 22_000;

/// About what a finding takes without its texts, in bytes of HTML.
const FRAME_HTML: usize = 900;

/// How many characters of a replacement are shown.
const SHOWN_CHARACTERS: usize = 60;

/// The findings.
pub(super) struct Remarks {
    pub(super) list: Vec<Remark>,
    /// How many are not shown.
    pub(super) more: usize,
    /// How many fixes can be applied together.
    pub(super) together: usize,
}

/// A finding.
pub(super) struct Remark {
    pub(super) number: usize,
    pub(super) tone: &'static str,
    pub(super) word: &'static str,
    pub(super) message: Prose,
    pub(super) help: Prose,
    pub(super) code: String,
    pub(super) code_url: Option<String>,
    pub(super) reference: Option<String>,
    /// Line and column, in words.
    pub(super) place: Option<String>,
    /// Whether the place is marked in the text above.
    pub(super) is_marked: bool,
    pub(super) fix: Option<Offer>,
    pub(super) more: Option<u32>,
}

/// What mends it.
pub(super) struct Offer {
    pub(super) what: Prose,
    /// What the form calls it; none where it can't be applied here.
    pub(super) name: Option<String>,
}

impl Remarks {
    /// Puts findings on the page; `names` are those of their fixes.
    pub(super) fn of(
        frame: &Frame,
        language: Language,
        text: &[u8],
        findings: &[RenderedFinding],
        names: &[Option<FixName>],
    ) -> Self {
        let mut length = 0;
        let mut list = Vec::new();
        for (index, finding) in findings.iter().take(SHOWN).enumerate() {
            let name = names.get(index).copied().flatten();
            let remark = remark(frame, language, text, finding, index + 1, name);
            length += FRAME_HTML + html_length(&finding.message) + html_length(&finding.help);
            length += remark.fix.as_ref().map_or(0, |fix| fix.what.to_string().len() + 200);
            if length > HTML {
                break;
            }
            list.push(remark);
        }
        let more = findings.len() - list.len();
        Self { list, more, together: 0 }
    }

    /// Says what would mend the text, without a way to do it.
    pub(super) fn withdraw_fixes(&mut self) {
        for fix in self.list.iter_mut().filter_map(|remark| remark.fix.as_mut()) {
            fix.name = None;
        }
    }

    /// Leads to the places that are there.
    pub(super) fn link_to(&mut self, listing: &Listing) {
        for remark in &mut self.list {
            remark.is_marked = listing.marks.contains(&remark.number);
        }
    }
}

fn remark(
    frame: &Frame,
    language: Language,
    text: &[u8],
    finding: &RenderedFinding,
    number: usize,
    name: Option<FixName>,
) -> Remark {
    let place = finding.span.map(|span| {
        let arguments =
            [("line", span.line.to_string().into()), ("column", span.column.to_string().into())];
        frame.words().format("validator-where", &arguments)
    });
    let code: Option<Code> = finding.code.parse().ok();
    Remark {
        number,
        tone: tone::of_severity(finding.severity),
        word: finding.severity.word(language),
        message: prose(&finding.message),
        help: prose(&finding.help),
        code: finding.code.clone(),
        code_url: code.map(|code| frame.url(Place::Code(code))),
        reference: finding.reference.clone(),
        place,
        is_marked: false,
        fix: finding.fix.as_ref().map(|fix| Offer {
            what: what(frame, text, fix),
            name: name.map(|name| name.to_string()),
        }),
        more: finding.more,
    }
}

/// What a fix does, in words.
fn what(frame: &Frame, text: &[u8], fix: &RenderedFix) -> Prose {
    let old = text.get(fix.span.start..fix.span.end).unwrap_or_default();
    let old = quoted(&String::from_utf8_lossy(old));
    let with = quoted(&fix.replacement);
    let name = match (fix.span.start == fix.span.end, fix.replacement.is_empty()) {
        (true, _) => "validator-fix-insert",
        (false, true) => "validator-fix-remove",
        (false, false) => "validator-fix-replace",
    };
    prose(&frame.words().format(name, &[("old", old.into()), ("with", with.into())]))
}

/// A text as code, with blanks that can be seen where there is nothing else.
fn quoted(text: &str) -> String {
    let is_blank = text.trim().is_empty();
    let mut shown: String = text
        .chars()
        .take(SHOWN_CHARACTERS)
        .map(|character| match character {
            '\n' => '⏎',
            '\t' => '⇥',
            ' ' if is_blank => '␣',
            // It would end the code.
            '`' => 'ˋ',
            _ => character,
        })
        .collect();
    if text.chars().nth(SHOWN_CHARACTERS).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}
