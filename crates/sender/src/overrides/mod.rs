//! What the operator decides for some domains, whatever they publish.
//!
//! ```
//! use sigillo_formats::DomainName;
//! use sigillo_sender::overrides::{DaneUse, MtaStsOverride, Overrides};
//!
//! let overrides = Overrides::parse(
//!     br#"
//!     [[override]]
//!     domain = "example.com"
//!     policy = { mode = "enforce", mx = ["mail.example.com"] }
//!
//!     [[override]]
//!     suffix = "example.net"
//!     dane = "skip"
//!     pin = true
//!     "#,
//! )
//! .unwrap();
//!
//! let of = |name| overrides.for_domain(&DomainName::parse(name).unwrap());
//! assert!(matches!(of("example.com").unwrap().mta_sts, MtaStsOverride::Forced(_)));
//! assert_eq!(of("mail.example.net").unwrap().mta_sts, MtaStsOverride::Pinned);
//! assert_eq!(of("mail.example.net").unwrap().dane, DaneUse::Skip);
//! assert!(of("example.net").is_none());
//! ```

mod error;
mod parse;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use sigillo_formats::DomainName;
use sigillo_formats::policy::{MaxAge, Policy};

pub use error::{Form, OverridesError, OverridesFault, Table};

/// The longest text of overrides, in bytes: the most overrides with a hundred bytes each.
pub const OVERRIDES_BYTES: usize = 1024 * 1024;

/// The most overrides of a file; whoever has more of them wants a policy of their own, not
/// exceptions.
pub const OVERRIDES_COUNT: usize = 10_000;

/// The lifetime of a forced policy, as far as somebody asks: it holds as long as the file has it.
pub const FORCED_MAX_AGE: MaxAge = MaxAge::MAXIMUM;

/// The overrides of a file, to be looked up by policy domain; by default none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Those of one policy domain alone.
    domains: HashMap<Box<str>, Override>,
    /// Those of every domain below the name.
    suffixes: HashMap<Box<str>, Override>,
}

/// What the operator decides for a policy domain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Override {
    /// Which MTA-STS policy counts.
    pub mta_sts: MtaStsOverride,
    /// Whether its TLSA records count.
    pub dane: DaneUse,
}

/// Which MTA-STS policy counts for a domain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum MtaStsOverride {
    /// The one that it publishes, as the standard has it.
    #[default]
    Published,
    /// The one that it publishes, but never a weaker one than before: a cached policy stays beyond
    /// its `max_age`, and only a policy that enforces replaces it.
    Pinned,
    /// None, whatever it publishes.
    Skip,
    /// This one, whatever it publishes; its `max_age` is [`FORCED_MAX_AGE`].
    Forced(Policy),
}

/// Whether the TLSA records of a domain's MX hosts count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DaneUse {
    /// They count as everywhere.
    #[default]
    Use,
    /// As if there were none.
    Skip,
}

impl Overrides {
    /// Reads the text of a file of overrides.
    ///
    /// # Errors
    /// Everything that is wrong with it, in its order; at least one.
    pub fn parse(text: &[u8]) -> Result<Self, Vec<OverridesError>> {
        parse::parse(text)
    }

    /// The override of a policy domain: its own, or else that of the longest suffix above it. The
    /// one that is found counts alone.
    #[must_use]
    pub fn for_domain(&self, domain: &DomainName) -> Option<&Override> {
        let name = domain.as_str();
        self.domains.get(name).or_else(|| {
            let mut above = name.split_once('.');
            while let Some((_, suffix)) = above {
                if let Some(found) = self.suffixes.get(suffix) {
                    return Some(found);
                }
                above = suffix.split_once('.');
            }
            None
        })
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.domains.len() + self.suffixes.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl MtaStsOverride {
    /// Whether a cached policy never gets weaker.
    #[must_use]
    pub const fn is_pinned(&self) -> bool {
        matches!(self, Self::Pinned)
    }
}
