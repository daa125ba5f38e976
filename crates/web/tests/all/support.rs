//! A site with a scripted name server, and what its pages say.

use std::fs;
use std::net::IpAddr;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use jiff::Timestamp;
use serde_json::Value;
use sigillo_formats::DomainName;
use sigillo_lab::dns::ScriptedDns;
use sigillo_language::Language;
use sigillo_net::address_guard::AddressGuard;
use sigillo_net::dns::{Dnssec, Resolver, ResolverSettings};
use sigillo_net::tls::Trust;
use sigillo_probe::{ProbeSettings, Prober};
use sigillo_store::{Store, StoreUrl};
use sigillo_web::live::{LiveChecks, LiveSettings, Sources};
use sigillo_web::serve::Peer;
use sigillo_web::{Site, SiteSettings};
use tempfile::TempDir;
use tower::ServiceExt;

/// A site; the name server ends with it.
pub(crate) struct TestSite {
    router: Router,
    pub(crate) live: LiveChecks,
    pub(crate) dns: ScriptedDns,
    _folder: TempDir,
}

/// What a site is set up with, beside its name server.
pub(crate) struct Surroundings {
    pub(crate) live: LiveSettings,
    pub(crate) site: SiteSettings,
    pub(crate) guard: AddressGuard,
    pub(crate) https_port: u16,
    /// Mail hosts are talked to where it isn't the usual one.
    pub(crate) smtp_port: u16,
    pub(crate) trust: Trust,
    pub(crate) now: fn() -> Timestamp,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self {
            live: LiveSettings::default(),
            site: SiteSettings::default(),
            guard: AddressGuard::Public,
            https_port: 443,
            smtp_port: 25,
            trust: Trust::none(),
            now,
        }
    }
}

/// What the site answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

/// The time of day, as far as the site knows.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

/// A number that comes once.
fn random() -> u128 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed).into()
}

/// A request with an object.
pub(crate) fn post_json(path: &str, json: &str) -> Request<Body> {
    let request = Request::post(path).header("content-type", "application/json");
    request.body(json.to_owned().into()).unwrap()
}

/// A request with the fields of a form.
pub(crate) fn post_form(path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
    request.body(query(fields).into()).unwrap()
}

/// The same request from this address.
pub(crate) fn from(peer: &str, mut request: Request<Body>) -> Request<Body> {
    let peer: IpAddr = peer.parse().unwrap();
    request.extensions_mut().insert(Peer::from(peer));
    request
}

impl TestSite {
    /// A site that asks this name server.
    pub(crate) async fn new(dns: ScriptedDns, settings: LiveSettings) -> Self {
        Self::with(dns, Surroundings { live: settings, ..Surroundings::default() }).await
    }

    /// A site that asks this name server, and is otherwise as told.
    pub(crate) async fn with(dns: ScriptedDns, surroundings: Surroundings) -> Self {
        let Surroundings { live, site, guard, https_port, smtp_port, trust, now } = surroundings;
        let resolver = ResolverSettings {
            servers: vec![dns.address()],
            dnssec: Dnssec::Off,
            timeout: Duration::from_millis(300),
            tries: 1,
            ..ResolverSettings::default()
        };
        let prober = Prober::new(
            Resolver::new(resolver).await.unwrap(),
            ProbeSettings {
                timeout: Duration::from_secs(5),
                https_port,
                smtp_port,
                smtp: smtp_port != 25,
                helo_name: DomainName::parse("checker.example").unwrap(),
                user_agent: "test/1".to_owned(),
                guard,
                source: None,
                trust,
            },
        );
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("store.db").display());
        let store = Store::open(&StoreUrl::parse(&url).unwrap()).await.unwrap();
        let live = LiveChecks::new(prober, store, live, Sources { now, random });
        let router = Site::new(site, live.clone()).router();
        Self { router, live, dns, _folder: folder }
    }

    /// A site that asks nobody.
    pub(crate) async fn alone() -> Self {
        Self::new(ScriptedDns::silent(), LiveSettings::default()).await
    }

    /// A site below a path that asks nobody, and knows its own address or doesn't.
    pub(crate) async fn below(base_path: &str, public_url: Option<&str>) -> Self {
        let site = SiteSettings {
            base_path: base_path.parse().unwrap(),
            public_url: public_url.map(|url| url.parse().unwrap()),
            ..SiteSettings::default()
        };
        Self::with(ScriptedDns::silent(), Surroundings { site, ..Surroundings::default() }).await
    }

    /// What stands at an address.
    pub(crate) async fn get(&self, address: &str) -> Answer {
        self.send(Request::get(address).body(Body::empty()).unwrap()).await
    }

    /// The answer to a look at a domain that the API is asked for.
    pub(crate) async fn check(&self, domain: &str) -> Answer {
        self.send(post_json("/api/v1/check", &format!(r#"{{"domain":"{domain}"}}"#))).await
    }

    /// The answer to a request.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.into_body().collect().await.unwrap().to_bytes().to_vec();
        Answer { status, headers, bytes }
    }

    /// A page that there is.
    pub(crate) async fn page(&self, address: &str) -> String {
        let answer = self.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{address}");
        answer.text()
    }
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A query of these fields.
pub(crate) fn query(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// The text inside the element with this id, up to its end tag, as a reader sees it.
pub(crate) fn text_of(page: &str, id: &str) -> String {
    let (_, behind) = page.split_once(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id}"));
    let (tag, _) = [("pre", "</pre>"), ("code", "</code>"), ("div", "</div>"), ("a", "</a>")]
        .iter()
        .filter_map(|(_, end)| Some((*end, behind.find(end)?)))
        .min_by_key(|(_, at)| *at)
        .unwrap();
    let inside = behind.split_once('>').unwrap().1.split_once(tag).unwrap().0;
    let mut text = String::new();
    let mut is_tag = false;
    for character in inside.chars() {
        match character {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag => text.push(character),
            _ => (),
        }
    }
    unescaped(&text)
}

/// What a reader sees of escaped text.
pub(crate) fn unescaped(text: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    entities
        .iter()
        .fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

/// The page has no message of the other language, and no message is missing.
pub(crate) fn assert_one_language(page: &str, language: Language) {
    let other = language.choose("it", "en");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("messages").join(other);
    let page = unescaped(page);
    let mut compared = 0;
    for file in fs::read_dir(folder).unwrap() {
        let messages = fs::read_to_string(file.unwrap().path()).unwrap();
        for line in messages.lines() {
            let Some((name, text)) = line.split_once(" = ") else { continue };
            assert!(!page.contains(&format!(">{name}<")), "{name} is missing");
            // As far as nothing is put in.
            let text = text.split(['{', '`']).next().unwrap();
            if text.chars().count() > 14 && text.contains(' ') {
                assert!(!page.contains(text), "{name}: {text}");
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

/// Nothing of the text is markup.
pub(crate) const MARKUP: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;";

/// The page shows [`MARKUP`] as text, wherever it does.
pub(crate) fn assert_no_markup(page: &str) {
    for part in ["<script>alert", "<img src=x", "onerror=alert(1)>"] {
        assert!(!page.contains(part), "{part}");
    }
    // It would end the attribute.
    assert!(!page.contains("=\"\"'"), "a quote is not escaped");
}
