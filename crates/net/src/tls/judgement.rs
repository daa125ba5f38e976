use std::time::Duration;

use jiff::Timestamp;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use sigillo_formats::DomainName;
use webpki::{EndEntityCert, KeyUsage};

use super::certificate::{Certificate, parse, timestamp};
use super::chain::PresentedChain;
use super::provider;
use super::trust::Trust;
use crate::limits::CERTIFICATE_TEXT_BYTES;
use crate::text::bounded;

/// What is to be said about a server's certificate. Each part is judged without regard to the
/// others, so that all that is wrong comes out at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Whether a chain leads to a trusted root.
    pub trust: TrustOutcome,
    /// Whether the certificate is for the host.
    pub name: NameOutcome,
    /// Whether it is valid now.
    pub validity: ValidityOutcome,
}

impl Judgement {
    /// Whether a sender accepts the certificate (RFC 8461 §3.3 and §4.2).
    #[must_use]
    pub fn passes(&self) -> bool {
        self.trust == TrustOutcome::Trusted
            && self.name == NameOutcome::Match
            && self.validity == ValidityOutcome::Valid
    }
}

/// Whether a chain of signatures leads from the certificate to a trusted root. An expired
/// certificate is judged as of when it was valid.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TrustOutcome {
    /// It does.
    Trusted,
    /// A signature in the chain is not right.
    BadSignature,
    /// The server's certificate is one that signs others.
    CaUsedAsEndEntity,
    /// An intermediate certificate has expired or is not yet valid.
    IntermediateNotValid {
        /// When it expired; none if it is not yet valid.
        expired: Option<Timestamp>,
    },
    /// There is a chain, but the standard forbids it: what exactly, in English.
    InvalidChain {
        /// The reason.
        reason: String,
    },
    /// The server does not send the certificate that signed its own. Browsers may fetch it or know
    /// it; mail servers don't.
    ///
    /// Told from an unknown root by this: the chain has no certificate of that name, and the
    /// server's certificate says where to fetch it, as those of public authorities do.
    MissingIntermediate {
        /// Who signed the server's certificate.
        issuer: String,
        /// Where the missing certificate is to be had.
        url: String,
    },
    /// The certificate is signed by itself.
    SelfSigned,
    /// The chain ends at a root that is not trusted.
    UnknownIssuer {
        /// Whose certificate is asked for at the end of the chain.
        issuer: String,
    },
    /// The certificate can't be read.
    Unreadable,
    /// It is signed with an algorithm that is not accepted (SHA-1, say).
    UnsupportedAlgorithm,
    /// It is not for servers (its extended key usages leave them out).
    WrongPurpose,
}

/// Whether the certificate is for the host: by the DNS names among its alternative names alone, a
/// wildcard standing for exactly the left-most label (RFC 8461 §3.3, RFC 6125 §6.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameOutcome {
    /// One of them matches.
    Match,
    /// None of them does.
    Mismatch,
    /// There are none; a name in the subject does not count.
    NoDnsNames,
    /// The certificate can't be read.
    Unreadable,
}

/// Whether the certificate is valid at the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValidityOutcome {
    /// It is.
    Valid,
    /// Not any more.
    Expired {
        /// The last second in which it was.
        since: Timestamp,
    },
    /// Not yet.
    NotYetValid {
        /// When it will be.
        until: Timestamp,
    },
    /// The certificate can't be read.
    Unreadable,
}

/// Judges the chain that the host `name` sent.
#[must_use]
pub fn judge(
    chain: &PresentedChain,
    name: &DomainName,
    trust: &Trust,
    now: Timestamp,
) -> Judgement {
    let Some((leaf, others)) = chain.split() else {
        return Judgement {
            trust: TrustOutcome::Unreadable,
            name: NameOutcome::Unreadable,
            validity: ValidityOutcome::Unreadable,
        };
    };
    let trust = judge_trust(leaf, others, trust, now);
    let validity = match judge_validity(leaf, now) {
        // Whoever built the chain read the dates, and took them as of now.
        ValidityOutcome::Unreadable if trust == TrustOutcome::Trusted => ValidityOutcome::Valid,
        validity => validity,
    };
    Judgement { trust, name: judge_name(leaf, name), validity }
}

fn judge_validity(leaf: &CertificateDer<'_>, now: Timestamp) -> ValidityOutcome {
    let Some((not_before, not_after)) = validity(leaf) else {
        return ValidityOutcome::Unreadable;
    };
    // The last second counts whole (RFC 5280 §4.1.2.5).
    if now.as_second() > not_after.as_second() {
        ValidityOutcome::Expired { since: not_after }
    } else if now < not_before {
        ValidityOutcome::NotYetValid { until: not_before }
    } else {
        ValidityOutcome::Valid
    }
}

fn validity(leaf: &CertificateDer<'_>) -> Option<(Timestamp, Timestamp)> {
    let certificate = parse(leaf).ok()?;
    let validity = certificate.validity();
    Some((timestamp(validity.not_before.timestamp()), timestamp(validity.not_after.timestamp())))
}

/// Whether one of the DNS names is `name`.
pub(crate) fn judge_name(leaf: &CertificateDer<'_>, name: &DomainName) -> NameOutcome {
    let Ok(certificate) = EndEntityCert::try_from(leaf) else {
        return NameOutcome::Unreadable;
    };
    let matches = ServerName::try_from(name.as_str())
        .is_ok_and(|name| certificate.verify_is_valid_for_subject_name(&name).is_ok());
    if matches {
        return NameOutcome::Match;
    }
    match Certificate::read(leaf) {
        Ok(facts) if facts.dns_name_count == 0 => NameOutcome::NoDnsNames,
        _ => NameOutcome::Mismatch,
    }
}

fn judge_trust(
    leaf: &CertificateDer<'_>,
    others: &[CertificateDer<'_>],
    trust: &Trust,
    now: Timestamp,
) -> TrustOutcome {
    let Ok(certificate) = EndEntityCert::try_from(leaf) else {
        return TrustOutcome::Unreadable;
    };
    let time = match validity(leaf) {
        Some((first, last)) if first <= last => now.clamp(first, last),
        _ => now,
    };
    let provider = provider();
    let outcome = certificate.verify_for_usage(
        provider.signature_verification_algorithms.all,
        trust.anchors(),
        others,
        unix_time(time),
        KeyUsage::server_auth(),
        None,
        None,
    );
    match outcome {
        Ok(_) => TrustOutcome::Trusted,
        Err(error) => explain(&error, &certificate, leaf, others, trust),
    }
}

fn explain(
    error: &webpki::Error,
    certificate: &EndEntityCert<'_>,
    leaf: &CertificateDer<'_>,
    others: &[CertificateDer<'_>],
    trust: &Trust,
) -> TrustOutcome {
    use webpki::Error;
    #[expect(deprecated, reason = "webpki may still give them")]
    match error {
        Error::UnknownIssuer => explain_unknown(leaf, others),
        Error::CaUsedAsEndEntity => {
            let known = trust.anchors().iter().any(|anchor| {
                anchor.subject.as_ref() == certificate.subject()
                    && webpki::spki_for_anchor(anchor) == certificate.subject_public_key_info()
            });
            if certificate.subject() == certificate.issuer() && !known {
                TrustOutcome::SelfSigned
            } else {
                TrustOutcome::CaUsedAsEndEntity
            }
        }
        Error::InvalidSignatureForPublicKey | Error::SignatureAlgorithmMismatch => {
            TrustOutcome::BadSignature
        }
        Error::CertExpired { not_after, .. } => {
            let seconds = i64::try_from(not_after.as_secs()).unwrap_or(i64::MAX);
            TrustOutcome::IntermediateNotValid { expired: Some(timestamp(seconds)) }
        }
        Error::CertNotValidYet { .. } => TrustOutcome::IntermediateNotValid { expired: None },
        Error::RequiredEkuNotFound
        | Error::RequiredEkuNotFoundContext(_)
        | Error::EmptyEkuExtension => TrustOutcome::WrongPurpose,
        Error::UnsupportedSignatureAlgorithm
        | Error::UnsupportedSignatureAlgorithmContext(_)
        | Error::UnsupportedSignatureAlgorithmForPublicKey
        | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_) => {
            TrustOutcome::UnsupportedAlgorithm
        }
        Error::BadDer | Error::BadDerTime | Error::UnsupportedCertVersion => {
            TrustOutcome::Unreadable
        }
        other => TrustOutcome::InvalidChain { reason: bounded(&other.to_string(), 200) },
    }
}

/// Tells a self-signed certificate, a missing intermediate and an unknown root apart.
fn explain_unknown(leaf: &CertificateDer<'_>, others: &[CertificateDer<'_>]) -> TrustOutcome {
    let Ok(certificate) = parse(leaf) else {
        return TrustOutcome::Unreadable;
    };
    if certificate.subject().as_raw() == certificate.issuer().as_raw() {
        return TrustOutcome::SelfSigned;
    }
    let others: Vec<_> = others.iter().filter_map(|der| parse(der).ok()).collect();
    let mut top = &certificate;
    // Each certificate is a step of the chain at most once, so that this ends.
    for _ in 0..others.len() {
        let signer = others.iter().find(|other| other.subject().as_raw() == top.issuer().as_raw());
        match signer {
            Some(signer) => top = signer,
            None => break,
        }
    }
    let issuer = bounded(&top.issuer().to_string(), CERTIFICATE_TEXT_BYTES);
    if std::ptr::eq(top, &raw const certificate)
        && let Ok(Certificate { issuer_url: Some(url), .. }) = Certificate::read(leaf)
    {
        return TrustOutcome::MissingIntermediate { issuer, url };
    }
    TrustOutcome::UnknownIssuer { issuer }
}

/// The time as webpki takes it; before 1970 is 1970.
pub(crate) fn unix_time(time: Timestamp) -> UnixTime {
    UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(time.as_second()).unwrap_or(0)))
}
