use sha2::{Digest as _, Sha256};
use sigillo_formats::DomainName;
use sigillo_formats::limits::DOMAIN_NAME_BYTES;

/// What stands before a domain at the name of its record.
const PREFIX: &str = "_mta-sts.";

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A domain that can have a record.
    Domain(DomainName),
    /// A text that is no domain name, or one too long for the names that MTA-STS puts before it.
    Invalid(String),
}

impl Entry {
    /// Reads a line, in whatever form a person writes names.
    #[must_use]
    pub fn read(text: String) -> Self {
        match DomainName::parse(&text) {
            Ok(domain) if PREFIX.len() + domain.as_str().len() <= DOMAIN_NAME_BYTES => {
                Self::Domain(domain)
            }
            _ => Self::Invalid(text),
        }
    }

    /// What the line of the result calls it: the A-label, or the text as it was given.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Domain(domain) => domain.as_str(),
            Self::Invalid(text) => text,
        }
    }
}

/// A number for a name that is the same everywhere and in every version: the first eight bytes of
/// its SHA-256, the most significant first.
///
/// Among a hundred million names the chance that two share it is one in four thousand.
pub(crate) fn fingerprint(name: &str) -> u64 {
    let digest = Sha256::digest(name.as_bytes());
    digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_every_form() {
        assert_eq!(Entry::read("Città.Example.".to_owned()).name(), "xn--citt-3na.example");
        assert_eq!(Entry::read("No domain".to_owned()).name(), "No domain");
        let long = ["a".repeat(60).as_str(); 4].join(".");
        assert_eq!(Entry::read(format!("{long}.bb")), Entry::Invalid(format!("{long}.bb")));
        assert!(matches!(Entry::read(long), Entry::Domain(_)));
    }

    #[test]
    fn fingerprints_never_change() {
        // SHA-256 of `example.com`: a379a6f6eeafb9a5…
        assert_eq!(fingerprint("example.com"), 0xa379_a6f6_eeaf_b9a5);
    }
}
