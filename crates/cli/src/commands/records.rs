//! DNS records on a page.

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_formats::DomainName;
use sigillo_generate::{DnsFormat, DnsRecord, RecordType};

use super::Context;
use crate::page::{ASIDE, LITERAL, Page};
use crate::visible::visible;

impl Context<'_> {
    /// Adds records to a page: what a panel asks for, then the lines for a program.
    pub(super) fn show_records(
        &self,
        page: &mut Page,
        zone: &DomainName,
        format: DnsFormat,
        records: &[DnsRecord],
    ) {
        let words = self.words();
        page.heading(&words.text("say-records"));
        for record in records {
            page.blank();
            self.show_record(page, record);
        }
        page.heading(&words.format("say-records-as", &[("format", format.name().into())]));
        page.blank();
        page.block("  ", &write_all(zone, format, records));
    }

    fn show_record(&self, page: &mut Page, record: &DnsRecord) {
        let words = self.words();
        let rows = [
            (words.text("say-record-name"), format!("{}.", record.name)),
            (words.text("say-record-panel"), record.relative_name.clone()),
            (words.text("say-record-type"), format!("{}, TTL {}", record.kind, record.ttl)),
            (words.text("say-record-value"), record.value.clone()),
        ];
        let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, value) in rows {
            let value = visible(&value);
            page.line(format_args!("  {ASIDE}{name:width$}{ASIDE:#}  {LITERAL}{value}{LITERAL:#}"));
        }
        let longest = sigillo_formats::limits::TXT_STRING_BYTES;
        if record.kind == RecordType::Txt && record.value.len() > longest {
            page.paragraph("  ", &words.text("say-record-long"));
        }
    }
}

/// An answer with the records also in the format that was asked for.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WithRecords<T> {
    /// The answer.
    #[serde(flatten)]
    pub(super) answer: T,
    /// The records as the program of `--dns-format` reads them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) dns_text: Option<String>,
}

/// The records for a program, each zone's together: the given zone first, then those of others.
pub(super) fn write_all(zone: &DomainName, format: DnsFormat, records: &[DnsRecord]) -> String {
    let is_own = |record: &&DnsRecord| {
        record.name == zone.as_str() || record.name.ends_with(&format!(".{zone}"))
    };
    let own: Vec<DnsRecord> = records.iter().filter(is_own).cloned().collect();
    let mut text = format.write(zone, &own);
    for record in records.iter().filter(|record| !is_own(record)) {
        let other = record
            .name
            .strip_prefix(&format!("{}.", record.relative_name))
            .and_then(|zone| DomainName::parse(zone).ok());
        if let Some(other) = other {
            text += "\n";
            text += &format.write(&other, std::slice::from_ref(record));
        }
    }
    text
}
