//! What a report comes in: a mail, gzip, a ZIP archive, UTF-16.

use std::borrow::Cow;
use std::io::{self, Read};

use flate2::bufread::{DeflateDecoder, GzDecoder};
use sigillo_findings::{Code, Finding, Findings};

use super::mail;
use crate::limits::{GZIP_MEMBERS, REPORT_BYTES, REPORT_WRAPPINGS};

const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];
const ZIP_MAGIC: [u8; 4] = *b"PK\x03\x04";

/// The text of a report, out of everything that it came in.
#[derive(Debug)]
pub(super) struct Unpacked {
    pub(super) text: Vec<u8>,
    pub(super) state: State,
}

/// How much of the text there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// All of it.
    Whole,
    /// The beginning of one that is too long; that has been said.
    Cut,
    /// What came out of a damaged container; whether that matters depends on what it is.
    Damaged,
    /// None: it is something else than a report; that has been said.
    Nothing,
}

/// Unpacks a report.
pub(super) fn unpack(bytes: &[u8], findings: &mut Findings) -> Unpacked {
    let mut state = State::Whole;
    let mut data = Cow::Borrowed(bytes);
    if bytes.len() > REPORT_BYTES {
        findings.push(Finding::without_span(Code::ReportTooLarge).with("limit", REPORT_BYTES));
        state = State::Cut;
        data = bytes.get(..REPORT_BYTES).unwrap_or_default().into();
    }
    if !is_packed(&data) && !is_json(&data) && mail::is_mail(&data) {
        let Some(attachment) = mail::find_report(&data) else {
            findings.push(Finding::without_span(Code::ReportMailWithoutReport));
            return Unpacked { text: data.into_owned(), state: State::Nothing };
        };
        if attachment.count > 1 {
            let several = Finding::without_span(Code::ReportSeveral);
            findings.push(several.with("count", attachment.count));
        }
        data = attachment.content.into();
    }
    for _ in 0..REPORT_WRAPPINGS {
        let (content, outcome) = if data.starts_with(&GZIP_MAGIC) {
            gunzip(&data)
        } else if data.starts_with(&ZIP_MAGIC) {
            findings.push(Finding::without_span(Code::ReportZip));
            unzip(&data)
        } else {
            break;
        };
        data = content.into();
        match outcome {
            Outcome::Damaged if state == State::Whole => state = State::Damaged,
            // What was cut before it was unpacked can't be whole; that has been said.
            Outcome::Whole | Outcome::Damaged => {}
            Outcome::TooLarge => {
                let finding = Finding::without_span(Code::ReportUnpackedTooLarge);
                findings.push(finding.with("limit", REPORT_BYTES));
                state = State::Cut;
            }
        }
    }
    if let Some(text) = from_utf16(&data) {
        findings.push(Finding::without_span(Code::ReportUtf16));
        data = text.into_bytes().into();
    }
    Unpacked { text: data.into_owned(), state }
}

/// Whether data is of a container that is unpacked.
pub(crate) fn is_packed(data: &[u8]) -> bool {
    data.starts_with(&GZIP_MAGIC) || data.starts_with(&ZIP_MAGIC)
}

fn is_json(data: &[u8]) -> bool {
    matches!(data.trim_ascii_start().first(), Some(b'{' | b'['))
}

/// How unpacking ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Whole,
    Damaged,
    TooLarge,
}

/// Unpacks gzip (RFC 1952), of several members one after the other. Padding behind the last one,
/// such as the line end of a mail, is no damage.
fn gunzip(data: &[u8]) -> (Vec<u8>, Outcome) {
    let mut content = Vec::new();
    let mut rest = data;
    for _ in 0..GZIP_MEMBERS {
        let mut decoder = GzDecoder::new(rest);
        let outcome = inflate(&mut decoder, &mut content);
        if outcome != Outcome::Whole {
            return (content, outcome);
        }
        rest = decoder.into_inner();
        if !rest.starts_with(&GZIP_MAGIC) {
            break;
        }
    }
    let is_padding = |byte: &u8| *byte == 0 || byte.is_ascii_whitespace();
    if rest.iter().all(is_padding) {
        (content, Outcome::Whole)
    } else {
        (content, Outcome::Damaged)
    }
}

/// Unpacks the first file of a ZIP archive (APPNOTE 4.3.7), deflated or stored.
fn unzip(data: &[u8]) -> (Vec<u8>, Outcome) {
    let number = |offset: usize, length: usize| {
        let bytes = data.get(offset..)?.get(..length)?;
        Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
    };
    let file = || {
        let method = number(8, 2)?;
        let packed = number(18, 4)?;
        let start = 30 + number(26, 2)? + number(28, 2)?;
        Some((method, packed, data.get(start..)?))
    };
    let mut content = Vec::new();
    let outcome = match file() {
        Some((0, packed, rest)) => match rest.get(..packed) {
            Some(mut stored) => inflate(&mut stored, &mut content),
            None => Outcome::Damaged,
        },
        Some((8, _, rest)) => inflate(&mut DeflateDecoder::new(rest), &mut content),
        _ => Outcome::Damaged,
    };
    (content, outcome)
}

/// Appends what comes out, up to the limit; also what precedes a fault.
fn inflate(source: &mut impl Read, content: &mut Vec<u8>) -> Outcome {
    let mut buffer = [0; 8_192];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => return Outcome::Whole,
            Ok(count) => {
                let room = REPORT_BYTES.saturating_sub(content.len());
                let read = buffer.get(..count).unwrap_or_default();
                content.extend_from_slice(read.get(..room).unwrap_or(read));
                if count > room {
                    return Outcome::TooLarge;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Outcome::Damaged,
        }
    }
}

/// The text if it is UTF-16: with a byte order mark, or a NUL beside the first brace.
fn from_utf16(data: &[u8]) -> Option<String> {
    let (text, is_big_endian) = match data {
        [0xfe, 0xff, text @ ..] => (text, true),
        [0xff, 0xfe, text @ ..] => (text, false),
        [0, b'{' | b'[', ..] => (data, true),
        [b'{' | b'[', 0, ..] => (data, false),
        _ => return None,
    };
    let (pairs, _) = text.as_chunks::<2>();
    let units = pairs.iter().map(|pair| {
        if is_big_endian { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) }
    });
    Some(
        char::decode_utf16(units)
            .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
    )
}

#[cfg(test)]
mod tests;
