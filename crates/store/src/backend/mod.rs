//! The two databases, and what differs between them.

mod postgres;
mod sqlite;

pub(crate) use sqlite::absolute;
use sqlx::migrate::MigrateError;
use sqlx::{PgPool, SqlitePool};
use tokio::time::timeout;

use crate::StoreError;
use crate::limits::WAITING;
use crate::url::{StoreUrl, Target};

/// Connections to one of the two.
#[derive(Debug, Clone)]
pub(crate) enum Backend {
    /// One connection writes, several read meanwhile.
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    /// All do both.
    Postgres(PgPool),
}

/// Does the same with connections that read, whichever database it is. The statements have to be
/// such that both read them; their parameters are `$1`, `$2`, ….
macro_rules! with_readers {
    ($backend:expr, $pool:ident => $does:expr) => {
        match $backend {
            $crate::backend::Backend::Sqlite { readers: $pool, .. } => $does,
            $crate::backend::Backend::Postgres($pool) => $does,
        }
    };
}

/// The same with connections that write.
macro_rules! with_writer {
    ($backend:expr, $pool:ident => $does:expr) => {
        match $backend {
            $crate::backend::Backend::Sqlite { writer: $pool, .. } => $does,
            $crate::backend::Backend::Postgres($pool) => $does,
        }
    };
}

impl Backend {
    /// Opens a database and brings its tables up to date.
    pub(crate) async fn open(url: &StoreUrl) -> Result<Self, StoreError> {
        match url.target() {
            Target::Sqlite(path) => sqlite::open(url, path).await,
            Target::Postgres(options) => postgres::open(url, options).await,
        }
    }

    /// Opens a database that is up to date but can't be written, for reading.
    pub(crate) async fn open_to_read(url: &StoreUrl) -> Result<Self, StoreError> {
        match url.target() {
            Target::Sqlite(path) => sqlite::open_to_read(url, path).await,
            Target::Postgres(options) => postgres::open_to_read(url, options).await,
        }
    }

    /// The statement that gives the size of the whole database, in bytes.
    pub(crate) const fn size_statement(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => sqlite::SIZE,
            Self::Postgres(_) => postgres::SIZE,
        }
    }

    /// Ends all connections.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                // The last one tidies up behind all.
                writer.close().await;
            }
            Self::Postgres(pool) => drop(timeout(WAITING, pool.close()).await),
        }
    }
}

/// Why the tables couldn't be brought up to date.
fn migration_error(url: &StoreUrl, error: &MigrateError) -> StoreError {
    match error {
        MigrateError::VersionTooNew(found, known) => {
            StoreError::NewerSchema { database: url.to_string(), found: *found, known: *known }
        }
        MigrateError::Execute(error) => StoreError::of(url, error),
        MigrateError::ExecuteMigration(error, version) => StoreError::Migration {
            database: url.to_string(),
            reason: format!("step {version}: {}", crate::error::reason(error)),
        },
        other => StoreError::Migration { database: url.to_string(), reason: other.to_string() },
    }
}
