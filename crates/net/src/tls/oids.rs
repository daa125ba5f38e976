//! Names of algorithms by their object identifiers.

/// The name of a signature algorithm; the dotted identifier of an unknown one.
pub(super) fn signature_algorithm(oid: &str) -> &str {
    match oid {
        "1.2.840.113549.1.1.2" => "md2WithRSAEncryption",
        "1.2.840.113549.1.1.4" => "md5WithRSAEncryption",
        "1.2.840.113549.1.1.5" => "sha1WithRSAEncryption",
        "1.2.840.113549.1.1.10" => "rsassaPss",
        "1.2.840.113549.1.1.11" => "sha256WithRSAEncryption",
        "1.2.840.113549.1.1.12" => "sha384WithRSAEncryption",
        "1.2.840.113549.1.1.13" => "sha512WithRSAEncryption",
        "1.2.840.10045.4.1" => "ecdsa-with-SHA1",
        "1.2.840.10045.4.3.2" => "ecdsa-with-SHA256",
        "1.2.840.10045.4.3.3" => "ecdsa-with-SHA384",
        "1.2.840.10045.4.3.4" => "ecdsa-with-SHA512",
        "1.2.840.10040.4.3" => "dsa-with-SHA1",
        "1.3.101.112" => "Ed25519",
        "1.3.101.113" => "Ed448",
        "2.16.840.1.101.3.4.3.17" => "ML-DSA-44",
        "2.16.840.1.101.3.4.3.18" => "ML-DSA-65",
        "2.16.840.1.101.3.4.3.19" => "ML-DSA-87",
        other => other,
    }
}

/// The algorithm of RSA keys.
pub(super) const RSA: &str = "1.2.840.113549.1.1.1";
/// The algorithm of keys on elliptic curves.
pub(super) const EC: &str = "1.2.840.10045.2.1";
/// Ed25519 keys.
pub(super) const ED25519: &str = "1.3.101.112";
/// The curve P-256.
pub(super) const P256: &str = "1.2.840.10045.3.1.7";
/// The curve P-384.
pub(super) const P384: &str = "1.3.132.0.34";
/// The curve P-521.
pub(super) const P521: &str = "1.3.132.0.35";
/// Where the certificate of the issuer is to be had (RFC 5280 §4.2.2.1).
pub(super) const CA_ISSUERS: &str = "1.3.6.1.5.5.7.48.2";
