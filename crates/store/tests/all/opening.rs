//! Opening databases, and bringing their tables up to date.

use sigillo_store::{Store, StoreError};

use crate::databases::Scratch;
use crate::samples::result;

on_both![
    what_was_saved_is_there_after_opening_again,
    several_open_a_new_database_at_once,
    tables_of_a_newer_version_are_refused,
    steps_that_were_others_are_refused,
    tables_that_are_in_the_way_stay_as_they_are,
    what_is_closed_says_so,
];

async fn what_was_saved_is_there_after_opening_again(scratch: Scratch) {
    let saved = result("example.com", 1, 0);
    let store = scratch.store().await;
    store.ping().await.unwrap();
    store.save_result(&saved).await.unwrap();
    store.close().await;
    for _ in 0..2 {
        let store = scratch.store().await;
        assert_eq!(store.result(saved.id).await.as_ref(), Ok(&Some(saved.clone())));
    }
}

async fn several_open_a_new_database_at_once(scratch: Scratch) {
    let open = |url: sigillo_store::StoreUrl| async move { Store::open(&url).await };
    let opening: Vec<_> = (0..8).map(|_| tokio::spawn(open(scratch.url.clone()))).collect();
    for (number, opened) in (0..).zip(opening) {
        let store = opened.await.unwrap().unwrap();
        store.save_result(&result("example.com", number, 0)).await.unwrap();
    }
    assert_eq!(scratch.store().await.count_results().await, Ok(8));
}

async fn tables_of_a_newer_version_are_refused(scratch: Scratch) {
    let store = scratch.store().await;
    let saved = result("example.com", 1, 0);
    store.save_result(&saved).await.unwrap();
    let row =
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)";
    let checksum = scratch.bytes(b"later");
    scratch.tamper(&format!("{row} VALUES (1000, 'later', TRUE, {checksum}, 1)")).await;
    let error = Store::open(&scratch.url).await.unwrap_err();
    assert!(matches!(error, StoreError::NewerSchema { found: 1_000, .. }), "{error:?}");
    assert!(error.to_string().contains("update Sigillo"), "{error}");
    // That it was refused has locked nobody out.
    scratch.tamper("DELETE FROM _sqlx_migrations WHERE version = 1000").await;
    assert_eq!(scratch.store().await.result(saved.id).await, Ok(Some(saved)));
}

async fn steps_that_were_others_are_refused(scratch: Scratch) {
    let store = scratch.store().await;
    let checksum = scratch.bytes(b"other");
    scratch.tamper(&format!("UPDATE _sqlx_migrations SET checksum = {checksum}")).await;
    let error = Store::open(&scratch.url).await.unwrap_err();
    assert!(matches!(error, StoreError::Migration { .. }), "{error:?}");
    assert_eq!(store.count_results().await, Ok(0));
}

async fn tables_that_are_in_the_way_stay_as_they_are(scratch: Scratch) {
    let store = scratch.store().await;
    store.save_result(&result("example.com", 1, 0)).await.unwrap();
    scratch.tamper("DELETE FROM _sqlx_migrations").await;
    for _ in 0..2 {
        let error = Store::open(&scratch.url).await.unwrap_err();
        let StoreError::Migration { reason, .. } = &error else { panic!("{error:?}") };
        assert!(reason.contains("results") && reason.contains("exists"), "{reason}");
    }
    assert_eq!(store.count_results().await, Ok(1));
}

async fn what_is_closed_says_so(scratch: Scratch) {
    let store = scratch.store().await;
    store.close().await;
    let error = store.ping().await.unwrap_err();
    assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
}
