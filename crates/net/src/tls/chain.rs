use rustls::pki_types::CertificateDer;

use super::certificate::{Certificate, UnreadableCertificate};
use crate::limits::{CHAIN_BYTES, CHAIN_CERTIFICATES};

/// The certificates that a server sent, in its order, the server's own first.
///
/// At most [`CHAIN_CERTIFICATES`] and [`CHAIN_BYTES`] are kept, but the first always is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresentedChain {
    kept: Vec<CertificateDer<'static>>,
    sent: usize,
}

impl PresentedChain {
    /// Keeps the certificates within the bounds.
    #[must_use]
    pub fn new(leaf: &CertificateDer<'_>, others: &[CertificateDer<'_>]) -> Self {
        let mut kept = vec![leaf.clone().into_owned()];
        let mut bytes = leaf.len();
        for certificate in others.iter().take(CHAIN_CERTIFICATES - 1) {
            bytes += certificate.len();
            if bytes > CHAIN_BYTES {
                break;
            }
            kept.push(certificate.clone().into_owned());
        }
        Self { kept, sent: others.len() + 1 }
    }

    /// The certificates that were kept, in DER; never empty.
    #[must_use]
    pub fn der(&self) -> &[CertificateDer<'static>] {
        &self.kept
    }

    /// How many the server sent.
    #[must_use]
    pub fn sent(&self) -> usize {
        self.sent
    }

    /// Whether the server sent more than was kept.
    #[must_use]
    pub fn is_truncated(&self) -> bool {
        self.sent > self.kept.len()
    }

    /// What each of the certificates says.
    #[must_use]
    pub fn certificates(&self) -> Vec<Result<Certificate, UnreadableCertificate>> {
        self.kept.iter().map(|der| Certificate::read(der)).collect()
    }

    /// The server's own certificate and the others.
    pub(crate) fn split(&self) -> Option<(&CertificateDer<'static>, &[CertificateDer<'static>])> {
        self.kept.split_first()
    }
}
