use rustls::pki_types::CertificateDer;

use super::answer::{ALERT, HANDSHAKE};
use crate::limits::{CHAIN_CERTIFICATES, LEGACY_ANSWER_BYTES};
use crate::tls::PresentedChain;

/// What the beginning of an answer says about certificates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Certificates {
    /// These.
    Chain(PresentedChain),
    /// That is not known yet.
    MoreNeeded,
    /// There are none, or the messages are not well formed.
    None,
}

/// Reads the certificates from the messages that follow a hello, up to TLS 1.2 (RFC 5246 §7.4.2).
#[must_use]
pub fn parse_certificates(bytes: &[u8]) -> Certificates {
    let (messages, ended) = messages(bytes);
    let mut rest = messages.as_slice();
    while let Some((kind, body, after)) = message(rest) {
        match kind {
            CERTIFICATE => return chain(body).map_or(Certificates::None, Certificates::Chain),
            HELLO_DONE => return Certificates::None,
            _ => rest = after,
        }
    }
    if ended { Certificates::None } else { Certificates::MoreNeeded }
}

const CERTIFICATE: u8 = 11;
const HELLO_DONE: u8 = 14;

/// The contents of the handshake records one after the other, the last perhaps torn, and whether
/// something else ends them.
fn messages(bytes: &[u8]) -> (Vec<u8>, bool) {
    let mut messages = Vec::new();
    let mut rest = bytes.get(..LEGACY_ANSWER_BYTES).unwrap_or(bytes);
    while let [kind, _, _, high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let payload = after.get(..length).unwrap_or(after);
        match *kind {
            HANDSHAKE => messages.extend_from_slice(payload),
            // Those that matter were read as the answer.
            ALERT => {}
            _ => return (messages, true),
        }
        rest = after.get(length..).unwrap_or_default();
    }
    (messages, bytes.len() >= LEGACY_ANSWER_BYTES)
}

/// The first message: its kind, its body, and what follows it.
fn message(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (kind, rest) = bytes.split_first()?;
    let (body, after) = counted(rest)?;
    Some((*kind, body, after))
}

/// Bytes after their number in three bytes, and what follows them.
fn counted(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let [a, b, c, rest @ ..] = bytes else {
        return None;
    };
    let length = usize::from(*a) << 16 | usize::from(*b) << 8 | usize::from(*c);
    rest.split_at_checked(length)
}

fn chain(body: &[u8]) -> Option<PresentedChain> {
    let (mut list, []) = counted(body)? else {
        return None;
    };
    let mut certificates = Vec::new();
    while !list.is_empty() {
        let (certificate, after) = counted(list)?;
        certificates.push(CertificateDer::from(certificate));
        list = after;
        // One more than is kept shows that there are more.
        if certificates.len() > CHAIN_CERTIFICATES {
            break;
        }
    }
    let (leaf, others) = certificates.split_first()?;
    Some(PresentedChain::new(leaf, others))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_three(length: usize) -> [u8; 3] {
        let [.., a, b, c] = length.to_be_bytes();
        [a, b, c]
    }

    fn flight(certificates: &[&[u8]], record_length: usize) -> Vec<u8> {
        let mut list = Vec::new();
        for certificate in certificates {
            list.extend(in_three(certificate.len()));
            list.extend(*certificate);
        }
        let mut messages = vec![2, 0, 0, 2, 3, 3]; // a hello
        messages.push(CERTIFICATE);
        messages.extend(in_three(list.len() + 3));
        messages.extend(in_three(list.len()));
        messages.extend(list);
        let mut flight = Vec::new();
        for part in messages.chunks(record_length) {
            let [.., high, low] = part.len().to_be_bytes();
            flight.extend([HANDSHAKE, 3, 3, high, low]);
            flight.extend(part);
        }
        flight
    }

    #[test]
    fn certificates_over_any_records() {
        for record_length in [1, 7, 16_384] {
            let flight = flight(&[b"one", b"three"], record_length);
            let Certificates::Chain(chain) = parse_certificates(&flight) else { panic!() };
            assert_eq!(chain.der(), [b"one".as_slice(), b"three"].map(CertificateDer::from));
            for end in 0..flight.len() {
                assert_eq!(parse_certificates(&flight[..end]), Certificates::MoreNeeded, "{end}");
            }
        }
        let many = [b"x".as_slice(); 30];
        let Certificates::Chain(chain) = parse_certificates(&flight(&many, 99)) else { panic!() };
        assert!(chain.is_truncated());
    }

    #[test]
    fn no_certificates() {
        assert_eq!(parse_certificates(&flight(&[], 99)), Certificates::None);
        let done = [HANDSHAKE, 3, 3, 0, 4, HELLO_DONE, 0, 0, 0];
        assert_eq!(parse_certificates(&done), Certificates::None);
        assert_eq!(parse_certificates(b"HTTP/1.1 400"), Certificates::None);
        let lying = [HANDSHAKE, 3, 3, 0, 8, CERTIFICATE, 0, 0, 4, 0, 0, 9, 1];
        assert_eq!(parse_certificates(&lying), Certificates::None);
        let endless = [HANDSHAKE, 3, 3, 0, 1, 9].repeat(LEGACY_ANSWER_BYTES);
        assert_eq!(parse_certificates(&endless), Certificates::None);
    }
}
