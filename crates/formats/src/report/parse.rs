use sigillo_findings::{Code, Finding, Findings, Severity, Span};

use super::Report;
use super::container::{self, State};
use super::json::{Document, Fault, Kind, Value, character_at};
use super::reader::ReportReader;
use crate::limits::{JSON_DEPTH, JSON_VALUES};

const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";

/// Reads a report in any of the ways in which it arrives: as JSON (also with a byte order mark, or
/// in UTF-16), packed with gzip or ZIP, or inside a mail. Anything at all may be given; see
/// [`limits`](crate::limits) for how much of it is read.
#[must_use]
pub fn parse(bytes: &[u8]) -> ParsedReport {
    let mut findings = Findings::new();
    let unpacked = container::unpack(bytes, &mut findings);
    let value = match unpacked.state {
        State::Nothing => Report::default(),
        state => read_text(&unpacked.text, state, &mut findings),
    };
    ParsedReport { value, findings, text: unpacked.text }
}

/// What a report says, and what is wrong with it.
#[derive(Debug, Clone)]
pub struct ParsedReport {
    value: Report,
    findings: Findings,
    text: Vec<u8>,
}

impl ParsedReport {
    /// Whether something usable is in the report.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        !self.findings.has_error()
    }

    /// The report, if something usable is in it.
    #[must_use]
    pub fn into_report(self) -> Option<Report> {
        self.is_valid().then_some(self.value)
    }

    /// Everything that there is to say about the report, in the order of its text.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.findings.clone().into_text_order()
    }

    /// What was understood, also of an invalid report.
    #[must_use]
    pub const fn value(&self) -> &Report {
        &self.value
    }

    /// The JSON text that the spans count in: what was given, or what was unpacked from it.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }
}

fn read_text(text: &[u8], state: State, findings: &mut Findings) -> Report {
    let start = if text.starts_with(UTF8_BOM) {
        let span = Span::new(0, UTF8_BOM.len());
        findings.push(Finding::new(Code::ReportBom, span).fixed_by(span, ""));
        UTF8_BOM.len()
    } else {
        0
    };
    let body = text.get(start..).unwrap_or_default();
    match body.trim_ascii_start().first() {
        Some(b'{' | b'[') => {}
        _ if state == State::Damaged => {
            findings.push(Finding::without_span(Code::ReportArchiveDamaged));
            return Report::default();
        }
        _ if body.iter().copied().all(is_padding) => {
            if state == State::Whole {
                findings.push(Finding::without_span(Code::ReportEmpty));
            }
            return Report::default();
        }
        _ => {
            let offset = text.len() - body.trim_ascii_start().len();
            let span = character_at(text, offset);
            findings.push(Finding::new(Code::ReportNotAnObject, span));
            return Report::default();
        }
    }
    raise_invalid_utf8(text, findings);
    let document = Document::read(text, start, findings);
    let is_complete = document.fault.is_none() && state != State::Cut;
    if state == State::Damaged {
        let damage = Finding::without_span(Code::ReportArchiveDamaged);
        // What came out before the damage was all there is to a report.
        findings.push(if document.fault.is_none() {
            damage.with_severity(Severity::Warning)
        } else {
            damage
        });
    }
    raise_end(text, &document, state, findings);
    let Some(root) = document.root().and_then(|root| report_in(root, findings)) else {
        if is_complete {
            findings.push(Finding::new(Code::ReportNotAnObject, character_at(text, start)));
        }
        return Report::default();
    };
    ReportReader::new(findings, is_complete).report(root)
}

const fn is_padding(byte: u8) -> bool {
    byte == 0 || byte.is_ascii_whitespace()
}

fn raise_invalid_utf8(text: &[u8], findings: &mut Findings) {
    let mut offset = 0;
    for chunk in text.utf8_chunks() {
        offset += chunk.valid().len();
        let span = Span::new(offset, offset + chunk.invalid().len());
        if !span.is_empty() {
            findings.push(Finding::new(Code::ReportNotUtf8, span));
        }
        offset = span.end();
    }
}

/// Raises what ended the reading too early, or what stands behind the end.
fn raise_end(text: &[u8], document: &Document<'_>, state: State, findings: &mut Findings) {
    let end = document.end;
    match document.fault {
        Some(Fault::Unexpected) => {
            let span = character_at(text, end);
            let character = String::from_utf8_lossy(span.of(text)).chars().next();
            let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
            findings.push(Finding::new(Code::ReportJsonInvalid, span).with("character", character));
        }
        Some(Fault::TooComplex) => {
            let finding = Finding::new(Code::ReportJsonTooComplex, character_at(text, end))
                .with("depth", JSON_DEPTH)
                .with("values", JSON_VALUES);
            findings.push(finding);
        }
        // Of a text that was cut or damaged, that has been said.
        Some(Fault::Truncated) if state == State::Whole => {
            findings.push(Finding::new(Code::ReportJsonTruncated, Span::at(end)));
        }
        Some(Fault::Truncated) => {}
        None => {
            let rest = text.get(end..).unwrap_or_default();
            let start = end + (rest.len() - rest.trim_ascii_start().len());
            if start < text.len() {
                let span = Span::new(start, text.len());
                findings.push(Finding::new(Code::ReportTrailingData, span).fixed_by(span, ""));
            }
        }
    }
}

/// The object that is the report: the value itself, or the first object of an array.
fn report_in<'a>(root: Value<'a>, findings: &mut Findings) -> Option<Value<'a>> {
    if root.kind() != Kind::Array {
        return Some(root).filter(|root| root.kind() == Kind::Object);
    }
    let mut objects = root.elements().filter(|element| element.kind() == Kind::Object);
    let first = objects.next()?;
    findings.push(match objects.count() {
        0 => Finding::new(Code::ReportInArray, root.opening()),
        more => Finding::new(Code::ReportSeveral, root.opening()).with("count", more + 1),
    });
    Some(first)
}
