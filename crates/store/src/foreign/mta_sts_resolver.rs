//! The SQLite cache of postfix-mta-sts-resolver.
//!
//! Its table, as of version 1.5.1 (`sqlite_cache.py`): `sts_policy_cache (domain text, ts integer,
//! pol_id text, pol_body text)`, where `ts` is the Unix time in seconds at which the policy was
//! last found to hold, and `pol_body` the fields of the policy as JSON.

use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;
use sigillo_formats::limits::{DOMAIN_NAME_BYTES, POLICY_ID_BYTES};
use sigillo_formats::policy::{MaxAge, Mode};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::time::timeout;

use crate::StoreError;
use crate::error::reason;
use crate::limits::{CACHED_AT_A_TIME, CACHED_BYTES, OPERATION, WAITING};

const PROGRAM: &str = "postfix-mta-sts-resolver";

/// A view could be anything that never ends.
const IS_TABLE: &str =
    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'sts_policy_cache'";

/// SQLite keeps anything in any column; what is too large isn't fetched at all.
const ROWS: &str = "SELECT rowid, \
     CASE WHEN octet_length(domain) <= $2 THEN CAST(domain AS BLOB) END, \
     CASE WHEN typeof(ts) = 'integer' THEN ts END, \
     CASE WHEN octet_length(pol_id) <= $3 THEN CAST(pol_id AS BLOB) END, \
     CASE WHEN octet_length(pol_body) <= $4 THEN CAST(pol_body AS BLOB) END \
     FROM sts_policy_cache WHERE rowid > $1 ORDER BY rowid LIMIT $5";

type Row = (i64, Option<Vec<u8>>, Option<i64>, Option<Vec<u8>>, Option<Vec<u8>>);

/// A policy of the cache. Its texts are as they are there, and may be none that a standard allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CachedPolicy {
    /// The policy domain.
    pub domain: String,
    /// The `id` of its record.
    pub id: String,
    /// When it was last found to hold, to the second.
    pub fetched_at: Timestamp,
    /// Its mode.
    pub mode: Mode,
    /// Its MX patterns.
    pub mx: Vec<String>,
    /// How long it holds from then on.
    pub max_age: MaxAge,
}

/// A row that can't be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableRow {
    /// Its number.
    pub row: i64,
    /// Its domain with anything but printable ASCII escaped; empty where it has none.
    pub domain: String,
    /// What is wrong.
    pub reason: String,
}

/// The next rows of the cache.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CachedPolicyBatch {
    /// Those that can be understood.
    pub policies: Vec<CachedPolicy>,
    /// Those that can't be.
    pub unreadable: Vec<UnreadableRow>,
}

/// An open cache, which is read from its beginning to its end.
#[derive(Debug)]
pub struct ResolverCache {
    connection: SqliteConnection,
    path: String,
    last: i64,
}

impl ResolverCache {
    /// Opens a file for reading; the program that writes it may be running.
    ///
    /// # Errors
    /// If it can't be read, or is no such cache.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let shown = path.display().to_string();
        // As for our own file: where the log has no index and none can be made, nobody writes.
        let reading = SqliteConnectOptions::new()
            .filename(crate::backend::absolute(path)?)
            .read_only(true)
            .busy_timeout(WAITING)
            .pragma("trusted_schema", "off");
        let connection = match connect(&reading).await {
            Err(_) => connect(&reading.immutable(true)).await,
            connected => connected,
        };
        let connection = connection.map_err(|reason| unreadable(&shown, reason))?;
        Ok(Self { connection, path: shown, last: i64::MIN })
    }

    /// The next rows, [`CACHED_AT_A_TIME`] at most; none at the end.
    ///
    /// # Errors
    /// If the file can't be read on.
    pub async fn next(&mut self) -> Result<Option<CachedPolicyBatch>, StoreError> {
        let bound = |bytes| i64::try_from(bytes).unwrap_or(i64::MAX);
        let query = sqlx::query_as(ROWS)
            .bind(self.last)
            .bind(bound(DOMAIN_NAME_BYTES))
            .bind(bound(POLICY_ID_BYTES))
            .bind(bound(CACHED_BYTES))
            .bind(i64::from(CACHED_AT_A_TIME));
        let rows: Vec<Row> = match timeout(OPERATION, query.fetch_all(&mut self.connection)).await {
            Ok(rows) => rows.map_err(|error| unreadable(&self.path, reason(&error)))?,
            Err(_) => return Err(unreadable(&self.path, SLOW.to_owned())),
        };
        let Some(last) = rows.last() else { return Ok(None) };
        self.last = last.0;
        let mut batch = CachedPolicyBatch::default();
        for row in rows {
            let (number, domain) = (row.0, row.1.clone().unwrap_or_default());
            match policy(row) {
                Ok(policy) => batch.policies.push(policy),
                Err(reason) => batch.unreadable.push(UnreadableRow {
                    row: number,
                    domain: domain.escape_ascii().to_string(),
                    reason,
                }),
            }
        }
        Ok(Some(batch))
    }
}

const SLOW: &str = "it takes too long";

async fn connect(options: &SqliteConnectOptions) -> Result<SqliteConnection, String> {
    let connecting = async {
        let mut connection = options.connect().await.map_err(|error| reason(&error))?;
        let tables: i64 = sqlx::query_scalar(IS_TABLE)
            .fetch_one(&mut connection)
            .await
            .map_err(|error| reason(&error))?;
        if tables == 1 {
            return Ok(connection);
        }
        let _ = connection.close().await;
        Err("it has no table sts_policy_cache".to_owned())
    };
    timeout(OPERATION, connecting).await.unwrap_or_else(|_| Err(SLOW.to_owned()))
}

/// The policy of a row; an `Err` says what is wrong with it.
fn policy(row: Row) -> Result<CachedPolicy, String> {
    let (_, domain, fetched_at, id, body) = row;
    let text = |what: &str, bytes: Option<Vec<u8>>| {
        let bytes = bytes.ok_or_else(|| format!("it has no {what}, or one that is too long"))?;
        String::from_utf8(bytes).map_err(|error| format!("its {what}: {error}"))
    };
    let body: Value = serde_json::from_str(&text("policy", body)?)
        .map_err(|error| format!("its policy: {error}"))?;
    let field = |name: &str| body.get(name).ok_or_else(|| format!("its policy has no {name}"));
    let mode = field("mode")?.as_str().unwrap_or_default();
    let mx = field("mx")?.as_array().into_iter().flatten();
    let mx: Option<Vec<String>> = mx.map(|pattern| pattern.as_str().map(str::to_owned)).collect();
    let max_age = field("max_age")?.as_u64().map(MaxAge::from_seconds);
    let fetched_at = fetched_at.and_then(|seconds| Timestamp::from_second(seconds).ok());
    Ok(CachedPolicy {
        domain: text("domain", domain)?,
        id: text("id", id)?,
        fetched_at: fetched_at.ok_or("it has no time")?,
        mode: Mode::ALL
            .into_iter()
            .find(|known| known.name() == mode)
            .ok_or("its policy has an unknown mode")?,
        mx: mx.ok_or("its policy has an mx that is no text")?,
        max_age: max_age.and_then(Result::ok).ok_or("its policy has no valid max_age")?,
    })
}

fn unreadable(path: &str, reason: String) -> StoreError {
    StoreError::Foreign { path: path.to_owned(), program: PROGRAM, reason }
}
