//! The DMARC record at `_dmarc.DOMAIN` (RFC 9989 §4.7 and §4.8).
//!
//! ```
//! use sigillo_formats::dmarc::{self, Disposition};
//!
//! let parsed = dmarc::parse(b"v=DMARC1; p=reject; rua=mailto:dmarc@example.com");
//! assert_eq!(parsed.effective().p, Some(Disposition::Reject));
//! assert_eq!(parsed.effective().sp, Some(Disposition::Reject));
//! assert!(!dmarc::parse(b"v=DMARC1; sp=none").is_valid());
//! ```

mod advice;
mod parse;
mod record;
mod tags;

pub use parse::{DmarcRecordValue, Effective, ParsedDmarcRecord, parse};
pub use record::DmarcRecord;
pub use tags::{Alignment, Disposition, FailureOptions, PublicSuffixDomain, UnknownTag};

/// The only version there is.
pub const VERSION: &str = "DMARC1";
