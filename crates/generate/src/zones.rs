//! Records of several zones for one program.

use std::collections::BTreeMap;
use std::iter;

use sigillo_formats::DomainName;
use sigillo_language::Language;

use crate::{DnsFormat, DnsRecord, words};

impl DnsFormat {
    /// Writes records, each zone's together and complete by itself: the given zone first, then those
    /// of others, with a comment that says so.
    #[must_use]
    pub fn write_zones(
        self,
        zone: &DomainName,
        records: &[DnsRecord],
        language: Language,
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
            let arguments = [("zone", zone.as_str().into())];
            let comment = words::steps(language).format("foreign-zone", &arguments);
            format!("\n{} {comment}\n{}", self.comment(), self.write(zone, records))
        });
        iter::once(self.write(zone, &own)).chain(foreign).collect()
    }
}

fn is_below(name: &str, zone: &DomainName) -> bool {
    name.strip_suffix(zone.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The zone of a record that is not at the zone's own name.
fn zone_of(record: &DnsRecord) -> Option<DomainName> {
    let zone = record.name.strip_prefix(&record.relative_name)?.strip_prefix('.')?;
    DomainName::parse(zone).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Zone;

    #[test]
    fn records_of_others_stand_apart() {
        let zone = |name: &str| Zone { name: DomainName::parse(name).unwrap(), ttl: 300 };
        let records = [
            zone("example.com").txt("_dmarc.example.com", "a"),
            zone("example.net").txt("example.com._report._dmarc.example.net", "b"),
        ];
        let own = zone("example.com").name;
        insta::assert_snapshot!(DnsFormat::Zone.write_zones(&own, &records, Language::English), @r#"
        _dmarc.example.com. 300 IN TXT "a"

        ; zone example.net: not yours unless you run it; hand this on to whoever does
        example.com._report._dmarc.example.net. 300 IN TXT "b"
        "#);
    }
}
