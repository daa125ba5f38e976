//! A PostgreSQL that can't be reached, goes away, or doesn't let us in.

use sigillo_lab::{Postgres, available, free_port};
use sigillo_store::{Store, StoreError, StoreUrl};

use crate::samples::result;

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
