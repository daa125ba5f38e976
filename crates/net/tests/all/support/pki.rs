use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CustomExtension, DnType, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use sigillo_net::tls::{PresentedChain, Trust};

/// A root, an intermediate authority below it, and what they issue.
pub(crate) struct Pki {
    pub(crate) root: CertifiedIssuer<'static, KeyPair>,
    pub(crate) intermediate: CertifiedIssuer<'static, KeyPair>,
}

/// A chain and the key of its first certificate.
pub(crate) struct Identity {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    /// The chain as it was issued.
    pub(crate) chain_pem: String,
    pub(crate) key_pem: String,
    key: Vec<u8>,
}

impl Pki {
    pub(crate) fn new() -> Self {
        Self::with_intermediate(|_| {})
    }

    pub(crate) fn with_intermediate(edit: impl FnOnce(&mut CertificateParams)) -> Self {
        let root = CertifiedIssuer::self_signed(authority("Root"), key()).unwrap();
        let mut params = authority("Intermediate");
        edit(&mut params);
        let intermediate = CertifiedIssuer::signed_by(params, key(), &root).unwrap();
        Self { root, intermediate }
    }

    pub(crate) fn trust(&self) -> Trust {
        Trust::none().with_pem(self.root.pem().as_bytes()).unwrap()
    }

    /// A certificate for the names, valid around [`now`](super::now), with the intermediate.
    pub(crate) fn issue(&self, names: &[&str]) -> Identity {
        self.issue_with(names, |_| {})
    }

    pub(crate) fn issue_with(
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

impl Identity {
    pub(crate) fn self_signed(names: &[&str], edit: impl FnOnce(&mut CertificateParams)) -> Self {
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
    pub(crate) fn maze(names: &[&str], count: u8) -> Self {
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
    pub(crate) fn alone(mut self) -> Self {
        self.chain.truncate(1);
        self
    }

    pub(crate) fn presented(&self) -> PresentedChain {
        PresentedChain::new(&self.chain[0], &self.chain[1..])
    }

    pub(crate) fn server(&self) -> Arc<ServerConfig> {
        self.server_with(&[&rustls::version::TLS12, &rustls::version::TLS13])
    }

    pub(crate) fn server_with(
        &self,
        versions: &[&'static rustls::SupportedProtocolVersion],
    ) -> Arc<ServerConfig> {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.clone()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        // Whether certificate and key belong together is not asked: a test has them apart.
        let key = provider.key_provider.load_private_key(key).unwrap();
        let certified = CertifiedKey::new(self.chain.clone(), key);
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(SingleCertAndKey::from(certified)));
        Arc::new(config)
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
pub(crate) fn window(params: &mut CertificateParams, from: (i32, u8, u8), to: (i32, u8, u8)) {
    params.not_before = date_time_ymd(from.0, from.1, from.2);
    params.not_after = date_time_ymd(to.0, to.1, to.2);
}

/// Says where the issuer's certificate is to be had, as public authorities do.
pub(crate) fn ca_issuers(params: &mut CertificateParams) {
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
