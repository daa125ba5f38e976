//! A zone, put together record by record.

use std::fmt::Write;
use std::net::{Ipv4Addr, Ipv6Addr};

/// How a zone is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// Not at all: an insecure delegation.
    Unsigned,
    /// With NSEC for what doesn't exist.
    Nsec,
    /// With NSEC3 (no salt, no extra iterations, RFC 9276) for what doesn't exist.
    Nsec3,
    /// So that validation fails.
    Bogus(Fault),
}

/// Why the validation of a zone fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The bytes of each signature but the keys' own are wrong.
    Damaged,
    /// Each signature expired long ago.
    Expired,
    /// The parent has a DS record for a key that the zone doesn't have.
    WrongKey,
    /// The parent has a DS record, but nothing in the zone is signed.
    Stripped,
}

/// A zone in the making: names are relative to it, `@` is the zone itself, and one with a final
/// dot is absolute. The SOA record (negative TTL 300 s) and an NS record are there already.
#[derive(Debug, Clone)]
pub struct Zone {
    name: String,
    signing: Signing,
    records: String,
}

impl Zone {
    pub(super) fn new(name: &str, signing: Signing) -> Self {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        Self { name, signing, records: String::new() }
    }

    /// The name without the final dot; empty for the root.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it is signed.
    #[must_use]
    pub fn signing(&self) -> Signing {
        self.signing
    }

    /// Adds a record with a TTL of 3600 s; `data` as in a zone file.
    pub fn record(&mut self, name: &str, kind: &str, data: &str) -> &mut Self {
        self.record_with_ttl(name, 3600, kind, data)
    }

    /// Adds a record; `data` as in a zone file.
    pub fn record_with_ttl(&mut self, name: &str, ttl: u32, kind: &str, data: &str) -> &mut Self {
        writeln!(self.records, "{name} {ttl} IN {kind} {data}").unwrap();
        self
    }

    /// Takes all records of a type away from a name; both as they were added.
    pub fn remove(&mut self, name: &str, kind: &str) -> &mut Self {
        let is_other = |line: &&str| {
            let mut fields = line.split(' ');
            fields.next() != Some(name) || fields.nth(2) != Some(kind)
        };
        self.records =
            self.records.lines().filter(is_other).flat_map(|line| [line, "\n"]).collect();
        self
    }

    /// Adds an IPv4 address.
    pub fn a(&mut self, name: &str, address: Ipv4Addr) -> &mut Self {
        self.record(name, "A", &address.to_string())
    }

    /// Adds an IPv6 address.
    pub fn aaaa(&mut self, name: &str, address: Ipv6Addr) -> &mut Self {
        self.record(name, "AAAA", &address.to_string())
    }

    /// Adds a mail exchanger of the zone itself.
    pub fn mx(&mut self, preference: u16, host: &str) -> &mut Self {
        self.mx_of("@", preference, host)
    }

    /// Adds a mail exchanger of a name.
    pub fn mx_of(&mut self, name: &str, preference: u16, host: &str) -> &mut Self {
        self.record(name, "MX", &format!("{preference} {host}"))
    }

    /// Adds an alias.
    pub fn cname(&mut self, name: &str, target: &str) -> &mut Self {
        self.record(name, "CNAME", target)
    }

    /// Adds a text, split into strings of 255 bytes.
    pub fn txt(&mut self, name: &str, text: &str) -> &mut Self {
        self.txt_bytes(name, text.as_bytes())
    }

    /// Adds a text of any bytes, split into strings of 255.
    pub fn txt_bytes(&mut self, name: &str, text: &[u8]) -> &mut Self {
        let strings: Vec<&[u8]> =
            if text.is_empty() { vec![b""] } else { text.chunks(255).collect() };
        self.txt_strings(name, &strings)
    }

    /// Adds a text in the given strings, each of at most 255 bytes.
    pub fn txt_strings(&mut self, name: &str, strings: &[&[u8]]) -> &mut Self {
        let quoted: Vec<String> = strings.iter().map(|string| quote(string)).collect();
        self.record(name, "TXT", &quoted.join(" "))
    }

    /// Adds a TLSA record; `name` such as `_25._tcp.mx1`.
    pub fn tlsa(
        &mut self,
        name: &str,
        usage: u8,
        selector: u8,
        matching: u8,
        data: &[u8],
    ) -> &mut Self {
        let mut text = format!("{usage} {selector} {matching} ");
        for byte in data {
            write!(text, "{byte:02x}").unwrap();
        }
        self.record(name, "TLSA", &text)
    }

    /// The name as zone files and programs write it, with the final dot.
    pub(super) fn absolute(&self) -> String {
        format!("{}.", self.name)
    }

    /// The zone file, with `serial`, and with what belongs to the zones below: `delegations`.
    pub(super) fn text(&self, serial: u32, delegations: &str) -> String {
        let server = if self.name.is_empty() { "ns1.lab" } else { "ns1" };
        format!(
            "$ORIGIN {}\n$TTL 3600\n@ SOA {server} hostmaster {serial} 3600 600 86400 300\n\
             @ NS {server}\n{server} A 127.0.0.1\n{}{delegations}",
            self.absolute(),
            self.records
        )
    }
}

/// A string of a TXT record as a zone file has it, whatever its bytes.
fn quote(string: &[u8]) -> String {
    let mut quoted = String::from("\"");
    for byte in string {
        match byte {
            b'"' | b'\\' => {
                quoted.push('\\');
                quoted.push(char::from(*byte));
            }
            b' '..=b'~' => quoted.push(char::from(*byte)),
            _ => write!(quoted, "\\{byte:03}").unwrap(),
        }
    }
    quoted.push('"');
    quoted
}
