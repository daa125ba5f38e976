//! Telling what a server speaks with which the TLS library can't agree.
//!
//! The library knows nothing before TLS 1.2, and of that only what is still good. One hello of TLS
//! 1.2, made by hand, that offers all there ever was, and the beginning of the answer are enough to
//! tell a server that speaks only TLS 1.0 or 1.1 from one with old ciphers and from one that speaks
//! none. Up to TLS 1.2 the certificates come in the clear, so that they are seen as well. No
//! cryptography is needed; the connection is closed then.

mod answer;
mod certificates;
mod hello;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout_at;

pub use answer::{LegacyAnswer, LegacyVersion, parse_answer};
pub use certificates::{Certificates, parse_certificates};
pub use hello::client_hello;

use super::{CertificateLook, TlsRequest, judge, provider};
use crate::connect::ConnectError;
use crate::limits::{LEGACY_ANSWER_BYTES, LEGACY_READS};

/// What became of the hello.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LegacyLook {
    /// The server answered.
    Answered {
        /// How.
        answer: LegacyAnswer,
        /// The certificates, if it agreed. That it holds the key of the first is not proven: the
        /// handshake was not completed.
        certificate: Option<Box<CertificateLook>>,
    },
    /// It closed or reset the connection, or did not answer in time.
    NoAnswer,
    /// The second connection did not open.
    NotConnected(ConnectError),
    /// The server of another protocol did not let TLS begin on the second connection.
    NotStarted,
}

impl LegacyLook {
    /// The version that the server agreed to.
    #[must_use]
    pub fn version(&self) -> Option<LegacyVersion> {
        match self {
            Self::Answered { answer: LegacyAnswer::ServerHello(version), .. } => Some(*version),
            _ => None,
        }
    }

    /// The certificates that the server showed.
    #[must_use]
    pub fn certificate(&self) -> Option<&CertificateLook> {
        match self {
            Self::Answered { certificate, .. } => certificate.as_deref(),
            _ => None,
        }
    }
}

/// Sends the hello over a stream on which TLS may begin, and reads the beginning of the answer.
pub(crate) async fn look<S>(mut stream: S, request: &TlsRequest<'_>) -> LegacyLook
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut random = [0; 32];
    if provider().secure_random.fill(&mut random).is_err() {
        return LegacyLook::NoAnswer;
    }
    let hello = client_hello(request.name, random);
    let mut received = Vec::new();
    // However the exchange ends, what has come by then is the answer.
    let _ = timeout_at(request.deadline, async {
        stream.write_all(&hello).await?;
        let mut chunk = [0; 4096];
        for _ in 0..LEGACY_READS {
            if received.len() >= LEGACY_ANSWER_BYTES || !wants_more(&received) {
                break;
            }
            match stream.read(&mut chunk).await? {
                0 => break,
                count => received.extend_from_slice(chunk.get(..count).unwrap_or_default()),
            }
        }
        Ok::<(), std::io::Error>(())
    })
    .await;
    let Some(answer) = parse_answer(&received) else {
        return LegacyLook::NoAnswer;
    };
    let certificate = match parse_certificates(&received) {
        Certificates::Chain(chain) => {
            let judgement = judge(&chain, request.name, request.trust, request.now);
            Some(Box::new(CertificateLook { chain, judgement }))
        }
        Certificates::MoreNeeded | Certificates::None => None,
    };
    LegacyLook::Answered { answer, certificate }
}

fn wants_more(received: &[u8]) -> bool {
    match parse_answer(received) {
        None => true,
        Some(LegacyAnswer::ServerHello(_)) => {
            matches!(parse_certificates(received), Certificates::MoreNeeded)
        }
        Some(_) => false,
    }
}
