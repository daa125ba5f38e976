//! Caches of other programs. The tables are those of postfix-mta-sts-resolver 1.5.1
//! (`sqlite_cache.py`), the rows what its `json.dumps` makes of a policy.

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use sigillo_formats::policy::Mode;
use sigillo_store::StoreError;
use sigillo_store::foreign::{CachedPolicy, ResolverCache, UnreadableRow};
use sigillo_store::limits::CACHED_AT_A_TIME;
use sqlx::{AssertSqlSafe, ConnectOptions as _, SqliteConnection};

const TABLES: &str = "PRAGMA journal_mode = WAL;
    create table proactive_fetch_ts (id integer primary key, last_fetch_ts integer);
    create table sts_policy_cache (domain text, ts integer, pol_id text, pol_body text);
    create unique index sts_policy_domain on sts_policy_cache (domain);
    create index sts_policy_domain_ts on sts_policy_cache (domain, ts);";

const BODY: &str = r#"{"mx": ["mx.example.com", "*.example.net"], "version": "STSv1", "mode": "enforce", "max_age": 604800}"#;

/// A connection as their daemon has one.
async fn daemon(path: &Path) -> SqliteConnection {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut connection = options.connect().await.unwrap();
    run(&mut connection, TABLES).await;
    connection
}

async fn run(connection: &mut SqliteConnection, statements: &str) {
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned())).execute(connection).await.unwrap();
}

fn row(domain: &str, body: &str) -> String {
    format!(
        "INSERT INTO sts_policy_cache VALUES ({domain}, 1795512600, '20261124T093000', {body});"
    )
}

async fn read(path: &Path) -> (Vec<CachedPolicy>, Vec<UnreadableRow>) {
    let mut cache = ResolverCache::open(path).await.unwrap();
    let (mut policies, mut unreadable) = (Vec::new(), Vec::new());
    while let Some(batch) = cache.next().await.unwrap() {
        assert!(batch.policies.len() + batch.unreadable.len() <= CACHED_AT_A_TIME as usize);
        policies.extend(batch.policies);
        unreadable.extend(batch.unreadable);
    }
    (policies, unreadable)
}

#[tokio::test]
async fn a_cache_is_read_while_its_daemon_runs_and_after() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mta-sts-cache.db");
    let mut daemon = daemon(&path).await;
    assert_eq!(read(&path).await, (vec![], vec![]));
    run(&mut daemon, &row("'example.com'", &format!("'{BODY}'"))).await;
    let (policies, unreadable) = read(&path).await;
    assert_eq!(unreadable, []);
    let [policy] = policies.as_slice() else { panic!("{policies:?}") };
    assert_eq!((policy.domain.as_str(), policy.id.as_str()), ("example.com", "20261124T093000"));
    assert_eq!(policy.fetched_at, Timestamp::from_second(1_795_512_600).unwrap());
    assert_eq!((policy.mode, policy.max_age.seconds()), (Mode::Enforce, 604_800));
    assert_eq!(policy.mx, ["mx.example.com", "*.example.net"]);

    // Theirs alone to write, and nothing is waited for.
    run(&mut daemon, "BEGIN IMMEDIATE").await;
    assert_eq!(read(&path).await.0, policies);
    run(&mut daemon, "COMMIT").await;
    sqlx::Connection::close(daemon).await.unwrap();
    assert_eq!(read(&path).await.0, policies);
}

#[tokio::test]
async fn many_come_in_pieces_and_each_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let mut daemon = daemon(&path).await;
    let count = 3 * CACHED_AT_A_TIME as usize + 1;
    let rows: String = (0..count)
        .map(|number| row(&format!("'{number}.example'"), &format!("'{BODY}'")))
        .collect();
    run(&mut daemon, &format!("BEGIN; {rows} COMMIT")).await;
    // Gaps, and the ends of what a number of a row can be.
    run(&mut daemon, "DELETE FROM sts_policy_cache WHERE domain = '100.example'").await;
    run(&mut daemon, "UPDATE sts_policy_cache SET rowid = -5 WHERE domain = '7.example'").await;
    let last = "UPDATE sts_policy_cache SET rowid = 9223372036854775807 WHERE domain = '8.example'";
    run(&mut daemon, last).await;
    let (policies, unreadable) = read(&path).await;
    assert_eq!(unreadable, []);
    let mut domains: Vec<_> = policies.iter().map(|policy| &policy.domain).collect();
    domains.sort_unstable();
    domains.dedup();
    assert_eq!((domains.len(), policies.len()), (count - 1, count - 1));
}

#[tokio::test]
async fn rows_that_are_none_are_named_and_leave_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let mut daemon = daemon(&path).await;
    let long = "a".repeat(300_000);
    let mut rows = vec![row("NULL", &format!("'{BODY}'")), row(&format!("'{long}'"), "''")];
    rows.push(row("x'6d1bff'", "x'ff'"));
    let change = |from: &str, to: &str| format!("'{}'", BODY.replace(from, to));
    for (number, body) in [
        "NULL".to_owned(),
        "''".to_owned(),
        "'null'".to_owned(),
        "'[1, 2]'".to_owned(),
        "17".to_owned(),
        format!("'{}'", "[".repeat(100_000)),
        change("STSv1", &long),
        change("enforce", "maybe"),
        change("604800", "-1"),
        change("604800", "\"604800\""),
        change("604800", "31557601"),
        change("\"mx.example.com\"", "null"),
        change("\"mx\"", "\"nmx\""),
        change("\"mode\"", "\"modes\""),
    ]
    .iter()
    .enumerate()
    {
        rows.push(row(&format!("'{number}.example'"), body));
    }
    for column in ["ts = 'noon'", "ts = NULL", "ts = 9223372036854775807", "pol_id = NULL"] {
        rows.push(row("'odd.example'", &format!("'{BODY}'")));
        rows.push(format!(
            "UPDATE sts_policy_cache SET {column}, domain = '{}' WHERE domain = 'odd.example';",
            rows.len()
        ));
    }
    let bad = 3 + 14 + 4;
    run(&mut daemon, &rows.concat()).await;
    run(&mut daemon, &row("'good.example'", &format!("'{BODY}'"))).await;
    let (policies, unreadable) = read(&path).await;
    let domains: Vec<_> = policies.iter().map(|policy| policy.domain.as_str()).collect();
    assert_eq!(domains, ["good.example"]);
    assert_eq!(unreadable.len(), bad);
    assert_eq!(unreadable[2].domain, r"m\x1b\xff");
    assert_eq!(unreadable[2].row, 3);
}

#[tokio::test]
async fn what_is_no_such_cache_is_said_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("letter"), "Dear postmaster,\n".repeat(100)).unwrap();
    fs::write(path("empty"), "").unwrap();
    let mut other = daemon(&path("view")).await;
    let view = "DROP TABLE sts_policy_cache; CREATE VIEW sts_policy_cache AS SELECT 1 AS domain";
    run(&mut other, view).await;
    for name in ["letter", "empty", "view", "missing", "."] {
        let error = ResolverCache::open(&path(name)).await.unwrap_err();
        assert!(matches!(error, StoreError::Foreign { .. }), "{name}: {error:?}");
        assert!(error.to_string().contains("postfix-mta-sts-resolver"), "{error}");
    }
    assert_eq!(fs::read(path("empty")).unwrap(), b"");
    assert!(!path("missing").exists());
    // One whose columns are others.
    run(&mut other, "DROP VIEW sts_policy_cache; CREATE TABLE sts_policy_cache (domain text)")
        .await;
    let mut cache = ResolverCache::open(&path("view")).await.unwrap();
    let error = cache.next().await.unwrap_err();
    assert!(
        matches!(&error, StoreError::Foreign { reason, .. } if reason.contains("ts")),
        "{error}"
    );
}
