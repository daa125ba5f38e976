use std::fmt;
use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{self, Path, PathBuf};
use std::time::Duration;

use sqlx::pool::PoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqlitePool};
use tokio::time::sleep;

use super::{Backend, migration_error};
use crate::error::is_busy;
use crate::limits::{SQLITE_CACHE_KIB, SQLITE_READERS, WAITING};
use crate::url::StoreUrl;
use crate::{StoreError, migrations};

/// The size of the database in bytes.
pub(super) const SIZE: &str =
    "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";

/// How long to wait before another program is asked again to let go.
const AGAIN: Duration = Duration::from_millis(20);

/// What has been saved is on the disk: mail may depend on it at once, and a power failure must not
/// take it back (`NORMAL` would lose the last commits). The price is one `fsync` for each commit, a
/// fraction of a millisecond on a disk without moving parts, and none for reading.
const DURABILITY: SqliteSynchronous = SqliteSynchronous::Full;

pub(super) async fn open(url: &StoreUrl, path: &Path) -> Result<Backend, StoreError> {
    let failed = |error: sqlx::Error| StoreError::of(url, &error);
    let path = make(path)?;
    let options = options(&path);
    let mut connection = options.connect().await.map_err(failed)?;
    write_ahead(&mut connection).await.map_err(failed)?;
    migrate(&mut connection, url).await?;
    connection.close().await.map_err(failed)?;
    Ok(Backend::Sqlite {
        writer: pool(1, options.clone()),
        readers: pool(SQLITE_READERS, options.pragma("query_only", "on")),
    })
}

/// Opens a file that can't be written. What would write gets an error from SQLite.
///
/// Reading needs the index of the log, the file `-shm`. Where one is there, SQLite reads it and the
/// log although it may write neither. Where it isn't and can't be made, no program has the database
/// open, so the file can be read as one that never changes, which takes no index and no locks
/// (`immutable`). Then a log without its index is passed over: it can only be a copy's.
pub(super) async fn open_to_read(url: &StoreUrl, path: &Path) -> Result<Backend, StoreError> {
    let path = absolute(path)?;
    let mut options = options(&path).read_only(true);
    if compare(url, &options).await.is_err() {
        options = options.immutable(true);
        compare(url, &options).await?;
    }
    Ok(Backend::Sqlite { writer: pool(1, options.clone()), readers: pool(SQLITE_READERS, options) })
}

/// Sees whether a file can be opened this way, and its tables are up to date.
async fn compare(url: &StoreUrl, options: &SqliteConnectOptions) -> Result<(), StoreError> {
    let failed = |error: sqlx::Error| StoreError::of(url, &error);
    let mut connection = options.connect().await.map_err(failed)?;
    let compared = migrations::compare(&migrations::sqlite(), &mut connection).await;
    compared.map_err(|error| migration_error(url, &error))?;
    connection.close().await.map_err(failed)
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(WAITING)
        .synchronous(DURABILITY)
        .pragma("cache_size", format!("-{SQLITE_CACHE_KIB}"))
}

/// A connection that is left in a transaction is closed. SQLite may roll back by itself where the disk
/// is full, and the driver then goes on as if the transaction were open: it makes savepoints of the
/// next ones, and what it says of them may not be so.
fn pool(connections: u32, options: SqliteConnectOptions) -> SqlitePool {
    PoolOptions::new()
        .after_release(|connection: &mut SqliteConnection, _| {
            Box::pin(async move {
                // Whatever rolls back has done so before this is answered.
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
        .max_connections(connections)
        .acquire_timeout(WAITING)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_lazy_with(options)
}

/// Makes the file, which nobody else can read, and its folder where they are missing; gives the
/// absolute path. SQLite gives its files beside it the same rights.
fn make(path: &Path) -> Result<PathBuf, StoreError> {
    let path = absolute(path)?;
    if let Some(folder) = path.parent() {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.map_err(|error| unusable(folder, &error))?;
    }
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(unusable(&path, &error)),
        _ => Ok(path),
    }
}

/// The absolute path: never anything that SQLite would take for a URI.
pub(crate) fn absolute(path: &Path) -> Result<PathBuf, StoreError> {
    if path.to_str().is_none() {
        return Err(unusable(path, &"its name is no UTF-8"));
    }
    path::absolute(path).map_err(|error| unusable(path, &error))
}

fn unusable(path: &Path, reason: &dyn fmt::Display) -> StoreError {
    StoreError::FileUnusable { path: path.display().to_string(), reason: reason.to_string() }
}

/// Readers don't wait for the writer, nor it for them. The file remembers that; the change of a new
/// one can't be waited for by SQLite's own means.
async fn write_ahead(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let mut waited = Duration::ZERO;
    loop {
        match sqlx::query("PRAGMA journal_mode = WAL").execute(&mut *connection).await {
            Err(error) if is_busy(&error) && waited < WAITING => {
                sleep(AGAIN).await;
                waited += AGAIN;
            }
            other => return other.map(drop),
        }
    }
}

/// In one transaction, so that of two programs that do it at once one finds it done.
async fn migrate(connection: &mut SqliteConnection, url: &StoreUrl) -> Result<(), StoreError> {
    let failed = |error: sqlx::Error| StoreError::of(url, &error);
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
    let migrated = migrations::take(&migrations::sqlite(), &mut *transaction).await;
    migrated.map_err(|error| migration_error(url, &error))?;
    // Where nothing was left to do nothing has been written, and SQLite opens what it may not write
    // without a word.
    sqlx::query(migrations::WRITE_NOTHING).execute(&mut *transaction).await.map_err(failed)?;
    transaction.commit().await.map_err(failed)
}
