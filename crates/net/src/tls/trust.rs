use std::fmt;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, TrustAnchor};

use crate::limits::PEM_BYTES;

/// The roots that are trusted. Cheap to clone.
#[derive(Clone)]
pub struct Trust {
    anchors: Arc<[TrustAnchor<'static>]>,
}

impl Trust {
    /// The roots that Mozilla trusts, as of the build: the same verdict on every machine.
    #[must_use]
    pub fn bundled() -> Self {
        Self { anchors: webpki_roots::TLS_SERVER_ROOTS.into() }
    }

    /// No root at all, to add one's own to.
    #[must_use]
    pub fn none() -> Self {
        Self { anchors: Arc::default() }
    }

    /// The same with the certificates of a PEM text added. Whatever else the text holds is passed
    /// over.
    ///
    /// # Errors
    /// The text is too long, has no certificate, is not well formed, or a certificate in it can't
    /// be read.
    pub fn with_pem(&self, pem: &[u8]) -> Result<Self, TrustError> {
        if pem.len() > PEM_BYTES {
            return Err(TrustError::TooLong);
        }
        let mut anchors = self.anchors.to_vec();
        let before = anchors.len();
        for (index, certificate) in CertificateDer::pem_slice_iter(pem).enumerate() {
            let number = index + 1;
            let certificate = certificate.map_err(|_| TrustError::NotPem { number })?;
            let anchor = webpki::anchor_from_trusted_cert(&certificate)
                .map_err(|_| TrustError::NoCertificate { number })?;
            anchors.push(anchor.to_owned());
        }
        if anchors.len() == before {
            return Err(TrustError::Empty);
        }
        Ok(Self { anchors: anchors.into() })
    }

    /// How many roots there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.anchors.len()
    }

    /// Whether nothing is trusted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }

    pub(crate) fn anchors(&self) -> &[TrustAnchor<'static>] {
        &self.anchors
    }
}

impl Default for Trust {
    fn default() -> Self {
        Self::bundled()
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Trust({} roots)", self.anchors.len())
    }
}

/// Why a PEM text gives no roots. Certificates count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TrustError {
    /// There is no certificate in it.
    #[error("there is no certificate in it")]
    Empty,
    /// A block holds no certificate that can be read.
    #[error("certificate {number} cannot be read")]
    NoCertificate {
        /// Which one.
        number: usize,
    },
    /// A block is not well formed.
    #[error("the text is not well-formed PEM at certificate {number}")]
    NotPem {
        /// Which one.
        number: usize,
    },
    /// More than four MiB.
    #[error("the text is longer than four MiB")]
    TooLong,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pem() {
        assert!(Trust::bundled().len() > 100);
        assert!(Trust::none().is_empty());
        let with = |pem: &str| Trust::none().with_pem(pem.as_bytes()).map(|_| ());
        assert_eq!(with("hello"), Err(TrustError::Empty));
        let empty = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert_eq!(with(empty), Err(TrustError::NoCertificate { number: 1 }));
        let torn = "-----BEGIN CERTIFICATE-----\nAAAA\n";
        assert_eq!(with(torn), Err(TrustError::NotPem { number: 1 }));
        assert_eq!(with(&" ".repeat(PEM_BYTES + 1)), Err(TrustError::TooLong));
    }
}
