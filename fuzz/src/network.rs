use std::num::NonZeroUsize;

use sigillo_check::{Judgement, Observation};
use sigillo_findings::Severity;
use sigillo_language::Language;
use sigillo_net::limits::{SMTP_LINE_BYTES, SMTP_REPLY_LINES};
use sigillo_net::smtp::{Reply, ReplyError, ReplyParser};
use sigillo_net::tls::Certificate;
use sigillo_net::tls::legacy::{Certificates, parse_answer, parse_certificates};

/// What a mail server says: in one piece or in many, it is the same reply.
pub fn smtp_reply(data: &[u8]) {
    let whole = read(data, NonZeroUsize::MAX);
    for size in [1, 2, 7, 512] {
        let size = NonZeroUsize::new(size).unwrap_or(NonZeroUsize::MIN);
        assert_eq!(read(data, size), whole, "in pieces of {size}");
    }
    if let Ok((Some(reply), consumed)) = &whole {
        assert!(*consumed <= data.len());
        assert!((200..=599).contains(&reply.code));
        assert!((1..=SMTP_REPLY_LINES).contains(&reply.lines.len()));
        assert!(reply.lines.iter().all(|line| line.bytes.len() <= SMTP_LINE_BYTES));
        // What comes behind the reply is not looked at.
        let (reply_alone, _) = data.split_at(*consumed);
        assert_eq!(read(reply_alone, NonZeroUsize::MAX), whole);
    }
}

/// Reads pieces of a size; gives the reply, if it is whole, and how many bytes are its own.
fn read(data: &[u8], size: NonZeroUsize) -> Result<(Option<Reply>, usize), ReplyError> {
    let mut parser = ReplyParser::default();
    let mut before = 0;
    for piece in data.chunks(size.get()) {
        if let Some(consumed) = parser.feed(piece)? {
            return Ok((parser.finish(), before + consumed));
        }
        before += piece.len();
    }
    Ok((None, before))
}

/// What a server answers to the hello of an old client: more bytes never change the answer.
pub fn tls_answer(data: &[u8]) {
    let answer = parse_answer(data);
    if answer.is_some() {
        for more in [&b"\0"[..], b"\x15\x03\x01\0\x02\x02\x28"] {
            assert_eq!(parse_answer(&[data, more].concat()), answer);
        }
    }
    if let Certificates::Chain(chain) = parse_certificates(data) {
        for der in chain.der() {
            assert!(der.len() <= data.len());
            certificate(der);
        }
    }
}

/// A certificate: bounded whatever it says.
pub fn certificate(data: &[u8]) {
    use sigillo_net::limits::{CERTIFICATE_NAMES, CERTIFICATE_TEXT_BYTES};

    let Ok(read) = Certificate::read(data) else { return };
    assert!(read.dns_names.len() <= CERTIFICATE_NAMES.min(read.dns_name_count));
    assert!(read.subject.len() <= CERTIFICATE_TEXT_BYTES);
    assert!(read.issuer.len() <= CERTIFICATE_TEXT_BYTES);
    assert_eq!(Certificate::read(data).as_ref(), Ok(&read));
}

/// A saved look: whatever stands in it, it is judged, and comes back from what is saved of it.
pub fn observation(data: &[u8]) {
    let Ok(observation) = serde_json::from_slice::<Observation>(data) else { return };
    let judgement = Judgement::of(&observation, Some(&observation));
    assert!(judgement.exit_status(Severity::Error) <= 2);
    for language in Language::ALL {
        let report = judgement.report(&observation, language);
        assert_eq!(report.findings.len(), judgement.findings.len());
        assert!(!report.summary.is_empty());
        let saved = serde_json::to_vec(&report).unwrap_or_default();
        let saved: serde_json::Value = serde_json::from_slice(&saved).unwrap_or_default();
        let again = serde_json::from_value::<Observation>(
            saved.get("observation").cloned().unwrap_or_default(),
        );
        assert_eq!(again.ok().as_ref(), Some(&observation));
    }
}
