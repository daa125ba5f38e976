//! DNS records on a page.

use std::collections::BTreeMap;
use std::iter;

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
        page.block("  ", &self.write_zones(zone, format, records));
    }

    /// The records for a program, each zone's together and complete by itself: the given zone
    /// first, then those of others, with a comment that says so.
    pub(super) fn write_zones(
        &self,
        zone: &DomainName,
        format: DnsFormat,
        records: &[DnsRecord],
    ) -> String {
        let (own, others): (Vec<_>, Vec<_>) =
            records.iter().cloned().partition(|record| is_below(&record.name, zone));
        let mut foreign: BTreeMap<DomainName, Vec<DnsRecord>> = BTreeMap::new();
        for record in others {
            if let Some(zone) = zone_of(&record) {
                foreign.entry(zone).or_default().push(record);
            }
        }
        let foreign = foreign.iter().map(|(zone, records)| {
            let zone_name = [("zone", zone.as_str().into())];
            let comment = self.words().format("say-foreign-zone", &zone_name);
            format!("\n{} {comment}\n{}", format.comment(), format.write(zone, records))
        });
        iter::once(format.write(zone, &own)).chain(foreign).collect()
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

fn is_below(name: &str, zone: &DomainName) -> bool {
    name.strip_suffix(zone.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The zone of a record that is not at the zone's own name.
fn zone_of(record: &DnsRecord) -> Option<DomainName> {
    let zone = record.name.strip_prefix(&record.relative_name)?.strip_prefix('.')?;
    DomainName::parse(zone).ok()
}
