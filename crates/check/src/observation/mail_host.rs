use std::net::IpAddr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ConnectFailure, DnsLook, TlsFailure, TlsLook, TlsaRecord};

/// A host that receives mail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MailHostLook {
    /// Its name, as the MX record has it.
    pub name: String,
    /// The preference of its MX record; none for an implicit MX.
    pub preference: Option<u16>,
    /// Its IPv4 addresses.
    pub ipv4: DnsLook<String>,
    /// Its IPv6 addresses.
    pub ipv6: DnsLook<String>,
    /// Its TLSA records.
    pub tlsa: Option<DnsLook<TlsaRecord>>,
    /// What DANE comes to for each address, in the order of `sessions`: none where there was
    /// nothing to verify.
    pub dane: Option<DaneLook>,
    /// What each address said.
    pub sessions: Vec<SmtpLook>,
    /// How many addresses were not looked at, for their number.
    pub left_out: u32,
}

/// What DANE comes to for a host (RFC 7672).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DaneLook {
    /// A record matches at every address.
    Match,
    /// At some address no record matches.
    Mismatch,
    /// There are records, but none that SMTP can use.
    Unusable,
}

/// A session with one address of a mail host.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SmtpLook {
    /// The address.
    pub address: IpAddr,
    /// Why there was no connection.
    pub connect_failure: Option<ConnectFailure>,
    /// The lines of the greeting.
    pub greeting: Vec<String>,
    /// What the host offers, in answer to EHLO before TLS.
    pub capabilities: Vec<String>,
    /// How the session ended early.
    pub failure: Option<SmtpFailure>,
    /// The TLS session.
    pub tls: Option<TlsLook>,
    /// Why there was none after STARTTLS was accepted.
    pub tls_failure: Option<TlsFailure>,
    /// How long all of it took.
    pub elapsed_ms: u64,
}

/// How a session ended early.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "failure")]
pub enum SmtpFailure {
    /// The host said no.
    Refused {
        /// To what.
        stage: SmtpStage,
        /// Its words.
        line: String,
    },
    /// STARTTLS is not among the capabilities.
    StarttlsMissing,
    /// Text came in the clear behind the answer to STARTTLS.
    Injection,
    /// The answer was no SMTP, or endless.
    Malformed {
        /// To what.
        stage: SmtpStage,
        /// What was wrong.
        reason: String,
    },
    /// No answer in time.
    Timeout {
        /// To what.
        stage: SmtpStage,
    },
    /// The connection was closed.
    Closed {
        /// Instead of the answer to what.
        stage: SmtpStage,
    },
}

/// The stages of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SmtpStage {
    /// The greeting.
    Greeting,
    /// The answer to EHLO.
    Ehlo,
    /// The answer to STARTTLS.
    Starttls,
    /// The answer to EHLO inside TLS.
    EhloInTls,
}
