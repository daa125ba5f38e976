//! What other programs may ask.

use axum::http::{Method, StatusCode};
use tokio_util::sync::CancellationToken;

use crate::world::{ENFORCE, ask, world};

#[tokio::test]
async fn others_may_ask_and_no_more() {
    let world = world().await;
    world.script.publish("a.example", "1", ENFORCE);
    let router = world.sender.http_router();
    let answer = ask(router.clone(), Method::GET, "/v1/query/a.example", "").await;
    assert!(answer.json()["answer"].as_str().unwrap().starts_with("secure "));
    for (method, path, status, code) in [
        (Method::GET, "/v1/query/a.example?fresh=true", StatusCode::FORBIDDEN, "fresh-elsewhere"),
        (Method::GET, "/v1/cache", StatusCode::NOT_FOUND, "no-such-path"),
        (Method::DELETE, "/v1/cache/a.example", StatusCode::NOT_FOUND, "no-such-path"),
        (Method::POST, "/v1/query/a.example", StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed"),
        (Method::GET, "/", StatusCode::NOT_FOUND, "no-such-path"),
    ] {
        let answer = ask(router.clone(), method, path, "").await;
        assert_eq!((answer.status, answer.code()), (status, code.to_owned()), "{path}");
    }
    assert_eq!(world.script.fetches(), 1);
}

#[tokio::test]
async fn health_says_whether_the_sender_answers() {
    let world = world().await;
    for router in [world.sender.http_router(), world.sender.admin_router()] {
        let health = ask(router, Method::GET, "/health", "").await;
        assert_eq!((health.status, &health.json()["status"]), (StatusCode::OK, &"ok".into()));
    }
    let stop = CancellationToken::new();
    stop.cancel();
    Box::pin(world.sender.run(stop)).await;
    let health = ask(world.sender.http_router(), Method::GET, "/health", "").await;
    assert_eq!(health.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(health.json()["status"], "stopping");
}

#[tokio::test]
async fn what_goes_wrong_is_told_in_the_language_of_whoever_asks() {
    let world = world().await;
    let english = world.ask(Method::GET, "/nowhere", "").await.json();
    let italian = world.ask(Method::GET, "/nowhere?lang=it", "").await.json();
    assert_eq!(english["error"]["code"], italian["error"]["code"]);
    assert_ne!(english["error"]["message"], italian["error"]["message"]);
}
