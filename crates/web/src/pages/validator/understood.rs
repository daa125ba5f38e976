//! What was understood of a text, name by name and in words.

use std::fmt::Display;

use sigillo_formats::dmarc::{Disposition, DmarcRecordValue};
use sigillo_formats::mta_sts_record::MtaStsRecordValue;
use sigillo_formats::policy::{MaxAge, PolicyValue};
use sigillo_formats::record::{RecordExtension, ReportUri};
use sigillo_formats::tls_rpt_record::TlsRptRecordValue;
use sigillo_formats::{MxPattern, Understood as Value};

use super::names;
use super::report::ReportView;
use crate::page::Frame;

/// How many values of one name are shown.
const SHOWN_VALUES: usize = 40;

/// How many names are shown.
const SHOWN_ROWS: usize = 60;

/// How many characters of a value are shown.
const SHOWN_CHARACTERS: usize = 120;

/// What was understood.
pub(super) enum Understood {
    /// Nothing at all.
    Nothing,
    /// Of a policy or a record.
    Rows(Vec<Row>),
    /// Of a report.
    Report(Box<ReportView>),
}

/// A name and what it has for values.
pub(super) struct Row {
    pub(super) name: String,
    pub(super) values: Vec<String>,
    /// How many values are not shown, in words.
    pub(super) more: Option<String>,
    /// What it means.
    pub(super) words: Vec<String>,
    /// Whether nobody has written it: what counts then is the default.
    pub(super) is_default: bool,
}

impl Understood {
    /// Puts it into words.
    pub(super) fn of(frame: &Frame, value: &Value) -> Self {
        let mut rows = match value {
            Value::Policy(policy) => policy_rows(frame, policy),
            Value::Record(record) => record_rows(frame, record),
            Value::TlsRpt(record) => tls_rpt_rows(frame, record),
            Value::Dmarc(record) => dmarc_rows(frame, record),
            Value::Report(report) => {
                return ReportView::of(frame, report)
                    .map_or(Self::Nothing, |view| Self::Report(Box::new(view)));
            }
        };
        rows.truncate(SHOWN_ROWS);
        if rows.is_empty() { Self::Nothing } else { Self::Rows(rows) }
    }
}

impl Row {
    fn new(name: impl Into<String>, value: impl Display) -> Self {
        Self { values: vec![cut(&value.to_string())], ..Self::without_value(name) }
    }

    fn without_value(name: impl Into<String>) -> Self {
        let (values, words) = (Vec::new(), Vec::new());
        Self { name: cut(&name.into()), values, more: None, words, is_default: false }
    }

    /// All values that there are room for.
    fn of_many<T: Display>(frame: &Frame, name: &str, values: &[T]) -> Self {
        let more = values.len().saturating_sub(SHOWN_VALUES);
        Self {
            values: values.iter().take(SHOWN_VALUES).map(|value| cut(&value.to_string())).collect(),
            more: (more > 0).then(|| frame.t1("validator-rows-more", "count", more)),
            ..Self::without_value(name)
        }
    }

    fn meaning(mut self, words: String) -> Self {
        self.words.push(words);
        self
    }
}

/// A text as far as there is room for it.
pub(super) fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARACTERS) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}

fn policy_rows(frame: &Frame, policy: &PolicyValue) -> Vec<Row> {
    let mut rows = Vec::new();
    rows.extend(policy.version.map(|version| Row::new("version", version)));
    rows.extend(
        policy.mode.map(|mode| Row::new("mode", mode).meaning(frame.t(names::of_mode(mode)))),
    );
    if !policy.mx.is_empty() {
        let mut row = Row::of_many(frame, "mx", &policy.mx);
        row.words = wildcards(frame, &policy.mx);
        rows.push(row);
    }
    rows.extend(
        policy
            .max_age
            .map(|max_age| Row::new("max_age", max_age).meaning(lifetime(frame, max_age))),
    );
    rows.extend(policy.extensions.iter().map(|extension| {
        Row::new(extension.name(), extension.value()).meaning(frame.t("validator-extension"))
    }));
    rows
}

/// What the wildcards among patterns mean, of the first few.
fn wildcards(frame: &Frame, patterns: &[MxPattern]) -> Vec<String> {
    let wildcards = patterns.iter().filter(|pattern| pattern.is_wildcard()).take(3);
    wildcards
        .map(|pattern| {
            let domain = pattern.name().to_string();
            let words = frame.t1("validator-mx-wildcard", "domain", format!("`{domain}`"));
            format!("`{pattern}`: {words}.")
        })
        .collect()
}

fn lifetime(frame: &Frame, max_age: MaxAge) -> String {
    let seconds = max_age.seconds();
    if seconds == 0 {
        return frame.t("validator-max-age-zero");
    }
    frame.t1("validator-max-age", "time", time(frame, seconds))
}

/// A time in its largest fitting unit.
fn time(frame: &Frame, seconds: u32) -> String {
    let unit =
        |name: &str, length: u32| frame.t1(&format!("validator-{name}"), "count", seconds / length);
    let divides = |length: u32| seconds.is_multiple_of(length);
    match seconds {
        ..120 => unit("seconds", 1),
        _ if divides(31_536_000) => unit("years", 31_536_000),
        _ if divides(604_800) && seconds <= 12 * 604_800 => unit("weeks", 604_800),
        _ if divides(86_400) => unit("days", 86_400),
        _ if divides(3_600) && seconds < 172_800 => unit("hours", 3_600),
        _ if divides(60) && seconds < 7_200 => unit("minutes", 60),
        _ => {
            let (name, length) = match seconds {
                172_800.. => ("days", 86_400),
                7_200.. => ("hours", 3_600),
                _ => ("minutes", 60),
            };
            let rounded = (seconds + length / 2) / length;
            let words = frame.t1(&format!("validator-{name}"), "count", rounded);
            frame.t1("validator-about", "time", words)
        }
    }
}

fn record_rows(frame: &Frame, record: &MtaStsRecordValue) -> Vec<Row> {
    let mut rows = Vec::new();
    rows.extend(record.version.map(|version| Row::new("v", version)));
    rows.extend(record.id.as_ref().map(|id| Row::new("id", id).meaning(frame.t("validator-id"))));
    rows.extend(extension_rows(frame, &record.extensions));
    rows
}

fn tls_rpt_rows(frame: &Frame, record: &TlsRptRecordValue) -> Vec<Row> {
    let mut rows = Vec::new();
    rows.extend(record.version.map(|version| Row::new("v", version)));
    if !record.rua.is_empty() {
        rows.push(address_row(frame, "rua", &record.rua));
    }
    rows.extend(extension_rows(frame, &record.extensions));
    rows
}

fn extension_rows(frame: &Frame, extensions: &[RecordExtension]) -> impl Iterator<Item = Row> {
    extensions.iter().map(|extension| {
        Row::new(extension.name(), extension.value()).meaning(frame.t("validator-extension"))
    })
}

fn address_row(frame: &Frame, name: &str, addresses: &[ReportUri]) -> Row {
    let mut row = Row::of_many(frame, name, addresses);
    if addresses.iter().any(|address| address.mailbox_domain().is_some()) {
        row.words.push(frame.t("validator-rua-mail"));
    }
    if addresses.iter().any(|address| address.web_host().is_some()) {
        row.words.push(frame.t("validator-rua-web"));
    }
    row
}

fn dmarc_rows(frame: &Frame, record: &DmarcRecordValue) -> Vec<Row> {
    let effective = &record.effective;
    // Without a policy nothing else counts.
    if effective.p.is_none() {
        return Vec::new();
    }
    let asked = |name: &str, asked: Option<Disposition>| {
        asked.map(|asked| {
            let words = frame.t(&format!("validator-dmarc-{name}"));
            let meaning = frame.t(names::of_disposition(asked));
            Row::new(name, asked).meaning(format!("{words}: {meaning}"))
        })
    };
    let said = |name: &str, value: &str, meaning| Row::new(name, value).meaning(frame.t(meaning));
    let addresses = |name: &str, addresses: &[ReportUri]| {
        if addresses.is_empty() {
            Row::without_value(name).meaning(frame.t(&format!("validator-{name}-none")))
        } else {
            address_row(frame, name, addresses)
        }
    };
    let rows = [asked("p", effective.p), asked("sp", effective.sp), asked("np", effective.np)];
    let mut rows: Vec<Row> = rows.into_iter().flatten().collect();
    rows.push(said("adkim", effective.adkim.letter(), names::of_adkim(effective.adkim)));
    rows.push(said("aspf", effective.aspf.letter(), names::of_aspf(effective.aspf)));
    rows.push(addresses("rua", &effective.rua));
    rows.push(addresses("ruf", &effective.ruf));
    if !effective.ruf.is_empty() {
        rows.push(Row::new("fo", effective.fo).meaning(frame.t("validator-dmarc-fo")));
    }
    rows.push(said("psd", effective.psd.letter(), names::of_psd(effective.psd)));
    let is_test = effective.t == "y";
    let test = if is_test { "validator-dmarc-t-y" } else { "validator-dmarc-t-n" };
    rows.push(said("t", effective.t, test));
    for row in &mut rows {
        row.is_default = !record.tags.contains_key(&row.name);
    }
    rows
}
