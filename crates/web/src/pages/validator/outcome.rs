//! What a text was found to be, as the page shows it.

use sigillo_findings::{RenderedFinding, Severity};
use sigillo_formats::{Kind, Validation};
use sigillo_language::Language;

use super::fixes::{self, FixName};
use super::input::{Action, Submitted, to_hex};
use super::json::Json;
use super::listing::Listing;
use super::remarks::Remarks;
use super::understood::Understood;
use super::{LINKED_BYTES, names, query};
use crate::kind_choice::KindChoice;
use crate::page::Frame;
use crate::page::prose::length as html_length;

/// How much of the page the text in the field may take, in bytes of HTML.
const FIELD_HTML: usize = 18_000;

/// What a text was found to be.
pub(super) struct Outcome {
    pub(super) tone: &'static str,
    pub(super) verdict: String,
    /// How many errors, warnings and hints; empty where there is none.
    pub(super) counts: String,
    /// What the text was taken for, where nobody had said it.
    pub(super) recognised: Option<String>,
    pub(super) is_unpacked: bool,
    /// What has been mended, or why nothing has.
    pub(super) mending: Option<String>,
    pub(super) listing: Listing,
    pub(super) remarks: Remarks,
    pub(super) understood: Understood,
    pub(super) json: Json,
    /// The text where no field can hold it.
    pub(super) bytes: Option<String>,
    pub(super) is_too_long: bool,
    /// What makes the address of the page that of this text.
    pub(super) query: Option<String>,
}

/// What became of a wish to mend a text.
enum Mending {
    Done(usize),
    /// The fix is for another text.
    Void,
}

impl Outcome {
    /// What a text is found to be, and what the field is to hold.
    pub(super) fn of(
        frame: &Frame,
        language: Language,
        kind: Kind,
        submitted: Submitted,
    ) -> (Self, String) {
        let Submitted { choice, given, action } = submitted;
        let (given, mending) = mend(kind, given, &action);
        let judged = kind.judge(&given);
        let text = judged.text(&given);
        let validation = judged.render(&given, language);
        let carried = Carried::of(text);
        let names: Vec<_> = (0..judged.findings.len())
            .map(|index| {
                judged.findings.get(index)?.fix()?;
                FixName::of(&judged.findings, index)
            })
            .collect();
        let is_too_long = matches!(carried, Carried::TooLong);
        let mut remarks = Remarks::of(frame, language, text, &validation.findings, &names);
        if is_too_long {
            remarks.withdraw_fixes();
        }
        let shown = validation.findings.get(..remarks.list.len()).unwrap_or_default();
        let listing = Listing::of(frame, text, shown);
        remarks.link_to(&listing);
        remarks.together = if is_too_long { 0 } else { fixes::together(&judged.findings).len() };
        let has_fault = judged.findings.iter().any(|finding| finding.severity() != Severity::Hint);
        let outcome = Self {
            tone: match (validation.valid, has_fault) {
                (false, _) => "bad",
                (true, true) => "warn",
                (true, false) => "good",
            },
            verdict: verdict(frame, &validation),
            counts: counts(frame, &validation.findings),
            recognised: (choice == KindChoice::Auto).then(|| recognised(frame, kind)),
            is_unpacked: text != given,
            mending: mending.map(|mending| match mending {
                Mending::Done(count) => frame.t1("validator-mended", "count", count),
                Mending::Void => frame.t("validator-not-mended"),
            }),
            listing,
            remarks,
            understood: Understood::of(frame, &validation.value),
            json: Json::of(&validation),
            bytes: match &carried {
                Carried::Bytes(bytes) => Some(to_hex(bytes)),
                _ => None,
            },
            is_too_long,
            query: carried.text().map(|text| query(choice, text)),
        };
        (outcome, carried.into_field())
    }
}

/// Does what is wished with a text, if it can be done.
fn mend(kind: Kind, given: Vec<u8>, action: &Action) -> (Vec<u8>, Option<Mending>) {
    let judged = kind.judge(&given);
    let fixes = match action {
        Action::Judge | Action::Download => return (given, None),
        Action::FixAll => fixes::together(&judged.findings),
        Action::Fix(name) => name.find(&judged.findings).into_iter().collect(),
    };
    if fixes.is_empty() {
        return (given, Some(Mending::Void));
    }
    (fixes::apply(judged.text(&given), &fixes), Some(Mending::Done(fixes.len())))
}

fn recognised(frame: &Frame, kind: Kind) -> String {
    frame.t1("validator-recognised", "kind", frame.t(names::of_kind(kind)))
}

fn verdict(frame: &Frame, validation: &Validation) -> String {
    frame.t(names::of_verdict(validation.kind, validation.valid))
}

fn counts(frame: &Frame, findings: &[RenderedFinding]) -> String {
    let count = |severity, name| {
        let of_severity = findings.iter().filter(|finding| finding.severity == severity);
        let count: u32 = of_severity.map(|finding| 1 + finding.more.unwrap_or(0)).sum();
        (count > 0).then(|| frame.t1(name, "count", count))
    };
    let counts = [
        count(Severity::Error, "validator-errors"),
        count(Severity::Warning, "validator-warnings"),
        count(Severity::Hint, "validator-hints"),
    ];
    counts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// How a text gets back with the form.
pub(super) enum Carried<'a> {
    /// In the field.
    Text(String),
    /// In the field as far as that can hold it, and beside it byte by byte.
    Bytes(&'a [u8]),
    /// Not at all.
    TooLong,
}

impl<'a> Carried<'a> {
    /// How a text gets back.
    pub(super) fn of(text: &'a [u8]) -> Self {
        if text.len() > FIELD_HTML {
            return Self::TooLong;
        }
        match std::str::from_utf8(text) {
            Ok(text) if is_plain(text) => {
                let text = text.replace("\r\n", "\n");
                let is_short = html_length(&text) <= FIELD_HTML;
                if is_short { Self::Text(text) } else { Self::TooLong }
            }
            // Two digits and up to six more in the field for each byte.
            _ if text.len() <= FIELD_HTML / 8 => Self::Bytes(text),
            _ => Self::TooLong,
        }
    }

    /// The text where it is short enough for an address.
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.as_str()).filter(|text| text.len() <= LINKED_BYTES),
            _ => None,
        }
    }

    /// What the field holds.
    pub(super) fn into_field(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Bytes(bytes) => String::from_utf8_lossy(bytes).replace('\0', "\u{fffd}"),
            Self::TooLong => String::new(),
        }
    }
}

/// Whether a field gives a text back as it was, but for the kind of its line ends.
fn is_plain(text: &str) -> bool {
    let returns = text.matches('\r').count();
    !text.contains('\0') && returns == text.matches("\r\n").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_holds_what_it_can_give_back() {
        let of = |text: &'static [u8]| Carried::of(text);
        assert!(matches!(of(b"a\r\nb\n"), Carried::Text(text) if text == "a\nb\n"));
        for text in [b"a\rb".as_slice(), b"a\0b", b"a\xffb"] {
            assert!(matches!(of(text), Carried::Bytes(bytes) if bytes == text));
        }
        assert!(matches!(Carried::of(&[b'"'; 9_000]), Carried::TooLong));
        assert!(matches!(Carried::of(&[b'a'; 9_000]), Carried::Text(_)));
    }
}
