use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use sigillo_formats::DomainName;

use super::chain::PresentedChain;
use super::handshake::{CertificateLook, Verification};
use super::judgement::judge;
use super::trust::Trust;

/// Keeps the chain of one handshake and judges it. That the server holds the key of its
/// certificate is always demanded; whether the certificate must pass is the [`Verification`].
#[derive(Debug)]
pub(super) struct Recorder {
    pub(super) provider: Arc<CryptoProvider>,
    pub(super) name: DomainName,
    pub(super) trust: Trust,
    pub(super) now: Timestamp,
    pub(super) verification: Verification,
    pub(super) seen: OnceLock<CertificateLook>,
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = PresentedChain::new(leaf, others);
        let judgement = judge(&chain, &self.name, &self.trust, self.now);
        let passes = judgement.passes();
        let first = self.seen.set(CertificateLook { chain, judgement }).is_ok();
        match self.verification {
            // A second certificate in one handshake would go unjudged.
            _ if !first => Err(Error::General("a second certificate".to_owned())),
            Verification::Enforce if !passes => {
                Err(CertificateError::ApplicationVerificationFailure.into())
            }
            Verification::Enforce | Verification::Record => Ok(ServerCertVerified::assertion()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
