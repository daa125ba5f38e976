use std::error::Error;
use std::fmt;
use std::io;

use crate::connect::ConnectError;
use crate::text::bounded;
use crate::tls::TlsError;

/// Why a fetch gave no whole response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// No connection.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// No handshake.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// No response, or not all of it.
    #[error(transparent)]
    Http(#[from] HttpError),
}

/// The part of a response that was being waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HttpPhase {
    /// Status and fields.
    Head,
    /// What follows them.
    Body,
}

impl fmt::Display for HttpPhase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Head => "head",
            Self::Body => "body",
        })
    }
}

/// What went wrong in HTTP.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HttpError {
    /// The server ended the connection before the response was complete.
    #[error("the connection was closed before the {0} was complete")]
    Closed(HttpPhase),
    /// The head has more fields or bytes than are read.
    #[error("the head of the response is too large")]
    HeadTooLarge,
    /// Another fault of the connection.
    #[error("the connection failed in the {phase}: {reason}")]
    Io {
        /// Where.
        phase: HttpPhase,
        /// The reason in English.
        reason: String,
    },
    /// What came is not HTTP/1.
    #[error("the {0} is not well-formed HTTP")]
    NotHttp(HttpPhase),
    /// The connection was reset.
    #[error("the connection was reset in the {0}")]
    Reset(HttpPhase),
    /// The time was up.
    #[error("the {0} did not come in time")]
    Timeout(HttpPhase),
    /// The path or user agent of the request can't be sent.
    #[error("the request cannot be sent")]
    UnusableRequest,
}

impl HttpError {
    /// What the library's error means.
    pub(super) fn of(error: &hyper::Error, phase: HttpPhase) -> Self {
        if error.is_parse_too_large() {
            return Self::HeadTooLarge;
        }
        if error.is_parse() {
            return Self::NotHttp(phase);
        }
        if error.is_incomplete_message() || error.is_canceled() || error.is_closed() {
            return Self::Closed(phase);
        }
        let mut source = error.source();
        while let Some(cause) = source {
            if let Some(error) = cause.downcast_ref::<io::Error>() {
                return Self::of_connection(error, phase);
            }
            source = cause.source();
        }
        Self::Io { phase, reason: bounded(&error.to_string(), 200) }
    }

    fn of_connection(error: &io::Error, phase: HttpPhase) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Closed(phase),
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe => Self::Reset(phase),
            // A chunk with a bad length, say.
            io::ErrorKind::InvalidInput => Self::NotHttp(phase),
            _ => Self::Io { phase, reason: bounded(&error.to_string(), 200) },
        }
    }
}
