use memchr::memchr2;
use sigillo_findings::Span;

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// LF or CRLF: both are right (RFC 8461 §3.2).
    Term,
    /// CR without LF: not a line end, but read as one to find what was meant.
    LoneCr,
    /// The end of the file.
    EndOfFile,
}

/// The lines of a policy file with their places.
pub(super) struct Lines<'a> {
    text: &'a [u8],
    next: usize,
}

impl<'a> Lines<'a> {
    /// The lines from an offset on.
    pub(super) const fn new(text: &'a [u8], start: usize) -> Self {
        Self { text, next: start }
    }
}

impl Iterator for Lines<'_> {
    type Item = (Span, LineEnd);

    fn next(&mut self) -> Option<(Span, LineEnd)> {
        let start = self.next;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let Some(length) = memchr2(b'\n', b'\r', rest) else {
            self.next = self.text.len();
            return Some((Span::new(start, self.next), LineEnd::EndOfFile));
        };
        let (end, skip) = match rest.get(length..) {
            Some([b'\n', ..]) => (LineEnd::Term, 1),
            Some([b'\r', b'\n', ..]) => (LineEnd::Term, 2),
            _ => (LineEnd::LoneCr, 1),
        };
        self.next = start + length + skip;
        Some((Span::new(start, start + length), end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(&str, LineEnd)> {
        Lines::new(text.as_bytes(), 0).map(|(span, end)| (&text[span.range()], end)).collect()
    }

    #[test]
    fn every_kind_of_end() {
        assert_eq!(
            lines("a\nb\r\nc\rd"),
            [
                ("a", LineEnd::Term),
                ("b", LineEnd::Term),
                ("c", LineEnd::LoneCr),
                ("d", LineEnd::EndOfFile)
            ]
        );
        assert_eq!(lines("a\n"), [("a", LineEnd::Term)]);
        assert_eq!(lines("\r\r\n"), [("", LineEnd::LoneCr), ("", LineEnd::Term)]);
        assert_eq!(lines(""), []);
    }
}
