//! Words for why something failed; the same in every language, as programs report them.

use crate::observation::{ConnectFailure, DnsLook, DnsOutcome, TlsFailure};

/// Why a look-up has no answer.
pub(crate) fn dns_reason<T>(look: &DnsLook<T>) -> &str {
    look.reason.as_deref().filter(|reason| !reason.is_empty()).unwrap_or(match look.outcome {
        DnsOutcome::Found => "found",
        DnsOutcome::NoData => "no data",
        DnsOutcome::NxDomain => "NXDOMAIN",
        DnsOutcome::Timeout => "timeout",
        DnsOutcome::Bogus => "bogus",
        DnsOutcome::ServerFailure => "SERVFAIL",
        DnsOutcome::Unreachable => "unreachable",
        DnsOutcome::Malformed => "malformed",
    })
}

/// Why there was no connection.
pub(crate) fn connect_reason(failure: &ConnectFailure) -> &str {
    match failure {
        ConnectFailure::Refused => "connection refused",
        ConnectFailure::Timeout => "timeout",
        ConnectFailure::NoRoute => "no route",
        ConnectFailure::Reset => "connection reset",
        ConnectFailure::Guarded { reason } | ConnectFailure::Other { reason } => reason,
    }
}

/// Why there was no TLS session.
pub(crate) fn tls_reason(failure: &TlsFailure) -> &str {
    match failure {
        TlsFailure::UnrecognizedName => "unrecognized_name",
        TlsFailure::OldVersion => "protocol_version",
        TlsFailure::Timeout => "timeout",
        TlsFailure::Handshake { reason } => reason,
    }
}
