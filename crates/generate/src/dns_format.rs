use std::fmt::Write as _;
use std::str::FromStr;

use sigillo_formats::{DomainName, zone_text};

use crate::{DnsRecord, RecordType};

/// How records are written for the program that is to publish them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DnsFormat {
    /// Lines of a zone file (RFC 1035 §5).
    #[default]
    Zone,
    /// Commands for `nsupdate` (dynamic update, RFC 2136).
    Nsupdate,
    /// A zone of octoDNS's YAML provider.
    OctoDns,
    /// Resources of Terraform's `dns` provider.
    Terraform,
}

impl DnsFormat {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Zone, Self::Nsupdate, Self::OctoDns, Self::Terraform];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zone => "zone",
            Self::Nsupdate => "nsupdate",
            Self::OctoDns => "octodns",
            Self::Terraform => "terraform",
        }
    }

    /// The name of a file of this format.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Zone => "zone.txt",
            Self::Nsupdate => "nsupdate.txt",
            Self::OctoDns => "octodns.yaml",
            Self::Terraform => "records.tf",
        }
    }

    /// What begins a line that is a comment.
    #[must_use]
    pub const fn comment(self) -> &'static str {
        match self {
            Self::Zone | Self::Nsupdate => ";",
            Self::OctoDns | Self::Terraform => "#",
        }
    }

    /// Writes records of one zone.
    #[must_use]
    pub fn write(self, zone: &DomainName, records: &[DnsRecord]) -> String {
        let mut text = String::new();
        let written = match self {
            Self::Zone => {
                records.iter().try_for_each(|record| writeln!(text, "{}", record.zone_line))
            }
            Self::Nsupdate => nsupdate(&mut text, zone, records),
            Self::OctoDns => octodns(&mut text, records),
            Self::Terraform => terraform(&mut text, zone, records),
        };
        debug_assert!(written.is_ok(), "writing to memory does not fail");
        text
    }
}

impl FromStr for DnsFormat {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|format| format.name() == name).ok_or(())
    }
}

fn nsupdate(text: &mut String, zone: &DomainName, records: &[DnsRecord]) -> std::fmt::Result {
    writeln!(text, "zone {zone}.")?;
    for record in records {
        // What is there already gives way: two records at a name count as none.
        writeln!(text, "update delete {}. {}", record.name, record.kind)?;
        let data = data(record);
        writeln!(text, "update add {}. {} {} {data}", record.name, record.ttl, record.kind)?;
    }
    writeln!(text, "send")
}

fn octodns(text: &mut String, records: &[DnsRecord]) -> std::fmt::Result {
    writeln!(text, "---")?;
    let mut records: Vec<(&str, &DnsRecord)> =
        records.iter().map(|record| (octodns_name(record), record)).collect();
    records.sort_by_cached_key(|&(name, _)| natural_key(name));
    // A name is a key, and several records of one name are a list below it.
    for records in records.chunk_by(|(one, _), (other, _)| one == other) {
        let name = records.first().map_or("", |(name, _)| *name);
        writeln!(text, "'{}':", name.replace('\'', "''"))?;
        for (_, record) in records {
            let dash = if records.len() > 1 { "- " } else { "  " };
            // octoDNS wants semicolons escaped; in single quotes YAML has no escape but ''.
            let value = match record.kind {
                RecordType::Txt => record.value.replace('\\', "\\\\").replace(';', "\\;"),
                _ => data(record),
            };
            writeln!(text, "{dash}ttl: {}", record.ttl)?;
            writeln!(text, "  type: {}", record.kind)?;
            writeln!(text, "  value: '{}'", value.replace('\'', "''"))?;
        }
    }
    Ok(())
}

fn octodns_name(record: &DnsRecord) -> &str {
    if record.relative_name == "@" { "" } else { &record.relative_name }
}

/// A text, and the number behind it: its length in digits and the digits.
type NaturalPart<'a> = (&'a str, Option<(usize, &'a str)>);

/// What octoDNS sorts by, and refuses other orders: numbers within a name count as numbers, so
/// that `a10` comes behind `a9`.
fn natural_key(name: &str) -> Vec<NaturalPart<'_>> {
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let (text, behind) = split_before(rest, |character| character.is_ascii_digit());
        let (digits, behind) = split_before(behind, |character| !character.is_ascii_digit());
        let number = digits.trim_start_matches('0');
        parts.push((text, (!digits.is_empty()).then_some((number.len(), number))));
        rest = behind;
    }
    parts
}

fn split_before(text: &str, is_end: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(is_end).unwrap_or(text.len()))
}

fn terraform(text: &mut String, zone: &DomainName, records: &[DnsRecord]) -> std::fmt::Result {
    for (index, record) in records.iter().enumerate() {
        let (resource, key, list) = match record.kind {
            RecordType::A => ("dns_a_record_set", "addresses", true),
            RecordType::Aaaa => ("dns_aaaa_record_set", "addresses", true),
            RecordType::Cname => ("dns_cname_record", "cname", false),
            RecordType::Txt => ("dns_txt_record_set", "txt", true),
        };
        if index > 0 {
            writeln!(text)?;
        }
        let label: String = record
            .name
            .chars()
            .map(|character| if character.is_ascii_alphanumeric() { character } else { '_' })
            .collect();
        let value = match record.kind {
            RecordType::Cname => hcl_string(&data(record)),
            _ => hcl_string(&record.value),
        };
        let value = if list { format!("[{value}]") } else { value };
        writeln!(text, "resource \"{resource}\" \"{}\" {{", label.trim_start_matches('_'))?;
        writeln!(text, "  zone = \"{zone}.\"")?;
        if record.relative_name != "@" {
            writeln!(text, "  name = {}", hcl_string(&record.relative_name))?;
        }
        writeln!(text, "  {key} = {value}")?;
        writeln!(text, "  ttl = {}", record.ttl)?;
        writeln!(text, "}}")?;
    }
    Ok(())
}

/// A string of Terraform's language, in which `${` and `%{` begin templates.
fn hcl_string(text: &str) -> String {
    let escaped =
        text.replace('\\', "\\\\").replace('"', "\\\"").replace("${", "$${").replace("%{", "%%{");
    format!("\"{escaped}\"")
}

/// The data of a record as in a zone line.
fn data(record: &DnsRecord) -> String {
    match record.kind {
        RecordType::Txt => zone_text::quote(&record.value),
        // Without the final dot the name would be one within the zone.
        RecordType::Cname => format!("{}.", record.value),
        RecordType::A | RecordType::Aaaa => record.value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Zone;

    fn records() -> (DomainName, Vec<DnsRecord>) {
        let name = DomainName::parse("example.com").unwrap();
        let zone = Zone { name: name.clone(), ttl: 300 };
        let target = crate::PointerTarget::Name(DomainName::parse("web.example.net").unwrap());
        let records = vec![
            zone.txt("_mta-sts.example.com", "v=STSv1; id=1;"),
            zone.txt("example.com", r#"it's "${x}" \ "#),
            zone.pointer("mta-sts.example.com", &target),
        ];
        (name, records)
    }

    #[test]
    fn zone_lines() {
        let (zone, records) = records();
        insta::assert_snapshot!(DnsFormat::Zone.write(&zone, &records), @r#"
        _mta-sts.example.com. 300 IN TXT "v=STSv1; id=1;"
        example.com. 300 IN TXT "it's \"${x}\" \\ "
        mta-sts.example.com. 300 IN CNAME web.example.net.
        "#);
    }

    #[test]
    fn nsupdate_commands() {
        let (zone, records) = records();
        insta::assert_snapshot!(DnsFormat::Nsupdate.write(&zone, &records), @r#"
        zone example.com.
        update delete _mta-sts.example.com. TXT
        update add _mta-sts.example.com. 300 TXT "v=STSv1; id=1;"
        update delete example.com. TXT
        update add example.com. 300 TXT "it's \"${x}\" \\ "
        update delete mta-sts.example.com. CNAME
        update add mta-sts.example.com. 300 CNAME web.example.net.
        send
        "#);
    }

    #[test]
    fn octodns_yaml() {
        let (zone, records) = records();
        insta::assert_snapshot!(DnsFormat::OctoDns.write(&zone, &records), @r#"
        ---
        '':
          ttl: 300
          type: TXT
          value: 'it''s "${x}" \\ '
        '_mta-sts':
          ttl: 300
          type: TXT
          value: 'v=STSv1\; id=1\;'
        'mta-sts':
          ttl: 300
          type: CNAME
          value: 'web.example.net.'
        "#);
    }

    #[test]
    fn octodns_names_are_in_natural_order() {
        let sorted = [
            "", "1", "02", "2a", "10", "_dmarc", "_mta-sts", "a", "a0", "a1", "a1-b", "a9", "a10",
            "a10.1", "a10.b", "a.b", "ab", "mta-sts",
        ];
        // A label has room for numbers that no integer type holds.
        let long = ["9".repeat(63), format!("1{}", "0".repeat(63))];
        for pair in sorted.windows(2).chain([&[long[0].as_str(), long[1].as_str()][..]]) {
            assert!(natural_key(pair[0]) < natural_key(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn terraform_resources() {
        let (zone, records) = records();
        insta::assert_snapshot!(DnsFormat::Terraform.write(&zone, &records), @r#"
        resource "dns_txt_record_set" "mta_sts_example_com" {
          zone = "example.com."
          name = "_mta-sts"
          txt = ["v=STSv1; id=1;"]
          ttl = 300
        }

        resource "dns_txt_record_set" "example_com" {
          zone = "example.com."
          txt = ["it's \"$${x}\" \\ "]
          ttl = 300
        }

        resource "dns_cname_record" "mta_sts_example_com" {
          zone = "example.com."
          name = "mta-sts"
          cname = "web.example.net."
          ttl = 300
        }
        "#);
    }

    #[test]
    fn formats_are_found_by_their_names() {
        for format in DnsFormat::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        assert_eq!("bind".parse::<DnsFormat>(), Err(()));
    }
}
