//! Splitting a record into its version and fields, with everything that is wrong on the way.

use std::collections::BTreeSet;

use memchr::memchr;
use sigillo_findings::{Code, Finding, Findings, Span};

use crate::field_name::is_field_name;
use crate::limits::TXT_BYTES;
use crate::text::{character_at, is_blank, trim, trim_start};

/// What makes one kind of record different from the others.
pub(crate) struct RecordFormat {
    /// The name of the version: `STSv1`.
    pub(crate) version: &'static str,
    /// The first field as the standard writes it: `v=STSv1`.
    pub(crate) prefix: &'static str,
    pub(crate) grammar: Grammar,
    pub(crate) codes: RecordCodes,
}

/// Which grammar the fields follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grammar {
    /// MTA-STS and TLS-RPT: no blanks around `=` (RFC 8461 §3.1, RFC 8460 §3).
    Fields,
    /// DMARC: blanks around `=`, names of letters only (RFC 9989 §4.8).
    Tags,
}

/// The codes under which a record's faults are reported.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RecordCodes {
    pub(crate) empty: Code,
    pub(crate) too_long: Code,
    pub(crate) quoted: Code,
    pub(crate) surrounding_space: Code,
    pub(crate) control_character: Code,
    pub(crate) not_ascii: Code,
    pub(crate) version_missing: Code,
    pub(crate) version_not_first: Code,
    pub(crate) version_invalid: Code,
    pub(crate) separator_missing: Code,
    /// White space before the first semicolon, where that is a fault.
    pub(crate) space_before_semicolon: Option<Code>,
    pub(crate) field_empty: Code,
    pub(crate) field_without_equals: Code,
    /// White space around `=`, where that is a fault.
    pub(crate) space_around_equals: Option<Code>,
    pub(crate) field_name_invalid: Code,
    pub(crate) value_empty: Code,
    pub(crate) duplicate_field: Code,
    /// A value that a field which the standard does not define can't have, where there is such.
    pub(crate) value_invalid: Option<Code>,
    pub(crate) unknown_field: Code,
}

/// A field with a well-formed name and a value that is not empty.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'a> {
    pub(crate) name: &'a str,
    pub(crate) name_span: Span,
    pub(crate) value: &'a [u8],
    pub(crate) value_span: Span,
    /// Whether the value has none but printable ASCII characters and blanks; if not, that is
    /// reported already.
    pub(crate) is_plain: bool,
}

/// The parts of a record.
#[derive(Debug)]
pub(crate) struct Split<'a> {
    /// Whether the version is the right one.
    pub(crate) version_is_right: bool,
    /// The fields behind the version, in their order; of repeated ones the first.
    pub(crate) fields: Vec<Field<'a>>,
    /// The names of all fields, also of those without a value.
    names: BTreeSet<&'a str>,
    /// Whether there is nothing but white space.
    is_blank: bool,
    /// Whether only the beginning of the text is read.
    is_cut: bool,
    /// Where something that is missing would go.
    end: Span,
}

impl Split<'_> {
    /// The place where a field would go that is missing; none if it is there, well formed or not.
    pub(crate) fn missing(&self, name: &str) -> Option<Span> {
        let may_be_missing = !self.is_blank && !self.is_cut;
        (may_be_missing && !self.names.contains(name)).then_some(self.end)
    }
}

/// Splits a record.
pub(crate) fn split<'a>(
    text: &'a [u8],
    format: &RecordFormat,
    findings: &mut Findings,
) -> Split<'a> {
    let mut splitter = Splitter {
        text,
        format,
        findings,
        split: Split {
            version_is_right: false,
            fields: Vec::new(),
            names: BTreeSet::new(),
            is_blank: false,
            is_cut: text.len() >= TXT_BYTES,
            end: Span::at(text.len()),
        },
        ignored: Vec::new(),
    };
    splitter.run();
    splitter.split
}

/// A record on its way into its parts.
pub(super) struct Splitter<'a, 'b> {
    pub(super) text: &'a [u8],
    pub(super) format: &'b RecordFormat,
    pub(super) findings: &'b mut Findings,
    pub(super) split: Split<'a>,
    /// The values of repeated fields.
    ignored: Vec<Span>,
}

impl Splitter<'_, '_> {
    fn run(&mut self) {
        let whole = Span::new(0, self.text.len());
        let content = trim(self.text, whole);
        if content.is_empty() {
            self.findings.push(Finding::new(self.format.codes.empty, whole));
            self.split.is_blank = true;
            return;
        }
        self.surrounding_space(content);

        let mut pieces = Vec::new();
        let mut rest = content;
        while let Some(length) = memchr(b';', rest.of(self.text)) {
            pieces.push(Span::new(rest.start(), rest.start() + length));
            rest = Span::new(rest.start() + length + 1, rest.end());
        }
        // What follows the last semicolon may be nothing: the delimiter at the end is optional.
        if !trim(self.text, rest).is_empty() {
            pieces.push(rest);
        }
        let mut pieces = pieces.into_iter();
        // A second `v` is a repeated field.
        self.split.names.insert("v");
        let late_version = pieces.next().and_then(|first| self.version(first, pieces.as_slice()));
        for piece in pieces {
            if late_version != Some(piece) {
                self.field(piece);
            }
        }
        self.odd_characters(content);
    }

    fn surrounding_space(&mut self, content: Span) {
        let code = self.format.codes.surrounding_space;
        if content.start() > 0 {
            let space = Span::new(0, content.start());
            self.findings.push(Finding::new(code, space).fixed_by(space, ""));
        }
        // Behind a last semicolon white space is part of the delimiter.
        if content.end() < self.text.len() && !content.of(self.text).ends_with(b";") {
            let space = Span::new(content.end(), self.text.len());
            self.findings.push(Finding::new(code, space).fixed_by(space, ""));
        }
    }

    fn tab(&mut self, value: Span) {
        if let Some(offset) = memchr(b'\t', value.of(self.text)) {
            let start = value.start() + offset;
            self.findings.push(
                Finding::new(self.format.codes.control_character, Span::new(start, start + 1))
                    .with("character", '\t'),
            );
        }
    }

    /// The characters that no record has, but for those in the values of repeated fields.
    fn odd_characters(&mut self, content: Span) {
        let mut offset = content.start();
        let ignored = std::mem::take(&mut self.ignored);
        let mut ignored = ignored.iter().peekable();
        while let Some(length) =
            Span::new(offset, content.end()).of(self.text).iter().position(|byte| !is_text(*byte))
        {
            let start = offset + length;
            while ignored.next_if(|value| value.end() <= start).is_some() {}
            if let Some(value) = ignored.peek()
                && value.start() <= start
            {
                offset = value.end();
                continue;
            }
            let (character, length) = character_at(self.text, start);
            let code = if character.is_ascii_control() {
                self.format.codes.control_character
            } else {
                self.format.codes.not_ascii
            };
            let span = Span::new(start, start + length);
            self.findings.push(Finding::new(code, span).with("character", character));
            offset = start + length;
        }
    }

    /// Whether the bytes of a span can name a field.
    pub(super) fn is_name(&self, name: Span) -> bool {
        let name = name.of(self.text);
        match self.format.grammar {
            Grammar::Fields => is_field_name(name),
            Grammar::Tags => !name.is_empty() && name.iter().all(u8::is_ascii_alphabetic),
        }
    }

    /// What stands on the two sides of the first `=`, without blanks.
    pub(super) fn equals_sign(&self, piece: Span) -> Option<(Span, Span)> {
        let length = memchr(b'=', piece.of(self.text))?;
        let equals = piece.start() + length;
        Some((
            trim(self.text, Span::new(piece.start(), equals)),
            trim(self.text, Span::new(equals + 1, piece.end())),
        ))
    }

    pub(super) fn field(&mut self, piece: Span) {
        let codes = self.format.codes;
        let content = trim(self.text, piece);
        if content.is_empty() {
            let semicolon = Span::new(piece.start(), piece.end() + 1);
            self.findings.push(Finding::new(codes.field_empty, semicolon).fixed_by(semicolon, ""));
            return;
        }
        let Some((name, value)) = self.equals_sign(content) else {
            self.findings.push(
                Finding::new(codes.field_without_equals, content)
                    .with_bytes("field", content.of(self.text)),
            );
            return;
        };
        let Some(name_text) =
            str::from_utf8(name.of(self.text)).ok().filter(|_| self.is_name(name))
        else {
            // Characters that no text of a record has are reported on their own.
            if name.of(self.text).iter().all(|byte| is_text(*byte)) {
                let place = if name.is_empty() { content } else { name };
                self.findings.push(
                    Finding::new(codes.field_name_invalid, place)
                        .with_bytes("name", name.of(self.text)),
                );
            }
            return;
        };
        if !self.split.names.insert(name_text) {
            self.findings.push(Finding::new(codes.duplicate_field, name).with("name", name_text));
            // However it looks: the first counts.
            self.ignored.push(value);
            return;
        }
        if let Some(code) = codes.space_around_equals {
            self.space_around_equals(code, name, value, content);
        }
        if value.is_empty() {
            self.findings.push(Finding::new(codes.value_empty, content).with("name", name_text));
            return;
        }
        let value_text = value.of(self.text);
        // RFC 9989 §4.8: a value has blanks, but no tabs; lists have any white space around commas.
        if self.format.grammar == Grammar::Tags && !["rua", "ruf"].contains(&name_text) {
            self.tab(value);
        }
        self.split.fields.push(Field {
            name: name_text,
            name_span: name,
            value: value_text,
            value_span: value,
            is_plain: is_plain(value_text),
        });
    }

    fn space_around_equals(&mut self, code: Code, name: Span, value: Span, content: Span) {
        let between =
            Span::new(name.end(), if value.is_empty() { content.end() } else { value.start() });
        // Blanks of an empty value are no fault beside that of the value itself.
        let before = trim_start(self.text, between).start() > between.start();
        if before || (!value.is_empty() && between.len() > 1) {
            let text = String::from_utf8_lossy(name.of(self.text)).into_owned();
            self.findings
                .push(Finding::new(code, between).with("name", text).fixed_by(between, "="));
        }
    }
}

/// Whether a part of a record has none but visible ASCII characters and blanks.
pub(crate) fn is_plain(text: &[u8]) -> bool {
    text.iter().all(|byte| is_text(*byte))
}

/// Whether a byte is a visible ASCII character or a blank, as all of a record is.
fn is_text(byte: u8) -> bool {
    byte.is_ascii_graphic() || is_blank(byte)
}

impl Split<'_> {
    /// Reports a field as a misspelling of a known one, if it looks like one. Where that one is
    /// there too, to rename would only repeat it.
    pub(crate) fn misspelling(
        &self,
        field: &Field<'_>,
        known: &[&'static str],
        codes: &RecordCodes,
    ) -> Option<Finding> {
        let meant = crate::misspelling::nearest(field.name, known)?;
        let finding = Finding::new(codes.unknown_field, field.name_span)
            .with("name", field.name)
            .with("suggestion", meant);
        let is_there = self.names.contains(meant);
        Some(if is_there { finding } else { finding.fixed_by(field.name_span, meant) })
    }
}
