//! Certificates and servers for the tests.

mod pki;
mod server;

use jiff::Timestamp;
use sigillo_formats::DomainName;

pub(crate) use pki::{Identity, Pki, ca_issuers, window};
pub(crate) use server::{Server, Step, say};

/// The time at which certificates are judged, unless a test says otherwise.
pub(crate) fn now() -> Timestamp {
    "2026-06-15T12:00:00Z".parse().unwrap()
}

pub(crate) fn name(text: &str) -> DomainName {
    DomainName::parse(text).unwrap()
}
