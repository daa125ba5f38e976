//! The steps by which the tables have come to be as they are.
//!
//! A step that has been released never changes; what is to be different is a further step, with
//! the next number, whatever area its tables belong to.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{AppliedMigration, Migrate, MigrateError, Migration, MigrationType};

/// A step, in the words of each database.
struct Step {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! steps {
    ($($name:literal),+ $(,)?) => {
        [$(Step {
            name: $name,
            sqlite: include_str!(concat!("../migrations/", $name, "/sqlite.sql")),
            postgres: include_str!(concat!("../migrations/", $name, "/postgres.sql")),
        }),+]
    };
}

/// All of them in their order: the first is version 1.
const STEPS: &[Step] = &steps!["0001-results", "0002-policies"];

/// The table that says which have been taken, where sqlx's own tools look for it.
const TABLE: &str = "_sqlx_migrations";

/// How many have been taken: a question that any database answers that is there, SQLite not
/// without its file.
pub(crate) const COUNT: &str = "SELECT count(*) FROM _sqlx_migrations";

/// Changes nothing, and fails where nothing can be changed.
pub(crate) const WRITE_NOTHING: &str = "DELETE FROM _sqlx_migrations WHERE version < 0";

/// The steps as SQLite takes them.
pub(crate) fn sqlite() -> Vec<Migration> {
    migrations(|step| step.sqlite)
}

/// The steps as PostgreSQL takes them.
pub(crate) fn postgres() -> Vec<Migration> {
    migrations(|step| step.postgres)
}

fn migrations(statements: impl Fn(&Step) -> &'static str) -> Vec<Migration> {
    let migration = |(version, step): (i64, &Step)| {
        let sql = statements(step).into_sql_str();
        Migration::new(version, step.name.into(), MigrationType::Simple, sql, false)
    };
    (1..).zip(STEPS).map(migration).collect()
}

/// Takes the steps that a database has yet to take. On PostgreSQL others who do so wait; if it
/// fails, they do until the connection is closed.
pub(crate) async fn take(
    steps: &[Migration],
    connection: &mut (impl Migrate + Send),
) -> Result<(), MigrateError> {
    connection.lock().await?;
    connection.ensure_migrations_table(TABLE).await?;
    let taken = connection.list_applied_migrations(TABLE).await?;
    for step in yet_to_take(steps, &taken)? {
        connection.apply(TABLE, step).await?;
    }
    connection.unlock().await
}

/// Sees whether a database has taken all steps; changes nothing.
pub(crate) async fn compare(
    steps: &[Migration],
    connection: &mut (impl Migrate + Send),
) -> Result<(), MigrateError> {
    let taken = connection.list_applied_migrations(TABLE).await?;
    let missing = yet_to_take(steps, &taken)?.first().map(|step| step.version);
    missing.map_or(Ok(()), |version| Err(MigrateError::VersionMissing(version)))
}

fn yet_to_take<'a>(
    steps: &'a [Migration],
    taken: &[AppliedMigration],
) -> Result<Vec<&'a Migration>, MigrateError> {
    let latest = steps.last().map_or(0, |step| step.version);
    if let Some(later) = taken.last().filter(|last| last.version > latest) {
        return Err(MigrateError::VersionTooNew(later.version, latest));
    }
    let mut missing = Vec::new();
    for step in steps {
        match taken.iter().find(|taken| taken.version == step.version) {
            None => missing.push(step),
            Some(taken) if taken.checksum == step.checksum => {}
            Some(taken) => return Err(MigrateError::VersionMismatch(taken.version)),
        }
    }
    Ok(missing)
}
