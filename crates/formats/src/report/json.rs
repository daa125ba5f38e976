//! JSON (RFC 8259) with the bytes of every value, read in one pass without recursion.
//!
//! The values stand in one flat list, each with where the next one after it and all within it
//! begins: a small, bounded cost for any input, and all that precedes a fault stays readable.

mod escape;
mod reader;

use std::borrow::Cow;

use sigillo_findings::{Findings, Span};

use self::escape::unescape;
use self::reader::Reader;

/// A text as JSON, as far as it could be read.
#[derive(Debug)]
pub(super) struct Document<'a> {
    text: &'a [u8],
    nodes: Vec<Node>,
    /// What ended the reading before the end of the value.
    pub(super) fault: Option<Fault>,
    /// Where the reading ended.
    pub(super) end: usize,
}

/// A value or a key.
#[derive(Debug, Clone, Copy)]
struct Node {
    kind: Kind,
    span: Span,
    /// The index of the first node behind this one and all that is in it.
    next: usize,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

/// Why a text is no JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nested too deep, or too many values.
    TooComplex,
    /// The text ends within a value.
    Truncated,
    /// A character that can't stand there.
    Unexpected,
}

impl<'a> Document<'a> {
    /// Reads one value from `start` on. What can be mended is raised as a finding; what can't is
    /// the fault.
    pub(super) fn read(text: &'a [u8], start: usize, findings: &mut Findings) -> Self {
        let (nodes, end, fault) = Reader::new(text, start, findings).read();
        Self { text, nodes, fault, end }
    }

    /// The outermost value; none where the text broke off before one.
    pub(super) fn root(&'a self) -> Option<Value<'a>> {
        Value::at(self, 0)
    }
}

/// A value of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'a> {
    document: &'a Document<'a>,
    index: usize,
    node: Node,
}

impl<'a> Value<'a> {
    fn at(document: &'a Document<'a>, index: usize) -> Option<Self> {
        let node = *document.nodes.get(index)?;
        Some(Self { document, index, node })
    }

    /// What the value is.
    pub(super) const fn kind(self) -> Kind {
        self.node.kind
    }

    /// The bytes of the value.
    pub(super) const fn span(self) -> Span {
        self.node.span
    }

    /// The first byte of the value: where to point for something about all of a long one.
    pub(super) const fn opening(self) -> Span {
        let start = self.node.span.start();
        Span::new(start, start + 1)
    }

    /// The value as it is written.
    pub(super) fn raw(self) -> &'a [u8] {
        self.node.span.of(self.document.text)
    }

    /// What a string says, or another scalar as it is written. Bytes that are no UTF-8 and escapes
    /// that stand for nothing are replaced.
    pub(super) fn text(self) -> Cow<'a, str> {
        let raw = self.raw();
        if self.node.kind != Kind::String {
            return String::from_utf8_lossy(raw);
        }
        let inner = raw.strip_prefix(b"\"").unwrap_or(raw);
        let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
        if inner.contains(&b'\\') { unescape(inner).into() } else { String::from_utf8_lossy(inner) }
    }

    /// The values directly in an array; nothing for any other value.
    pub(super) fn elements(self) -> impl Iterator<Item = Self> {
        let end = match self.node.kind {
            Kind::Array => self.node.next,
            _ => self.index,
        };
        let mut index = self.index + 1;
        std::iter::from_fn(move || {
            let element = Self::at(self.document, index).filter(|_| index < end)?;
            index = element.node.next;
            Some(element)
        })
    }

    /// The keys and values directly in an object; nothing for any other value.
    pub(super) fn members(self) -> impl Iterator<Item = (Self, Self)> {
        let end = match self.node.kind {
            Kind::Object => self.node.next,
            _ => self.index,
        };
        let mut index = self.index + 1;
        std::iter::from_fn(move || {
            let key = Self::at(self.document, index)?;
            // A key whose value the text broke off before is dropped.
            let value = Self::at(self.document, key.node.next).filter(|_| key.node.next < end)?;
            index = value.node.next;
            Some((key, value))
        })
    }
}

/// The bytes of the character at an offset; a byte that is no part of UTF-8 counts as one.
pub(super) fn character_at(text: &[u8], offset: usize) -> Span {
    let head = text.get(offset..).unwrap_or_default();
    let head = head.get(..4).unwrap_or(head);
    let first = head.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
    let length = first.map_or(1, char::len_utf8).min(head.len());
    Span::new(offset, offset + length)
}

#[cfg(test)]
mod tests;
