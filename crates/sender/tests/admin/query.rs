//! What is told about a next hop, and why.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use sigillo_language::Language;
use sigillo_sender::facts::DaneHostOutcome;
use sigillo_sender::overrides::Overrides;
use sigillo_sender::query::look_alone;
use sigillo_sender::{Clock, NextHop, SenderSettings, Setup};

use crate::world::{ENFORCE, TESTING, reasons, world, world_with};

#[tokio::test]
async fn what_is_remembered_is_told_without_a_look() {
    let world = world().await;
    world.script.publish("a.example", "1", ENFORCE);
    let first = world.get("/v1/query/A.example.").await;
    assert_eq!(first["next_hop"], "a.example");
    assert_eq!(first["answer"], "secure match=mx.a.example:.b.example servername=hostname");
    assert_eq!(reasons(&first), ["policy-enforces", "dane-none"]);
    assert_eq!(
        first["policy"],
        json!({
            "mode": "enforce", "mx": ["mx.a.example", "*.b.example"], "max_age": 86400, "id": "1",
            "fetched_at": "2026-01-02T03:04:05Z", "expires_at": "2026-01-03T03:04:05Z",
        })
    );
    assert_eq!(first["dane"], json!({"outcome": "none"}));
    assert_eq!(first["cached"], false);
    // A missing TLSA record without a lifetime is remembered for a minute.
    assert_eq!(first["expires"], "2026-01-02T03:05:05Z");
    let again = world.get("/v1/query/a.example").await;
    assert_eq!((&again["cached"], &again["answer"]), (&Value::Bool(true), &first["answer"]));
    assert_eq!(world.script.fetches(), 1);
}

#[tokio::test]
async fn a_new_look_brings_what_is_published_now() {
    let world = world().await;
    world.script.publish("a.example", "1", ENFORCE);
    world.get("/v1/query/a.example").await;
    // The id stays, which a usual look would believe.
    world.script.publish("a.example", "1", TESTING);
    world.script.0.lock().unwrap().dane.insert("a.example", DaneHostOutcome::Unusable);
    let kept = world.get("/v1/query/a.example").await;
    assert_eq!(kept["policy"]["mode"], "enforce");
    let fresh = world.get("/v1/query/a.example?fresh=true").await;
    assert_eq!(fresh["answer"], "dane");
    assert_eq!(fresh["policy"]["mode"], "testing");
    assert_eq!(reasons(&fresh), ["policy-tests", "dane-unusable"]);
    let hosts = json!([{"host": "mx.a.example", "outcome": "unusable"}]);
    assert_eq!(fresh["dane"], json!({"outcome": "unusable", "hosts": hosts}));
    assert_eq!(fresh["cached"], false);
    let after = world.get("/v1/query/a.example").await;
    assert_eq!((&after["answer"], &after["cached"]), (&fresh["answer"], &Value::Bool(true)));
}

#[tokio::test]
async fn a_new_look_for_another_port_tells_the_domain_too() {
    let world = world().await;
    world.script.publish("a.example", "1", ENFORCE);
    world.get("/v1/query/a.example").await;
    world.script.publish("a.example", "2", TESTING);
    let fresh = world.get("/v1/query/%5Ba.example%5D:587?fresh=true").await;
    assert_eq!(fresh["next_hop"], "[a.example]:587");
    assert_eq!(fresh["answer"], "NOTFOUND");
    assert_eq!(world.get("/v1/query/a.example").await["answer"], "NOTFOUND");
}

#[tokio::test]
async fn not_even_a_new_look_asks_a_failing_policy_host_within_five_minutes() {
    let world = world().await;
    world.script.0.lock().unwrap().published.insert("a.example", ("1", None));
    let failed = world.get("/v1/query/a.example?lang=it").await;
    assert_eq!(failed["answer"], "NOTFOUND");
    assert_eq!(failed["reason"][0]["code"], "policy-unfetched");
    assert_eq!(failed["reason"][0]["detail"], "192.0.2.1: status 404");
    assert!(failed["reason"][0]["text"].as_str().unwrap().contains("non si può"));
    world.script.publish("a.example", "1", ENFORCE);
    world.script.wait(299);
    let early = world.get("/v1/query/a.example?fresh=true").await;
    assert_eq!((reasons(&early)[0], world.script.fetches()), ("policy-unfetched", 1));
    world.script.wait(2);
    let late = world.get("/v1/query/a.example?fresh=true").await;
    assert_eq!((reasons(&late)[0], world.script.fetches()), ("policy-enforces", 2));
}

#[tokio::test]
async fn a_policy_that_can_not_be_refreshed_says_so() {
    let world = world().await;
    world.script.publish("a.example", "1", ENFORCE);
    world.get("/v1/query/a.example").await;
    world.script.0.lock().unwrap().published.insert("a.example", ("2", None));
    let kept = world.get("/v1/query/a.example?fresh=true").await;
    assert!(kept["answer"].as_str().unwrap().starts_with("secure "));
    assert_eq!(reasons(&kept), ["policy-enforces", "policy-unrefreshed", "dane-none"]);
    assert_eq!(kept["reason"][1]["detail"], "192.0.2.1: status 404");
}

#[tokio::test]
async fn what_can_not_be_told_now_is_a_temporary_answer() {
    let world = world().await;
    world.script.0.lock().unwrap().dns_fails = true;
    let wait = world.get("/v1/query/a.example").await;
    assert!(wait["answer"].as_str().unwrap().starts_with("TEMP "));
    assert_eq!(reasons(&wait), ["record-unknown", "mx-unknown"]);
    assert_eq!(wait["reason"][0]["detail"], "TXT: no answer in time");
    assert_eq!(wait["reason"][1]["detail"], "MX: no answer in time");
}

#[tokio::test]
async fn the_operator_has_the_last_word() {
    let overrides = r#"
        [[override]]
        domain = "a.example"
        policy = { mode = "enforce", mx = ["forced.example"] }
        [[override]]
        domain = "b.example"
        mta_sts = "skip"
        dane = "skip"
    "#;
    let settings = SenderSettings { dry_run: true, ..SenderSettings::default() };
    let world = world_with(overrides, settings).await;
    world.script.publish("b.example", "1", ENFORCE);
    for path in ["/v1/query/a.example", "/v1/query/a.example?fresh=true"] {
        let forced = world.get(path).await;
        assert_eq!(forced["answer"], "secure match=forced.example servername=hostname");
        assert_eq!(reasons(&forced), ["policy-forced", "policy-enforces", "dane-none", "dry-run"]);
        assert_eq!(forced["policy"]["mx"], json!(["forced.example"]));
        assert_eq!(forced["policy"]["fetched_at"], Value::Null);
    }
    for path in ["/v1/query/b.example", "/v1/query/b.example?fresh=true"] {
        let skipped = world.get(path).await;
        assert_eq!(skipped["answer"], "NOTFOUND");
        assert_eq!(reasons(&skipped), ["mta-sts-skipped", "dane-skipped", "dry-run"]);
        assert_eq!((&skipped["policy"], &skipped["expires"]), (&Value::Null, &Value::Null));
        assert_eq!(skipped["dane"], json!({"outcome": "skipped"}));
    }
    assert_eq!(world.script.fetches(), 0);
}

#[tokio::test]
async fn what_has_no_policy_is_told_apart() {
    let world = world().await;
    for (key, code) in [(".example.com", "parent"), ("%5B192.0.2.1%5D", "address")] {
        let query = world.get(&format!("/v1/query/{key}")).await;
        assert_eq!((&query["answer"], reasons(&query)), (&"NOTFOUND".into(), vec![code]));
        assert_eq!((&query["policy"], &query["dane"]), (&Value::Null, &Value::Null));
    }
    for (path, code) in [
        ("/v1/query/a..example", "not-a-next-hop"),
        ("/v1/query/%FF", "not-text"),
        ("/v1/query/a.example?fresh=perhaps", "bad-query"),
    ] {
        let answer = world.ask(Method::GET, path, "").await;
        assert_eq!((answer.status, answer.code()), (StatusCode::BAD_REQUEST, code.to_owned()));
    }
}

#[tokio::test]
async fn without_a_service_the_same_is_found_out() {
    let world = world().await;
    world.script.publish("a.example", "1", ENFORCE);
    world.script.0.lock().unwrap().published.insert("b.example", ("1", None));
    world.script.0.lock().unwrap().dane.insert("c.example", DaneHostOutcome::Usable);
    let setup = Setup {
        network: std::sync::Arc::new(world.script.clone()),
        settings: SenderSettings::default(),
        overrides: Overrides::default(),
    };
    for name in ["a.example", "b.example", "c.example"] {
        let next_hop = NextHop::parse(name).unwrap();
        let alone = look_alone(&setup, &next_hop, &Clock::system(), Language::English).await;
        let served = world.sender.query_afresh(&next_hop, Language::English).await.unwrap();
        assert_eq!((&alone.answer, &alone.reason), (&served.answer, &served.reason));
        assert_eq!((alone.cached, alone.dane), (false, served.dane));
        let mx = |query: Option<sigillo_sender::query::QueryPolicy>| query.map(|it| (it.mx, it.id));
        assert_eq!(mx(alone.policy), mx(served.policy));
    }
}
