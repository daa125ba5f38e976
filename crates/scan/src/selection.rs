//! Which domains of a list are to be looked at.

use std::collections::HashSet;
use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use sigillo_formats::DomainName;

use crate::entry::{Entry, fingerprint};

/// Which domains of a list are to be looked at.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// The part of the list; all of it if none is said.
    pub shard: Option<Shard>,
    /// Who wants to be left alone.
    pub excluded: Exclusions,
    /// Which are done already.
    pub done: Done,
}

impl Selection {
    /// Whether an entry is to be looked at.
    #[must_use]
    pub fn takes(&self, entry: &Entry) -> bool {
        let is_excluded = match entry {
            Entry::Domain(domain) => self.excluded.covers(domain),
            Entry::Invalid(_) => false,
        };
        !is_excluded
            && self.shard.is_none_or(|shard| shard.holds(entry.name()))
            && !self.done.contains(entry.name())
    }
}

/// The K-th of N parts of a list.
///
/// To which part a domain belongs depends on its A-label alone, so that the parts of a list that
/// has grown, or of lists that overlap, fit together.
///
/// ```
/// # use sigillo_scan::Shard;
/// let parts = ["1/3", "2/3", "3/3"].map(|part| part.parse::<Shard>().unwrap());
/// assert_eq!(parts.iter().filter(|part| part.holds("example.com")).count(), 1);
/// assert!("0/3".parse::<Shard>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    index: u64,
    count: NonZeroU64,
}

/// A text that is no part `K/N` with 1 ≤ K ≤ N.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShardError;

impl Shard {
    /// Whether a name belongs to the part: the first eight bytes of its SHA-256 modulo N are K - 1.
    #[must_use]
    pub fn holds(self, name: &str) -> bool {
        fingerprint(name) % self.count == self.index
    }
}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, ShardError> {
        let (index, count) = text.split_once('/').ok_or(ShardError)?;
        let index: NonZeroU64 = index.parse().map_err(|_| ShardError)?;
        let count: NonZeroU64 = count.parse().map_err(|_| ShardError)?;
        if index > count {
            return Err(ShardError);
        }
        Ok(Self { index: index.get() - 1, count })
    }
}

impl fmt::Display for ShardError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not K/N with K from 1 to N")
    }
}

impl std::error::Error for ShardError {}

/// Domains that want to be left alone, and everything below them.
#[derive(Debug, Clone, Default)]
pub struct Exclusions(HashSet<Box<str>>);

impl Exclusions {
    /// Adds a domain.
    pub fn add(&mut self, domain: &DomainName) {
        self.0.insert(domain.as_str().into());
    }

    /// Whether a domain, or one above it, is among them.
    #[must_use]
    pub fn covers(&self, domain: &DomainName) -> bool {
        let mut name = Some(domain.as_str());
        while let Some(part) = name {
            if self.0.contains(part) {
                return true;
            }
            name = part.split_once('.').map(|(_, above)| above);
        }
        false
    }
}

/// Names that are done, as numbers of eight bytes.
#[derive(Debug, Clone, Default)]
pub struct Done(HashSet<u64>);

impl Done {
    pub(crate) fn add(&mut self, name: &str) {
        self.0.insert(fingerprint(name));
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a name is among them.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        // Without a resumed file there is nothing to work out.
        !self.0.is_empty() && self.0.contains(&fingerprint(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_up_the_whole() {
        for text in ["", "1", "0/1", "2/1", "1/0", "-1/2", "1/2/3", "a/b"] {
            assert_eq!(text.parse::<Shard>(), Err(ShardError), "{text}");
        }
        let shards: Vec<Shard> = (1..=7).map(|k| format!("{k}/7").parse().unwrap()).collect();
        let mut sizes = [0; 7];
        for number in 0..7000 {
            let name = format!("d{number}.example");
            let holding: Vec<usize> = (0..7).filter(|index| shards[*index].holds(&name)).collect();
            assert_eq!(holding.len(), 1);
            sizes[holding[0]] += 1;
        }
        assert!(sizes.iter().all(|size| (800..1200).contains(size)), "{sizes:?}");
    }

    #[test]
    fn what_is_excluded_is_so_with_everything_below() {
        let mut excluded = Exclusions::default();
        excluded.add(&DomainName::parse("Example.com").unwrap());
        for (name, expected) in [
            ("example.com", true),
            ("a.b.example.com", true),
            ("myexample.com", false),
            ("com", false),
        ] {
            assert_eq!(excluded.covers(&DomainName::parse(name).unwrap()), expected, "{name}");
        }
    }
}
