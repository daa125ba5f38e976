//! What a look at a domain saw: plain data that can be saved, judged again, compared and shown.
//!
//! Names are lower-case and without the final dot; texts from the network are kept as they came,
//! bounded and lossily decoded, and may hold anything: escape them on output. Times are
//! milliseconds, dates Unix seconds.

mod bytes;
mod dns;
mod mail_host;
mod policy_host;
mod reading;
mod tls;

pub use bytes::text_and_hex;
pub use dns::{DnsLook, DnsOutcome, MxRecord, Security, TlsaRecord, TxtRecord};
pub use mail_host::{DaneLook, MailHostLook, SmtpFailure, SmtpLook, SmtpStage};
pub use policy_host::{ConnectFailure, FetchLook, HttpFailure, HttpLook, PathLook, PolicyHostLook};
pub use reading::ObservationError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sigillo_formats::DomainName;
pub use tls::{CertificateLook, NameMatch, TlsFailure, TlsLook, Trust, Validity};

/// The version of this layout. A saved observation of an older one stays readable.
pub const SCHEMA: u32 = 1;

/// Everything that a look at a domain saw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Observation {
    /// The version of this layout.
    pub schema: u32,
    /// The policy domain.
    pub domain: DomainName,
    /// When the look began, in Unix seconds.
    pub started: i64,
    /// How long it took.
    pub elapsed_ms: u64,
    /// How it was looked.
    pub means: Means,
    /// The TXT records at `_mta-sts.DOMAIN`.
    pub record: DnsLook<TxtRecord>,
    /// TXT records at places where the record is put by mistake.
    pub misplaced: Misplaced,
    /// TXT records at a random name below the domain: an answer comes from a wildcard.
    pub wildcard_txt: Option<DnsLook<TxtRecord>>,
    /// Addresses at a random name below the domain: an answer comes from a wildcard.
    pub wildcard_address: Option<DnsLook<String>>,
    /// The policy host, `mta-sts.DOMAIN`.
    pub policy_host: PolicyHostLook,
    /// The MX records.
    pub mx: DnsLook<MxRecord>,
    /// The hosts that receive mail: those of the MX records, or without one the domain itself.
    pub mail_hosts: Vec<MailHostLook>,
    /// How many hosts of the MX records were not looked at, for their number.
    pub mail_hosts_left_out: u32,
    /// MX records of sub-domains that the policy does not cover.
    pub subdomains: Vec<DnsLook<MxRecord>>,
    /// The TXT records at `_smtp._tls.DOMAIN`.
    pub tls_rpt: DnsLook<TxtRecord>,
    /// The TXT records at `_dmarc.DOMAIN` and, if there is none, at the names above, upwards.
    pub dmarc: Vec<DnsLook<TxtRecord>>,
    /// The domains of addresses to which reports go.
    pub report_domains: Vec<ReportDomainLook>,
}

/// How it was looked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Means {
    /// The name servers that were asked.
    pub resolvers: Vec<String>,
    /// Whether answers were validated: `validate`, `trust-ad` or `off`.
    pub dnssec: String,
    /// Whether mail hosts were looked at.
    pub smtp: bool,
    /// Whether the looking host has a route to IPv6 addresses.
    pub ipv6: bool,
}

/// Where the MTA-STS record is put by mistake.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Misplaced {
    /// At the domain itself.
    pub apex: Option<DnsLook<TxtRecord>>,
    /// At `_mta_sts.DOMAIN`, the name of old drafts.
    pub draft_name: Option<DnsLook<TxtRecord>>,
}

/// Whether the domain of an address for reports can receive them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportDomainLook {
    /// The domain of the address.
    pub domain: DomainName,
    /// Its MX records.
    pub mx: DnsLook<MxRecord>,
    /// Its addresses, looked up when it has no MX records.
    pub addresses: Option<DnsLook<String>>,
    /// The record by which it accepts DMARC reports about the domain, if it is a foreign one.
    pub dmarc_authorisation: Option<DnsLook<TxtRecord>>,
}
