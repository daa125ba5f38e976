use std::fmt;
use std::io;

use super::reply::ReplyError;
use crate::connect::ConnectError;
use crate::tls::TlsError;
use crate::tls::legacy::LegacyVersion;

/// How a look at an MX host ended. Whether its certificate passes is another question.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SmtpOutcome {
    /// All the way: STARTTLS, the handshake, EHLO over TLS.
    Complete,
    /// No connection.
    NotConnected(ConnectError),
    /// The server does not want to talk: a reply of 400 and above to connection or EHLO. Below 500
    /// it may be another matter later.
    Refused {
        /// To what.
        stage: SmtpStage,
        /// The code.
        code: u16,
    },
    /// The server offers no STARTTLS.
    StartTlsNotOffered,
    /// The server offers STARTTLS and then refuses it.
    StartTlsRefused {
        /// The code.
        code: u16,
    },
    /// More came with the answer to STARTTLS, before TLS: somebody could put words into the
    /// server's mouth, or the server does not wait for the handshake.
    PlaintextAfterStartTls {
        /// What came, bounded.
        bytes: Vec<u8>,
    },
    /// The server knows no version of TLS from 1.2 on, only this one.
    OldTlsOnly {
        /// What it answered with.
        version: LegacyVersion,
    },
    /// The handshake failed.
    HandshakeFailed(TlsError),
    /// The conversation broke.
    Broken {
        /// Where.
        stage: SmtpStage,
        /// How.
        fault: SmtpFault,
    },
}

/// The stages of a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SmtpStage {
    /// The server's greeting.
    Banner,
    /// Our EHLO.
    Ehlo,
    /// STARTTLS.
    StartTls,
    /// EHLO over TLS.
    EhloOverTls,
}

impl fmt::Display for SmtpStage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Banner => "greeting",
            Self::Ehlo => "EHLO",
            Self::StartTls => "STARTTLS",
            Self::EhloOverTls => "EHLO over TLS",
        })
    }
}

/// How a conversation broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SmtpFault {
    /// The server closed the connection.
    #[error("the server closed the connection")]
    Closed,
    /// Another fault of the connection.
    #[error("the connection failed: {0}")]
    Io(io::ErrorKind),
    /// What came is no reply.
    #[error(transparent)]
    NotAReply(#[from] ReplyError),
    /// The connection was reset.
    #[error("the connection was reset")]
    Reset,
    /// No whole reply in time.
    #[error("no whole reply in time")]
    Timeout,
    /// A reply that does not belong here.
    #[error("a reply with code {0} does not belong here")]
    UnexpectedCode(u16),
}

impl SmtpFault {
    pub(super) fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Closed,
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe => Self::Reset,
            io::ErrorKind::TimedOut => Self::Timeout,
            kind => Self::Io(kind),
        }
    }
}
