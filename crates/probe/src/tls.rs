//! TLS sessions, as the observation keeps them.

use sigillo_check::observation::{
    CertificateLook, ConnectFailure, NameMatch, TlsFailure, TlsLook, Trust, Validity,
};
use sigillo_net::connect::ConnectError;
use sigillo_net::tls::legacy::LegacyLook;
use sigillo_net::tls::{
    self, Alert, Certificate, NameOutcome, TlsError, TrustOutcome, ValidityOutcome,
};

/// The alert of a server that knows no such name (RFC 6066 §3).
const UNRECOGNIZED_NAME: Alert = Alert(112);

/// Bytes as hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(four.into(), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// A session that came to be; none otherwise.
pub(crate) fn session(look: &tls::TlsLook) -> Option<TlsLook> {
    let negotiated = look.outcome.as_ref().ok()?;
    let certificate = look.certificate.as_ref()?;
    let judgement = &certificate.judgement;
    Some(TlsLook {
        version: negotiated.version.to_string(),
        cipher: negotiated.cipher_suite.clone(),
        trust: match judgement.trust {
            TrustOutcome::Trusted => Trust::Trusted,
            TrustOutcome::MissingIntermediate { .. } => Trust::MissingIntermediate,
            TrustOutcome::SelfSigned => Trust::SelfSigned,
            TrustOutcome::UnknownIssuer { .. } => Trust::UnknownIssuer,
            _ => Trust::Other,
        },
        name: match judgement.name {
            NameOutcome::Match => NameMatch::Match,
            _ => NameMatch::Mismatch,
        },
        validity: match judgement.validity {
            ValidityOutcome::Expired { .. } => Validity::Expired,
            ValidityOutcome::NotYetValid { .. } => Validity::NotYetValid,
            _ => Validity::Valid,
        },
        chain: certificate
            .chain
            .certificates()
            .into_iter()
            .filter_map(Result::ok)
            .map(certificate_look)
            .collect(),
    })
}

fn certificate_look(certificate: Certificate) -> CertificateLook {
    let bits = certificate.key_bits.map_or(String::new(), |bits| format!(" {bits}"));
    CertificateLook {
        key: format!("{}{bits}", certificate.key),
        subject: certificate.subject,
        issuer: certificate.issuer,
        names: certificate.dns_names,
        not_before: certificate.not_before.as_second(),
        not_after: certificate.not_after.as_second(),
        sha256: hexadecimal(&certificate.sha256),
        spki_sha256: hexadecimal(&certificate.spki_sha256),
    }
}

/// Why there was no session.
pub(crate) fn failure(error: &TlsError, legacy: Option<&LegacyLook>) -> TlsFailure {
    if legacy.is_some_and(|legacy| legacy.version().is_some()) {
        return TlsFailure::OldVersion;
    }
    match error {
        TlsError::Alert(alert) if *alert == UNRECOGNIZED_NAME => TlsFailure::UnrecognizedName,
        TlsError::OldVersion => TlsFailure::OldVersion,
        TlsError::Timeout => TlsFailure::Timeout,
        other => TlsFailure::Handshake { reason: other.to_string() },
    }
}

/// Why there was no connection.
pub(crate) fn connect_failure(error: &ConnectError) -> ConnectFailure {
    match error {
        ConnectError::Refused => ConnectFailure::Refused,
        ConnectError::Timeout => ConnectFailure::Timeout,
        // An address of ours that can't be used is no fault of the other side either.
        ConnectError::Unreachable | ConnectError::Source { .. } => ConnectFailure::NoRoute,
        ConnectError::Reset => ConnectFailure::Reset,
        ConnectError::Guard(refused) => ConnectFailure::Guarded { reason: refused.to_string() },
        other => ConnectFailure::Other { reason: other.to_string() },
    }
}
