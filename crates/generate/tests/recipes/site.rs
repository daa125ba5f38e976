//! A policy host for the tests: its folder, its certificate, and what has to be true of it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::CertificateDer;
use sigillo_formats::DomainName;
use sigillo_generate::recipe::{Recipe, RecipeContext, RecipeName};
use sigillo_language::Language;
use tempfile::TempDir;

use crate::fetch::{Request, Response, Version, refuses_tls11};

pub(crate) const PATH: &str = "/.well-known/mta-sts.txt";

/// A policy as most are.
pub(crate) const PLAIN_POLICY: &str =
    "version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.example.net\nmax_age: 604800\n";

/// A policy whose extensions mean something in every language that a recipe is written in.
pub(crate) const HOSTILE_POLICY: &str = concat!(
    "version: STSv1\r\nmode: testing\r\nmx: mail.example.com\r\nmax_age: 86400\r\n",
    "x-quotes: \"double\" 'single' `back` \\ \\n \\u0041 \\\r\n",
    "x-variables: $host ${js} {caddy} {{template}} %[haproxy] %{apache} %s $(shell)\r\n",
    "x-placeholders: @DOMAIN@ @POLICY_HOST@ @POLICY_AS_JSON@\r\n",
    "x-markup: </script> <!-- --> # // /* */ ; \u{e8} \u{20ac} \u{5370} \u{1f4ee}\r\n",
);

pub(crate) struct Site {
    folder: TempDir,
    pub(crate) host: String,
    policy: &'static str,
    recipe: Recipe,
    root: CertificateDer<'static>,
}

impl Site {
    /// A site in a folder that servers may read under any user. `root` is the test's own CA; the
    /// certificate for the policy host is in `fullchain.pem`, its key in `privkey.pem` and both
    /// in `both.pem`.
    pub(crate) fn new(name: RecipeName, domain: &str, policy: &'static str) -> Self {
        let domain = DomainName::parse(domain).unwrap();
        let host = format!("mta-sts.{domain}");
        let folder = tempfile::Builder::new()
            .prefix("sigillo-recipe-")
            .permissions(fs::Permissions::from_mode(0o755))
            .tempdir()
            .unwrap();
        let root = write_certificate(folder.path(), &host);
        let recipe =
            Recipe::build(name, &domain, policy, RecipeContext::default(), Language::English);
        Self { folder, host, policy, recipe, root }
    }

    /// The path of something in the site's folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, its folders included.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// A file of the recipe with some of its texts replaced.
    ///
    /// # Panics
    /// If a text is not there: then the test would test something else.
    pub(crate) fn file(&self, path: &str, replacements: &[(&str, &str)]) -> String {
        let file = self.recipe.files.iter().find(|file| file.path == path);
        let mut text = file.unwrap().text.clone();
        for (from, to) in replacements {
            assert!(text.contains(from), "{path}: no {from:?} in\n{text}");
            text = text.replace(from, to);
        }
        text
    }

    /// The commands of the recipe's notes, in order.
    pub(crate) fn commands(&self) -> impl Iterator<Item = &str> {
        self.recipe.notes.iter().flat_map(|note| &note.commands).map(String::as_str)
    }

    /// Asks the port for something, over TLS 1.3 and as the policy host.
    pub(crate) fn get(&self, port: u16, path: &str) -> Response {
        self.ask(port, "GET", path, &self.host)
    }

    fn ask(&self, port: u16, method: &str, path: &str, host: &str) -> Response {
        self.ask_with(port, method, path, host, Version::Tls13)
    }

    fn ask_with(
        &self,
        port: u16,
        method: &str,
        path: &str,
        host: &str,
        version: Version,
    ) -> Response {
        Request { method, path, host }.over_tls(port, &self.host, &self.root, version)
    }

    /// Asks the port for something without encryption.
    pub(crate) fn get_plain(&self, port: u16, path: &str) -> Response {
        let (method, host) = ("GET", self.host.as_str());
        Request { method, path, host }.plain(port)
    }

    /// Checks all that RFC 8461 §3.3 wants of a policy host, and that it serves nothing else.
    pub(crate) fn check(&self, port: u16) {
        for version in [Version::Tls12, Version::Tls13] {
            let answer = self.ask_with(port, "GET", PATH, &self.host, version);
            self.check_policy(&answer);
            assert_eq!(answer.body, self.policy.as_bytes(), "{version:?}");
        }
        assert!(refuses_tls11(port, &self.host));

        let head = self.ask(port, "HEAD", PATH, &self.host);
        self.check_policy(&head);
        assert_eq!(head.body, b"");

        for host in [self.host.to_ascii_uppercase(), format!("{}:443", self.host)] {
            let answer = self.ask(port, "GET", PATH, &host);
            assert_eq!(answer.body, self.policy.as_bytes(), "{host}");
        }
        let query = self.get(port, &format!("{PATH}?x=1"));
        assert_eq!(query.body, self.policy.as_bytes());

        for path in [
            "/",
            "/other",
            "/mta-sts.txt",
            "/.well-known",
            "/.well-known/",
            "/.well-known/mta-sts.txt/",
            "/.well-known/mta-sts.txt.bak",
            "/.well-known/acme-challenge/token",
        ] {
            let answer = self.get(port, path);
            assert_eq!(answer.status, 404, "{path}");
            assert_eq!(answer.header("Location"), None, "{path}");
        }
        for host in ["mta-sts.example.org", "example.com", "localhost", ""] {
            let answer = self.ask(port, "GET", PATH, host);
            assert!(answer.status != 200 || answer.body.is_empty(), "{host}");
        }
        let refused = self.ask(port, "POST", PATH, &self.host);
        assert!((400..500).contains(&refused.status), "{refused:?}");
    }

    /// Checks the status and the headers of an answer with the policy.
    fn check_policy(&self, answer: &Response) {
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.header("Content-Type").map(str::to_ascii_lowercase),
            Some("text/plain; charset=utf-8".to_owned())
        );
        assert_eq!(answer.header("Cache-Control"), Some("no-cache"));
        assert_eq!(answer.header("Location"), None);
        assert_eq!(answer.header("Content-Encoding"), None);
        assert_eq!(answer.header("Content-Length"), Some(self.policy.len().to_string().as_str()));
    }
}

/// A certificate for the host, signed by a CA of its own, which is given.
fn write_certificate(folder: &Path, host: &str) -> CertificateDer<'static> {
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let root = params.self_signed(&key).unwrap().der().clone();
    let issuer = Issuer::new(params, key);

    let params = CertificateParams::new([host.to_owned()]).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, &issuer).unwrap().pem();
    let key = key.serialize_pem();
    for (name, text) in [
        ("fullchain.pem", certificate.as_str()),
        ("privkey.pem", key.as_str()),
        ("both.pem", &format!("{certificate}{key}")),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    root
}
