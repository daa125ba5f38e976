//! Questions in wire form, and what a reply says beside its records.

use bytes::Bytes;
use domain::base::iana::OptRcode;
use domain::base::opt::ExtendedError;
use domain::base::{Message, MessageBuilder, Name, Rtype};

/// The largest datagram that is asked for, in bytes: it isn't fragmented on the way.
pub(super) const DATAGRAM_BYTES: u16 = 1232;

/// The most records of a reply, of all sections: more are not read, so that sorting and
/// validating them stays cheap.
const MAXIMUM_REPLY_RECORDS: usize = 1_000;

/// The most characters of what a server says about its failure.
const MAXIMUM_TEXT: usize = 200;

/// A question with what is wanted beside its answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Question {
    pub(super) name: Name<Bytes>,
    pub(super) rtype: Rtype,
    pub(super) wanted: Wanted,
}

/// What is wanted beside the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Wanted {
    /// Nothing.
    Nothing,
    /// Whether the server holds it for authentic (AD, RFC 6840 §5.7).
    Judgement,
    /// Nothing, and no judgement of the server either (CD, RFC 4035 §3.2.2).
    Unjudged,
    /// The signatures (DO, RFC 3225).
    Signatures,
    /// The signatures, and no judgement of the server.
    UnjudgedSignatures,
}

impl Question {
    /// The query with a random id; none if it can't be built, which no valid name brings about.
    pub(super) fn query(&self) -> Option<Message<Vec<u8>>> {
        let mut builder = MessageBuilder::new_vec();
        let header = builder.header_mut();
        header.set_random_id();
        header.set_rd(true);
        header.set_ad(self.wanted == Wanted::Judgement);
        header.set_cd(matches!(self.wanted, Wanted::Unjudged | Wanted::UnjudgedSignatures));
        let signatures = matches!(self.wanted, Wanted::Signatures | Wanted::UnjudgedSignatures);
        let mut builder = builder.question();
        builder.push((&self.name, self.rtype)).ok()?;
        let mut builder = builder.additional();
        builder
            .opt(|options| {
                options.set_udp_payload_size(DATAGRAM_BYTES);
                options.set_dnssec_ok(signatures);
                Ok(())
            })
            .ok()?;
        Some(builder.into_message())
    }
}

/// What is wrong with a reply as a message, whatever it says.
///
/// # Errors
/// What is wrong.
pub(super) fn check(message: &Message<Bytes>) -> Result<(), String> {
    let unreadable = |_| "the reply is not a well-formed message".to_owned();
    for (records, record) in message.iter().enumerate() {
        let _ = record.map_err(unreadable)?;
        if records >= MAXIMUM_REPLY_RECORDS {
            return Err(format!("the reply has more than {MAXIMUM_REPLY_RECORDS} records"));
        }
    }
    Ok(())
}

/// Whether a reply says that it is one: that there is something, or nothing.
pub(super) fn is_conclusive(message: &Message<Bytes>) -> bool {
    matches!(message.opt_rcode(), OptRcode::NOERROR | OptRcode::NXDOMAIN)
}

/// What the server says about its failure (RFC 8914), printable.
pub(super) fn extended_error(message: &Message<Bytes>) -> Option<String> {
    let options = message.opt()?;
    let error = options.opt().extended_error()?;
    Some(describe(&error))
}

/// An extended error as text: its code, the code's name, what was added.
pub(super) fn describe<Octets: AsRef<[u8]>>(error: &ExtendedError<Octets>) -> String {
    let code = error.code();
    let mut text = code.to_int().to_string();
    if let Some(name) = code.to_mnemonic_str() {
        text = format!("{text} {name}");
    }
    if let Some(added) = error.text_slice().filter(|added| !added.is_empty()) {
        text = format!("{text}: {}", printable(added));
    }
    text
}

/// Bytes of a server as text on one line: bounded, without control characters.
pub(super) fn printable(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes)
        .chars()
        .map(|character| if character.is_control() { '\u{fffd}' } else { character })
        .take(MAXIMUM_TEXT)
        .collect()
}

/// The same message with the TTL 0 in each record of the answer and authority sections; none if
/// it isn't well-formed.
pub(super) fn without_ttl(message: &Message<Bytes>) -> Option<Message<Bytes>> {
    let counts = message.header_counts();
    let mut bytes = message.as_slice().to_vec();
    let mut position = 12;
    for _ in 0..counts.qdcount() {
        position = skip_name(&bytes, position)? + 4;
    }
    for _ in 0..u32::from(counts.ancount()) + u32::from(counts.nscount()) {
        // Type, class, TTL, length, data.
        position = skip_name(&bytes, position)? + 4;
        bytes.get_mut(position..position + 4)?.fill(0);
        let length = bytes.get(position + 4..position + 6)?;
        position += 6 + usize::from(u16::from_be_bytes(length.try_into().ok()?));
    }
    Message::from_octets(Bytes::from(bytes)).ok()
}

/// Where a name ends that begins at `position` (RFC 1035 §4.1.4).
fn skip_name(bytes: &[u8], mut position: usize) -> Option<usize> {
    loop {
        match *bytes.get(position)? {
            0 => return Some(position + 1),
            0xc0.. => return Some(position + 2),
            length => position += 1 + usize::from(length),
        }
    }
}
