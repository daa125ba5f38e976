//! DNS records on a page.

use sigillo_formats::DomainName;
use sigillo_generate::{DnsFormat, DnsRecord, RecordType};

use super::Context;
use crate::page::{ASIDE, LITERAL, Page};
use sigillo_findings::visible;

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
        page.block("  ", &format.write_zones(zone, records, self.language));
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
