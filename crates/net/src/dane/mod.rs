//! DANE for SMTP: whether the certificates of an MX host match its TLSA records (RFC 7672).
//!
//! Pure: the records must already be known to be DNSSEC-secure, and the chain comes from a
//! handshake in which the host proved that it holds the key.

mod anchor;
mod record;
mod verify;

pub use record::{Matching, Selector, TlsaRecord, UnusableRecord, Usable, Usage};
pub use verify::{DaneOutcome, DaneVerdict, RecordOutcome, verify};
