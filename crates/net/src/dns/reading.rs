//! What a reply says about a question: the aliases, and the records at their end.

use bytes::Bytes;
use domain::base::iana::{Class, OptRcode};
use domain::base::name::ToName;
use domain::base::{Message, Name, ParsedName, ParsedRecord, Record, Rtype, Ttl};
use domain::rdata::AllRecordData;

use super::record::{CaaRecord, MxRecord, RecordKind, Records, SoaRecord, TlsaRecord, TxtRecord};

/// The most records of an answer that are kept; more are counted.
pub const MAXIMUM_RECORDS: usize = 100;

/// The most aliases in a row that are followed, as many as widespread resolvers do.
pub const MAXIMUM_ALIASES: usize = 16;

type Data = AllRecordData<Bytes, ParsedName<Bytes>>;

/// A reply as an answer to its question.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) end: End,
    pub(super) aliases: Vec<Name<Bytes>>,
    pub(super) ttl: Option<u32>,
    pub(super) negative_ttl: Option<u32>,
    pub(super) left_out: usize,
    /// Whether the zone's SOA record is there, as it is where there are no records.
    pub(super) has_soa: bool,
}

/// What is at the end of the aliases.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    Records(Records),
    NoData,
    NxDomain,
    Loop,
    TooManyAliases,
}

/// Reads a reply with the code NOERROR or NXDOMAIN.
///
/// # Errors
/// What is wrong with it.
pub(super) fn read(
    message: &Message<Bytes>,
    name: &Name<Bytes>,
    kind: RecordKind,
) -> Result<Reading, String> {
    let section = Section::of(message, kind)?;
    let mut reading = Reading {
        end: End::NoData,
        aliases: Vec::new(),
        ttl: None,
        negative_ttl: None,
        left_out: 0,
        has_soa: false,
    };
    reading.follow(name, &section);
    match reading.end {
        End::NoData => {}
        _ => return Ok(reading),
    }
    let end = reading.aliases.last().unwrap_or(name);
    let data = section
        .records
        .into_iter()
        .filter(|record| record.owner == *end)
        .map(|record| (record.ttl, record.data));
    reading.keep(kind, data.collect());
    if reading.end == End::NoData {
        reading.conclude_absence(message)?;
    }
    Ok(reading)
}

impl Reading {
    /// Follows the aliases from `name` on.
    fn follow(&mut self, name: &Name<Bytes>, section: &Section) {
        let mut current = name.clone();
        while let Some(alias) = section.aliases.iter().find(|alias| alias.owner == current) {
            if alias.target == *name || self.aliases.contains(&alias.target) {
                self.aliases.push(alias.target.clone());
                self.end = End::Loop;
                return;
            }
            if self.aliases.len() == MAXIMUM_ALIASES {
                self.end = End::TooManyAliases;
                return;
            }
            self.lower_ttl(alias.ttl);
            current = alias.target.clone();
            self.aliases.push(current.clone());
        }
    }

    /// Keeps the records, sorted, each once.
    fn keep(&mut self, kind: RecordKind, data: Vec<(u32, Data)>) {
        for (ttl, _) in &data {
            self.lower_ttl(*ttl);
        }
        let data = data.into_iter().map(|(_, data)| data);
        let left_out = &mut self.left_out;
        let records = match kind {
            RecordKind::A => collect(data, a, left_out).map(Records::A),
            RecordKind::Aaaa => collect(data, aaaa, left_out).map(Records::Aaaa),
            RecordKind::Caa => collect(data, caa, left_out).map(Records::Caa),
            RecordKind::Cname => collect(data, cname, left_out).map(Records::Cname),
            RecordKind::Mx => collect(data, mx, left_out).map(Records::Mx),
            RecordKind::Ns => collect(data, ns, left_out).map(Records::Ns),
            RecordKind::Ptr => collect(data, ptr, left_out).map(Records::Ptr),
            RecordKind::Soa => collect(data, soa, left_out).map(Records::Soa),
            RecordKind::Tlsa => collect(data, tlsa, left_out).map(Records::Tlsa),
            RecordKind::Txt => collect(data, txt, left_out).map(Records::Txt),
        };
        if let Some(records) = records {
            self.end = End::Records(records);
        }
    }

    /// There are no records: which kind of nothing it is, and for how long.
    fn conclude_absence(&mut self, message: &Message<Bytes>) -> Result<(), String> {
        if message.opt_rcode() == OptRcode::NXDOMAIN {
            self.end = End::NxDomain;
        }
        for record in message.authority().map_err(unreadable)? {
            let record = record.map_err(unreadable)?;
            if record.class() != Class::IN || record.rtype() != Rtype::SOA {
                continue;
            }
            if let AllRecordData::Soa(soa) = parse(&record)? {
                self.has_soa = true;
                self.negative_ttl = Some(record.ttl().min(soa.minimum()).as_secs());
                break;
            }
        }
        Ok(())
    }

    fn lower_ttl(&mut self, ttl: u32) {
        self.ttl = Some(self.ttl.map_or(ttl, |shortest| shortest.min(ttl)));
    }
}

/// The part of an answer section that matters. The equality of names doesn't look at case.
struct Section {
    aliases: Vec<Alias>,
    records: Vec<Owned>,
}

struct Alias {
    owner: Name<Bytes>,
    target: Name<Bytes>,
    ttl: u32,
}

struct Owned {
    owner: Name<Bytes>,
    ttl: u32,
    data: Data,
}

impl Section {
    fn of(message: &Message<Bytes>, kind: RecordKind) -> Result<Self, String> {
        let mut section = Self { aliases: Vec::new(), records: Vec::new() };
        for record in message.answer().map_err(unreadable)? {
            let record = record.map_err(unreadable)?;
            if record.class() != Class::IN {
                continue;
            }
            let ttl = seconds(record.ttl());
            // An alias is what was asked for, or on the way to it.
            if record.rtype() == kind.rtype() {
                let owner = record.owner().to_name();
                section.records.push(Owned { owner, ttl, data: parse(&record)? });
            } else if let Rtype::CNAME = record.rtype()
                && let AllRecordData::Cname(target) = parse(&record)?
            {
                let owner = record.owner().to_name();
                let target = target.cname().to_name();
                section.aliases.push(Alias { owner, target, ttl });
            }
        }
        Ok(section)
    }
}

fn parse(record: &ParsedRecord<'_, Bytes>) -> Result<Data, String> {
    record
        .to_any_record::<Data>()
        .map(Record::into_data)
        .map_err(|_| format!("a {} record is not well-formed", record.rtype()))
}

fn unreadable<E>(_: E) -> String {
    "the reply is not a well-formed message".to_owned()
}

/// A TTL with its highest bit set counts as 0 (RFC 2181 §8).
fn seconds(ttl: Ttl) -> u32 {
    let seconds = ttl.as_secs();
    if seconds > i32::MAX.unsigned_abs() { 0 } else { seconds }
}

/// Takes what is of the kind, sorted, each once; none if there is nothing.
fn collect<T: Ord>(
    data: impl Iterator<Item = Data>,
    take: impl Fn(Data) -> Option<T>,
    left_out: &mut usize,
) -> Option<Vec<T>> {
    let mut records: Vec<T> = data.filter_map(take).collect();
    records.sort_unstable();
    records.dedup();
    *left_out = records.len().saturating_sub(MAXIMUM_RECORDS);
    records.truncate(MAXIMUM_RECORDS);
    (!records.is_empty()).then_some(records)
}

/// A name in lower case, escaped, without the final dot; the root is `.`.
pub(super) fn text(name: &impl ToName) -> String {
    let text = name.to_name::<Vec<u8>>().to_string().to_ascii_lowercase();
    if text.is_empty() { ".".to_owned() } else { text }
}

fn a(data: Data) -> Option<std::net::Ipv4Addr> {
    match data {
        Data::A(address) => Some(address.addr()),
        _ => None,
    }
}

fn aaaa(data: Data) -> Option<std::net::Ipv6Addr> {
    match data {
        Data::Aaaa(address) => Some(address.addr()),
        _ => None,
    }
}

fn caa(data: Data) -> Option<CaaRecord> {
    let Data::Caa(caa) = data else { return None };
    Some(CaaRecord {
        critical: caa.flags().bits() & 0x80 != 0,
        tag: caa.tag().to_string().to_ascii_lowercase(),
        value: caa.value().to_vec(),
    })
}

fn cname(data: Data) -> Option<String> {
    match data {
        Data::Cname(cname) => Some(text(cname.cname())),
        _ => None,
    }
}

fn mx(data: Data) -> Option<MxRecord> {
    let Data::Mx(mx) = data else { return None };
    Some(MxRecord { preference: mx.preference(), exchange: text(mx.exchange()) })
}

fn ns(data: Data) -> Option<String> {
    match data {
        Data::Ns(ns) => Some(text(ns.nsdname())),
        _ => None,
    }
}

fn ptr(data: Data) -> Option<String> {
    match data {
        Data::Ptr(ptr) => Some(text(ptr.ptrdname())),
        _ => None,
    }
}

fn soa(data: Data) -> Option<SoaRecord> {
    let Data::Soa(soa) = data else { return None };
    Some(SoaRecord {
        primary: text(soa.mname()),
        mailbox: text(soa.rname()),
        serial: soa.serial().into_int(),
        refresh: soa.refresh().as_secs(),
        retry: soa.retry().as_secs(),
        expire: soa.expire().as_secs(),
        minimum: soa.minimum().as_secs(),
    })
}

fn tlsa(data: Data) -> Option<TlsaRecord> {
    let Data::Tlsa(tlsa) = data else { return None };
    Some(TlsaRecord {
        usage: tlsa.usage().to_int(),
        selector: tlsa.selector().to_int(),
        matching: tlsa.matching_type().to_int(),
        data: tlsa.data().to_vec(),
    })
}

fn txt(data: Data) -> Option<TxtRecord> {
    let Data::Txt(txt) = data else { return None };
    let mut record = TxtRecord { text: Vec::with_capacity(txt.len()), strings: 0 };
    for string in txt.iter() {
        record.text.extend_from_slice(string);
        record.strings += 1;
    }
    Some(record)
}
