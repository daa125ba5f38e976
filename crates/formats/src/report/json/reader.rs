use sigillo_findings::{Code, Finding, Findings, Span};

use super::escape::read_escape;
use super::{Fault, Kind, Node, character_at};
use crate::limits::{JSON_DEPTH, JSON_VALUES};

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    Value,
    Colon,
    /// A key, or the end of the object.
    Key {
        after_comma: bool,
    },
    /// An element, or the end of the array.
    Element {
        after_comma: bool,
    },
    /// A comma, or the end of whatever is open.
    Comma,
}

/// Reads one value with all that is in it.
pub(super) struct Reader<'a, 'f> {
    text: &'a [u8],
    position: usize,
    nodes: Vec<Node>,
    /// The arrays and objects around the position, as indexes of `nodes`, outermost first.
    open: Vec<usize>,
    findings: &'f mut Findings,
}

impl<'a, 'f> Reader<'a, 'f> {
    pub(super) fn new(text: &'a [u8], start: usize, findings: &'f mut Findings) -> Self {
        Self { text, position: start, nodes: Vec::new(), open: Vec::new(), findings }
    }

    /// The values, where the reading ended, and why if it was too early. What was open then is
    /// taken to end there.
    pub(super) fn read(mut self) -> (Vec<Node>, usize, Option<Fault>) {
        let fault = self.value_with_all_in_it().err();
        while !self.open.is_empty() {
            self.close();
        }
        (self.nodes, self.position, fault)
    }

    fn value_with_all_in_it(&mut self) -> Result<(), Fault> {
        let mut expected = Expected::Value;
        while !(expected == Expected::Comma && self.open.is_empty()) {
            self.skip_white_space();
            let byte = self.peek().ok_or(Fault::Truncated)?;
            expected = match (expected, byte) {
                (Expected::Key { after_comma }, b'}')
                | (Expected::Element { after_comma }, b']') => {
                    if after_comma {
                        self.raise_trailing_comma();
                    }
                    self.position += 1;
                    self.close();
                    Expected::Comma
                }
                (Expected::Key { .. }, b'"') => {
                    self.string()?;
                    Expected::Colon
                }
                (Expected::Colon, b':') => {
                    self.position += 1;
                    Expected::Value
                }
                (Expected::Value | Expected::Element { .. }, _) => self.value(byte)?,
                (Expected::Comma, b',' | b'}' | b']') => self.comma_or_end(byte)?,
                _ => return Err(Fault::Unexpected),
            };
        }
        Ok(())
    }

    /// A scalar, or the beginning of an array or object.
    fn value(&mut self, byte: u8) -> Result<Expected, Fault> {
        match byte {
            b'{' => {
                self.open(Kind::Object)?;
                return Ok(Expected::Key { after_comma: false });
            }
            b'[' => {
                self.open(Kind::Array)?;
                return Ok(Expected::Element { after_comma: false });
            }
            b'"' => self.string()?,
            b'-' | b'0'..=b'9' => self.number()?,
            b't' => self.word(b"true", Kind::Boolean)?,
            b'f' => self.word(b"false", Kind::Boolean)?,
            b'n' => self.word(b"null", Kind::Null)?,
            _ => return Err(Fault::Unexpected),
        }
        Ok(Expected::Comma)
    }

    fn comma_or_end(&mut self, byte: u8) -> Result<Expected, Fault> {
        let kind = self.open.last().and_then(|index| self.nodes.get(*index));
        let next = match (kind.map(|node| node.kind), byte) {
            (Some(Kind::Object), b',') => Expected::Key { after_comma: true },
            (Some(Kind::Array), b',') => Expected::Element { after_comma: true },
            (Some(Kind::Object), b'}') | (Some(Kind::Array), b']') => Expected::Comma,
            _ => return Err(Fault::Unexpected),
        };
        self.position += 1;
        if byte != b',' {
            self.close();
        }
        Ok(next)
    }

    fn open(&mut self, kind: Kind) -> Result<(), Fault> {
        if self.open.len() >= JSON_DEPTH {
            return Err(Fault::TooComplex);
        }
        let start = self.position;
        self.position += 1;
        self.open.push(self.nodes.len());
        self.push(kind, start)
    }

    /// Ends the innermost array or object at the position.
    fn close(&mut self) {
        let next = self.nodes.len();
        if let Some(node) = self.open.pop().and_then(|index| self.nodes.get_mut(index)) {
            node.span = Span::new(node.span.start(), self.position);
            node.next = next;
        }
    }

    fn push(&mut self, kind: Kind, start: usize) -> Result<(), Fault> {
        if self.nodes.len() >= JSON_VALUES {
            return Err(Fault::TooComplex);
        }
        self.nodes.push(Node {
            kind,
            span: Span::new(start, self.position),
            next: self.nodes.len() + 1,
        });
        Ok(())
    }

    fn word(&mut self, word: &[u8], kind: Kind) -> Result<(), Fault> {
        let start = self.position;
        for expected in word {
            if self.peek().ok_or(Fault::Truncated)? != *expected {
                return Err(Fault::Unexpected);
            }
            self.position += 1;
        }
        self.push(kind, start)
    }

    fn number(&mut self) -> Result<(), Fault> {
        let start = self.position;
        self.skip_if(b"-");
        if !self.skip_if(b"0") {
            self.digits()?;
        }
        if self.skip_if(b".") {
            self.digits()?;
        }
        if self.skip_if(b"eE") {
            self.skip_if(b"+-");
            self.digits()?;
        }
        self.push(Kind::Number, start)
    }

    /// One or more digits.
    fn digits(&mut self) -> Result<(), Fault> {
        if !self.peek().ok_or(Fault::Truncated)?.is_ascii_digit() {
            return Err(Fault::Unexpected);
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.position += 1;
        }
        Ok(())
    }

    /// A string; its control characters and impossible escapes are let pass, with a finding for
    /// the first of each.
    fn string(&mut self) -> Result<(), Fault> {
        let start = self.position;
        self.position += 1;
        let mut control = None;
        let mut escape = None;
        loop {
            let at = self.position;
            match self.peek().ok_or(Fault::Truncated)? {
                b'"' => {
                    self.position += 1;
                    break;
                }
                b'\\' => {
                    let rest = self.text.get(at..).unwrap_or_default();
                    let (length, character) = read_escape(rest).ok_or(Fault::Truncated)?;
                    self.position += length;
                    if character.is_none() {
                        // Also the character behind a backslash that stands alone.
                        escape.get_or_insert_with(|| {
                            let end = character_at(self.text, at + 1).end();
                            Span::new(at, end.max(self.position))
                        });
                    }
                }
                byte => {
                    self.position += 1;
                    if byte < b' ' {
                        control.get_or_insert((at, byte));
                    }
                }
            }
        }
        if let Some((at, byte)) = control {
            let finding = Finding::new(Code::ReportControlCharacter, Span::new(at, at + 1))
                .with("character", char::from(byte))
                .fixed_by(Span::new(at, at + 1), format!("\\u{byte:04x}"));
            self.findings.push(finding);
        }
        if let Some(span) = escape {
            let finding = Finding::new(Code::ReportEscapeInvalid, span)
                .with_bytes("value", span.of(self.text));
            self.findings.push(finding);
        }
        self.push(Kind::String, start)
    }

    fn raise_trailing_comma(&mut self) {
        let before = self.text.get(..self.position).unwrap_or_default();
        let comma = before.trim_ascii_end().len().saturating_sub(1);
        let span = Span::new(comma, comma + 1);
        self.findings.push(Finding::new(Code::ReportTrailingComma, span).fixed_by(span, ""));
    }

    fn skip_white_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.position += 1;
        }
    }

    /// Goes over the next byte if it is one of these.
    fn skip_if(&mut self, bytes: &[u8]) -> bool {
        let is_one = self.peek().is_some_and(|byte| bytes.contains(&byte));
        self.position += usize::from(is_one);
        is_one
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.position).copied()
    }
}
