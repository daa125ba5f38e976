//! What is remembered is listed, shown, refreshed and forgotten.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use sigillo_formats::DomainName;

use crate::world::{ENFORCE, TESTING, World, world};

async fn domains(world: &World, path: &str) -> (Vec<String>, Value) {
    let list = world.get(path).await;
    let entries = list["entries"].as_array().unwrap().iter();
    (entries.map(|it| it["domain"].as_str().unwrap().to_owned()).collect(), list["next"].clone())
}

#[tokio::test]
async fn policies_are_listed_a_page_at_a_time() {
    let world = world().await;
    let names = ["a.example", "b.example", "c.example", "d.example", "e.example"];
    for name in names {
        world.script.publish(name, "1", TESTING);
        world.get(&format!("/v1/query/{name}")).await;
    }
    world.get("/v1/query/without.example").await;
    assert_eq!(
        domains(&world, "/v1/cache").await,
        (names.map(str::to_owned).to_vec(), Value::Null)
    );
    let (first, next) = domains(&world, "/v1/cache?limit=2").await;
    assert_eq!(
        (first, &next),
        (names[..2].iter().map(|it| (*it).to_owned()).collect(), &json!("b.example"))
    );
    let (rest, next) = domains(&world, "/v1/cache?limit=9&after=B.example").await;
    assert_eq!((rest.len(), next), (3, Value::Null));
    let bad = world.ask(Method::GET, "/v1/cache?after=a..b", "").await;
    assert_eq!(bad.code(), "not-a-domain");
}

#[tokio::test]
async fn a_domain_is_shown_with_the_words_of_its_policy() {
    let world = world().await;
    let none = world.ask(Method::GET, "/v1/cache/a.example", "").await;
    assert_eq!((none.status, none.code()), (StatusCode::NOT_FOUND, "not-in-cache".to_owned()));
    world.script.publish("a.example", "1", ENFORCE);
    world.get("/v1/query/a.example").await;
    world.get("/v1/query/b.example").await;
    let shown = world.get("/v1/cache/A.example.").await;
    assert_eq!((&shown["domain"], &shown["text"]), (&json!("a.example"), &json!(ENFORCE)));
    assert_eq!((&shown["record"], &shown["level"]), (&json!("current"), &json!("secure")));
    assert_eq!((&shown["counts"], &shown["failure"]), (&json!(true), &Value::Null));
    assert_eq!(shown["used_at"], "2026-01-02T03:04:05Z");
    world.script.wait(86_400);
    assert_eq!(world.get("/v1/cache/a.example").await["counts"], false);
    let without = world.get("/v1/cache/b.example").await;
    assert_eq!((&without["policy"], &without["record"]), (&Value::Null, &json!("absent")));
}

#[tokio::test]
async fn a_refresh_fetches_the_policy_again() {
    let world = world().await;
    world.script.publish("a.example", "1", ENFORCE);
    world.get("/v1/query/a.example").await;
    world.script.wait(60);
    let refreshed = world.ask(Method::POST, "/v1/cache/a.example/refresh", "").await.json();
    assert_eq!(refreshed["policy"]["fetched_at"], "2026-01-02T03:05:05Z");
    assert_eq!(world.script.fetches(), 2);
}

#[tokio::test]
async fn what_is_purged_is_forgotten_in_memory_and_in_the_store() {
    let world = world().await;
    world.script.publish("a.example", "1", ENFORCE);
    for name in ["a.example", "a.example:587", "b.example"] {
        world.get(&format!("/v1/query/{name}")).await;
    }
    let a = DomainName::parse("a.example").unwrap();
    let purge = async |path| world.ask(Method::DELETE, path, "").await.json();
    let tried = purge("/v1/cache/a.example?dry_run=true").await;
    assert_eq!(
        tried,
        json!({"schema": 1, "domain": "a.example", "purged": 1, "protected": true, "dry_run": true})
    );
    assert!(world.store.policy(&a).await.unwrap().is_some());
    let purged = purge("/v1/cache/a.example").await;
    assert_eq!((&purged["purged"], &purged["protected"]), (&json!(1), &json!(true)));
    assert_eq!(world.store.policy(&a).await, Ok(None));
    assert_eq!(purge("/v1/cache/a.example").await["purged"], 0);
    assert_eq!(purge("/v1/cache/b.example").await["protected"], false);
    // Somebody who asks now makes it known again.
    world.script.0.lock().unwrap().published.clear();
    for name in ["a.example", "a.example:587"] {
        assert_eq!(world.get(&format!("/v1/query/{name}")).await["answer"], "NOTFOUND");
    }
}

#[tokio::test]
async fn all_can_be_purged() {
    let world = world().await;
    for name in ["a.example", "b.example"] {
        world.script.publish(name, "1", ENFORCE);
        world.get(&format!("/v1/query/{name}")).await;
    }
    let purge = async |path| world.ask(Method::DELETE, path, "").await.json();
    assert_eq!(purge("/v1/cache?dry_run=true").await["purged"], 2);
    assert_eq!(world.store.count_policies().await, Ok(2));
    assert_eq!(purge("/v1/cache").await["purged"], 2);
    assert_eq!(world.store.count_policies().await, Ok(0));
    assert_eq!(world.get("/v1/status").await["next_hops"], 0);
}

#[tokio::test]
async fn the_state_is_told() {
    let world = world().await;
    world.script.publish("a.example", "1", ENFORCE);
    world.get("/v1/query/a.example").await;
    let status = world.get("/v1/status").await;
    for (key, value) in [
        ("next_hops", json!(1)),
        ("policies", json!(1)),
        ("unsaved", json!(0)),
        ("store_works", json!(true)),
        ("dry_run", json!(false)),
        ("looks", json!(0)),
    ] {
        assert_eq!(status[key], value, "{key}");
    }
}
