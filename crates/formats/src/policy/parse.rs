use std::collections::BTreeSet;

use memchr::{memchr, memrchr};
use sigillo_findings::{Code, Finding, Findings, Span};

use super::extension::KNOWN_FIELDS;
use super::lines::{LineEnd, Lines};
use super::{Extension, MaxAge, Mode, ParsedPolicy, VERSION, mx_value, values};
use crate::MxPattern;
use crate::field_name::is_field_name;
use crate::limits::POLICY_BYTES;
use crate::misspelling::nearest;
use crate::text::{self, trim_end, trim_start};

/// Reads a policy file, whatever it holds.
///
/// Of more than 64 KiB only the first 64 KiB are read.
#[must_use]
pub fn parse(bytes: &[u8]) -> ParsedPolicy<'_> {
    let mut reader = Reader::new(bytes);
    if let Some(start) = reader.open(bytes.len()) {
        for (span, end) in Lines::new(reader.parsed.text, start) {
            reader.line(span, end);
        }
        reader.close();
    }
    reader.parsed
}

/// What is read of a file: all of it, or of a larger one the whole lines of the first 64 KiB.
fn head(bytes: &[u8]) -> &[u8] {
    let Some(head) = bytes.get(..POLICY_BYTES).filter(|_| bytes.len() > POLICY_BYTES) else {
        return bytes;
    };
    memrchr(b'\n', head).map_or(head, |end| head.get(..=end).unwrap_or(head))
}

/// Reads line after line into a [`ParsedPolicy`].
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the text")]
struct Reader<'a> {
    parsed: ParsedPolicy<'a>,
    /// Whether only the beginning of the file is read.
    is_cut: bool,
    has_mx: bool,
    has_field: bool,
    /// Whether the text has a `#` at all: most have none, and need no look at every value.
    has_hash: bool,
    /// The names of the extension fields so far.
    extension_names: BTreeSet<&'a [u8]>,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            parsed: ParsedPolicy {
                text: head(bytes),
                version: None,
                mode: None,
                max_age: None,
                mx: Vec::new(),
                mx_spans: Vec::new(),
                extensions: Vec::new(),
                extension_spans: Vec::new(),
                version_comes_late: false,
                version_is_right: false,
                faults: Findings::new(),
            },
            is_cut: bytes.len() > POLICY_BYTES,
            has_mx: false,
            has_field: false,
            has_hash: false,
            extension_names: BTreeSet::new(),
        }
    }

    /// Judges the text as a whole: where its lines begin, or nothing if it has none worth reading.
    fn open(&mut self, length: usize) -> Option<usize> {
        let text = self.parsed.text;
        if length > POLICY_BYTES {
            self.fault(
                Finding::new(Code::PolicyTooLarge, Span::at(text.len()))
                    .with("limit", POLICY_BYTES),
            );
        }
        if text::is_utf16(text) {
            self.fault(Finding::new(Code::PolicyUtf16, Span::new(0, 2)));
            return None;
        }
        let start = if text.starts_with(text::UTF8_BOM) {
            let mark = Span::new(0, text::UTF8_BOM.len());
            self.fault(Finding::new(Code::PolicyBom, mark).fixed_by(mark, ""));
            mark.end()
        } else {
            0
        };
        let visible = text.get(start..).unwrap_or_default().trim_ascii_start();
        if visible.is_empty() {
            self.fault(Finding::new(Code::PolicyEmpty, Span::new(0, text.len())));
            return None;
        }
        if visible.starts_with(b"<") {
            let begin = text.len() - visible.len();
            let tag = memchr(b'>', visible).map_or(1, |end| end + 1);
            self.fault(Finding::new(Code::PolicyHtml, Span::new(begin, begin + tag)));
            return None;
        }
        self.has_hash = memchr(b'#', text).is_some();
        Some(start)
    }

    fn line(&mut self, span: Span, end: LineEnd) {
        if end == LineEnd::LoneCr {
            let mark = Span::new(span.end(), span.end() + 1);
            self.fault(Finding::new(Code::PolicyLoneCr, mark).fixed_by(mark, "\n"));
        }
        let line = trim_end(self.parsed.text, span);
        if line.is_empty() {
            // RFC 8461 §3.2 has no empty lines; STANDARDS, our reading, point 1.
            self.fault(Finding::new(Code::PolicyBlankLine, span));
            return;
        }
        let content = trim_start(self.parsed.text, line);
        match content.of(self.parsed.text) {
            [b'#', ..] => return self.fault(Finding::new(Code::PolicyComment, content)),
            b"---" => return self.fault(Finding::new(Code::PolicyFrontMatter, content)),
            _ => {}
        }
        let indent = Span::new(line.start(), content.start());
        // The colon is near in all lines that are fields: no need to search at large.
        let colon = content.of(self.parsed.text).iter().position(|byte| *byte == b':');
        if let Some(colon) = colon {
            self.field(indent, content, content.start() + colon);
        } else {
            self.indented(indent);
            self.not_a_field(content);
        }
    }

    fn indented(&mut self, indent: Span) {
        if !indent.is_empty() {
            self.fault(Finding::new(Code::PolicyIndentedLine, indent).fixed_by(indent, ""));
        }
    }

    fn field(&mut self, indent: Span, line: Span, colon: usize) {
        let text = self.parsed.text;
        let before = Span::new(line.start(), colon);
        let name = trim_end(text, before);
        if self.is_repeated(name.of(text)) {
            // However it looks: the first counts.
            return self.duplicate(name);
        }
        self.indented(indent);
        if name.len() < before.len() && !name.is_empty() {
            let gap = Span::new(name.end(), colon);
            self.fault(
                Finding::new(Code::PolicySpaceBeforeColon, gap)
                    .with_bytes("name", name.of(text))
                    .fixed_by(gap, ""),
            );
        }
        let value = trim_start(text, Span::new(colon + 1, line.end()));
        let first = !std::mem::replace(&mut self.has_field, true);
        match name.of(text) {
            b"version" => self.version(name, value, first),
            b"mode" => self.mode(name, value),
            b"max_age" => self.max_age(name, value),
            b"mx" => self.mx(name, value),
            _ => self.extension(name, value),
        }
    }

    /// Whether a field of this name was there already, and may be there once.
    fn is_repeated(&self, name: &[u8]) -> bool {
        match name {
            b"version" => self.parsed.version.is_some(),
            b"mode" => self.parsed.mode.is_some(),
            b"max_age" => self.parsed.max_age.is_some(),
            b"mx" => false,
            _ => self.extension_names.contains(name),
        }
    }

    fn version(&mut self, name: Span, value: Span, first: bool) {
        self.parsed.version = Some(name);
        self.parsed.version_comes_late = !first;
        let Some(value) = self.value(name, value) else {
            return;
        };
        if value.of(self.parsed.text) == VERSION.as_bytes() {
            self.parsed.version_is_right = true;
        } else {
            self.fault(
                Finding::new(Code::PolicyVersionInvalid, value)
                    .with_bytes("value", value.of(self.parsed.text))
                    .fixed_by(value, VERSION),
            );
        }
    }

    fn mode(&mut self, name: Span, value: Span) {
        self.parsed.mode = Some((None, name));
        let Some(value) = self.value(name, value) else {
            return;
        };
        let text = value.of(self.parsed.text);
        match Mode::ALL.into_iter().find(|mode| mode.name().as_bytes() == text) {
            Some(mode) => self.parsed.mode = Some((Some(mode), value)),
            None => self.fault(values::explain_mode(text, value)),
        }
    }

    fn max_age(&mut self, name: Span, value: Span) {
        self.parsed.max_age = Some((None, name));
        let Some(value) = self.value(name, value) else {
            return;
        };
        let text = value.of(self.parsed.text);
        let Some(seconds) = values::seconds(text) else {
            return self.fault(values::explain_max_age(text, value));
        };
        let max_age = MaxAge::from_seconds(seconds).unwrap_or_else(|_| {
            // STANDARDS, our reading, point 1: read as the longest.
            self.fault(
                Finding::new(Code::PolicyMaxAgeTooLarge, value)
                    .with("value", seconds)
                    .with("limit", MaxAge::MAXIMUM.seconds())
                    .fixed_by(value, MaxAge::MAXIMUM.to_string()),
            );
            MaxAge::MAXIMUM
        });
        self.parsed.max_age = Some((Some(max_age), value));
    }

    fn mx(&mut self, name: Span, value: Span) {
        self.has_mx = true;
        let Some(value) = self.value(name, value) else {
            return;
        };
        match MxPattern::from_ascii(value.of(self.parsed.text)) {
            Ok(pattern) => {
                self.parsed.mx.push(pattern);
                self.parsed.mx_spans.push(value);
            }
            Err(error) => {
                let finding = mx_value::explain(value.of(self.parsed.text), value, error);
                self.fault(finding);
            }
        }
    }

    fn extension(&mut self, name: Span, value: Span) {
        let text = self.parsed.text;
        if !is_field_name(name.of(text)) {
            let hidden = text::hidden_fault(text, name, &text::POLICY);
            return self.fault(hidden.unwrap_or_else(|| {
                Finding::new(Code::PolicyFieldNameInvalid, name).with_bytes("name", name.of(text))
            }));
        }
        self.extension_names.insert(name.of(text));
        if value.is_empty() {
            return self.empty(name);
        }
        let (Ok(name_text), Ok(value_text)) =
            (str::from_utf8(name.of(text)), str::from_utf8(value.of(text)))
        else {
            let fault = text::not_utf8(text, value, &text::POLICY);
            return self.parsed.faults.extend(fault);
        };
        match Extension::new(name_text, value_text) {
            Ok(extension) => {
                self.parsed.extensions.push(extension);
                self.parsed.extension_spans.push(name);
            }
            // The name is fine and the value has no blank at an end: it has a control character.
            Err(_) => {
                self.parsed.faults.extend(text::control_character(text, value, &text::POLICY));
            }
        }
    }

    /// A value without the comment that people put behind it; nothing, with the fault noted, if
    /// none is left.
    fn value(&mut self, name: Span, value: Span) -> Option<Span> {
        let text = self.parsed.text;
        let mut value = value;
        // No value that the standard defines has a `#`.
        if self.has_hash
            && let Some(hash) = memchr(b'#', value.of(text))
        {
            let comment = Span::new(value.start() + hash, value.end());
            value = trim_end(text, Span::new(value.start(), comment.start()));
            let removed = Span::new(value.end(), comment.end());
            self.fault(Finding::new(Code::PolicyComment, comment).fixed_by(removed, ""));
        }
        if value.is_empty() {
            self.empty(name);
            return None;
        }
        Some(value)
    }

    fn not_a_field(&mut self, line: Span) {
        let text = self.parsed.text;
        if let Some(hidden) = text::hidden_fault(text, line, &text::POLICY) {
            return self.fault(hidden);
        }
        let mut finding = Finding::new(Code::PolicyLineWithoutColon, line);
        let content = line.of(text);
        let name_end = content.iter().position(|byte| matches!(byte, b'=' | b' ' | b'\t'));
        if let Some(end) = name_end {
            let name = Span::new(line.start(), line.start() + end);
            if KNOWN_FIELDS.iter().any(|field| field.as_bytes() == name.of(text)) {
                let rest = content.get(end..).unwrap_or_default();
                let joint = rest.iter().take_while(|byte| b"= \t".contains(byte)).count();
                let joint = Span::new(name.end(), name.end() + joint);
                finding = finding.fixed_by(joint, ": ");
            }
        }
        self.fault(finding);
    }

    /// Judges what is missing once everything was read.
    fn close(&mut self) {
        let end = Span::at(self.parsed.text.len());
        if self.is_cut {
            // What is missing may stand in what was not read.
            return;
        }
        if self.parsed.version.is_none() {
            let start = Span::at(if self.parsed.text.starts_with(text::UTF8_BOM) { 3 } else { 0 });
            let finding = Finding::new(Code::PolicyVersionMissing, end);
            // A misspelt one has a fix of its own.
            let mut names = self.parsed.extensions.iter().map(Extension::name);
            let is_misspelt = names.any(|name| nearest(name, &KNOWN_FIELDS) == Some("version"));
            self.fault(if is_misspelt {
                finding
            } else {
                finding.fixed_by(start, format!("version: {VERSION}\n"))
            });
        }
        if self.parsed.mode.is_none() {
            self.fault(Finding::new(Code::PolicyModeMissing, end));
        }
        if self.parsed.max_age.is_none() {
            self.fault(Finding::new(Code::PolicyMaxAgeMissing, end));
        }
        let mode = self.parsed.mode.and_then(|(mode, _)| mode);
        if !self.has_mx && mode != Some(Mode::None) {
            let name = mode.map_or("enforce, testing", Mode::name);
            self.fault(Finding::new(Code::PolicyMxMissing, end).with("mode", name));
        }
    }

    fn duplicate(&mut self, name: Span) {
        self.fault(
            Finding::new(Code::PolicyDuplicateField, name)
                .with_bytes("name", name.of(self.parsed.text)),
        );
    }

    fn empty(&mut self, name: Span) {
        self.fault(
            Finding::new(Code::PolicyValueEmpty, name)
                .with_bytes("name", name.of(self.parsed.text)),
        );
    }

    fn fault(&mut self, finding: Finding) {
        self.parsed.faults.push(finding);
    }
}
