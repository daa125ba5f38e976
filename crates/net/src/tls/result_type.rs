use sigillo_formats::report::ResultType;

use super::handshake::TlsLook;
use super::judgement::{Judgement, NameOutcome, TrustOutcome, ValidityOutcome};

/// What a report says about a session with an MX host that came this far (RFC 8460 §4.3); none for
/// a session that passes.
///
/// One session has one result: the name before the validity before the trust, so that a
/// certificate of another host is called that.
///
/// | seen | reported |
/// | --- | --- |
/// | passes | – |
/// | name does not match | `certificate-host-mismatch` |
/// | expired | `certificate-expired` |
/// | no chain to a trusted root, not yet valid | `certificate-not-trusted` |
/// | the handshake failed | `validation-failure` |
#[must_use]
pub fn result_type(look: &TlsLook) -> Option<ResultType> {
    match (&look.certificate, &look.outcome) {
        (Some(certificate), _) if !certificate.judgement.passes() => {
            Some(of_judgement(&certificate.judgement))
        }
        (_, Err(_)) | (None, Ok(_)) => Some(ResultType::ValidationFailure),
        (Some(_), Ok(_)) => None,
    }
}

fn of_judgement(judgement: &Judgement) -> ResultType {
    match (&judgement.name, &judgement.validity, &judgement.trust) {
        (NameOutcome::Mismatch | NameOutcome::NoDnsNames, _, _) => {
            ResultType::CertificateHostMismatch
        }
        (_, ValidityOutcome::Expired { .. }, _)
        | (_, _, TrustOutcome::IntermediateNotValid { expired: Some(_) }) => {
            ResultType::CertificateExpired
        }
        (NameOutcome::Unreadable, _, _) | (_, ValidityOutcome::Unreadable, _) => {
            ResultType::ValidationFailure
        }
        _ => ResultType::CertificateNotTrusted,
    }
}
