use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use domain::base::Rtype;

/// The types of records that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RecordKind {
    /// An IPv4 address.
    A,
    /// An IPv6 address.
    Aaaa,
    /// Which certification authorities may issue (RFC 8659).
    Caa,
    /// The name that this one is an alias of; not followed when asked for.
    Cname,
    /// Mail exchangers.
    Mx,
    /// Name servers of a zone.
    Ns,
    /// The name of an address.
    Ptr,
    /// The start of a zone.
    Soa,
    /// Certificates for DANE (RFC 6698).
    Tlsa,
    /// Text.
    Txt,
}

impl RecordKind {
    pub(super) fn rtype(self) -> Rtype {
        match self {
            Self::A => Rtype::A,
            Self::Aaaa => Rtype::AAAA,
            Self::Caa => Rtype::CAA,
            Self::Cname => Rtype::CNAME,
            Self::Mx => Rtype::MX,
            Self::Ns => Rtype::NS,
            Self::Ptr => Rtype::PTR,
            Self::Soa => Rtype::SOA,
            Self::Tlsa => Rtype::TLSA,
            Self::Txt => Rtype::TXT,
        }
    }
}

impl fmt::Display for RecordKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rtype().fmt(formatter)
    }
}

/// The records of an answer, all of one kind, at least one. Their order means nothing in the
/// DNS, so they are sorted; repeated ones are there once.
///
/// Names are in lower case without the final dot, what isn't printable ASCII escaped as in zone
/// files; the root is `.`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Records {
    /// IPv4 addresses.
    A(Vec<Ipv4Addr>),
    /// IPv6 addresses.
    Aaaa(Vec<Ipv6Addr>),
    /// Which certification authorities may issue.
    Caa(Vec<CaaRecord>),
    /// What the name is an alias of: one name, unless the zone is broken.
    Cname(Vec<String>),
    /// Mail exchangers, the preferred ones first.
    Mx(Vec<MxRecord>),
    /// Name servers.
    Ns(Vec<String>),
    /// Names of an address.
    Ptr(Vec<String>),
    /// The start of a zone.
    Soa(Vec<SoaRecord>),
    /// Certificates for DANE.
    Tlsa(Vec<TlsaRecord>),
    /// Texts.
    Txt(Vec<TxtRecord>),
}

/// A mail exchanger (RFC 1035 §3.3.9); the one of a null MX is `.` (RFC 7505).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MxRecord {
    /// The lower, the sooner it is tried.
    pub preference: u16,
    /// Its name.
    pub exchange: String,
}

/// A text (RFC 1035 §3.3.14).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TxtRecord {
    /// The strings joined without anything between (RFC 8461 §3.1); any bytes, at most 64 KiB.
    pub text: Vec<u8>,
    /// How many strings they were.
    pub strings: usize,
}

/// A certificate association (RFC 6698 §2.1), as it is: fields may have unknown values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TlsaRecord {
    /// The certificate usage.
    pub usage: u8,
    /// Whether the whole certificate (0) or its public key (1) is meant.
    pub selector: u8,
    /// Whether the data is that itself (0), its SHA-256 (1) or its SHA-512 (2).
    pub matching: u8,
    /// The certificate association data.
    pub data: Vec<u8>,
}

/// The start of a zone (RFC 1035 §3.3.13). Times are in seconds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SoaRecord {
    /// The primary name server.
    pub primary: String,
    /// The mailbox of who is responsible, with its first dot in place of the `@`.
    pub mailbox: String,
    /// The version of the zone.
    pub serial: u32,
    /// How often secondaries look for a new version.
    pub refresh: u32,
    /// How often they try after a failure.
    pub retry: u32,
    /// When they give up.
    pub expire: u32,
    /// How long a negative answer counts at most (RFC 2308 §4).
    pub minimum: u32,
}

/// Which certification authority may issue (RFC 8659 §4.1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CaaRecord {
    /// Whether one that doesn't understand the tag must not issue.
    pub critical: bool,
    /// The property, such as `issue`, in lower case.
    pub tag: String,
    /// Its value.
    pub value: Vec<u8>,
}
