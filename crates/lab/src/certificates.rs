//! A private authority, and the good and bad certificates that it issues.
//!
//! Unless told otherwise they are valid long before and long after any test; what is expired or not
//! yet valid is so for all of the 21st century from 2026 on.

use std::fmt;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CustomExtension, DnType, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, PublicKeyData, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use sha2::{Digest, Sha256};

/// A root, an intermediate authority below it, and what they issue.
#[derive(Debug)]
pub struct Pki {
    /// The root, which issues the intermediate authority alone.
    pub root: CertifiedIssuer<'static, KeyPair>,
    /// The authority that issues everything else.
    pub intermediate: CertifiedIssuer<'static, KeyPair>,
}

/// A chain and the key of its first certificate.
#[derive(Clone)]
pub struct Identity {
    /// The chain as it is shown; a test may change it.
    pub chain: Vec<CertificateDer<'static>>,
    /// The chain as it was issued.
    pub chain_pem: String,
    /// The key of the first certificate.
    pub key_pem: String,
    key: Vec<u8>,
}

impl Pki {
    /// A fresh root and a fresh intermediate authority.
    #[must_use]
    pub fn new() -> Self {
        Self::with_intermediate(|_| {})
    }

    /// The same with another intermediate authority than usual.
    pub fn with_intermediate(edit: impl FnOnce(&mut CertificateParams)) -> Self {
        let root = CertifiedIssuer::self_signed(authority("Root"), key()).unwrap();
        let mut params = authority("Intermediate");
        edit(&mut params);
        let intermediate = CertifiedIssuer::signed_by(params, key(), &root).unwrap();
        Self { root, intermediate }
    }

    /// The root, for those who are to trust it.
    #[must_use]
    pub fn root_pem(&self) -> String {
        self.root.pem()
    }

    /// A good certificate for the names, with the intermediate.
    #[must_use]
    pub fn issue(&self, names: &[&str]) -> Identity {
        self.issue_with(names, |_| {})
    }

    /// A certificate that has expired.
    #[must_use]
    pub fn issue_expired(&self, names: &[&str]) -> Identity {
        self.issue_with(names, |params| window(params, (2025, 1, 1), (2025, 2, 1)))
    }

    /// A certificate that is not valid yet.
    #[must_use]
    pub fn issue_not_yet_valid(&self, names: &[&str]) -> Identity {
        self.issue_with(names, |params| window(params, (2100, 1, 1), (2101, 1, 1)))
    }

    /// A certificate that public clients would know where to find the intermediate of, shown
    /// without it.
    #[must_use]
    pub fn issue_without_intermediate(&self, names: &[&str]) -> Identity {
        self.issue_with(names, ca_issuers).alone()
    }

    /// A certificate that differs from the usual.
    pub fn issue_with(
        &self,
        names: &[&str],
        edit: impl FnOnce(&mut CertificateParams),
    ) -> Identity {
        let mut params = server(names);
        edit(&mut params);
        let key = key();
        let certificate = params.signed_by(&key, &self.intermediate).unwrap();
        Identity {
            chain: vec![certificate.der().clone(), self.intermediate.der().clone()],
            chain_pem: certificate.pem() + &self.intermediate.pem(),
            key_pem: key.serialize_pem(),
            key: key.serialize_der(),
        }
    }
}

impl Default for Pki {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Identity({} certificates)", self.chain.len())
    }
}

impl Identity {
    /// A certificate that signs for itself.
    pub fn self_signed(names: &[&str], edit: impl FnOnce(&mut CertificateParams)) -> Self {
        let mut params = server(names);
        edit(&mut params);
        let key = key();
        let certificate = params.self_signed(&key).unwrap();
        Self {
            chain: vec![certificate.der().clone()],
            chain_pem: certificate.pem(),
            key_pem: key.serialize_pem(),
            key: key.serialize_der(),
        }
    }

    /// A certificate below `count` authorities that have all signed each other.
    #[must_use]
    pub fn maze(names: &[&str], count: u8) -> Self {
        let mut chain = Vec::new();
        let authority_key = key();
        for serial in 1..=count {
            let mut params = authority("Maze");
            params.serial_number = Some(vec![serial].into());
            chain.push(params.self_signed(&authority_key).unwrap().der().clone());
        }
        let issuer = Issuer::new(authority("Maze"), authority_key);
        let key = key();
        let certificate = server(names).signed_by(&key, &issuer).unwrap();
        chain.insert(0, certificate.der().clone());
        Self {
            chain,
            chain_pem: certificate.pem(),
            key_pem: key.serialize_pem(),
            key: key.serialize_der(),
        }
    }

    /// The same without the certificates after the first.
    #[must_use]
    pub fn alone(mut self) -> Self {
        self.chain.truncate(1);
        self
    }

    /// A server that shows the chain.
    #[must_use]
    pub fn server(&self) -> Arc<ServerConfig> {
        self.server_with(&[&rustls::version::TLS12, &rustls::version::TLS13])
    }

    /// The same with these versions of TLS alone.
    #[must_use]
    pub fn server_with(
        &self,
        versions: &[&'static rustls::SupportedProtocolVersion],
    ) -> Arc<ServerConfig> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(SingleCertAndKey::from(self.certified())));
        Arc::new(config)
    }

    /// What a TLSA record `3 1 1` of the first certificate holds: the SHA-256 of its public key
    /// (RFC 6698 §2.1).
    #[must_use]
    pub fn public_key_digest(&self) -> [u8; 32] {
        let key = KeyPair::try_from(self.key.as_slice()).unwrap();
        Sha256::digest(key.subject_public_key_info()).into()
    }

    /// The chain with its key, for a server that shows several.
    #[must_use]
    pub fn certified(&self) -> CertifiedKey {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.clone()));
        // Whether certificate and key belong together is not asked: a test has them apart.
        let provider = rustls::crypto::ring::default_provider();
        let key = provider.key_provider.load_private_key(key).unwrap();
        CertifiedKey::new(self.chain.clone(), key)
    }
}

fn key() -> KeyPair {
    KeyPair::generate().unwrap()
}

fn authority(common_name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn server(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params.distinguished_name.push(DnType::CommonName, "server");
    params.is_ca = IsCa::ExplicitNoCa;
    params
}

/// Sets the days between which a certificate is valid.
pub fn window(params: &mut CertificateParams, from: (i32, u8, u8), to: (i32, u8, u8)) {
    params.not_before = date_time_ymd(from.0, from.1, from.2);
    params.not_after = date_time_ymd(to.0, to.1, to.2);
}

/// Says where the issuer's certificate is to be had, as public authorities do.
pub fn ca_issuers(params: &mut CertificateParams) {
    let url = b"http://ca.test/i.der";
    let mut place =
        vec![0x06, 8, 0x2b, 6, 1, 5, 5, 7, 48, 2, 0x86, u8::try_from(url.len()).unwrap()];
    place.extend(url);
    let mut access = vec![0x30, u8::try_from(place.len()).unwrap()];
    access.extend(place);
    let mut content = vec![0x30, u8::try_from(access.len()).unwrap()];
    content.extend(access);
    let oid = [1, 3, 6, 1, 5, 5, 7, 1, 1];
    params.custom_extensions.push(CustomExtension::from_oid_content(&oid, content));
}
