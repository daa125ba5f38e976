//! Results that are kept, and how they are watched while they come.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::http::StatusCode;
use jiff::Timestamp;
use sigillo_lab::dns::ScriptedDns;
use sigillo_web::SiteSettings;
use sigillo_web::live::LiveSettings;
use tokio_util::sync::CancellationToken;

use crate::support::{Surroundings, TestSite, assert_one_language, post_json};
use sigillo_language::Language;

#[tokio::test]
async fn a_look_is_watched_while_it_goes_on_and_after() {
    let site =
        TestSite::new(ScriptedDns::replying(|_, reply| reply), LiveSettings::default()).await;
    site.dns.set_delay(Duration::from_millis(100));
    let begun = post_json("/api/v1/check?wait=false", r#"{"domain":"example.com"}"#);
    let begun = site.send(begun).await;
    assert_eq!(begun.status, StatusCode::ACCEPTED);
    let (location, id) = (begun.header("location").to_owned(), begun.json()["id"].clone());
    let id = id.as_str().unwrap();
    assert_eq!(location, format!("/api/v1/check/{id}"));
    assert_eq!(begun.json()["done"], false);
    let under_way = site.get(&location).await;
    assert_eq!((under_way.status, &under_way.json()["id"]), (StatusCode::ACCEPTED, &id.into()));
    for (path, language) in [
        (format!("/en/check/{id}"), Language::English),
        (format!("/it/verifica/{id}"), Language::Italian),
    ] {
        assert_one_language(&site.page(&path).await, language);
    }
    // The stream ends when the look does.
    let stream = site.get(&format!("{location}/events")).await;
    assert_eq!(stream.header("content-type"), "text/event-stream");
    let events = stream.text();
    assert!(events.contains("event: step\ndata: {\"step\":\"dns\","), "{events}");
    assert!(events.ends_with("event: done\ndata: {}\n\n"), "{events}");
    assert_eq!(site.get(&location).await.status, StatusCode::OK);
    for path in [format!("{location}/events"), format!("/en/check/{id}/events")] {
        assert_eq!(site.get(&path).await.text(), "event: done\ndata: {}\n\n");
    }
}

#[tokio::test]
async fn what_is_no_id_of_a_result_leads_nowhere() {
    let site = TestSite::alone().await;
    for id in ["0123456789abcdef0123456789abcdef", "1", "..%2f..", "%ff", "a".repeat(400).as_str()]
    {
        for path in ["", "/events", "/report.json", "/report.md", "/badge.svg"] {
            let answer = site.get(&format!("/en/check/{id}{path}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{id}{path}");
        }
        for path in ["", "/events"] {
            let answer = site.get(&format!("/api/v1/check/{id}{path}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{id}{path}");
            assert_eq!(answer.header("content-type"), "application/problem+json", "{id}{path}");
        }
    }
}

#[tokio::test]
async fn results_are_gone_when_their_time_is_over() {
    static SECONDS: AtomicI64 = AtomicI64::new(1_800_000_000);
    let live = LiveSettings {
        fresh_for: Duration::ZERO,
        kept_for: Duration::from_hours(1),
        ..LiveSettings::default()
    };
    let now = || Timestamp::from_second(SECONDS.load(Ordering::Relaxed)).unwrap();
    let surroundings = Surroundings { live, now, ..Surroundings::default() };
    let site = TestSite::with(ScriptedDns::replying(|_, reply| reply), surroundings).await;
    let old = site.check("old.example").await;
    SECONDS.fetch_add(3_000, Ordering::Relaxed);
    let young = site.check("young.example").await;
    SECONDS.fetch_add(1_000, Ordering::Relaxed);
    // A look makes those forgotten that are over; then only what is kept counts.
    site.check("now.example").await;
    assert_eq!(site.get(old.header("location")).await.status, StatusCode::OK);
    let once = CancellationToken::new();
    once.cancel();
    site.live.keep_house(once).await;
    assert_eq!(site.get(old.header("location")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(young.header("location")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_badge_for_pages_elsewhere_comes_with_its_address() {
    let public_url = Some("https://tools.example".parse().unwrap());
    let settings = SiteSettings { public_url, ..SiteSettings::default() };
    let surroundings = Surroundings { site: settings, ..Surroundings::default() };
    let site = TestSite::with(ScriptedDns::replying(|_, reply| reply), surroundings).await;
    let result = site.check("example.com").await;
    let id = result.header("location").rsplit('/').next().unwrap();
    let page = site.page(&format!("/en/check/{id}")).await;
    let badge = "https://tools.example/en/check/badge/example.com.svg";
    let markdown = format!("[![MTA-STS]({badge})](https://tools.example/en/check/{id})");
    assert!(page.contains(&markdown), "{page}");
    let image = site.get("/en/check/badge/example.com.svg").await;
    assert_eq!(image.header("content-type"), "image/svg+xml");
    assert_eq!(image.header("cross-origin-resource-policy"), "cross-origin");
    assert!(image.text().contains("MTA-STS: "), "{}", image.text());
}
