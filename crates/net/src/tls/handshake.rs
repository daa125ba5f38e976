use std::fmt;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use rustls::client::Resumption;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection};
use sigillo_formats::DomainName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::chain::PresentedChain;
use super::error::TlsError;
use super::judgement::Judgement;
use super::provider;
use super::trust::Trust;
use super::verifier::Recorder;

/// What becomes of a connection whose certificate does not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verification {
    /// It is used all the same: for checking.
    Record,
    /// It is ended in the handshake, before anything is exchanged: for sending.
    Enforce,
}

/// What a handshake is made with.
#[derive(Debug, Clone)]
pub struct TlsRequest<'a> {
    /// The host: sent as SNI and looked for in the certificate.
    pub name: &'a DomainName,
    /// The roots.
    pub trust: &'a Trust,
    /// The time at which the certificate is judged.
    pub now: Timestamp,
    /// What becomes of a certificate that does not pass.
    pub verification: Verification,
    /// The application protocol to offer (ALPN), if any.
    pub protocol: Option<&'static [u8]>,
    /// When to give up.
    pub deadline: Instant,
}

/// What a handshake showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsLook {
    /// What was agreed, or what kept the handshake from its end.
    pub outcome: Result<Negotiated, TlsError>,
    /// The certificates and the judgement about them, if it came to that.
    pub certificate: Option<CertificateLook>,
}

impl TlsLook {
    /// Whether the handshake was completed with a certificate that passes.
    #[must_use]
    pub fn is_trusted(&self) -> bool {
        self.outcome.is_ok()
            && self.certificate.as_ref().is_some_and(|look| look.judgement.passes())
    }
}

/// The certificates that a server sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateLook {
    /// The certificates.
    pub chain: PresentedChain,
    /// The judgement about them.
    pub judgement: Judgement,
}

/// What a completed handshake agreed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Negotiated {
    /// The version of the protocol.
    pub version: TlsVersion,
    /// The cipher suite by its registered name.
    pub cipher_suite: String,
    /// The group of the key exchange by its registered name.
    pub key_exchange: Option<String>,
}

/// The versions that may be agreed on (RFC 8461 §7.2 demands 1.2 at least).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TlsVersion {
    /// TLS 1.2.
    Tls12,
    /// TLS 1.3.
    Tls13,
}

impl fmt::Display for TlsVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Tls12 => "TLS 1.2",
            Self::Tls13 => "TLS 1.3",
        })
    }
}

/// Makes a handshake and keeps what it shows. The stream comes back only if it was completed; in
/// [`Verification::Record`] that says nothing about the certificate.
pub async fn handshake<S>(stream: S, request: &TlsRequest<'_>) -> (TlsLook, Option<TlsStream<S>>)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let recorder = Arc::new(Recorder {
        provider: provider(),
        name: request.name.clone(),
        trust: request.trust.clone(),
        now: request.now,
        verification: request.verification,
        seen: OnceLock::new(),
    });
    let made = match connector(&recorder, request) {
        Err(error) => Err(error),
        Ok((connector, name)) => {
            match timeout_at(request.deadline, connector.connect(name, stream)).await {
                Err(_) => Err(TlsError::Timeout),
                Ok(Err(error)) => Err(TlsError::of(&error)),
                Ok(Ok(stream)) => Ok(stream),
            }
        }
    };
    let outcome = match &made {
        Err(error) => Err(error.clone()),
        Ok(stream) => negotiated(stream.get_ref().1),
    };
    let certificate = recorder.seen.get().cloned();
    let stream = if outcome.is_ok() { made.ok() } else { None };
    (TlsLook { outcome, certificate }, stream)
}

fn connector(
    recorder: &Arc<Recorder>,
    request: &TlsRequest<'_>,
) -> Result<(TlsConnector, ServerName<'static>), TlsError> {
    let name = ServerName::try_from(request.name.as_str().to_owned())
        .map_err(|_| TlsError::UnusableName)?;
    let verifier: Arc<Recorder> = Arc::clone(recorder);
    let mut config = ClientConfig::builder_with_provider(Arc::clone(&recorder.provider))
        .with_safe_default_protocol_versions()
        .map_err(|_| TlsError::UnusableName)? // the provider has both versions: can't happen
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    // A resumed session shows no certificate.
    config.resumption = Resumption::disabled();
    config.alpn_protocols = request.protocol.iter().map(|name| name.to_vec()).collect();
    Ok((TlsConnector::from(Arc::new(config)), name))
}

fn negotiated(connection: &ClientConnection) -> Result<Negotiated, TlsError> {
    let version = match connection.protocol_version() {
        Some(rustls::ProtocolVersion::TLSv1_2) => TlsVersion::Tls12,
        Some(rustls::ProtocolVersion::TLSv1_3) => TlsVersion::Tls13,
        _ => return Err(TlsError::OldVersion),
    };
    let suite = connection.negotiated_cipher_suite();
    Ok(Negotiated {
        version,
        cipher_suite: suite
            .and_then(|suite| suite.suite().as_str())
            // rustls marks the suites of TLS 1.3; the registry does not.
            .map(|name| name.replacen("TLS13_", "TLS_", 1))
            .unwrap_or_default(),
        key_exchange: connection
            .negotiated_key_exchange_group()
            .and_then(|group| group.name().as_str().map(str::to_owned)),
    })
}
