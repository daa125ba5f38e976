use std::io;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::time::timeout;

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
    // A connection of its own: the lock that keeps others from migrating ends with it at the latest.
    let mut connection = connect(url, options).await?;
    // That a table is there already, each time anew, is nothing that anybody has to be told.
    let quiet = sqlx::query("SET client_min_messages = warning").execute(&mut connection).await;
    quiet.map_err(|error| StoreError::of(url, &error))?;
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
    let mut connection = connect(url, options).await?;
    let compared = migrations::compare(&migrations::postgres(), &mut connection).await;
    let _ = connection.close().await;
    compared.map_err(|error| migration_error(url, &error))?;
    Ok(pool(options))
}

/// The system accepts connections also for a server that hangs, which then says nothing.
async fn connect(url: &StoreUrl, options: &PgConnectOptions) -> Result<PgConnection, StoreError> {
    let connected = timeout(WAITING, options.connect()).await;
    let connected = connected.map_err(|_| StoreError::slow(url, WAITING))?;
    connected.map_err(|error| StoreError::of(url, &error))
}

/// A connection that is given back in the midst of a statement, since that took too long, is closed
/// if it doesn't answer soon: the driver would wait for it without end, and so would whoever closes
/// the pool, or finds it empty when the server is back.
fn pool(options: &PgConnectOptions) -> Backend {
    let pool = PgPoolOptions::new()
        .after_release(|connection: &mut PgConnection, _| {
            Box::pin(async move {
                match timeout(WAITING, connection.ping()).await {
                    Ok(answered) => answered.map(|()| true),
                    Err(_) => Err(io::Error::from(io::ErrorKind::TimedOut).into()),
                }
            })
        })
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(WAITING)
        .idle_timeout(IDLE)
        .connect_lazy_with(options.clone());
    Backend::Postgres(pool)
}
