use std::fmt;
use std::io::{self, BufRead};

/// How much of a line or a field is kept, in bytes: more than any name has, in any form.
const KEPT_BYTES: usize = 2048;

/// How long the head of a CSV file may be, in bytes.
const HEAD_BYTES: usize = 64 * 1024;

/// What separates the fields of CSV files: spreadsheets write semicolons in countries where the
/// comma belongs to numbers.
const SEPARATORS: [u8; 3] = *b",;\t";

/// A list of domains, read as it is needed: one a line, with blank lines and `#` comments between
/// them, or a column of a CSV file (RFC 4180).
///
/// ```
/// # use sigillo_scan::DomainList;
/// let list = DomainList::lines("example.com\n\n# old\nexample.net\n".as_bytes());
/// assert_eq!(list.collect::<Result<Vec<_>, _>>()?, ["example.com", "example.net"]);
///
/// let list = DomainList::column("rank,domain\n1,\"example.com\"\n".as_bytes(), "domain")?;
/// assert_eq!(list.collect::<Result<Vec<_>, _>>()?, ["example.com"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct DomainList<R> {
    source: R,
    column: Option<Column>,
    begun: bool,
}

#[derive(Debug, Clone, Copy)]
struct Column {
    separator: u8,
    index: usize,
}

/// Why a list can't be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum ListError {
    /// The source failed.
    Io(io::Error),
    /// The head of the CSV file has no such column.
    NoColumn,
}

impl<R: BufRead> DomainList<R> {
    /// A list with one domain a line.
    pub const fn lines(source: R) -> Self {
        Self { source, column: None, begun: false }
    }

    /// The list in the column of a CSV file that its head gives this name; its fields are separated
    /// by commas, semicolons or tabs.
    ///
    /// # Errors
    /// If the head can't be read or names no such column.
    pub fn column(mut source: R, name: &str) -> Result<Self, ListError> {
        let head = read_line(&mut source, HEAD_BYTES)?.unwrap_or_default();
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
        let column = SEPARATORS.into_iter().find_map(|separator| {
            let fields = fields(head, separator);
            let index = fields.iter().position(|field| field.eq_ignore_ascii_case(name.trim()))?;
            Some(Column { separator, index })
        });
        let column = column.ok_or(ListError::NoColumn)?;
        Ok(Self { source, column: Some(column), begun: true })
    }

    fn next_text(&mut self) -> io::Result<Option<String>> {
        loop {
            let text = match self.column {
                None => read_line(&mut self.source, KEPT_BYTES)?,
                Some(column) => read_field(&mut self.source, column)?,
            };
            let Some(text) = text else { return Ok(None) };
            let text = match text.strip_prefix(b"\xef\xbb\xbf") {
                Some(rest) if !self.begun => rest,
                _ => &text,
            };
            self.begun = true;
            let text = String::from_utf8_lossy(text);
            let text = text.trim();
            let is_comment = self.column.is_none() && text.starts_with('#');
            if !text.is_empty() && !is_comment {
                return Ok(Some(text.to_owned()));
            }
        }
    }
}

impl<R: BufRead> Iterator for DomainList<R> {
    type Item = io::Result<String>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_text().transpose()
    }
}

/// A line without its end, cut behind `limit` bytes; none at the end of the source.
fn read_line(source: &mut impl BufRead, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut is_there = false;
    loop {
        let chunk = match source.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if chunk.is_empty() {
            return Ok(is_there.then_some(line));
        }
        is_there = true;
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
        let room = limit.saturating_sub(line.len()).min(part.len());
        line.extend_from_slice(part.get(..room).unwrap_or_default());
        let used = end.map_or(chunk.len(), |end| end + 1);
        source.consume(used);
        if end.is_some() {
            return Ok(Some(line));
        }
    }
}

/// The field of the column in the next record, empty where the record is too short; none at the
/// end of the source.
fn read_field(source: &mut impl BufRead, column: Column) -> io::Result<Option<Vec<u8>>> {
    let mut field = Vec::new();
    let mut parser = Parser::new(column.separator);
    loop {
        let chunk = match source.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if chunk.is_empty() {
            return Ok(parser.begun.then_some(field));
        }
        let mut used = 0;
        for byte in chunk {
            used += 1;
            match parser.take(*byte) {
                Some(Piece::Byte(byte))
                    if parser.index == column.index && field.len() < KEPT_BYTES =>
                {
                    field.push(byte);
                }
                Some(Piece::End) => {
                    source.consume(used);
                    return Ok(Some(field));
                }
                _ => {}
            }
        }
        source.consume(used);
    }
}

/// The fields of a head.
fn fields(head: &[u8], separator: u8) -> Vec<String> {
    let mut fields = vec![Vec::new()];
    let mut parser = Parser::new(separator);
    for byte in head {
        let piece = parser.take(*byte);
        while fields.len() <= parser.index {
            fields.push(Vec::new());
        }
        if let (Some(Piece::Byte(byte)), Some(field)) = (piece, fields.last_mut()) {
            field.push(byte);
        }
    }
    fields.iter().map(|field| String::from_utf8_lossy(field).trim().to_owned()).collect()
}

/// Reads a record of a CSV file byte by byte.
#[derive(Debug)]
struct Parser {
    separator: u8,
    /// In which field we are.
    index: usize,
    begun: bool,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// Behind a quote within quotes: the end, or the first half of a quote that is meant.
    QuoteInQuotes,
}

/// What a byte is.
enum Piece {
    /// A byte of the field.
    Byte(u8),
    /// The end of the record.
    End,
}

impl Parser {
    const fn new(separator: u8) -> Self {
        Self { separator, index: 0, begun: false, state: State::FieldStart }
    }

    const fn take(&mut self, byte: u8) -> Option<Piece> {
        self.begun = true;
        match (self.state, byte) {
            (State::Quoted, b'"') => self.state = State::QuoteInQuotes,
            (State::Quoted, _) => return Some(Piece::Byte(byte)),
            (State::FieldStart, b'"') => self.state = State::Quoted,
            (State::QuoteInQuotes, b'"') => {
                self.state = State::Quoted;
                return Some(Piece::Byte(b'"'));
            }
            (_, b'\n') => return Some(Piece::End),
            (_, byte) if byte == self.separator => {
                self.index += 1;
                self.state = State::FieldStart;
            }
            _ => {
                self.state = State::Plain;
                return Some(Piece::Byte(byte));
            }
        }
        None
    }
}

impl fmt::Display for ListError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(formatter),
            Self::NoColumn => formatter.write_str("the head has no such column"),
        }
    }
}

impl std::error::Error for ListError {}

impl From<io::Error> for ListError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn lines(text: &[u8]) -> Vec<String> {
        // Three bytes at a time, so that lines come in pieces.
        let source = BufReader::with_capacity(3, text);
        DomainList::lines(source).collect::<Result<_, _>>().unwrap()
    }

    fn column(text: &str, name: &str) -> Result<Vec<String>, ListError> {
        let source = BufReader::with_capacity(3, text.as_bytes());
        Ok(DomainList::column(source, name)?.collect::<Result<_, _>>()?)
    }

    #[test]
    fn blank_lines_and_comments_are_no_domains() {
        assert_eq!(
            lines(b"\xef\xbb\xbfa.example\r\n\n  # note\n b.example "),
            ["a.example", "b.example"]
        );
        assert!(lines(b"").is_empty());
    }

    #[test]
    fn long_lines_are_cut_and_bytes_that_are_no_text_replaced() {
        let long = [vec![b'a'; 100_000], b"\nb.example\n\xff".to_vec()].concat();
        let read = lines(&long);
        assert_eq!(read[0].len(), KEPT_BYTES);
        assert_eq!(read[1..], ["b.example", "\u{fffd}"]);
    }

    #[test]
    fn a_column_is_found_by_its_name() {
        let text = "\"rank\",Domain,note\r\n1,a.example,x\r\n2,\"b.example\",\"two\nlines, \"\"so\"\"\"\n3\n4,c.example";
        assert_eq!(column(text, "domain").unwrap(), ["a.example", "b.example", "c.example"]);
        assert_eq!(column("a;b\n1;x.example\n", "b").unwrap(), ["x.example"]);
        assert_eq!(column("a\tb\n1\tx.example\n", "b").unwrap(), ["x.example"]);
        assert!(matches!(column("a,b\n", "c"), Err(ListError::NoColumn)));
        assert!(matches!(column("", "c"), Err(ListError::NoColumn)));
    }
}
