//! The report in a mail (RFC 8460 §5.3): one part of a MIME tree.
//!
//! The tree is walked here, so that hostile nesting costs neither stack nor quadratic time; the
//! fields of a part and its transfer encoding are read by a library.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{ContentType, Message, MessageParser, MimeHeaders as _};

use crate::limits::{MAIL_DEPTH, MAIL_FIELDS_BYTES, MAIL_PARTS};

/// The part of a mail that has the report.
#[derive(Debug)]
pub(super) struct Attachment {
    /// Its content, out of its transfer encoding.
    pub(super) content: Vec<u8>,
    /// How many parts of the mail have a report.
    pub(super) count: usize,
}

/// Whether a text looks like a mail: it begins with a field, and one that mails have is there.
pub(crate) fn is_mail(text: &[u8]) -> bool {
    let (header, _) = split_header(text);
    let mut fields = lines(header).map(field_name);
    let begins_with_field = fields.next().is_some_and(|name| !name.is_empty());
    begins_with_field
        && lines(header).map(field_name).any(|name| {
            ["content-type", "date", "from", "mime-version", "received", "return-path", "subject"]
                .iter()
                .any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
        })
}

/// Finds the report in a mail: the first part of a type for reports, else the first whose file
/// name is that of one.
pub(super) fn find_report(mail: &[u8]) -> Option<Attachment> {
    let mut search = Search { by_type: None, by_name: None, count: 0, parts_left: MAIL_PARTS };
    search.visit(mail, 0);
    let (part, count) = match (search.by_type, search.by_name) {
        (Some(part), _) => (part, search.count),
        (None, part) => (part?, 1),
    };
    Some(Attachment { content: part.decoded(), count })
}

struct Search<'a> {
    by_type: Option<Part<'a>>,
    by_name: Option<Part<'a>>,
    /// How many parts have a type for reports.
    count: usize,
    parts_left: usize,
}

impl<'a> Search<'a> {
    fn visit(&mut self, entity: &'a [u8], depth: usize) {
        if depth > MAIL_DEPTH || self.parts_left == 0 {
            return;
        }
        self.parts_left -= 1;
        let (header, body) = split_header(entity);
        let fields = mime_fields(header);
        let Some(message) =
            MessageParser::new().with_mime_headers().default_header_ignore().parse_headers(&fields)
        else {
            return;
        };
        let Some(content_type) = message.content_type() else {
            return;
        };
        let subtype = content_type.subtype().unwrap_or_default().to_ascii_lowercase();
        match content_type.ctype().to_ascii_lowercase().as_str() {
            "multipart" => {
                let boundary = content_type.attribute("boundary").unwrap_or_default();
                for part in split_parts(body, boundary.as_bytes()) {
                    self.visit(part, depth + 1);
                }
            }
            "message" if matches!(subtype.as_str(), "rfc822" | "global") => {
                self.visit(body, depth + 1);
            }
            "application" => self.consider(&message, &subtype, body),
            _ => {}
        }
    }

    fn consider(&mut self, message: &Message<'_>, subtype: &str, body: &'a [u8]) {
        let encoding = message.content_transfer_encoding().unwrap_or_default();
        let part = Part { encoding: Encoding::named(encoding.trim()), body };
        match subtype {
            "tlsrpt" | "tlsrpt+gzip" | "tlsrpt+json" | "tlsrpt+zip" => {
                self.count += 1;
                self.by_type.get_or_insert(part);
            }
            "gzip" | "json" | "octet-stream" | "x-gzip" | "zip" if has_report_name(message) => {
                self.by_name.get_or_insert(part);
            }
            _ => {}
        }
    }
}

struct Part<'a> {
    encoding: Encoding,
    body: &'a [u8],
}

impl Part<'_> {
    fn decoded(&self) -> Vec<u8> {
        let decoded = match self.encoding {
            Encoding::Base64 => base64_decode(self.body).or_else(|| {
                // Only what is out of the alphabet makes it fail, and that has to be ignored
                // (RFC 2045 §6.8).
                let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
                let clean: Vec<u8> = self.body.iter().copied().filter(is_base64).collect();
                base64_decode(&clean)
            }),
            Encoding::QuotedPrintable => quoted_printable_decode(self.body),
            Encoding::Identity => None,
        };
        decoded.unwrap_or_else(|| self.body.to_vec())
    }
}

/// The transfer encoding of a part (RFC 2045 §6).
enum Encoding {
    Base64,
    Identity,
    QuotedPrintable,
}

impl Encoding {
    fn named(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "base64" => Self::Base64,
            "quoted-printable" => Self::QuotedPrintable,
            _ => Self::Identity,
        }
    }
}

/// Whether the file name of a part is that of a report (RFC 8460 §5.1).
fn has_report_name(message: &Message<'_>) -> bool {
    let name = |field: Option<&ContentType<'_>>, attribute: &str| {
        let name = field.and_then(|field| field.attribute(attribute));
        name.is_some_and(|name| {
            let name = name.trim().to_ascii_lowercase();
            [".json", ".json.gz", ".json.zip"].iter().any(|end| name.ends_with(end))
        })
    };
    name(message.content_disposition(), "filename") || name(message.content_type(), "name")
}

/// The fields of a header that say what a part is, as far as they are read.
fn mime_fields(header: &[u8]) -> Vec<u8> {
    let mut fields = Vec::new();
    let mut is_wanted = false;
    for line in lines(header) {
        if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            is_wanted = ["content-type", "content-disposition", "content-transfer-encoding"]
                .iter()
                .any(|known| field_name(line).eq_ignore_ascii_case(known.as_bytes()));
        }
        if is_wanted && fields.len() + line.len() <= MAIL_FIELDS_BYTES {
            fields.extend_from_slice(line);
        }
    }
    fields.extend_from_slice(b"\r\n\r\n");
    fields
}

/// The name of the field that a line begins with; nothing for any other line.
fn field_name(line: &[u8]) -> &[u8] {
    let end = memchr::memchr(b':', line).unwrap_or(0);
    let name = line.get(..end).unwrap_or_default().trim_ascii_end();
    if name.iter().all(u8::is_ascii_graphic) { name } else { b"" }
}

/// The header and what follows its blank line. The line with which a mailbox file separates mails
/// is left out.
fn split_header(entity: &[u8]) -> (&[u8], &[u8]) {
    let entity = match entity.strip_prefix(b"From ") {
        Some(rest) => {
            memchr::memchr(b'\n', rest).and_then(|end| rest.get(end + 1..)).unwrap_or_default()
        }
        None => entity,
    };
    let mut end = 0;
    for line in lines(entity) {
        if matches!(line, b"\n" | b"\r\n") {
            break;
        }
        end += line.len();
    }
    let (header, rest) = entity.split_at_checked(end).unwrap_or((entity, b""));
    let body = rest.strip_prefix(b"\r").unwrap_or(rest);
    (header, body.strip_prefix(b"\n").unwrap_or(body))
}

/// The parts between the lines with the boundary (RFC 2046 §5.1.1); the last may lack its end.
fn split_parts<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let mut start = None;
    let mut offset = 0;
    for line in lines(body) {
        let line_start = offset;
        offset += line.len();
        let Some(is_end) = delimiter(line, boundary) else {
            continue;
        };
        if let Some(start) = start {
            parts.push(without_line_end(body.get(start..line_start).unwrap_or_default()));
        }
        start = (!is_end).then_some(offset);
        if is_end || parts.len() >= MAIL_PARTS {
            start = None;
            break;
        }
    }
    if let Some(rest) = start.and_then(|start| body.get(start..)) {
        parts.push(rest);
    }
    parts
}

/// Whether a line separates two parts (false) or ends the last (true); none for any other line.
fn delimiter(line: &[u8], boundary: &[u8]) -> Option<bool> {
    if boundary.is_empty() {
        return None;
    }
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary)?.trim_ascii_end();
    match rest {
        b"" => Some(false),
        b"--" => Some(true),
        _ => None,
    }
}

/// The line end before a boundary belongs to the boundary.
fn without_line_end(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

/// The lines of a text, each with its line end.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|byte| *byte == b'\n')
}

#[cfg(test)]
mod tests;
