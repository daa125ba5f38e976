//! What the form holds.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use serde::Deserialize;
use sigillo_formats::limits::REPORT_BYTES;

use super::fixes::FixName;
use crate::kind_choice::KindChoice;

/// The longest text in the field, in bytes.
const TEXT_BYTES: usize = 128 * 1024;

/// The longest body: a file, and a text whose line ends take two bytes on the way.
pub(super) const BODY_BYTES: usize = REPORT_BYTES + 2 * TEXT_BYTES + 4_096;

/// How many fields a form may have: those of ours, and a few that extensions of browsers add.
const FIELDS: usize = 12;

/// The longest value of the other fields, in bytes.
const NAME_BYTES: usize = 256;

/// A text in the address.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Linked {
    kind: Option<String>,
    text: Option<String>,
}

/// A text to judge, and what else is wished.
#[derive(Debug, Default)]
pub(super) struct Submitted {
    pub(super) choice: KindChoice,
    pub(super) given: Vec<u8>,
    pub(super) action: Action,
}

/// What is to be done with a text.
#[derive(Debug, Default)]
pub(super) enum Action {
    /// Judge it.
    #[default]
    Judge,
    /// Apply a fix, and judge what comes out.
    Fix(FixName),
    /// Apply all that can be applied together.
    FixAll,
    /// Give it as a file.
    Download,
}

/// Why a form is not read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Refusal {
    TooLarge,
    Malformed,
}

impl Linked {
    /// The text, if there is one.
    pub(super) fn read(self) -> Option<Submitted> {
        let choice = self.kind.and_then(|kind| kind.parse().ok()).unwrap_or_default();
        let given = self.text?;
        let given = with_plain_line_ends(given.as_bytes());
        Some(Submitted {
            choice,
            given: without_last_line_end(choice, given),
            ..Submitted::default()
        })
    }
}

/// Reads a form.
pub(super) async fn read(request: Request) -> Result<Submitted, Refusal> {
    match Multipart::from_request(request, &()).await {
        Ok(form) => read_form(form).await,
        Err(_) => Err(Refusal::Malformed),
    }
}

async fn read_form(mut form: Multipart) -> Result<Submitted, Refusal> {
    let mut submitted = Submitted::default();
    let (mut text, mut bytes, mut file) = (Vec::new(), Vec::new(), Vec::new());
    let mut fields = 0;
    while let Some(field) = form.next_field().await.map_err(|error| refusal(&error))? {
        fields += 1;
        if fields > FIELDS {
            return Err(Refusal::Malformed);
        }
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "text" => {
                text = with_plain_line_ends(&take(field, 2 * TEXT_BYTES).await?);
                if text.len() > TEXT_BYTES {
                    return Err(Refusal::TooLarge);
                }
            }
            "bytes" => {
                let digits = take(field, 2 * TEXT_BYTES).await?;
                bytes = from_hex(&digits).ok_or(Refusal::Malformed)?;
            }
            "file" => file = take(field, REPORT_BYTES).await?,
            "kind" => {
                submitted.choice = word(field).await?.parse().map_err(|_| Refusal::Malformed)?;
            }
            "fix" => {
                submitted.action = match word(field).await?.as_str() {
                    "all" => Action::FixAll,
                    name => Action::Fix(name.parse().map_err(|_| Refusal::Malformed)?),
                };
            }
            "download" => {
                take(field, NAME_BYTES).await?;
                submitted.action = Action::Download;
            }
            _ => {
                take(field, TEXT_BYTES).await?;
            }
        }
    }
    let is_mended = !matches!(submitted.action, Action::Judge);
    submitted.given = match () {
        () if !file.is_empty() => file,
        // What no field can hold is in the page beside it.
        () if is_mended && !bytes.is_empty() => bytes,
        () => without_last_line_end(submitted.choice, text),
    };
    Ok(submitted)
}

async fn take(mut field: Field<'_>, limit: usize) -> Result<Vec<u8>, Refusal> {
    let mut content = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| refusal(&error))? {
        if content.len() + chunk.len() > limit {
            return Err(Refusal::TooLarge);
        }
        content.extend_from_slice(&chunk);
    }
    Ok(content)
}

async fn word(field: Field<'_>) -> Result<String, Refusal> {
    String::from_utf8(take(field, NAME_BYTES).await?).map_err(|_| Refusal::Malformed)
}

fn refusal(error: &MultipartError) -> Refusal {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge,
        _ => Refusal::Malformed,
    }
}

/// A text as the field shows it: forms turn each line end into CRLF (HTML, "constructing the entry list").
fn with_plain_line_ends(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    for (index, byte) in text.iter().enumerate() {
        if *byte != b'\r' || text.get(index + 1) != Some(&b'\n') {
            plain.push(*byte);
        }
    }
    plain
}

/// A record without the line end that comes with it when it is copied; a policy needs its own.
fn without_last_line_end(choice: KindChoice, mut text: Vec<u8>) -> Vec<u8> {
    use sigillo_formats::Kind::{Dmarc, Record, TlsRpt};
    if matches!(choice.of(&text), Some(Record | TlsRpt | Dmarc)) {
        text.truncate(text.trim_ascii_end().len());
    }
    text
}

/// Bytes as hexadecimal digits.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut digits, byte| {
        let written = write!(digits, "{byte:02x}");
        debug_assert!(written.is_ok(), "writing to memory does not fail");
        digits
    })
}

fn from_hex(digits: &[u8]) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?));
    if rest.is_empty() { bytes.collect() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_those_of_the_field() {
        assert_eq!(with_plain_line_ends(b"a\r\nb\nc\rd\r\r\n"), b"a\nb\nc\rd\r\n");
    }

    #[test]
    fn digits_read_back() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(from_hex(to_hex(&bytes).as_bytes()), Some(bytes));
        assert_eq!(from_hex(b"0"), None);
        assert_eq!(from_hex(b"0g"), None);
    }
}
