use std::fmt;
use std::net::IpAddr;

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_formats::{DomainName, zone_text};

/// A record to publish, in every form that zone files and DNS panels ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DnsRecord {
    /// The absolute name, without the final dot.
    pub name: String,
    /// The name relative to the zone, `@` for the zone itself: what most panels ask for.
    pub relative_name: String,
    /// The type.
    #[serde(rename = "type")]
    pub kind: RecordType,
    /// For how long resolvers keep the record, in seconds.
    pub ttl: u32,
    /// The content as a panel wants it: of a TXT record the text without quotes, in one piece.
    pub value: String,
    /// The line of a zone file: the text quoted, and split where it is longer than 255 bytes.
    pub zone_line: String,
}

/// The types of the records that are generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordType {
    /// An IPv4 address.
    A,
    /// An IPv6 address.
    Aaaa,
    /// Another name for a name.
    Cname,
    /// A text.
    Txt,
}

impl fmt::Display for RecordType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::A => "A",
            Self::Aaaa => "AAAA",
            Self::Cname => "CNAME",
            Self::Txt => "TXT",
        })
    }
}

/// A zone to publish in, and how long its records are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// The name of the zone.
    pub name: DomainName,
    /// The time to live of its records, in seconds.
    pub ttl: u32,
}

impl Zone {
    /// A TXT record. `name` is absolute; it may have labels with an underscore in front, as the
    /// names of these records do.
    #[must_use]
    pub fn txt(&self, name: &str, text: &str) -> DnsRecord {
        self.record(name, RecordType::Txt, text.to_owned(), &zone_text::quote(text))
    }

    /// The record that makes a name lead to a server.
    #[must_use]
    pub fn pointer(&self, name: &str, target: &PointerTarget) -> DnsRecord {
        match target {
            PointerTarget::Address(address @ IpAddr::V4(_)) => {
                self.record(name, RecordType::A, address.to_string(), &address.to_string())
            }
            PointerTarget::Address(address @ IpAddr::V6(_)) => {
                self.record(name, RecordType::Aaaa, address.to_string(), &address.to_string())
            }
            PointerTarget::Name(target) => {
                self.record(name, RecordType::Cname, target.to_string(), &format!("{target}."))
            }
        }
    }

    fn record(&self, name: &str, kind: RecordType, value: String, data: &str) -> DnsRecord {
        DnsRecord {
            name: name.to_owned(),
            relative_name: self.relative(name).to_owned(),
            kind,
            ttl: self.ttl,
            value,
            zone_line: format!("{name}. {} IN {kind} {data}", self.ttl),
        }
    }

    /// A name relative to the zone; the name itself, if it is not below it.
    fn relative<'a>(&self, name: &'a str) -> &'a str {
        if name == self.name.as_str() {
            return "@";
        }
        name.strip_suffix(self.name.as_str())
            .and_then(|rest| rest.strip_suffix('.'))
            .unwrap_or(name)
    }
}

/// Where a name may lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PointerTarget {
    /// To an address.
    Address(IpAddr),
    /// To another name, by CNAME.
    Name(DomainName),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> Zone {
        Zone { name: DomainName::parse("example.com").unwrap(), ttl: 300 }
    }

    #[test]
    fn a_record_in_all_its_forms() {
        let record = zone().txt("_mta-sts.mail.example.com", "v=STSv1; id=1;");
        assert_eq!(record.relative_name, "_mta-sts.mail");
        assert_eq!(record.value, "v=STSv1; id=1;");
        assert_eq!(record.zone_line, r#"_mta-sts.mail.example.com. 300 IN TXT "v=STSv1; id=1;""#);
    }

    #[test]
    fn long_texts_are_split_only_in_the_zone_line() {
        let record = zone().txt("example.com", &"x".repeat(300));
        assert_eq!(record.relative_name, "@");
        assert_eq!(record.value.len(), 300);
        assert!(record.zone_line.ends_with(&format!(
            "{}\" \"{}\"",
            "x".repeat(255),
            "x".repeat(45)
        )));
    }

    #[test]
    fn pointers_to_addresses_and_names() {
        let pointer = |target: PointerTarget| zone().pointer("mta-sts.example.com", &target);
        let record = pointer(PointerTarget::Address("192.0.2.1".parse().unwrap()));
        assert_eq!((record.kind, record.value.as_str()), (RecordType::A, "192.0.2.1"));
        let record = pointer(PointerTarget::Address("2001:db8::1".parse().unwrap()));
        assert_eq!(record.zone_line, "mta-sts.example.com. 300 IN AAAA 2001:db8::1");
        let record = pointer(PointerTarget::Name(DomainName::parse("host.example.net").unwrap()));
        assert_eq!(record.zone_line, "mta-sts.example.com. 300 IN CNAME host.example.net.");
    }

    #[test]
    fn a_name_outside_the_zone_stays_absolute() {
        assert_eq!(zone().txt("_dmarc.badexample.com", "x").relative_name, "_dmarc.badexample.com");
    }
}
