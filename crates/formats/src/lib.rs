//! The formats of MTA-STS, TLS-RPT and DMARC: domain names, MX patterns, records and policies.
//!
//! Each format has one tolerant parser. It gives what was meant, as far as that can be told, and
//! every finding with its bytes; whether a conforming reader accepts the text is a question asked
//! of that result. Each has an exact writer too: what is printed parses to the same value.
//!
//! Nothing here does I/O, reads a clock or can panic on any input; see [`limits`] for the bounds.

mod domain_name;
pub mod limits;
mod mx_pattern;
pub mod report;

pub use domain_name::{DomainName, DomainNameError};
pub use mx_pattern::{MxPattern, MxPatternError};
