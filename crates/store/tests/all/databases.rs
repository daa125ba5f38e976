//! Databases to try things on: a file of SQLite, and one of a real PostgreSQL.

use std::fmt::Write as _;
use std::path::PathBuf;

use sigillo_lab::Postgres;
use sigillo_store::{Store, StoreUrl};
use sqlx::{AssertSqlSafe, ConnectOptions as _, PgConnection, SqliteConnection};
use tempfile::TempDir;

/// An empty database of the test's own.
pub(crate) struct Scratch {
    pub(crate) url: StoreUrl,
    kind: Kind,
}

enum Kind {
    Sqlite(TempDir),
    Postgres(String),
}

impl Scratch {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = StoreUrl::sqlite(&file(&folder));
        Self { url, kind: Kind::Sqlite(folder) }
    }

    pub(crate) fn postgres() -> Self {
        let text = Postgres::shared().new_database();
        Self { url: StoreUrl::parse(&text).unwrap(), kind: Kind::Postgres(text) }
    }

    pub(crate) async fn store(&self) -> Store {
        Store::open(&self.url).await.unwrap()
    }

    /// Does to the database what no store does.
    pub(crate) async fn tamper(&self, statement: &str) {
        let statement = sqlx::raw_sql(AssertSqlSafe(statement.to_owned()));
        match &self.kind {
            Kind::Sqlite(folder) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file(folder));
                let mut connection: SqliteConnection = options.connect().await.unwrap();
                statement.execute(&mut connection).await.unwrap();
            }
            Kind::Postgres(text) => {
                let options: sqlx::postgres::PgConnectOptions = text.parse().unwrap();
                let mut connection: PgConnection = options.connect().await.unwrap();
                statement.execute(&mut connection).await.unwrap();
            }
        }
    }

    /// Bytes as the database writes them.
    pub(crate) fn bytes(&self, bytes: &[u8]) -> String {
        let mut digits = String::new();
        for byte in bytes {
            write!(digits, "{byte:02x}").unwrap();
        }
        match &self.kind {
            Kind::Sqlite(_) => format!("x'{digits}'"),
            Kind::Postgres(_) => format!("'\\x{digits}'::bytea"),
        }
    }
}

fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("new/sigillo.db")
}

/// Runs tests, which are functions of a [`Scratch`], on both databases.
macro_rules! on_both {
    ($($test:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test($crate::databases::Scratch::sqlite()).await;
            })+
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                if sigillo_lab::available(&["postgres"]) {
                    super::$test($crate::databases::Scratch::postgres()).await;
                }
            })+
        }
    };
}
