//! Databases that can't be written, or not for the moment: what is in them is read all the same.

use std::fs;
use std::path::Path;

use sigillo_lab::{Disk, available};
use sigillo_store::{Store, StoreError, StoreUrl};

use crate::databases::Scratch;
use crate::samples::{domain, policy};

/// A database on a small disk.
const NAME: &str = "sigillo.db";

async fn open_or_read(path: &Path) -> Result<Store, StoreError> {
    Store::open_or_read(&StoreUrl::sqlite(path)).await
}

async fn refuses_to_write(store: &Store) {
    assert!(store.unwritable().is_some());
    for error in [
        store.save_policy(&policy("new.example", 0)).await.map(drop),
        store.policies_used(&[(domain("example.com"), policy("example.com", 9).used_at)]).await,
    ] {
        let error = error.unwrap_err();
        assert!(matches!(error, StoreError::FileUnusable { .. }), "{error:?}");
        assert!(error.to_string().contains("readonly"), "{error}");
    }
}

#[tokio::test]
async fn what_can_be_written_is() {
    let scratch = Scratch::sqlite();
    let store = Store::open_or_read(&scratch.url).await.unwrap();
    assert_eq!(store.unwritable(), None);
    assert_eq!(store.save_policy(&policy("example.com", 0)).await, Ok(true));
}

#[tokio::test]
async fn a_read_only_disk() {
    let Some(disk) = Disk::mount() else { return };
    let saved = policy("example.com", 0);
    let store = open_or_read(&disk.file(NAME)).await.unwrap();
    store.save_policy(&saved).await.unwrap();
    store.close().await;
    disk.make_read_only();

    let error = Store::open(&StoreUrl::sqlite(&disk.file(NAME))).await.unwrap_err();
    assert!(matches!(error, StoreError::FileUnusable { .. }), "{error:?}");
    let store = open_or_read(&disk.file(NAME)).await.unwrap();
    assert_eq!(store.unwritable(), Some(&error));
    store.ping().await.unwrap();
    assert_eq!(store.policy(&saved.domain).await, Ok(Some(saved)));
    refuses_to_write(&store).await;
}

#[tokio::test]
async fn a_log_that_was_left_is_read_from_a_read_only_disk_too() {
    let Some(disk) = Disk::mount() else { return };
    let scratch = Scratch::sqlite();
    let store = scratch.store().await;
    let saved = policy("example.com", 0);
    store.save_policy(&saved).await.unwrap();
    // As a program leaves them that is killed.
    let text = scratch.url.to_string();
    let path = text.strip_prefix("sqlite:").unwrap();
    for end in ["", "-wal", "-shm"] {
        let copy = disk.file(NAME).with_extension(format!("db{end}"));
        fs::copy(format!("{path}{end}"), copy).unwrap();
    }
    disk.make_read_only();
    let store = open_or_read(&disk.file(NAME)).await.unwrap();
    assert_eq!(store.policy(&saved.domain).await, Ok(Some(saved)));
    refuses_to_write(&store).await;
}

#[tokio::test]
async fn a_disk_that_is_full_and_has_room_again() {
    let Some(disk) = Disk::mount() else { return };
    let saved = policy("example.com", 0);
    let store = open_or_read(&disk.file(NAME)).await.unwrap();
    store.save_policy(&saved).await.unwrap();

    let other = open_or_read(&disk.file(NAME)).await.unwrap();
    disk.fill();
    let mut number = 1;
    // However often it is tried: what one try has left open must not swallow the next.
    for _ in 0..5 {
        // What the log has room for is still saved.
        let error = loop {
            let next = policy(&format!("{number}.example"), 0);
            match store.save_policy(&next).await {
                Ok(_) => assert_eq!(other.policy(&next.domain).await, Ok(Some(next))),
                Err(error) => break error,
            }
            number += 1;
            assert!(number < 1_000);
        };
        assert!(matches!(error, StoreError::Full { .. }), "{error:?}");
        assert!(error.to_string().contains("make room"), "{error}");
    }
    assert_eq!(store.policy(&saved.domain).await.as_ref(), Ok(&Some(saved.clone())));
    assert_eq!(store.count_policies().await, Ok(number));

    // Whoever starts now reads as well.
    let second = open_or_read(&disk.file(NAME)).await.unwrap();
    assert_eq!(second.policy(&saved.domain).await, Ok(Some(saved)));
    second.close().await;

    disk.make_room();
    let late = policy("late.example", 0);
    assert_eq!(store.save_policy(&late).await, Ok(true));
    assert_eq!(store.policy(&late.domain).await.as_ref(), Ok(&Some(late.clone())));
    assert_eq!(store.count_policies().await, Ok(number + 1));
    assert_eq!(other.policy(&late.domain).await, Ok(Some(late)));
}

#[tokio::test]
async fn a_start_while_the_disk_is_full() {
    let Some(disk) = Disk::mount() else { return };
    let saved = policy("example.com", 0);
    let store = open_or_read(&disk.file(NAME)).await.unwrap();
    store.save_policy(&saved).await.unwrap();
    store.close().await;

    disk.fill();
    let store = open_or_read(&disk.file(NAME)).await.unwrap();
    let why = store.unwritable().unwrap();
    assert!(matches!(why, StoreError::Full { .. }), "{why:?}");
    assert_eq!(store.policy(&saved.domain).await, Ok(Some(saved)));
    refuses_to_write(&store).await;

    disk.make_room();
    let store = open_or_read(&disk.file(NAME)).await.unwrap();
    assert_eq!(store.unwritable(), None);
    assert_eq!(store.save_policy(&policy("late.example", 0)).await, Ok(true));
}

#[tokio::test]
async fn what_can_not_be_read_either_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "no database\n".repeat(100)).unwrap();
    let error = open_or_read(&file).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    let error = open_or_read(Path::new("/sys/kernel/sigillo.db")).await.unwrap_err();
    assert!(matches!(error, StoreError::FileUnusable { .. }), "{error:?}");

    // Tables of another version aren't ours to read.
    let Some(disk) = Disk::mount() else { return };
    let store = open_or_read(&disk.file(NAME)).await.unwrap();
    store.close().await;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(disk.file(NAME));
    let mut connection: sqlx::SqliteConnection =
        sqlx::ConnectOptions::connect(&options).await.unwrap();
    let statement = sqlx::query("DELETE FROM _sqlx_migrations WHERE version = 2");
    statement.execute(&mut connection).await.unwrap();
    sqlx::Connection::close(connection).await.unwrap();
    disk.make_read_only();
    let error = open_or_read(&disk.file(NAME)).await.unwrap_err();
    assert!(matches!(error, StoreError::FileUnusable { .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_that_only_answers_questions() {
    if !available(&["postgres"]) {
        return;
    }
    let scratch = Scratch::postgres();
    let store = scratch.store().await;
    let saved = policy("example.com", 0);
    store.save_policy(&saved).await.unwrap();
    let answers_only = |only: &str| {
        format!(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = {only}', \
             current_database()); END $$"
        )
    };
    scratch.tamper(&answers_only("on")).await;
    let store = Store::open_or_read(&scratch.url).await.unwrap();
    assert!(matches!(store.unwritable(), Some(StoreError::Failed { .. })), "{store:?}");
    assert_eq!(store.policy(&saved.domain).await, Ok(Some(saved.clone())));
    let error = store.save_policy(&saved).await.unwrap_err();
    assert!(error.to_string().contains("read-only"), "{error}");
}
