//! A PostgreSQL that can't be reached, goes away, or doesn't let us in.

use std::time::Duration;

use sigillo_lab::{Postgres, available, free_port};
use sigillo_store::limits::POSTGRES_CONNECTIONS;
use sigillo_store::{Store, StoreError, StoreUrl};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Executor as _};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use crate::samples::{domain, result};

/// Several times as long as anything may take.
const PATIENCE: Duration = Duration::from_secs(40);

async fn refusal(url: &str) -> StoreError {
    let error = Store::open(&StoreUrl::parse(url).unwrap()).await.unwrap_err();
    tells_no_password(&format!("{error} {error:?}"));
    error
}

fn tells_no_password(texts: &str) {
    for secret in [Postgres::PASSWORD, "pass%2Fword", "hunter2"] {
        assert!(!texts.contains(secret), "{texts}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_goes_and_comes_back() {
    if !available(&["postgres"]) {
        return;
    }
    let mut server = Postgres::start();
    let url = server.new_database();
    let store = Store::open(&StoreUrl::parse(&url).unwrap()).await.unwrap();
    let saved = result("example.com", 1, 0);
    store.save_result(&saved).await.unwrap();
    tells_no_password(&format!("{store:?} {store:#?}"));

    server.stop();
    let down = store.ping().await.unwrap_err();
    assert!(matches!(down, StoreError::Unreachable { .. }), "{down:?}");
    tells_no_password(&format!("{down} {down:?}"));
    let down = store.save_result(&result("example.com", 2, 0)).await.unwrap_err();
    assert!(matches!(down, StoreError::Unreachable { .. }), "{down:?}");
    let down = refusal(&url).await;
    assert!(matches!(down, StoreError::Unreachable { .. }), "{down:?}");

    server.start_again();
    store.ping().await.unwrap();
    assert_eq!(store.result(saved.id).await, Ok(Some(saved)));
    store.save_result(&result("example.com", 2, 0)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_hangs_is_not_waited_for() {
    if !available(&["postgres"]) {
        return;
    }
    let mut server = Postgres::start();
    let url = server.new_database();
    let store = Store::open(&StoreUrl::parse(&url).unwrap()).await.unwrap();
    store.ping().await.unwrap();
    server.hang();
    let (down, refused) = tokio::join!(store.ping(), timeout(PATIENCE, refusal(&url)));
    for down in [down.unwrap_err(), refused.unwrap()] {
        assert!(matches!(down, StoreError::Unreachable { .. }), "{down:?}");
    }
    timeout(PATIENCE, store.close()).await.unwrap();
}

/// As with backends that hang although the server goes on.
#[tokio::test(flavor = "multi_thread")]
async fn statements_that_get_no_answer_keep_no_connections() {
    if !available(&["postgres"]) {
        return;
    }
    let url = Postgres::shared().new_database();
    let store = Store::open(&StoreUrl::parse(&url).unwrap()).await.unwrap();
    let options: PgConnectOptions = url.parse().unwrap();
    let mut other: PgConnection = options.connect().await.unwrap();
    other.execute("BEGIN; LOCK TABLE policies").await.unwrap();
    let mut waiting = JoinSet::new();
    for _ in 0..POSTGRES_CONNECTIONS {
        let store = store.clone();
        waiting.spawn(async move { store.policy(&domain("example.com")).await });
    }
    while let Some(answer) = waiting.join_next().await {
        let error = answer.unwrap().unwrap_err();
        assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
    }
    let end = Instant::now() + PATIENCE;
    while store.ping().await.is_err() {
        assert!(Instant::now() < end, "all connections are taken");
        sleep(Duration::from_millis(50)).await;
    }
    let before = waits(&mut other).await;
    let slow = tokio::spawn({
        let store = store.clone();
        async move { store.policy(&domain("example.com")).await }
    });
    while waits(&mut other).await == before {
        sleep(Duration::from_millis(50)).await;
    }
    timeout(PATIENCE, store.close()).await.unwrap();
    assert!(slow.await.unwrap().is_err());
}

/// How many statements wait for a lock on the table.
async fn waits(connection: &mut PgConnection) -> i64 {
    let statement =
        "SELECT count(*) FROM pg_locks WHERE relation = 'policies'::regclass AND NOT granted";
    sqlx::query_scalar(statement).fetch_one(connection).await.unwrap()
}

#[tokio::test]
async fn who_may_not_in_is_told() {
    if !available(&["postgres"]) {
        return;
    }
    let url = Postgres::shared().new_database();
    for wrong in [
        url.replace("pass", "hunter2"),
        url.replace("//sigillo", "//nobody"),
        format!("{url}nowhere"),
    ] {
        let error = refusal(&wrong).await;
        assert!(matches!(error, StoreError::Refused { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn where_no_server_is_that_is_said() {
    let closed = format!("postgres://user:hunter2@127.0.0.1:{}/name", free_port());
    for url in [&closed, "postgres://user:hunter2@%2Fnowhere/name"] {
        let error = refusal(url).await;
        assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
    }
}
