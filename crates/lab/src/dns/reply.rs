//! Replies of scripted servers.

use std::net::Ipv4Addr;

use domain::base::{Header, Message};

use super::query::{Query, Transport};

/// A reply in the making; what isn't said is taken from the query. Records are given as wire
/// bytes, so that a script can lie about anything.
#[derive(Debug, Clone)]
pub struct Reply {
    id: u16,
    flags: u16,
    question: Vec<u8>,
    answers: Vec<Vec<u8>>,
    authority: Vec<Vec<u8>>,
    additional: Vec<Vec<u8>>,
}

impl Reply {
    /// A reply without records: NOERROR, RA, the question repeated.
    #[must_use]
    pub fn to(query: &Query) -> Self {
        let message = query.message();
        let header = message.as_ref().map(Message::header);
        let kind = message
            .as_ref()
            .and_then(|message| message.sole_question().ok())
            .map_or(1, |question| question.qtype().to_int());
        let recursion_desired = if header.is_some_and(Header::rd) { 0x0100 } else { 0 };
        Self {
            id: header.map_or(0, Header::id),
            flags: 0x8080 | recursion_desired,
            question: [wire_name(&query.name()), kind.to_be_bytes().to_vec(), vec![0, 1]].concat(),
            answers: Vec::new(),
            authority: Vec::new(),
            additional: Vec::new(),
        }
    }

    /// With another response code, of 0 to 15.
    #[must_use]
    pub fn rcode(mut self, rcode: u16) -> Self {
        self.flags = self.flags & !0xf | rcode;
        self
    }

    /// With another id than that of the query.
    #[must_use]
    pub fn wrong_id(mut self) -> Self {
        self.id = self.id.wrapping_add(1);
        self
    }

    /// Repeats another question than that of the query.
    #[must_use]
    pub fn question(mut self, name: &str, kind: u16) -> Self {
        self.question = [wire_name(name), kind.to_be_bytes().to_vec(), vec![0, 1]].concat();
        self
    }

    /// Says that the data was validated (AD).
    #[must_use]
    pub fn authentic(mut self) -> Self {
        self.flags |= 0x0020;
        self
    }

    /// Says that not everything is there (TC).
    #[must_use]
    pub fn truncated(mut self) -> Self {
        self.flags |= 0x0200;
        self
    }

    /// Adds a record to the answer section.
    #[must_use]
    pub fn answer(mut self, name: &str, kind: u16, ttl: u32, data: &[u8]) -> Self {
        self.answers.push(record(name, kind, ttl, data));
        self
    }

    /// Adds an address to the answer section.
    #[must_use]
    pub fn a(self, name: &str, address: Ipv4Addr) -> Self {
        self.answer(name, 1, 300, &address.octets())
    }

    /// Adds an alias to the answer section.
    #[must_use]
    pub fn cname(self, name: &str, target: &str) -> Self {
        self.answer(name, 5, 300, &wire_name(target))
    }

    /// Adds a mail host to the answer section.
    #[must_use]
    pub fn mx(self, name: &str, preference: u16, host: &str) -> Self {
        let data = [preference.to_be_bytes().to_vec(), wire_name(host)].concat();
        self.answer(name, 15, 300, &data)
    }

    /// Adds a TXT record to the answer section, in strings of 255 bytes.
    #[must_use]
    pub fn txt(self, name: &str, text: &[u8]) -> Self {
        self.txt_strings(name, &text.chunks(255).collect::<Vec<_>>())
    }

    /// Adds a TXT record to the answer section, in these strings of at most 255 bytes.
    #[must_use]
    pub fn txt_strings(self, name: &str, strings: &[&[u8]]) -> Self {
        let mut data = Vec::new();
        for string in strings {
            data.push(u8::try_from(string.len()).unwrap());
            data.extend_from_slice(string);
        }
        self.answer(name, 16, 300, &data)
    }

    /// Adds a SOA record to the authority section.
    #[must_use]
    pub fn soa(mut self, zone: &str, ttl: u32, minimum: u32) -> Self {
        let mut data =
            [wire_name(&format!("ns1.{zone}")), wire_name(&format!("h.{zone}"))].concat();
        for number in [1, 3600, 600, 86_400, minimum] {
            data.extend_from_slice(&u32::to_be_bytes(number));
        }
        self.authority.push(record(zone, 6, ttl, &data));
        self
    }

    /// Adds an extended error (RFC 8914).
    #[must_use]
    pub fn extended_error(mut self, code: u16, text: &str) -> Self {
        let length = u16::try_from(text.len() + 2).unwrap();
        let mut option = vec![0, 15];
        option.extend_from_slice(&length.to_be_bytes());
        option.extend_from_slice(&code.to_be_bytes());
        option.extend_from_slice(text.as_bytes());
        // An OPT record: the root, the type, the payload size in place of the class, no flags.
        let mut opt = vec![0, 0, 41, 4, 208, 0, 0, 0, 0];
        opt.extend_from_slice(&u16::try_from(option.len()).unwrap().to_be_bytes());
        opt.extend_from_slice(&option);
        self.additional.push(opt);
        self
    }

    /// The wire bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let count = |records: &[Vec<u8>]| u16::try_from(records.len()).unwrap();
        let mut bytes = Vec::new();
        for number in [
            self.id,
            self.flags,
            1,
            count(&self.answers),
            count(&self.authority),
            count(&self.additional),
        ] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        bytes.extend_from_slice(&self.question);
        for section in [&self.answers, &self.authority, &self.additional] {
            bytes.extend(section.concat());
        }
        bytes
    }

    /// The bytes, or over UDP, where they don't fit in 1232, only the head with TC.
    #[must_use]
    pub fn fitting(self, transport: Transport) -> Vec<u8> {
        let bytes = self.bytes();
        if transport == Transport::Tcp || bytes.len() <= 1232 {
            return bytes;
        }
        Self { answers: Vec::new(), authority: Vec::new(), additional: Vec::new(), ..self }
            .truncated()
            .bytes()
    }
}

fn record(name: &str, kind: u16, ttl: u32, data: &[u8]) -> Vec<u8> {
    let mut bytes = wire_name(name);
    bytes.extend_from_slice(&kind.to_be_bytes());
    bytes.extend_from_slice(&[0, 1]);
    bytes.extend_from_slice(&ttl.to_be_bytes());
    bytes.extend_from_slice(&u16::try_from(data.len()).unwrap().to_be_bytes());
    bytes.extend_from_slice(data);
    bytes
}

/// A name in wire form; empty labels are left out.
fn wire_name(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for label in name.split('.').filter(|label| !label.is_empty()) {
        bytes.push(u8::try_from(label.len()).unwrap());
        bytes.extend_from_slice(label.as_bytes());
    }
    bytes.push(0);
    bytes
}
