use crate::limits::{SMTP_LINE_BYTES, SMTP_REPLY_BYTES, SMTP_REPLY_LINES};

/// A whole reply (RFC 5321 §4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The code, 200 to 599.
    pub code: u16,
    /// The lines; never empty.
    pub lines: Vec<ReplyLine>,
}

/// A line of a reply as it came, code included, line end left out. The bytes are the server's: they
/// may be of no character set, and hold NUL or the escape sequences of terminals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyLine {
    /// At most [`SMTP_LINE_BYTES`].
    pub bytes: Vec<u8>,
    /// Whether the line was longer.
    pub truncated: bool,
}

impl ReplyLine {
    /// What follows the code and its separator.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        self.bytes.get(4..).unwrap_or_default()
    }
}

/// Why what came is no reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ReplyError {
    /// A line without a code, or with something else after it than a space or a hyphen.
    #[error("a line is not that of a reply")]
    NotAReply,
    /// The lines of one reply have different codes.
    #[error("the lines of a reply have different codes")]
    CodeChanges,
    /// More lines than are read.
    #[error("a reply has more than {SMTP_REPLY_LINES} lines")]
    TooManyLines,
    /// More bytes than are read.
    #[error("a reply has more than {SMTP_REPLY_BYTES} bytes")]
    TooLong,
}

/// Puts a reply together from bytes as they come.
///
/// ```
/// # use sigillo_net::smtp::ReplyParser;
/// let mut parser = ReplyParser::default();
/// assert_eq!(parser.feed(b"250-mx.exam")?, None);
/// // The number of bytes that belong to the reply:
/// assert_eq!(parser.feed(b"ple\r\n250 STARTTLS\r\n220 ")?, Some(19));
/// let reply = parser.finish().unwrap();
/// assert_eq!((reply.code, reply.lines.len()), (250, 2));
/// # Ok::<(), sigillo_net::smtp::ReplyError>(())
/// ```
#[derive(Debug, Default)]
pub struct ReplyParser {
    lines: Vec<ReplyLine>,
    current: Vec<u8>,
    current_length: usize,
    length: usize,
    code: Option<u16>,
    complete: bool,
}

impl ReplyParser {
    /// Takes bytes. Once the reply is whole, says how many of these belong to it; takes no more
    /// after that.
    ///
    /// Lines end with CRLF or LF alone.
    ///
    /// # Errors
    /// These bytes make it no reply.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<Option<usize>, ReplyError> {
        let mut consumed = 0;
        while !self.complete {
            let Some(rest) = bytes.get(consumed..).filter(|rest| !rest.is_empty()) else {
                return Ok(None);
            };
            let end = rest.iter().position(|byte| *byte == b'\n');
            let part = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
            let count = part.len() + usize::from(end.is_some());
            consumed += count;
            self.length += count;
            self.keep(part);
            if self.length > SMTP_REPLY_BYTES {
                return Err(ReplyError::TooLong);
            }
            if end.is_some() {
                self.end_line()?;
            }
        }
        Ok(Some(consumed))
    }

    /// The reply, if it is whole.
    #[must_use]
    pub fn finish(self) -> Option<Reply> {
        let code = self.code.filter(|_| self.complete)?;
        Some(Reply { code, lines: self.lines })
    }

    /// What has come, a torn last line included: evidence where it is no reply.
    #[must_use]
    pub fn into_lines(mut self) -> Vec<ReplyLine> {
        if self.current_length > 0 {
            let line = self.take_line();
            self.lines.push(line);
        }
        self.lines
    }

    fn keep(&mut self, part: &[u8]) {
        // One byte more, so that a CR after a line of the longest length can still be cut off.
        let room = (SMTP_LINE_BYTES + 1).saturating_sub(self.current.len());
        self.current.extend_from_slice(part.get(..room).unwrap_or(part));
        self.current_length += part.len();
    }

    fn take_line(&mut self) -> ReplyLine {
        let mut bytes = std::mem::take(&mut self.current);
        let mut length = std::mem::take(&mut self.current_length);
        if bytes.len() == length && bytes.last() == Some(&b'\r') {
            bytes.pop();
            length -= 1;
        }
        bytes.truncate(SMTP_LINE_BYTES);
        ReplyLine { truncated: length > bytes.len(), bytes }
    }

    fn end_line(&mut self) -> Result<(), ReplyError> {
        let line = self.take_line();
        let understood = understand(&line.bytes);
        // Kept before it is judged: it is the evidence.
        self.lines.push(line);
        let (code, last) = understood.ok_or(ReplyError::NotAReply)?;
        if *self.code.get_or_insert(code) != code {
            return Err(ReplyError::CodeChanges);
        }
        self.complete = last;
        if !last && self.lines.len() >= SMTP_REPLY_LINES {
            return Err(ReplyError::TooManyLines);
        }
        Ok(())
    }
}

/// The code of a line and whether it is the last of its reply.
fn understand(line: &[u8]) -> Option<(u16, bool)> {
    let [a @ b'2'..=b'5', b @ b'0'..=b'9', c @ b'0'..=b'9', rest @ ..] = line else {
        return None;
    };
    let last = match rest.first() {
        None | Some(b' ') => true,
        Some(b'-') => false,
        Some(_) => return None,
    };
    let digit = |byte: u8| u16::from(byte - b'0');
    Some((digit(*a) * 100 + digit(*b) * 10 + digit(*c), last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Option<Reply>, ReplyError> {
        let mut parser = ReplyParser::default();
        parser.feed(bytes)?;
        Ok(parser.finish())
    }

    #[test]
    fn replies() {
        for text in
            [b"220 hello\r\n".as_slice(), b"220 hello\n", b"220\r\n", b"220 \x00\x1b[31m\xff\r\n"]
        {
            let reply = read(text).unwrap().unwrap();
            assert_eq!((reply.code, reply.lines.len()), (220, 1), "{text:?}");
        }
        let reply = read(b"250-a\r\n250-B c\r\n250 D\r\n").unwrap().unwrap();
        let texts: Vec<_> = reply.lines.iter().map(ReplyLine::text).collect();
        assert_eq!(texts, [b"a".as_slice(), b"B c", b"D"]);
        assert_eq!(read(b"250-a\r\n"), Ok(None));
        assert_eq!(read(b"250 a"), Ok(None));
    }

    #[test]
    fn what_is_no_reply() {
        for bytes in [
            b"hello\r\n".as_slice(),
            b"\r\n",
            b"22 hello\r\n",
            b"2200 hello\r\n",
            b"220\thello\r\n",
            b"120 hello\r\n",
            b"620 hello\r\n",
            b" 220 hello\r\n",
            b"HTTP/1.1 400 Bad Request\r\n",
        ] {
            assert_eq!(read(bytes), Err(ReplyError::NotAReply), "{bytes:?}");
        }
        assert_eq!(read(b"250-a\r\n251 b\r\n"), Err(ReplyError::CodeChanges));
        assert_eq!(read(&b"250-x\r\n".repeat(100)), Err(ReplyError::TooManyLines));
        assert_eq!(read(&b"x".repeat(SMTP_REPLY_BYTES + 1)), Err(ReplyError::TooLong));
        let most = [b"250-x\r\n".repeat(99), b"250 x\r\n".to_vec()].concat();
        assert_eq!(read(&most).unwrap().unwrap().lines.len(), 100);
    }

    #[test]
    fn long_lines_are_cut() {
        let line = |length: usize| [b"220 ".as_slice(), &b"x".repeat(length), b"\r\n"].concat();
        let kept = |length| read(&line(length)).unwrap().unwrap().lines.remove(0);
        let fits = kept(SMTP_LINE_BYTES - 4);
        assert_eq!((fits.bytes.len(), fits.truncated), (SMTP_LINE_BYTES, false));
        let cut = kept(SMTP_LINE_BYTES - 3);
        assert_eq!((cut.bytes.len(), cut.truncated), (SMTP_LINE_BYTES, true));
        let cut = kept(60_000);
        assert_eq!((cut.bytes.len(), cut.truncated), (SMTP_LINE_BYTES, true));
    }

    #[test]
    fn a_torn_reply_is_evidence() {
        let mut parser = ReplyParser::default();
        assert_eq!(parser.feed(b"250-one\r\n25"), Ok(None));
        let lines: Vec<_> = parser.into_lines().into_iter().map(|line| line.bytes).collect();
        assert_eq!(lines, [b"250-one".as_slice(), b"25"]);
    }
}
