//! The grammar of domain names (RFC 5321 §4.1.2 `Domain`, RFC 1035 §2.3.4).

use std::net::{Ipv4Addr, Ipv6Addr};

use super::DomainNameError;
use crate::limits::{DOMAIN_NAME_BYTES, LABEL_BYTES};

/// The case of the letters of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// There is no upper-case letter.
    LowerCase,
    /// There is one.
    SomeUpperCase,
}

/// Checks a name.
///
/// One pass without branches, for names are what most of a policy is; what exactly is wrong is
/// worked out only when something is.
pub(super) fn check(bytes: &[u8]) -> Result<Letters, DomainNameError> {
    let mut seen = 0;
    // Dots and hyphens that follow what they must not.
    let mut misplaced = 0;
    let mut previous = class::of(b'.');
    for byte in bytes {
        #[expect(clippy::indexing_slicing, reason = "the table has a row for every byte")]
        let class = class::OF[usize::from(*byte)];
        seen |= class;
        misplaced |= class::forbidden_after(previous) & class;
        previous = class;
    }
    misplaced |= class::forbidden_after(previous) & class::DOT;
    let numeric = seen & (class::LETTER | class::HYPHEN) == 0; // it may be an IPv4 address
    if misplaced != 0 || seen & class::OTHER != 0 || numeric || !is_short(bytes) {
        match explain(bytes) {
            // A name of digits that is no address, such as `1.2`: the grammar has it.
            DomainNameError::Empty if !bytes.is_empty() => {}
            error => return Err(error),
        }
    }
    Ok(if seen & class::UPPER_CASE == 0 { Letters::LowerCase } else { Letters::SomeUpperCase })
}

/// Whether no label is too long, nor the name.
fn is_short(bytes: &[u8]) -> bool {
    bytes.len() <= LABEL_BYTES
        || (bytes.len() <= DOMAIN_NAME_BYTES
            && bytes.split(|byte| *byte == b'.').all(|label| label.len() <= LABEL_BYTES))
}

/// What the bytes of a name are, as flags; a digit has none.
mod class {
    pub(super) const DOT: u8 = 1;
    pub(super) const HYPHEN: u8 = 1 << 1;
    pub(super) const LETTER: u8 = 1 << 2;
    pub(super) const UPPER_CASE: u8 = 1 << 3;
    pub(super) const OTHER: u8 = 1 << 4;
    /// No dot may follow, for that would make a label empty or end it with a hyphen.
    const NO_DOT: u8 = DOT << FORBIDDEN;
    /// No hyphen may follow, for it would begin a label.
    const NO_HYPHEN: u8 = HYPHEN << FORBIDDEN;
    /// How far to the left the flags of what may not follow stand.
    const FORBIDDEN: u32 = 5;

    /// The flags of every byte.
    #[expect(
        clippy::indexing_slicing,
        reason = "the compiler works it out, and its index is short"
    )]
    pub(super) static OF: [u8; 256] = {
        let mut classes = [OTHER; 256];
        let mut byte = 0;
        while byte < 128 {
            classes[byte as usize] = of(byte);
            byte += 1;
        }
        classes
    };

    pub(super) const fn of(byte: u8) -> u8 {
        match byte {
            b'.' => DOT | NO_DOT | NO_HYPHEN,
            b'-' => HYPHEN | NO_DOT,
            b'0'..=b'9' => 0,
            b'a'..=b'z' => LETTER,
            b'A'..=b'Z' => LETTER | UPPER_CASE,
            _ => OTHER,
        }
    }

    /// The flags that the byte behind one of this class must not have.
    pub(super) const fn forbidden_after(class: u8) -> u8 {
        class >> FORBIDDEN
    }
}

/// The first reason against a name; `Empty` for bytes against which there is none.
#[cold]
fn explain(bytes: &[u8]) -> DomainNameError {
    if bytes.is_empty() {
        return DomainNameError::Empty;
    }
    if is_ip_address(bytes) {
        return DomainNameError::IpAddress;
    }
    if !bytes.is_ascii() {
        return DomainNameError::NotAscii;
    }
    for (offset, byte) in bytes.iter().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => {}
            b'_' => return DomainNameError::Underscore { offset },
            _ => {
                return DomainNameError::InvalidCharacter { character: char::from(*byte), offset };
            }
        }
    }
    for label in bytes.split(|byte| *byte == b'.') {
        if label.is_empty() {
            return DomainNameError::LabelEmpty;
        }
        if label.len() > LABEL_BYTES {
            return DomainNameError::LabelTooLong;
        }
        if label.starts_with(b"-") || label.ends_with(b"-") {
            return DomainNameError::Hyphen;
        }
    }
    if bytes.len() > DOMAIN_NAME_BYTES {
        return DomainNameError::NameTooLong;
    }
    DomainNameError::Empty
}

/// Whether the bytes are an IPv4 or IPv6 address, in brackets or without.
fn is_ip_address(bytes: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(bytes) else {
        return false;
    };
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let inner = inner.strip_prefix("IPv6:").unwrap_or(inner);
    inner.parse::<Ipv4Addr>().is_ok() || inner.parse::<Ipv6Addr>().is_ok()
}
