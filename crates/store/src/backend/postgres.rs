use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _};

use super::{Backend, migration_error};
use crate::limits::{POSTGRES_CONNECTIONS, WAITING};
use crate::url::StoreUrl;
use crate::{StoreError, migrations};

/// The size of the database in bytes.
pub(super) const SIZE: &str = "SELECT pg_database_size(current_database())";

/// How long a connection that nobody needs is kept.
const IDLE: Duration = Duration::from_mins(5);

pub(super) async fn open(
    url: &StoreUrl,
    options: &PgConnectOptions,
) -> Result<Backend, StoreError> {
    let failed = |error: sqlx::Error| StoreError::of(url, &error);
    // A connection of its own: the lock that keeps others from migrating ends with it at the latest.
    let mut connection: PgConnection = options.connect().await.map_err(failed)?;
    let migrated = migrations::take(&migrations::postgres(), &mut connection).await;
    // What was to be done is done, or has failed already.
    let _ = connection.close().await;
    migrated.map_err(|error| migration_error(url, &error))?;
    Ok(pool(options))
}

/// A server that only answers questions, such as a standby, may come to write again: the connections
/// are the same.
pub(super) async fn open_to_read(
    url: &StoreUrl,
    options: &PgConnectOptions,
) -> Result<Backend, StoreError> {
    let mut connection: PgConnection =
        options.connect().await.map_err(|error| StoreError::of(url, &error))?;
    let compared = migrations::compare(&migrations::postgres(), &mut connection).await;
    let _ = connection.close().await;
    compared.map_err(|error| migration_error(url, &error))?;
    Ok(pool(options))
}

fn pool(options: &PgConnectOptions) -> Backend {
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(WAITING)
        .idle_timeout(IDLE)
        .connect_lazy_with(options.clone());
    Backend::Postgres(pool)
}
