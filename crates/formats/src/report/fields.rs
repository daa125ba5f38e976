//! The members of an object, and what their values mean where they are not quite what the
//! standard asks for.

use std::borrow::Cow;
use std::net::IpAddr;

use sigillo_findings::{Code, Finding, Findings, Span};

use super::json::{Kind, Value};
use super::timestamp::Form;
use super::{Reported, Timestamp};
use crate::DomainName;
use crate::limits::REPORT_TEXT_BYTES;

/// Other names under which a key was seen, beside those in other case or with underscores.
const OTHER_NAMES: [(&str, &str); 3] = [
    ("additional-info-uri", "additional-information"),
    ("mx-host-pattern", "mx-host"),
    ("organisation-name", "organization-name"),
];

/// A key that an object of a report may have.
pub(super) struct Key {
    name: &'static str,
    /// What to raise where it is missing.
    missing: Option<Code>,
}

/// A key that an object has to have.
pub(super) const fn required(name: &'static str, missing: Code) -> Key {
    Key { name, missing: Some(missing) }
}

/// A key that an object may lack.
pub(super) const fn optional(name: &'static str) -> Key {
    Key { name, missing: None }
}

/// What an object has for a key.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    pub(super) name: &'static str,
    value: Option<Value<'a>>,
    missing: Option<Code>,
    /// Where to say that it is missing.
    object: Span,
}

impl Field<'_> {
    /// The first byte of the value, or of the object where there is none.
    pub(super) fn opening(&self) -> Span {
        self.value.map_or(self.object, Value::opening)
    }

    /// Whether there is a value other than null.
    pub(super) fn is_present(&self) -> bool {
        self.value.is_some_and(|value| value.kind() != Kind::Null)
    }

    /// The bytes of the value, or of the first bracket of the object where there is none.
    pub(super) fn span(&self) -> Span {
        self.value.map_or(self.object, Value::span)
    }
}

/// Reads fields and raises what is wrong with them.
pub(super) struct FieldReader<'f> {
    pub(super) findings: &'f mut Findings,
    /// Whether the whole text could be read, so that what is not there is missing indeed.
    pub(super) is_complete: bool,
}

impl FieldReader<'_> {
    /// The members of an object, in the order of `keys`. Of equal keys the first counts.
    pub(super) fn members<'a, const N: usize>(
        &mut self,
        object: Value<'a>,
        keys: [Key; N],
    ) -> [Field<'a>; N] {
        let mut fields = keys.map(|key| Field {
            name: key.name,
            value: None,
            missing: key.missing,
            object: object.opening(),
        });
        for (key, value) in object.members() {
            let text = key.text();
            let name = known_name(&text);
            let Some(field) = fields.iter_mut().find(|field| field.name == name) else {
                let finding = Finding::new(Code::ReportUnknownKey, key.span());
                self.findings.push(finding.with("key", text.as_ref()));
                continue;
            };
            if field.value.is_some() {
                let finding = Finding::new(Code::ReportDuplicateKey, key.span());
                self.findings.push(finding.with("name", field.name));
                continue;
            }
            if text != field.name {
                let finding = Finding::new(Code::ReportKeyVariant, key.span())
                    .with("key", text.as_ref())
                    .with("name", field.name)
                    .fixed_by(key.span(), format!("\"{}\"", field.name));
                self.findings.push(finding);
            }
            field.value = Some(value);
        }
        fields
    }

    /// The value of a field, unless it is missing or null.
    pub(super) fn present<'a>(&mut self, field: Field<'a>) -> Option<Value<'a>> {
        match field.value {
            Some(value) if value.kind() != Kind::Null => return Some(value),
            Some(value) => self.raise_empty(field, value.span()),
            None => self.raise_missing(field),
        }
        None
    }

    /// The value of a field that has to be an object.
    pub(super) fn object<'a>(&mut self, field: Field<'a>) -> Option<Value<'a>> {
        let value = self.present(field)?;
        if value.kind() != Kind::Object {
            self.raise(Code::ReportWrongType, field.name, value.span());
            return None;
        }
        Some(value)
    }

    /// The elements of an array, at most so many; a single value stands for an array of one.
    pub(super) fn list<'a>(
        &mut self,
        field: Field<'a>,
        limit: usize,
    ) -> impl Iterator<Item = Value<'a>> + use<'a> {
        let value = self.present(field);
        let single = value.filter(|value| value.kind() != Kind::Array);
        if let Some(single) = single {
            self.raise(Code::ReportListExpected, field.name, single.span());
        }
        if let Some(array) = value
            && let Some(first_left_out) = array.elements().nth(limit)
        {
            let span = Span::new(first_left_out.span().start(), array.span().end());
            self.raise_too_long(field.name, span, limit);
        }
        let elements = value.into_iter().flat_map(Value::elements);
        single.into_iter().chain(elements.take(limit))
    }

    /// A text that is only looked at; see [`text_of`](Self::text_of).
    pub(super) fn text<'a>(&mut self, field: Field<'a>) -> Option<Cow<'a, str>> {
        let value = self.present(field)?;
        self.text_of(field, value)
    }

    /// The text of a value, unless it is empty. Other scalars are taken as they are written.
    pub(super) fn text_of<'a>(
        &mut self,
        field: Field<'a>,
        value: Value<'a>,
    ) -> Option<Cow<'a, str>> {
        match value.kind() {
            Kind::String => {}
            Kind::Null => {
                self.raise_empty(field, value.span());
                return None;
            }
            Kind::Boolean | Kind::Number => {
                self.raise(Code::ReportWrongType, field.name, value.span());
            }
            Kind::Array | Kind::Object => {
                self.raise(Code::ReportWrongType, field.name, value.span());
                return None;
            }
        }
        let mut text = value.text();
        if text.len() > REPORT_TEXT_BYTES {
            let finding = Finding::new(Code::ReportTextTooLong, value.span())
                .with("name", field.name)
                .with("limit", REPORT_TEXT_BYTES);
            self.findings.push(finding);
            let end = text.floor_char_boundary(REPORT_TEXT_BYTES);
            text = text.get(..end).unwrap_or_default().to_owned().into();
        }
        if text.trim().is_empty() {
            self.raise_empty(field, value.span());
            return None;
        }
        Some(text)
    }

    /// A text that is kept as it is.
    pub(super) fn owned_text(&mut self, field: Field<'_>) -> Option<String> {
        self.text(field).map(Cow::into_owned)
    }

    /// A number of sessions, also where it is written as a text or with decimals.
    pub(super) fn count(&mut self, field: Field<'_>) -> Option<u64> {
        let value = self.present(field)?;
        let text = match value.kind() {
            Kind::Number | Kind::String => value.text(),
            _ => String::from_utf8_lossy(value.raw()),
        };
        let text = text.trim();
        let count = match (text.parse::<u64>(), value.kind()) {
            (Ok(count), Kind::Number) => return Some(count),
            (Ok(count), Kind::String) => Some(count),
            (Err(_), Kind::Number | Kind::String) => whole_number(text),
            _ => None,
        };
        let code = match count {
            Some(_) => Code::ReportCountForm,
            None => Code::ReportCountInvalid,
        };
        let mut finding =
            Finding::new(code, value.span()).with("name", field.name).with("value", text);
        if let Some(count) = count {
            finding = finding.with("count", count).fixed_by(value.span(), count.to_string());
        }
        self.findings.push(finding);
        count
    }

    /// A date and time, in any form that can be read.
    pub(super) fn timestamp(&mut self, field: Field<'_>) -> Option<Timestamp> {
        let value = self.present(field)?;
        let (text, read) = if value.kind() == Kind::Number {
            let text = value.text();
            let seconds = whole_number(&text).and_then(Timestamp::read_number);
            (text, seconds.map(|moment| (moment, Form::Number)))
        } else {
            let text = self.text_of(field, value)?;
            let read = Timestamp::read(&text);
            (text, read)
        };
        let code = match read {
            Some((moment, Form::Standard)) => return Some(moment),
            Some((_, Form::WithoutZone)) => Code::ReportDateWithoutZone,
            Some((_, Form::Number | Form::Other)) => Code::ReportDateForm,
            None => Code::ReportDateInvalid,
        };
        let moment = read.map(|(moment, _)| moment);
        let mut finding =
            Finding::new(code, value.span()).with("name", field.name).with("value", text.as_ref());
        if let Some(moment) = moment {
            finding = finding
                .with("date", moment.to_string())
                .fixed_by(value.span(), format!("\"{moment}\""));
        }
        self.findings.push(finding);
        moment
    }

    /// An IP address, or the text that is none.
    pub(super) fn address(&mut self, field: Field<'_>) -> Option<Reported<IpAddr>> {
        let text = self.text(field)?;
        let address = Reported::<IpAddr>::read(&text);
        if address.known().is_none() {
            let finding = Finding::new(Code::ReportIpInvalid, field.span());
            let finding = finding.with("name", field.name).with("value", text.as_ref());
            self.findings.push(finding);
        }
        Some(address)
    }

    /// A domain name, or the text that is none.
    pub(super) fn domain(&mut self, field: Field<'_>) -> Option<Reported<DomainName>> {
        let text = self.text(field)?;
        let domain = Reported::<DomainName>::read(&text);
        self.judge_domain(field.name, field.span(), &text, &domain);
        Some(domain)
    }

    /// Raises what is wrong with how a name, or a pattern of names, is written.
    pub(super) fn judge_domain<T: ToString>(
        &mut self,
        name: &'static str,
        span: Span,
        text: &str,
        read: &Reported<T>,
    ) {
        let Reported::Known(known) = read else {
            let finding = Finding::new(Code::ReportDomainInvalid, span);
            self.findings.push(finding.with("name", name).with("value", text));
            return;
        };
        let known = known.to_string();
        if !known.eq_ignore_ascii_case(text) {
            let finding = Finding::new(Code::ReportDomainForm, span)
                .with("name", name)
                .with("value", text)
                .with("domain", known.as_str())
                .fixed_by(span, format!("\"{known}\""));
            self.findings.push(finding);
        }
    }

    /// Raises a code whose texts mention the key alone.
    pub(super) fn raise(&mut self, code: Code, name: &'static str, span: Span) {
        self.findings.push(Finding::new(code, span).with("name", name));
    }

    /// Raises that not all of a list is kept; the span is what is left out.
    pub(super) fn raise_too_long(&mut self, name: &'static str, span: Span, limit: usize) {
        let finding = Finding::new(Code::ReportListTooLong, span);
        self.findings.push(finding.with("name", name).with("limit", limit));
    }

    /// Something empty is as good as missing.
    fn raise_empty(&mut self, field: Field<'_>, span: Span) {
        self.raise(field.missing.unwrap_or(Code::ReportValueEmpty), field.name, span);
    }

    fn raise_missing(&mut self, field: Field<'_>) {
        if let Some(code) = field.missing.filter(|_| self.is_complete) {
            self.raise(code, field.name, field.object);
        }
    }
}

/// The name that a key stands for.
fn known_name(key: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    if key.bytes().all(is_plain) && !OTHER_NAMES.iter().any(|(other, _)| *other == key) {
        return key.into();
    }
    let name = key.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name);
    match other {
        Some((_, known)) => (*known).into(),
        None => name.into(),
    }
}

/// A number that is whole though it is not written so: `3.0`, `1e3`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole, not negative, and small enough to be exact"
)]
fn whole_number(text: &str) -> Option<u64> {
    /// Beyond, not every whole number has a form as a fraction (RFC 7493 §2.2).
    const LARGEST_EXACT: f64 = 9_007_199_254_740_991.0;

    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let number: f64 = text.parse().ok()?;
    (number.fract() == 0.0 && (0.0..=LARGEST_EXACT).contains(&number)).then_some(number as u64)
}
