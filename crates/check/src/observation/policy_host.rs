use std::net::IpAddr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bytes::bytes_of;
use super::{DnsLook, TlsFailure, TlsLook};

/// The policy host and what it serves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PolicyHostLook {
    /// Its name, `mta-sts.DOMAIN`.
    pub name: String,
    /// Its IPv4 addresses.
    pub ipv4: DnsLook<String>,
    /// Its IPv6 addresses.
    pub ipv6: DnsLook<String>,
    /// What each address serves.
    pub fetches: Vec<FetchLook>,
    /// How many addresses were not looked at, for their number.
    pub left_out: u32,
    /// Other places where a policy was found, looked at when the right one has none.
    pub other_paths: Vec<PathLook>,
    /// The CAA records that concern the name (RFC 8659).
    pub caa: Option<DnsLook<String>>,
}

/// What one address of the policy host serves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FetchLook {
    /// The address.
    pub address: IpAddr,
    /// Why there was no connection.
    pub connect_failure: Option<ConnectFailure>,
    /// The TLS session.
    pub tls: Option<TlsLook>,
    /// Why there was none.
    pub tls_failure: Option<TlsFailure>,
    /// The answer.
    pub http: Option<HttpLook>,
    /// Why there was none.
    pub http_failure: Option<HttpFailure>,
    /// How long all of it took.
    pub elapsed_ms: u64,
}

/// Why there was no connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "failure")]
pub enum ConnectFailure {
    /// Nothing listens there.
    Refused,
    /// No answer in time.
    Timeout,
    /// The looking host has no route there.
    NoRoute,
    /// The connection was cut.
    Reset,
    /// The address is a special one, and the guard let nobody go there.
    Guarded {
        /// What kind of address it is.
        reason: String,
    },
    /// Anything else.
    Other {
        /// What happened.
        reason: String,
    },
}

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HttpLook {
    /// The status.
    pub status: u16,
    /// Where a redirect leads.
    pub location: Option<String>,
    /// The media type with its parameters.
    pub content_type: Option<String>,
    /// How the body is encoded, if it is.
    pub content_encoding: Option<String>,
    /// The name that the server gives itself.
    pub server: Option<String>,
    /// The firewall or bot check that answers, recognised by its header fields or page.
    pub blocked_by: Option<String>,
    /// The body, up to 64 KiB; bytes that are no UTF-8 are replaced.
    pub body: String,
    /// The body's bytes in hexadecimal, where they are no UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_hex: Option<String>,
    /// The SHA-256 of the body's bytes, in hexadecimal.
    pub body_sha256: String,
    /// Whether the body was longer.
    pub truncated: bool,
}

impl HttpLook {
    /// The body's bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        bytes_of(&self.body, self.body_hex.as_ref())
    }
}

/// Why there was no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "failure")]
pub enum HttpFailure {
    /// It took too long.
    Timeout,
    /// The connection was closed in the middle.
    Closed,
    /// It was no HTTP answer, or one beyond all bounds.
    Malformed {
        /// What was wrong.
        reason: String,
    },
}

/// A place where a policy was looked for besides the right one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PathLook {
    /// The address of the page.
    pub url: String,
    /// The status.
    pub status: u16,
    /// Whether the body is a policy.
    pub is_policy: bool,
}
