//! Policies go from one cache into another.

use std::time::Instant;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use futures_util::stream;
use jiff::ToSpan as _;
use serde_json::{Value, json};
use sigillo_formats::DomainName;
use sigillo_sender::SenderSettings;

use crate::world::{ENFORCE, TESTING, ask, start, world, world_with};

fn line(domain: &str, fetched_at: &str, policy: &str) -> String {
    let line = json!({"domain": domain, "id": "7", "fetched_at": fetched_at, "policy": policy});
    format!("{line}\n")
}

const FETCHED: &str = "2026-01-02T00:00:00Z";

#[tokio::test]
async fn what_one_exports_another_imports() {
    let (one, other) = (world().await, world().await);
    for name in ["a.example", "b.example"] {
        one.script.publish(name, "1", ENFORCE);
        one.get(&format!("/v1/query/{name}")).await;
    }
    let exported = one.ask(Method::GET, "/v1/cache/export", "").await;
    assert_eq!(exported.text.lines().count(), 2);
    let first: Value = serde_json::from_str(exported.text.lines().next().unwrap()).unwrap();
    assert_eq!(
        first,
        json!({
            "domain": "a.example", "id": "1", "fetched_at": "2026-01-02T03:04:05Z",
            "expires_at": "2026-01-03T03:04:05Z", "used_at": "2026-01-02T03:04:05Z", "policy": ENFORCE,
        })
    );
    let imported = other.ask(Method::POST, "/v1/cache/import", &exported.text).await.json();
    let counts = |it: &Value| {
        ["lines", "imported", "kept", "expired", "invalid"].map(|key| it[key].as_u64().unwrap())
    };
    assert_eq!(counts(&imported), [2, 2, 0, 0, 0]);
    let again = other.ask(Method::GET, "/v1/cache/export", "").await;
    assert_eq!(again.text, exported.text);
    // It protects at once, even while the DNS can't be asked.
    other.script.0.lock().unwrap().dns_fails = true;
    let answer = other.get("/v1/query/a.example").await["answer"].clone();
    assert!(answer.as_str().unwrap().starts_with("secure "), "{answer}");
}

#[tokio::test]
async fn a_newer_policy_stays_and_an_expired_one_is_left_out() {
    let world = world().await;
    world.script.publish("a.example", "1", ENFORCE);
    world.get("/v1/query/a.example").await;
    let text = line("a.example", "2026-01-02T03:00:00Z", TESTING)
        + &line("b.example", "2026-01-01T00:00:00Z", TESTING)
        + &line("c.example", FETCHED, ENFORCE);
    for path in ["/v1/cache/import?dry_run=true", "/v1/cache/import"] {
        let outcome = world.ask(Method::POST, path, &text).await.json();
        let counts = ["imported", "kept", "expired", "invalid"].map(|key| outcome[key].clone());
        assert_eq!(counts, [1, 1, 1, 0].map(Value::from), "{path}");
        let c = DomainName::parse("c.example").unwrap();
        let stored = world.store.policy(&c).await.unwrap();
        assert_eq!(stored.is_some(), path.ends_with("import"));
    }
    assert_eq!(world.get("/v1/cache/a.example").await["policy"]["mode"], "enforce");
}

#[tokio::test]
async fn a_pinned_policy_is_not_weakened() {
    let overrides = "[[override]]\ndomain = \"a.example\"\npin = true\n";
    let world = world_with(overrides, SenderSettings::default()).await;
    world.ask(Method::POST, "/v1/cache/import", &line("a.example", FETCHED, ENFORCE)).await;
    let weaker = line("a.example", "2026-01-02T03:00:00Z", TESTING);
    let outcome = world.ask(Method::POST, "/v1/cache/import", &weaker).await.json();
    assert_eq!((&outcome["imported"], &outcome["kept"]), (&json!(0), &json!(1)));
    assert_eq!(world.get("/v1/cache/a.example").await["policy"]["mode"], "enforce");
}

#[tokio::test]
async fn each_bad_line_is_told_with_its_number_and_the_rest_is_taken() {
    let world = world().await;
    let mut text = String::from("nonsense\n\n");
    text += &line("a..example", FETCHED, ENFORCE);
    text += &line("a.example", FETCHED, ENFORCE);
    text += &line("b.example", "2027-01-01T00:00:00Z", ENFORCE);
    text += line("c.example", FETCHED, "mode: enforce").trim_end();
    let outcome = world.ask(Method::POST, "/v1/cache/import?lang=it", &text).await.json();
    let faults: Vec<(u64, &str)> = outcome["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| (fault["line"].as_u64().unwrap(), fault["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        faults,
        [(1, "line-malformed"), (3, "line-domain"), (5, "line-future"), (6, "line-policy")]
    );
    assert_eq!((&outcome["lines"], &outcome["imported"]), (&json!(5), &json!(1)));
    let many = "x\n".repeat(5_000);
    let outcome = world.ask(Method::POST, "/v1/cache/import", &many).await.json();
    assert_eq!(outcome["invalid"], 5_000);
    assert_eq!(outcome["faults"].as_array().unwrap().len(), 20);
}

#[tokio::test]
async fn what_came_before_the_lines_broke_off_stays() {
    let world = world().await;
    let lines: String =
        (0..1_500).map(|number| line(&format!("{number}.example"), FETCHED, ENFORCE)).collect();
    let parts = [Ok(lines), Err(std::io::Error::other("the other end is gone"))];
    let body = Body::from_stream(stream::iter(parts));
    let answer = ask(world.sender.admin_router(), Method::POST, "/v1/cache/import", body).await;
    assert_eq!((answer.status, answer.code()), (StatusCode::BAD_REQUEST, "body-broken".to_owned()));
    assert!(world.store.count_policies().await.unwrap() >= 1_000);
}

#[tokio::test]
async fn many_policies_are_paged_through() {
    let world = world().await;
    let fetched = (start() - 1.hours()).to_string();
    let lines =
        (0..3_000).map(move |number| line(&format!("{number:04}.example"), &fetched, ENFORCE));
    let began = Instant::now();
    let body = Body::from_stream(stream::iter(lines.map(Ok::<_, std::io::Error>)));
    let outcome = ask(world.sender.admin_router(), Method::POST, "/v1/cache/import", body).await;
    assert_eq!(outcome.json()["imported"], 3_000, "after {:?}", began.elapsed());
    assert_eq!(world.get("/v1/status").await["policies"], 3_000);
    let exported = world.ask(Method::GET, "/v1/cache/export", "").await.text;
    let names: Vec<&str> = exported.lines().map(|line| line.split('"').nth(3).unwrap()).collect();
    assert_eq!((names.len(), names[0], names[2_999]), (3_000, "0000.example", "2999.example"));
    assert!(names.is_sorted());
}
