use super::anchor::bare_key_anchor;
use crate::tls::Certificate;
use rustls::pki_types::CertificateDer;
use sha2::{Digest, Sha256, Sha512};

/// A TLSA record as the DNS carries it (RFC 6698 §2.1).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TlsaRecord {
    /// The certificate usage.
    pub usage: u8,
    /// The selector.
    pub selector: u8,
    /// The matching type.
    pub matching: u8,
    /// The certificate association data.
    pub data: Vec<u8>,
}

/// The usages that count for SMTP (RFC 7672 §3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Usage {
    /// 2: the record names a certificate that signs the chain.
    DaneTa,
    /// 3: the record names the server's own certificate or key.
    DaneEe,
}

/// What of a certificate is compared (RFC 6698 §2.1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Selector {
    /// 0: all of it.
    Certificate,
    /// 1: its public key (the `SubjectPublicKeyInfo`).
    PublicKey,
}

/// How it is compared (RFC 6698 §2.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Matching {
    /// 0: byte for byte.
    Full,
    /// 1: by SHA-256.
    Sha256,
    /// 2: by SHA-512.
    Sha512,
}

/// Why a record does not count: it is as if it were not there, but TLS is still required
/// (RFC 7672 §2.2 and §3.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum UnusableRecord {
    /// Usages 0 and 1 ask for public authorities, which mail servers can't agree on.
    #[error("certificate usage {0} is not used for SMTP")]
    PkixUsage(u8),
    /// No such usage.
    #[error("there is no certificate usage {0}")]
    UnknownUsage(u8),
    /// No such selector.
    #[error("there is no selector {0}")]
    UnknownSelector(u8),
    /// No such matching type.
    #[error("there is no matching type {0}")]
    UnknownMatching(u8),
    /// A digest of another length than its kind has.
    #[error("the digest has {0} bytes")]
    DigestLength(usize),
    /// Data that are neither a certificate nor a key, as the selector has it.
    #[error("the data cannot be read")]
    UnreadableData,
}

/// A record with its numbers understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usable<'a> {
    /// The usage.
    pub usage: Usage,
    /// What is compared.
    pub selector: Selector,
    /// How it is compared.
    pub matching: Matching,
    /// With what it is compared.
    pub data: &'a [u8],
}

impl TlsaRecord {
    /// The record with its numbers understood.
    ///
    /// # Errors
    /// Why it does not count for SMTP.
    pub fn usable(&self) -> Result<Usable<'_>, UnusableRecord> {
        let usage = match self.usage {
            usage @ 0..=1 => return Err(UnusableRecord::PkixUsage(usage)),
            2 => Usage::DaneTa,
            3 => Usage::DaneEe,
            usage => return Err(UnusableRecord::UnknownUsage(usage)),
        };
        let selector = match self.selector {
            0 => Selector::Certificate,
            1 => Selector::PublicKey,
            selector => return Err(UnusableRecord::UnknownSelector(selector)),
        };
        let matching = match self.matching {
            0 => Matching::Full,
            1 => Matching::Sha256,
            2 => Matching::Sha512,
            matching => return Err(UnusableRecord::UnknownMatching(matching)),
        };
        let data = self.data.as_slice();
        match (matching, selector) {
            (Matching::Sha256, _) if data.len() != 32 => {
                Err(UnusableRecord::DigestLength(data.len()))
            }
            (Matching::Sha512, _) if data.len() != 64 => {
                Err(UnusableRecord::DigestLength(data.len()))
            }
            (Matching::Full, Selector::Certificate) if Certificate::read(data).is_err() => {
                Err(UnusableRecord::UnreadableData)
            }
            (Matching::Full, Selector::PublicKey) if bare_key_anchor(&[], data).is_none() => {
                Err(UnusableRecord::UnreadableData)
            }
            _ => Ok(Usable { usage, selector, matching, data }),
        }
    }
}

impl Usable<'_> {
    /// Whether the record names this certificate.
    pub(super) fn names(&self, certificate: &CertificateDer<'_>) -> bool {
        let parsed;
        let selected = match self.selector {
            Selector::Certificate => certificate.as_ref(),
            Selector::PublicKey => {
                parsed = crate::tls::parse_certificate(certificate);
                match &parsed {
                    Ok(parsed) => parsed.public_key().raw,
                    Err(_) => return false,
                }
            }
        };
        match self.matching {
            Matching::Full => self.data == selected,
            Matching::Sha256 => self.data == Sha256::digest(selected).as_slice(),
            Matching::Sha512 => self.data == Sha512::digest(selected).as_slice(),
        }
    }
}
