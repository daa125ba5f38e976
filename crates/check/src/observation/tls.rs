use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A TLS handshake that was completed, whatever is wrong with the certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TlsLook {
    /// The version, such as `TLSv1.3`.
    pub version: String,
    /// The cipher suite.
    pub cipher: String,
    /// Whether the chain leads to a trusted authority.
    pub trust: Trust,
    /// Whether the certificate names the host.
    pub name: NameMatch,
    /// Whether the certificate is within its dates.
    pub validity: Validity,
    /// The certificates that were sent, the host's own first.
    pub chain: Vec<CertificateLook>,
}

/// Whether a chain leads to a trusted authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    /// It does.
    Trusted,
    /// The authority is not known.
    UnknownIssuer,
    /// A certificate between the host's and the authority's was not sent.
    MissingIntermediate,
    /// The certificate vouches for itself.
    SelfSigned,
    /// Something else is wrong with the chain.
    Other,
}

/// Whether a certificate names the host (DNS-ID only, RFC 6125).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NameMatch {
    /// It does.
    Match,
    /// It names others.
    Mismatch,
}

/// Whether a certificate is within its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Validity {
    /// It is.
    Valid,
    /// It has expired.
    Expired,
    /// It is for later.
    NotYetValid,
}

/// A certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CertificateLook {
    /// The subject.
    pub subject: String,
    /// The issuer.
    pub issuer: String,
    /// The DNS names of the subject's alternative names, at most a hundred.
    pub names: Vec<String>,
    /// From when on it is valid, in Unix seconds.
    pub not_before: i64,
    /// Until when it is valid, in Unix seconds.
    pub not_after: i64,
    /// The kind and size of its key, such as `RSA 2048`.
    pub key: String,
    /// The SHA-256 of the certificate, in hexadecimal.
    pub sha256: String,
    /// The SHA-256 of its public key, in hexadecimal.
    pub spki_sha256: String,
}

/// Why there was no TLS session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "failure")]
pub enum TlsFailure {
    /// The server knows no such name (alert `unrecognized_name`).
    UnrecognizedName,
    /// The server speaks TLS 1.0 or 1.1 only.
    OldVersion,
    /// Anything else.
    Handshake {
        /// What happened.
        reason: String,
    },
    /// It took too long.
    Timeout,
}
