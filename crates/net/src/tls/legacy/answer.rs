use std::fmt;

use crate::tls::alert::Alert;

/// The first message with which a server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LegacyAnswer {
    /// It agrees, with this version.
    ServerHello(LegacyVersion),
    /// It ends the handshake.
    Alert(Alert),
    /// It is not a TLS server.
    NotTls,
}

/// The version in a server's hello.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LegacyVersion {
    /// SSL 3.0.
    Ssl3,
    /// TLS 1.0.
    Tls10,
    /// TLS 1.1.
    Tls11,
    /// TLS 1.2: not old, but with nothing that the TLS library has (keys exchanged by RSA, say).
    Tls12,
    /// A version that was not offered.
    Other(u16),
}

impl LegacyVersion {
    /// Whether it is older than TLS 1.2, which RFC 8461 §7.2 demands.
    #[must_use]
    pub const fn is_old(self) -> bool {
        matches!(self, Self::Ssl3 | Self::Tls10 | Self::Tls11)
    }
}

impl fmt::Display for LegacyVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ssl3 => formatter.write_str("SSL 3.0"),
            Self::Tls10 => formatter.write_str("TLS 1.0"),
            Self::Tls11 => formatter.write_str("TLS 1.1"),
            Self::Tls12 => formatter.write_str("TLS 1.2"),
            Self::Other(number) => write!(formatter, "version {number:#06x}"),
        }
    }
}

/// Reads the answer to a hello (RFC 5246 §6.2.1, §7.2, §7.4.1.3); none while more bytes are needed.
///
/// Alerts that are only warnings are passed over: some servers warn of an unknown name and go on.
#[must_use]
pub fn parse_answer(mut bytes: &[u8]) -> Option<LegacyAnswer> {
    loop {
        let (kind, payload, rest) = match record(bytes) {
            Record::Whole { kind, payload, rest } => (kind, payload, rest),
            Record::Partial => return None,
            Record::NotTls => return Some(LegacyAnswer::NotTls),
        };
        match (kind, payload) {
            (ALERT, [1, _]) => bytes = rest,
            (ALERT, [_, number]) => return Some(LegacyAnswer::Alert(Alert(*number))),
            (HANDSHAKE, [2, _, _, _, major, minor, ..]) => {
                let version = match u16::from_be_bytes([*major, *minor]) {
                    0x0300 => LegacyVersion::Ssl3,
                    0x0301 => LegacyVersion::Tls10,
                    0x0302 => LegacyVersion::Tls11,
                    0x0303 => LegacyVersion::Tls12,
                    other => LegacyVersion::Other(other),
                };
                return Some(LegacyAnswer::ServerHello(version));
            }
            _ => return Some(LegacyAnswer::NotTls),
        }
    }
}

pub(super) const ALERT: u8 = 21;
pub(super) const HANDSHAKE: u8 = 22;

/// How much of a message is needed: its header and the version in a hello.
const NEEDED: usize = 6;

enum Record<'a> {
    Whole { kind: u8, payload: &'a [u8], rest: &'a [u8] },
    Partial,
    NotTls,
}

/// The first record, as soon as enough of it is there.
fn record(bytes: &[u8]) -> Record<'_> {
    match bytes.first() {
        None => return Record::Partial,
        Some(&(ALERT | HANDSHAKE)) => {}
        Some(_) => return Record::NotTls,
    }
    if bytes.get(1).is_some_and(|major| *major != 3) {
        return Record::NotTls;
    }
    let [kind, _, _, high, low, rest @ ..] = bytes else {
        return Record::Partial;
    };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    if length > 1 << 14 {
        return Record::NotTls;
    }
    match rest.split_at_checked(length) {
        Some((payload, rest)) => Record::Whole { kind: *kind, payload, rest },
        None if rest.len() >= NEEDED => Record::Whole { kind: *kind, payload: rest, rest: &[] },
        None => Record::Partial,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers() {
        let hello = [22, 3, 1, 0, 80, 2, 0, 0, 76, 3, 1, 9, 9, 9];
        assert_eq!(parse_answer(&hello), Some(LegacyAnswer::ServerHello(LegacyVersion::Tls10)));
        for end in 0..11 {
            assert_eq!(parse_answer(&hello[..end]), None, "{end}");
        }
        let alert = |level, number| [21, 3, 1, 0, 2, level, number];
        assert_eq!(parse_answer(&alert(2, 70)), Some(LegacyAnswer::Alert(Alert::PROTOCOL_VERSION)));
        assert_eq!(parse_answer(&alert(1, 112)), None);
        let warned = [alert(1, 112).as_slice(), &hello].concat();
        assert_eq!(parse_answer(&warned), Some(LegacyAnswer::ServerHello(LegacyVersion::Tls10)));
        assert_eq!(parse_answer(b"HTTP/1.1 400 Bad"), Some(LegacyAnswer::NotTls));
        assert_eq!(parse_answer(b"\x16\x02"), Some(LegacyAnswer::NotTls));
        assert_eq!(parse_answer(&[22, 3, 1, 0, 0]), Some(LegacyAnswer::NotTls));
        assert_eq!(parse_answer(&[22, 3, 1, 255, 255]), Some(LegacyAnswer::NotTls));
    }
}
