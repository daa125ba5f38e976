use std::ops::Range;

/// A half-open range of bytes of the text that was judged, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The bytes from `start` up to, without, `end`; an `end` before `start` counts as `start`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// No bytes, at a place between two.
    #[must_use]
    pub const fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The offset of the first byte.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start
    }

    /// The offset behind the last byte.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end
    }

    /// The number of bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span has no bytes.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range, to index with.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The span moved by `offset` bytes: from a part's own count to that of the whole.
    #[must_use]
    pub const fn shifted(self, offset: usize) -> Self {
        Self::new(self.start.saturating_add(offset), self.end.saturating_add(offset))
    }

    /// The bytes of the span; none where it lies outside the text.
    #[must_use]
    pub fn of(self, text: &[u8]) -> &[u8] {
        text.get(self.range()).unwrap_or_default()
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A place in a text as people count: line and column from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1; a byte that is not part of valid UTF-8 counts as one column.
    pub column: usize,
}

/// Where the lines of a text begin, for turning offsets into positions.
///
/// Lines end in LF (so CRLF ends one too), as in a policy file (RFC 8461 §3.2).
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a [u8],
    starts: Vec<usize>,
    /// Offsets with the columns before them in their line, so that a long line need not be counted
    /// from its beginning again and again.
    marks: Vec<(usize, usize)>,
}

/// About how many bytes lie between two marks in a long line.
const BETWEEN_MARKS: usize = 1024;

impl<'a> LineIndex<'a> {
    /// Finds the lines of a text.
    #[must_use]
    pub fn new(text: &'a [u8]) -> Self {
        let ends = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let starts: Vec<usize> =
            std::iter::once(0).chain(ends.map(|(offset, _)| offset + 1)).collect();
        let mut marks = Vec::new();
        for (index, start) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(text.len());
            if end - start > BETWEEN_MARKS {
                mark(text, Span::new(*start, end), &mut marks);
            }
        }
        Self { text, starts, marks }
    }

    /// The position of a byte offset; an offset behind the text counts as its end.
    ///
    /// ```
    /// # use sigillo_findings::LineIndex;
    /// let index = LineIndex::new("perché\nno".as_bytes());
    /// let position = index.position(7); // the line end: "é" takes two bytes, one column
    /// assert_eq!((position.line, position.column), (1, 7));
    /// ```
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let (line, start) = self.line_start(offset);
        let marks = self.marks.partition_point(|(mark, _)| *mark <= offset);
        let mark = marks.checked_sub(1).and_then(|index| self.marks.get(index));
        let (from, before) = mark.copied().filter(|(mark, _)| *mark > start).unwrap_or((start, 0));
        let column = before + columns(Span::new(from, offset).of(self.text));
        Position { line, column: column + 1 }
    }

    /// The span of the line that holds the offset, without its line end.
    #[must_use]
    pub fn line_around(&self, offset: usize) -> Span {
        let offset = offset.min(self.text.len());
        let (line, start) = self.line_start(offset);
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        let line = Span::new(start, end);
        match line.of(self.text) {
            [.., b'\r'] => Span::new(start, end - 1),
            _ => line,
        }
    }

    /// Number (from 1) and first offset of the line that holds the offset.
    fn line_start(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index));
        (line, start.copied().unwrap_or(0))
    }
}

/// How many columns a text takes.
fn columns(text: &[u8]) -> usize {
    text.utf8_chunks().map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum()
}

/// Sets marks in a long line, each where a character begins.
fn mark(text: &[u8], line: Span, marks: &mut Vec<(usize, usize)>) {
    let (mut offset, mut column, mut last) = (line.start(), 0, line.start());
    for chunk in line.of(text).utf8_chunks() {
        for character in chunk.valid().chars() {
            if offset - last >= BETWEEN_MARKS {
                marks.push((offset, column));
                last = offset;
            }
            offset += character.len_utf8();
            column += 1;
        }
        offset += chunk.invalid().len();
        column += chunk.invalid().len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_counted_the_same() {
        let text =
            ["é\u{1f600}a".repeat(3000).into_bytes(), vec![0xff; 3000], b"\nb".to_vec()].concat();
        let index = LineIndex::new(&text);
        for offset in (0..=text.len()).step_by(7) {
            let line_start = text.get(..offset).unwrap().iter().rposition(|byte| *byte == b'\n');
            let before = text.get(line_start.map_or(0, |at| at + 1)..offset).unwrap();
            assert_eq!(index.position(offset).column, columns(before) + 1, "{offset}");
        }
    }

    #[test]
    fn positions_count_scalar_values_and_lone_bytes() {
        let index = LineIndex::new(b"ab\r\n\xffc\n");
        assert_eq!(index.position(0), Position { line: 1, column: 1 });
        assert_eq!(index.position(5), Position { line: 2, column: 2 });
        assert_eq!(index.position(7), Position { line: 3, column: 1 });
        assert_eq!(index.position(99), Position { line: 3, column: 1 });
    }

    #[test]
    fn lines_come_without_their_ends() {
        let index = LineIndex::new(b"ab\r\nc\n");
        assert_eq!(index.line_around(1), Span::new(0, 2));
        assert_eq!(index.line_around(4), Span::new(4, 5));
        assert_eq!(index.line_around(6), Span::new(6, 6));
    }

    #[test]
    fn a_span_outside_the_text_has_no_bytes() {
        assert_eq!(Span::new(2, 9).of(b"abc"), b"");
        assert_eq!(Span::new(5, 2), Span::at(5));
    }
}
