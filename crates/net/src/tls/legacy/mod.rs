//! Telling a server that speaks only TLS 1.0 or 1.1 from one that speaks none.
//!
//! The TLS library knows nothing before TLS 1.2. One hello of TLS 1.1, made by hand, and the first
//! message of the answer are enough: no cryptography is needed, and the connection is closed then.

mod answer;
mod hello;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::{Instant, timeout_at};

pub use answer::{LegacyAnswer, LegacyVersion, parse_answer};
pub use hello::client_hello;
use sigillo_formats::DomainName;

use super::provider;
use crate::connect::ConnectError;
use crate::limits::LEGACY_ANSWER_BYTES;

/// What became of a hello of TLS 1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LegacyLook {
    /// The server answered.
    Answered(LegacyAnswer),
    /// It closed or reset the connection, or did not answer in time.
    NoAnswer,
    /// The second connection did not open.
    NotConnected(ConnectError),
    /// The server of another protocol did not let TLS begin on the second connection.
    NotStarted,
}

impl LegacyLook {
    /// The old version that the server agreed to.
    #[must_use]
    pub fn version(&self) -> Option<LegacyVersion> {
        match self {
            Self::Answered(LegacyAnswer::ServerHello(version)) => Some(*version),
            _ => None,
        }
    }
}

/// Sends the hello over a stream on which TLS may begin, and reads the first message.
pub(crate) async fn look<S>(mut stream: S, name: &DomainName, deadline: Instant) -> LegacyLook
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut random = [0; 32];
    if provider().secure_random.fill(&mut random).is_err() {
        return LegacyLook::NoAnswer;
    }
    let exchange = async {
        stream.write_all(&client_hello(name, random)).await.ok()?;
        let mut answer = Vec::new();
        let mut chunk = [0; 256];
        while answer.len() < LEGACY_ANSWER_BYTES {
            let count = stream.read(&mut chunk).await.ok().filter(|count| *count > 0)?;
            answer.extend_from_slice(chunk.get(..count)?);
            if let Some(answer) = parse_answer(&answer) {
                return Some(answer);
            }
        }
        Some(LegacyAnswer::NotTls)
    };
    match timeout_at(deadline, exchange).await {
        Ok(Some(answer)) => LegacyLook::Answered(answer),
        Ok(None) | Err(_) => LegacyLook::NoAnswer,
    }
}
