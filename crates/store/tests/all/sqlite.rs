//! What only a file can do.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use sigillo_store::{Store, StoreError, StoreUrl};

use crate::databases::Scratch;
use crate::samples::{policy, result};

async fn open(path: &Path) -> Result<Store, StoreError> {
    Store::open(&StoreUrl::sqlite(path)).await
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn the_file_and_its_folder_are_this_users_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/it's 100%è.db");
    let store = open(&path).await.unwrap();
    store.save_result(&result("example.com", 1, 0)).await.unwrap();
    assert_eq!(mode(&folder.path().join("a")), 0o700);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    let files = fs::read_dir(path.parent().unwrap()).unwrap();
    let modes: Vec<u32> = files.map(|file| mode(&file.unwrap().path())).collect();
    // The database, and two beside it while it is open.
    assert_eq!(modes, [0o600; 3]);
    store.close().await;
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}

#[tokio::test]
async fn where_nothing_can_be_written_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    for path in [
        // Below a file; a folder; where nobody can make files, not even root.
        &file.join("sigillo.db"),
        folder.path(),
        Path::new("/sys/kernel/sigillo.db"),
        Path::new("/sys/kernel/new/sigillo.db"),
        &folder.path().join(OsStr::from_bytes(b"no-utf-8-\xff")),
    ] {
        let error = open(path).await.unwrap_err();
        assert!(matches!(error, StoreError::FileUnusable { .. }), "{error:?}");
        assert!(error.to_string().contains("may write"), "{error}");
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    let letter = "Dear postmaster,\n".repeat(100);
    fs::write(&path, &letter).unwrap();
    let error = open(&path).await.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    assert_eq!(fs::read_to_string(&path).unwrap(), letter);
}

#[tokio::test]
async fn an_empty_file_becomes_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.db");
    fs::write(&path, "").unwrap();
    open(&path).await.unwrap().ping().await.unwrap();
}

#[tokio::test]
async fn a_damaged_file_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sigillo.db");
    let store = open(&path).await.unwrap();
    for number in 0..50 {
        store.save_result(&result("example.com", number, 0)).await.unwrap();
    }
    store.close().await;
    let mut bytes = fs::read(&path).unwrap();
    // The head and the list of tables stay.
    let kept = 4 * 4_096;
    bytes[kept..].fill(0x5a);
    fs::write(&path, bytes).unwrap();
    let store = open(&path).await.unwrap();
    let removed = store.remove_results_before(crate::samples::time(1)).await;
    assert!(matches!(removed, Err(StoreError::Damaged { .. })), "{removed:?}");
}

#[tokio::test]
async fn readers_do_not_wait_for_a_writer() {
    use sqlx::{ConnectOptions as _, Connection as _};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sigillo.db");
    let store = open(&path).await.unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let mut other: sqlx::SqliteConnection = options.connect().await.unwrap();
    let transaction = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    assert_eq!(store.count_results().await, Ok(0));
    // Nor does another writer give up at once.
    let saved = result("example.com", 1, 0);
    let (saving, ()) = tokio::join!(store.save_result(&saved), async {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        transaction.rollback().await.unwrap();
    });
    saving.unwrap();
    assert_eq!(store.count_results().await, Ok(1));
}

#[tokio::test]
async fn names_that_are_no_text_stand_in_nobodys_way() {
    let scratch = Scratch::sqlite();
    let store = scratch.store().await;
    let policies = ["a.example", "m.example", "z.example"].map(|name| policy(name, 0));
    store.save_policies(&policies).await.unwrap();
    let bytes = scratch.bytes(b"m\xff\xfe");
    scratch
        .tamper(&format!(
            "UPDATE policies SET domain = CAST({bytes} AS TEXT) WHERE domain LIKE 'm%'"
        ))
        .await;
    let mut place = None;
    let mut unreadable = Vec::new();
    for _ in 0..4 {
        let batch = store.policies_after(place.as_ref(), 1).await.unwrap();
        unreadable.extend(batch.unreadable.into_iter().map(|it| it.domain));
        place = batch.next;
    }
    assert_eq!(place, None);
    assert_eq!(unreadable, [r"m\xff\xfe"]);
}
