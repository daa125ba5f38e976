//! How much may be looked at, and by whom.

use std::time::Duration;

use axum::http::StatusCode;
use sigillo_lab::dns::ScriptedDns;
use sigillo_language::Language;
use sigillo_web::live::{LiveSettings, Quota};
use sigillo_web::{SiteSettings, TrustedProxies};

use crate::support::{
    Answer, Surroundings, TestSite, assert_one_language, from, post_form, post_json, unescaped,
};

const ONE: Quota = Quota { burst: 1, per_minute: 1 };

/// A name server that knows every domain, and that none receives mail.
fn dns() -> ScriptedDns {
    ScriptedDns::replying(|query, reply| match query.kind().as_str() {
        "MX" => reply.mx(query.name().trim_end_matches('.'), 0, ""),
        _ => reply,
    })
}

/// The seconds after which to come back.
fn retry_after(answer: &Answer) -> u64 {
    answer.header("retry-after").parse().unwrap()
}

fn json(domain: &str) -> String {
    format!(r#"{{"domain":"{domain}"}}"#)
}

/// Both the page and the API refuse, in both languages.
async fn refuses(site: &TestSite, peer: &str, english: &str, italian: &str) {
    for (path, language) in [("/en/check", Language::English), ("/it/verifica", Language::Italian)]
    {
        let answer = site.send(from(peer, post_form(path, &[("domain", "b.example")]))).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert!((1..=60).contains(&retry_after(&answer)));
        let page = answer.text();
        assert_one_language(&page, language);
        assert!(unescaped(&page).contains(language.choose(english, italian)), "{page}");
        assert!(unescaped(&page).contains("value=\"b.example\""), "what was typed is still there");
        let path = format!("/api/v1/check?lang={}", language.tag());
        let answer = site.send(from(peer, post_json(&path, &json("b.example")))).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert!((1..=60).contains(&retry_after(&answer)));
        let problem = answer.json();
        assert_eq!(problem["code"], "too-many-checks");
        assert_eq!(problem["title"], language.choose("Too many checks", "Troppe verifiche"));
    }
}

#[tokio::test]
async fn a_client_that_asks_too_often_is_told_when_to_come_back() {
    let live = LiveSettings { per_client: ONE, ..LiveSettings::default() };
    let site = TestSite::new(dns(), live).await;
    let look = |peer, domain| site.send(from(peer, post_json("/api/v1/check", &json(domain))));
    assert_eq!(look("192.0.2.1", "a.example").await.status, StatusCode::OK);
    refuses(&site, "192.0.2.1", "a good number of checks", "già molte verifiche").await;
    // What there is already costs nothing, and others have their own.
    assert_eq!(look("192.0.2.1", "a.example").await.status, StatusCode::OK);
    assert_eq!(look("192.0.2.2", "b.example").await.status, StatusCode::OK);
}

#[tokio::test]
async fn all_together_are_bounded() {
    let live = LiveSettings { overall: ONE, ..LiveSettings::default() };
    let site = TestSite::new(dns(), live).await;
    let first = from("192.0.2.1", post_json("/api/v1/check", &json("a.example")));
    assert_eq!(site.send(first).await.status, StatusCode::OK);
    refuses(&site, "192.0.2.2", "Many people", "le verifiche richieste sono molte").await;
}

#[tokio::test]
async fn looks_at_a_time_are_bounded() {
    let live = LiveSettings { at_once: 1, ..LiveSettings::default() };
    let site = TestSite::new(dns(), live).await;
    site.dns.set_delay(Duration::from_millis(200));
    let first = site.send(post_json("/api/v1/check?wait=false", &json("a.example"))).await;
    assert_eq!(first.status, StatusCode::ACCEPTED);
    let second = site.check("b.example").await;
    assert_eq!((second.status, retry_after(&second)), (StatusCode::TOO_MANY_REQUESTS, 10));
}

#[tokio::test]
async fn only_trusted_proxies_say_who_asks() {
    let live = LiveSettings { per_client: ONE, ..LiveSettings::default() };
    let trusted_proxies = TrustedProxies::parse(["10.0.0.1"]).unwrap();
    let settings = SiteSettings { trusted_proxies, ..SiteSettings::default() };
    let surroundings = Surroundings { live, site: settings, ..Surroundings::default() };
    let site = TestSite::with(dns(), surroundings).await;
    let mut number = 0;
    for (peer, client, status) in [
        ("10.0.0.1", "198.51.100.1", 200),
        ("10.0.0.1", "198.51.100.2", 200),
        ("10.0.0.1", "198.51.100.1", 429),
        // What the client wrote itself stands before what the proxy added.
        ("10.0.0.1", "203.0.113.1, 198.51.100.1", 429),
        ("192.0.2.1", "198.51.100.3", 200),
        ("192.0.2.1", "198.51.100.4", 429),
    ] {
        number += 1;
        let mut request = post_json("/api/v1/check", &json(&format!("d{number}.example")));
        request.headers_mut().insert("x-forwarded-for", client.parse().unwrap());
        assert_eq!(site.send(from(peer, request)).await.status, status, "{peer} {client}");
    }
}

#[tokio::test]
async fn two_who_ask_at_once_share_a_look() {
    let site = TestSite::new(dns(), LiveSettings::default()).await;
    let begin = site.dns.queries();
    assert_eq!(site.check("a.example").await.status, StatusCode::OK);
    let one_look = site.dns.queries() - begin;
    assert!(one_look > 3, "{one_look}");
    site.dns.set_delay(Duration::from_millis(100));
    let begin = site.dns.queries();
    let page = site.send(post_form("/it/verifica", &[("domain", "B.example")]));
    let (first, second, page) =
        tokio::join!(site.check("b.example"), site.check("b.example."), page);
    assert_eq!((first.status, second.status), (StatusCode::OK, StatusCode::OK));
    assert_eq!(first.header("location"), second.header("location"));
    let id = first.header("location").rsplit('/').next().unwrap();
    assert_eq!(page.header("location"), format!("/it/verifica/{id}"));
    assert_eq!(site.dns.queries() - begin, one_look);
}

#[tokio::test]
async fn a_fresh_result_is_given_again() {
    let site = TestSite::new(dns(), LiveSettings::default()).await;
    let first = site.check("a.example").await;
    let begin = site.dns.queries();
    let second = site.check("a.example").await;
    assert_eq!(first.header("location"), second.header("location"));
    assert_eq!((first.json(), site.dns.queries()), (second.json(), begin));

    let live = LiveSettings { fresh_for: Duration::ZERO, ..LiveSettings::default() };
    let site = TestSite::new(dns(), live).await;
    let first = site.check("a.example").await;
    let second = site.check("a.example").await;
    assert_ne!(first.header("location"), second.header("location"));
}
