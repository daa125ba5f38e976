//! Whatever the network sends, the codecs neither panic nor keep more than their bounds.

use proptest::collection::vec;
use proptest::prelude::*;
use rustls::pki_types::CertificateDer;
use sigillo_net::dane::{TlsaRecord, verify};
use sigillo_net::limits::{SMTP_LINE_BYTES, SMTP_REPLY_BYTES, SMTP_REPLY_LINES};
use sigillo_net::smtp::{Capabilities, ReplyError, ReplyParser};
use sigillo_net::tls::legacy::{LegacyAnswer, client_hello, parse_answer, parse_certificates};
use sigillo_net::tls::{Certificate, PresentedChain, Trust, judge};

use crate::support::{Pki, Roots, name, now};

/// Bytes that look like replies now and then.
fn replies() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => "[2-5][0-9]{2}[- ][ -~]{0,20}\r?\n".prop_map(String::into_bytes),
        1 => "250-[A-Z]{1,8}\r\n".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..40),
        1 => Just(b"\r\n".to_vec()),
        1 => vec(Just(b'x'), 0..700),
    ];
    vec(piece, 0..130).prop_map(|pieces| pieces.concat())
}

fn read_whole(bytes: &[u8]) -> (Result<Option<usize>, ReplyError>, ReplyParser) {
    let mut parser = ReplyParser::default();
    (parser.feed(bytes), parser)
}

proptest! {
    #[test]
    fn replies_are_bounded(bytes in replies()) {
        let (outcome, parser) = read_whole(&bytes);
        if let Ok(Some(consumed)) = outcome {
            prop_assert!(consumed <= bytes.len() && consumed <= SMTP_REPLY_BYTES);
            let reply = parser.finish().unwrap();
            prop_assert!((200..600).contains(&reply.code));
            prop_assert!((1..=SMTP_REPLY_LINES).contains(&reply.lines.len()));
            prop_assert!(reply.lines.iter().all(|line| line.bytes.len() <= SMTP_LINE_BYTES));
            let _ = Capabilities::of(&reply);
        } else {
            let lines = parser.into_lines();
            prop_assert!(lines.len() <= SMTP_REPLY_LINES + 1);
            prop_assert!(lines.iter().all(|line| line.bytes.len() <= SMTP_LINE_BYTES));
        }
    }

    /// How the network cuts the bytes makes no difference.
    #[test]
    fn pieces_make_the_same_reply(bytes in replies(), cuts in vec(1_usize..300, 1..40)) {
        let (whole, parser) = read_whole(&bytes);
        let mut pieces = ReplyParser::default();
        let mut at = 0;
        let mut outcome = Ok(None);
        for cut in cuts.iter().cycle() {
            let end = bytes.len().min(at + cut);
            outcome = pieces.feed(&bytes[at..end]);
            match outcome {
                Ok(None) if end < bytes.len() => at = end,
                Ok(Some(consumed)) => {
                    outcome = Ok(Some(at + consumed));
                    break;
                }
                _ => break,
            }
        }
        prop_assert_eq!(outcome, whole);
        if outcome.is_ok() {
            prop_assert_eq!(pieces.into_lines(), parser.into_lines());
        }
    }

    #[test]
    fn answers_to_a_hello(bytes in vec(any::<u8>(), 0..64), kind in 20_u8..24) {
        let _ = (parse_answer(&bytes), parse_certificates(&bytes));
        let bytes = [&[kind, 3, 1], bytes.as_slice()].concat();
        let whole = parse_answer(&bytes);
        // Once the answer is known, more bytes don't change it.
        for end in 0..bytes.len() {
            if let Some(early) = parse_answer(&bytes[..end]) {
                prop_assert_eq!(Some(early), whole);
            }
        }
    }

    #[test]
    fn hellos_are_records(label in "[a-z]{1,63}", random in any::<[u8; 32]>()) {
        let hello = client_hello(&name(&format!("{label}.test")), random);
        let length = usize::from(u16::from_be_bytes([hello[3], hello[4]]));
        prop_assert_eq!(length + 5, hello.len());
        // It is no server's answer.
        prop_assert_eq!(parse_answer(&hello), Some(LegacyAnswer::NotTls));
    }

    #[test]
    fn arbitrary_certificates(bytes in vec(any::<u8>(), 0..300)) {
        let _ = Certificate::read(&bytes);
        let chain = PresentedChain::new(&CertificateDer::from(bytes), &[]);
        prop_assert!(!judge(&chain, &name("a.test"), &Trust::none(), now()).passes());
    }

    #[test]
    fn arbitrary_records(
        usage in 0_u8..5,
        selector in 0_u8..3,
        matching in 0_u8..4,
        data in vec(any::<u8>(), 0..80),
    ) {
        let chain = PresentedChain::new(&CertificateDer::from(vec![0x30, 0]), &[]);
        let _ = verify(&[TlsaRecord { usage, selector, matching, data }], &chain, &[], now());
    }
}

/// A good certificate with one byte changed never passes, and never panics.
#[test]
fn damaged_certificates() {
    let pki = Pki::new();
    let identity = pki.issue(&["mx.example.test"]);
    let leaf = identity.chain[0].to_vec();
    for at in 0..leaf.len() {
        for flip in [0x01, 0x20, 0x80, 0xff] {
            let mut damaged = leaf.clone();
            damaged[at] ^= flip;
            let _ = Certificate::read(&damaged);
            let chain = PresentedChain::new(&damaged.into(), &identity.chain[1..]);
            let judgement = judge(&chain, &name("mx.example.test"), &pki.trust(), now());
            assert!(!judgement.passes(), "byte {at} ^ {flip:#x}: {judgement:?}");
        }
    }
}
