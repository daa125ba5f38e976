use std::fmt;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, GeneralName, ParsedExtension, X509Certificate};
use x509_parser::x509::{SubjectPublicKeyInfo, X509Name};

use super::oids;
use crate::limits::{CERTIFICATE_NAMES, CERTIFICATE_TEXT_BYTES, SERIAL_BYTES};
use crate::text::bounded;

/// What a certificate says, each text bounded and as it was sent: it may hold control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Whom it is for, as a list of attributes.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// The DNS names among the alternative names, at most [`CERTIFICATE_NAMES`].
    pub dns_names: Vec<String>,
    /// How many DNS names there are.
    pub dns_name_count: usize,
    /// Valid from.
    pub not_before: Timestamp,
    /// Valid until, that second included.
    pub not_after: Timestamp,
    /// The serial number in hexadecimal digits.
    pub serial: String,
    /// The kind of the public key.
    pub key: KeyKind,
    /// The length of an RSA key's modulus or the size of the curve's field, in bits.
    pub key_bits: Option<u32>,
    /// The name of the algorithm that it is signed with, or its object identifier.
    pub signature_algorithm: String,
    /// SHA-256 of the whole certificate.
    pub sha256: [u8; 32],
    /// SHA-256 of its public key (the `SubjectPublicKeyInfo`).
    pub spki_sha256: [u8; 32],
    /// Whether it may sign certificates.
    pub is_ca: bool,
    /// Whether subject and issuer are the same.
    pub self_issued: bool,
    /// Where it says that its issuer's certificate is to be had (RFC 5280 §4.2.2.1).
    pub issuer_url: Option<String>,
}

impl Certificate {
    /// Reads a certificate in DER.
    ///
    /// # Errors
    /// It is no X.509 certificate.
    pub fn read(der: &[u8]) -> Result<Self, UnreadableCertificate> {
        let certificate = parse(der)?;
        let mut dns_names = Vec::new();
        let mut dns_name_count = 0;
        let mut issuer_url = None;
        for extension in certificate.extensions() {
            match extension.parsed_extension() {
                ParsedExtension::SubjectAlternativeName(names) => {
                    for name in &names.general_names {
                        let GeneralName::DNSName(name) = name else { continue };
                        dns_name_count += 1;
                        if dns_names.len() < CERTIFICATE_NAMES {
                            dns_names.push(bounded(name, CERTIFICATE_TEXT_BYTES));
                        }
                    }
                }
                ParsedExtension::AuthorityInfoAccess(access) => {
                    issuer_url = issuer_url.or_else(|| {
                        access.iter().find_map(|place| match &place.access_location {
                            GeneralName::URI(url)
                                if place.access_method.to_id_string() == oids::CA_ISSUERS =>
                            {
                                Some(bounded(url, CERTIFICATE_TEXT_BYTES))
                            }
                            _ => None,
                        })
                    });
                }
                _ => {}
            }
        }
        let (key, key_bits) = KeyKind::of(certificate.public_key());
        Ok(Self {
            subject: name(certificate.subject()),
            issuer: name(certificate.issuer()),
            dns_names,
            dns_name_count,
            not_before: timestamp(certificate.validity().not_before.timestamp()),
            not_after: timestamp(certificate.validity().not_after.timestamp()),
            serial: serial(certificate.raw_serial()),
            key,
            key_bits,
            signature_algorithm: oids::signature_algorithm(
                &certificate.signature_algorithm.algorithm.to_id_string(),
            )
            .to_owned(),
            sha256: Sha256::digest(der).into(),
            spki_sha256: Sha256::digest(certificate.public_key().raw).into(),
            is_ca: certificate.is_ca(),
            self_issued: certificate.subject().as_raw() == certificate.issuer().as_raw(),
            issuer_url,
        })
    }
}

/// Reads a certificate and refuses bytes after it.
pub(crate) fn parse(der: &[u8]) -> Result<X509Certificate<'_>, UnreadableCertificate> {
    match X509Certificate::from_der(der) {
        Ok(([], certificate)) => Ok(certificate),
        _ => Err(UnreadableCertificate),
    }
}

/// A time of a certificate; years that a timestamp can't hold become the nearest one.
pub(super) fn timestamp(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(if seconds < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

fn name(name: &X509Name<'_>) -> String {
    bounded(&name.to_string(), CERTIFICATE_TEXT_BYTES)
}

fn serial(bytes: &[u8]) -> String {
    use fmt::Write;
    let mut text = String::new();
    for byte in bytes.iter().take(SERIAL_BYTES) {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The kind of a public key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyKind {
    /// RSA.
    Rsa,
    /// ECDSA on P-256.
    P256,
    /// ECDSA on P-384.
    P384,
    /// ECDSA on P-521.
    P521,
    /// ECDSA on another curve, by its object identifier.
    OtherCurve(String),
    /// Ed25519.
    Ed25519,
    /// Another algorithm, by its object identifier.
    Other(String),
}

impl KeyKind {
    /// The kind of a key and its size in bits.
    fn of(key: &SubjectPublicKeyInfo<'_>) -> (Self, Option<u32>) {
        let algorithm = key.algorithm.algorithm.to_id_string();
        match algorithm.as_str() {
            oids::RSA => (Self::Rsa, rsa_bits(key)),
            oids::EC => {
                let curve = key.algorithm.parameters.as_ref().and_then(|any| any.as_oid().ok());
                let curve = curve.map(|oid| oid.to_id_string()).unwrap_or_default();
                match curve.as_str() {
                    oids::P256 => (Self::P256, Some(256)),
                    oids::P384 => (Self::P384, Some(384)),
                    oids::P521 => (Self::P521, Some(521)),
                    _ => (Self::OtherCurve(curve), None),
                }
            }
            oids::ED25519 => (Self::Ed25519, Some(256)),
            _ => (Self::Other(bounded(&algorithm, CERTIFICATE_TEXT_BYTES)), None),
        }
    }
}

impl fmt::Display for KeyKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa => formatter.write_str("RSA"),
            Self::P256 => formatter.write_str("ECDSA P-256"),
            Self::P384 => formatter.write_str("ECDSA P-384"),
            Self::P521 => formatter.write_str("ECDSA P-521"),
            Self::OtherCurve(oid) => write!(formatter, "ECDSA on curve {oid}"),
            Self::Ed25519 => formatter.write_str("Ed25519"),
            Self::Other(oid) => write!(formatter, "algorithm {oid}"),
        }
    }
}

/// The length of the modulus.
fn rsa_bits(key: &SubjectPublicKeyInfo<'_>) -> Option<u32> {
    let Ok(x509_parser::public_key::PublicKey::RSA(key)) = key.parsed() else {
        return None;
    };
    let first = key.modulus.iter().position(|byte| *byte != 0)?;
    let significant = key.modulus.get(first..)?;
    let bits = significant.len() * 8 - significant.first()?.leading_zeros() as usize;
    u32::try_from(bits).ok()
}

/// The bytes are no X.509 certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the certificate cannot be read")]
pub struct UnreadableCertificate;
