//! The formats of MTA-STS, TLS-RPT and DMARC: domain names, MX patterns, records, policies and
//! reports.
//!
//! Each format has one tolerant parser. It gives what was meant, as far as that can be told, and
//! every finding with its bytes; whether a conforming reader accepts the text is a question asked
//! of that result. Each has an exact writer too: what is printed parses to the same value.
//!
//! Nothing here does I/O, reads a clock or can panic on any input; see [`limits`] for the bounds.

pub mod dmarc;
mod domain_name;
pub mod duration;
mod field_name;
pub mod limits;
pub mod misspelling;
pub mod mta_sts_record;
mod mx_pattern;
pub mod policy;
mod recognition;
pub mod record;
pub mod report;
mod text;
pub mod tls_rpt_record;
mod validation;
pub mod zone_text;

pub use domain_name::{DomainName, DomainNameError};
pub use mx_pattern::{MxPattern, MxPatternError};
pub use validation::{Judged, Kind, Understood, Validation};
