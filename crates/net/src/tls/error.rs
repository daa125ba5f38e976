use std::io;

use rustls::{CertificateError, InvalidMessage, PeerIncompatible};

use super::alert::Alert;
use crate::text::bounded;

/// Why a handshake did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TlsError {
    /// The server ended it with an alert.
    #[error("the server answered with the alert {0}")]
    Alert(Alert),
    /// The certificate, or the proof that the server holds its key, can't be used.
    #[error("the certificate cannot be used: {reason}")]
    Certificate {
        /// The reason in English.
        reason: String,
    },
    /// The server closed the connection.
    #[error("the server closed the connection during the handshake")]
    Closed,
    /// Nothing in common: the server wants what we don't offer.
    #[error("nothing in common: {reason}")]
    Incompatible {
        /// The reason in English.
        reason: String,
    },
    /// Another fault of the connection.
    #[error("the connection failed: {kind}")]
    Io {
        /// The system's reason.
        kind: io::ErrorKind,
    },
    /// The server's messages make no sense.
    #[error("the server does not follow the protocol: {reason}")]
    Misbehaved {
        /// The reason in English.
        reason: String,
    },
    /// What came is not TLS.
    #[error("the answer is not TLS")]
    NotTls,
    /// The server chose a version before TLS 1.2.
    #[error("the server chose a version older than TLS 1.2")]
    OldVersion,
    /// The connection was reset.
    #[error("the connection was reset during the handshake")]
    Reset,
    /// It took too long.
    #[error("the handshake took too long")]
    Timeout,
    /// The certificate does not pass, and was to be enforced.
    #[error("the certificate does not pass")]
    Untrusted,
    /// The name can't be sent as SNI.
    #[error("the name cannot be used in TLS")]
    UnusableName,
}

impl TlsError {
    /// What the error of the connection means.
    pub(super) fn of(error: &io::Error) -> Self {
        if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
            return Self::of_protocol(error);
        }
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Closed,
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe => Self::Reset,
            io::ErrorKind::TimedOut => Self::Timeout,
            kind => Self::Io { kind },
        }
    }

    fn of_protocol(error: &rustls::Error) -> Self {
        use rustls::Error;
        let reason = || bounded(&error.to_string(), 200);
        match error {
            Error::AlertReceived(alert) => Self::Alert(Alert(u8::from(*alert))),
            Error::InvalidMessage(
                InvalidMessage::InvalidContentType | InvalidMessage::UnknownProtocolVersion,
            ) => Self::NotTls,
            Error::PeerIncompatible(
                PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
                | PeerIncompatible::ServerDoesNotSupportTls12Or13,
            ) => Self::OldVersion,
            Error::PeerIncompatible(_) | Error::NoApplicationProtocol => {
                Self::Incompatible { reason: reason() }
            }
            Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure) => {
                Self::Untrusted
            }
            Error::InvalidCertificate(_) | Error::NoCertificatesPresented => {
                Self::Certificate { reason: reason() }
            }
            _ => Self::Misbehaved { reason: reason() },
        }
    }

    /// Whether a server that speaks nothing but old versions may answer so.
    pub(crate) fn may_be_old_version(&self) -> bool {
        match self {
            Self::Alert(alert) => [
                Alert::HANDSHAKE_FAILURE,
                Alert::PROTOCOL_VERSION,
                Alert::INSUFFICIENT_SECURITY,
                Alert(47), // illegal_parameter
                Alert(80), // internal_error
            ]
            .contains(alert),
            Self::OldVersion | Self::Closed | Self::Reset | Self::Incompatible { .. } => true,
            _ => false,
        }
    }
}
