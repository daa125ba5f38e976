//! Somebody who asks the site for pages and reads them.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use jiff::Timestamp;
use sigillo_formats::DomainName;
use sigillo_net::address_guard::AddressGuard;
use sigillo_net::dns::{Dnssec, Resolver, ResolverSettings};
use sigillo_net::tls::Trust;
use sigillo_probe::{ProbeSettings, Prober};
use sigillo_store::Store;
use sigillo_web::live::{LiveChecks, LiveSettings, Sources};
use sigillo_web::{Site, SiteSettings};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// A page as it was answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) content_type: String,
    pub(crate) text: String,
}

/// A site, and the folder of its results.
pub(crate) struct TestSite {
    router: Router,
    _folder: TempDir,
}

/// A site below a path, which knows its own address or doesn't. It can look at nothing: nobody answers its questions.
pub(crate) async fn site(base_path: &str, public_url: Option<&str>) -> TestSite {
    let servers = vec!["127.0.0.1:9".parse().unwrap()];
    let resolver = Resolver::new(ResolverSettings {
        servers,
        dnssec: Dnssec::Off,
        ..ResolverSettings::default()
    })
    .await
    .unwrap();
    let prober = Prober::new(
        resolver,
        ProbeSettings {
            timeout: Duration::from_secs(1),
            https_port: 443,
            smtp_port: 25,
            smtp: false,
            helo_name: DomainName::parse("client.example").unwrap(),
            user_agent: "tests".to_owned(),
            guard: AddressGuard::Public,
            source: None,
            trust: Trust::bundled(),
        },
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("results.sqlite");
    let store = Store::open(&format!("sqlite:{}", file.display()).parse().unwrap()).await.unwrap();
    let sources = Sources { now: || Timestamp::UNIX_EPOCH, random: || 1 };
    let settings = SiteSettings {
        base_path: base_path.parse().unwrap(),
        public_url: public_url.map(|url| url.parse().unwrap()),
        ..SiteSettings::default()
    };
    let live = LiveChecks::new(prober, store, LiveSettings::default(), sources);
    TestSite { router: Site::new(settings, live).router(), _folder: folder }
}

/// Sends a request.
pub(crate) async fn send(site: &TestSite, request: Request<Body>) -> Response<Bytes> {
    let response = site.router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    Response::from_parts(parts, body.collect().await.unwrap().to_bytes())
}

/// Asks for a path.
pub(crate) async fn get(site: &TestSite, path: &str) -> Answer {
    let response = send(site, Request::get(path).body(Body::empty()).unwrap()).await;
    let status = response.status();
    let content_type = response.headers().get(CONTENT_TYPE);
    let content_type = content_type.map_or("", |value| value.to_str().unwrap()).to_owned();
    let text = String::from_utf8(response.into_body().to_vec()).unwrap();
    Answer { status, content_type, text }
}

/// Asks for a page that has to be there.
pub(crate) async fn page(site: &TestSite, path: &str) -> String {
    let answer = get(site, path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    assert_eq!(answer.content_type, "text/html; charset=utf-8", "{path}");
    answer.text
}

/// The values of an attribute, in the order of the page.
pub(crate) fn attributes(page: &str, name: &str) -> Vec<String> {
    let begin = format!(" {name}=\"");
    let values = page.split(&begin).skip(1);
    values.map(|rest| unescape(rest.split('"').next().unwrap())).collect()
}

/// The names that links can lead to.
pub(crate) fn names(page: &str) -> BTreeSet<String> {
    attributes(page, "id").into_iter().collect()
}

/// The text that somebody sees, without elements and what stands in them.
pub(crate) fn visible(page: &str) -> String {
    let body = page.split_once("<body>").map_or(page, |(_, body)| body);
    let text: String =
        body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    unescape(&text)
}

/// The text of each element of a name, without the elements within it.
pub(crate) fn elements(page: &str, name: &str) -> Vec<String> {
    let (begin, end) = (format!("<{name}"), format!("</{name}>"));
    page.split(&begin)
        .skip(1)
        .filter(|rest| rest.starts_with(['>', ' ']))
        .map(|rest| rest.split(&end).next().unwrap().split_once('>').unwrap().1)
        .map(visible)
        .collect()
}

fn unescape(text: &str) -> String {
    let characters = [
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
    characters
        .into_iter()
        .fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
}
