//! TLS, with everything that the handshake shows kept.
//!
//! A checker has to say *all* that is wrong with a certificate, so the handshake is completed
//! whatever the certificate is, and trust, name and validity are judged apart ([`judge`]). A sender
//! asks for [`Verification::Enforce`] instead: then no byte is exchanged over a connection whose
//! certificate does not pass.

mod alert;
mod certificate;
mod chain;
mod error;
mod handshake;
mod judgement;
pub mod legacy;
mod oids;
mod result_type;
mod trust;
mod verifier;

use std::sync::{Arc, LazyLock};

use rustls::crypto::CryptoProvider;

pub use alert::Alert;
pub(crate) use certificate::parse as parse_certificate;
pub use certificate::{Certificate, KeyKind, UnreadableCertificate};
pub use chain::PresentedChain;
pub use error::TlsError;
pub use handshake::{
    CertificateLook, Negotiated, TlsLook, TlsRequest, TlsVersion, Verification, handshake,
};
pub use judgement::{Judgement, NameOutcome, TrustOutcome, ValidityOutcome, judge};
pub(crate) use judgement::{judge_name, unix_time};
pub use result_type::result_type;
pub use trust::{Trust, TrustError};

/// The one place that names the implementation of cryptography.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: LazyLock<Arc<CryptoProvider>> =
        LazyLock::new(|| Arc::new(rustls::crypto::ring::default_provider()));
    Arc::clone(&PROVIDER)
}
