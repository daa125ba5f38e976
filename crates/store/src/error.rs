use std::error::Error as _;
use std::fmt;
use std::io::ErrorKind;
use std::time::Duration;

use sqlx::error::DatabaseError;

use crate::results::ResultId;

/// Why the store can't do what it was asked for. No text has a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file of the database can't be made, opened or written.
    #[error(
        "the database {path} can't be used: {reason}; name a file that this user may write, in a folder that \
         this user may write"
    )]
    FileUnusable {
        /// The file, or the folder that can't be made.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// The file is none of SQLite's, or damaged.
    #[error(
        "{database} is damaged or no database: {reason}; restore it from a backup, or name another file"
    )]
    Damaged {
        /// The database.
        database: String,
        /// What SQLite says.
        reason: String,
    },
    /// There is no connection to the database, or it doesn't answer. This may pass.
    #[error(
        "the database {database} can't be reached: {reason}; see whether it runs and is reachable from here"
    )]
    Unreachable {
        /// The database, without the password.
        database: String,
        /// What happened.
        reason: String,
    },
    /// There is no TLS with the server, or it isn't the right one.
    #[error(
        "no safe connection to {database}: {reason}; name the authority of its certificate in the URL \
         (sslrootcert=FILE), or say what is to do instead (sslmode=…)"
    )]
    Tls {
        /// The database, without the password.
        database: String,
        /// What is wrong.
        reason: String,
    },
    /// The server doesn't let us in, or doesn't have the database.
    #[error(
        "the database server refuses {database}: {reason}; check user, password and name in the URL"
    )]
    Refused {
        /// The database, without the password.
        database: String,
        /// What the server says.
        reason: String,
    },
    /// A newer version of the program has changed the tables.
    #[error(
        "{database} has been used by a newer version of Sigillo (its tables are at {found}, this version knows \
         {known}): update Sigillo"
    )]
    NewerSchema {
        /// The database, without the password.
        database: String,
        /// The version of its tables.
        found: i64,
        /// The latest that this program knows.
        known: i64,
    },
    /// The tables can't be brought to this program's version; they are as they were.
    #[error(
        "the tables of {database} can't be brought up to date: {reason}; restore a backup or report this"
    )]
    Migration {
        /// The database, without the password.
        database: String,
        /// What is in the way.
        reason: String,
    },
    /// The id has been used before; what is stored stays. Draw another one.
    #[error("there is a result {0} already: draw another id")]
    IdTaken(ResultId),
    /// It is larger than what is stored.
    #[error("{what} is larger than the {limit} bytes that are stored of it: it is not stored")]
    TooLarge {
        /// What it is.
        what: &'static str,
        /// The bound, in bytes.
        limit: usize,
    },
    /// It can't be put into the form in which it is stored.
    #[error("{what} can't be packed to be stored: {reason}; report this")]
    NotPacked {
        /// What it is.
        what: &'static str,
        /// What is in the way.
        reason: String,
    },
    /// What is stored can't be read: something else wrote it, or the disk is failing.
    #[error("{what} is stored but can't be read: {reason}")]
    Unreadable {
        /// What it is.
        what: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of another program can't be read, or is another one.
    #[error("{path} can't be read as the cache of {program}: {reason}")]
    Foreign {
        /// The file.
        path: String,
        /// Whose cache it should be.
        program: &'static str,
        /// What is in the way.
        reason: String,
    },
    /// There is no room for what is to be saved. What is stored can still be read.
    #[error("there is no room left for {database}: {reason}; make room on its disk")]
    Full {
        /// The database, without the password.
        database: String,
        /// What it says.
        reason: String,
    },
    /// The database refuses a statement; its log may say more.
    #[error("the database {database} fails: {reason}; see its log, its rights and its disk")]
    Failed {
        /// The database, without the password.
        database: String,
        /// What it says.
        reason: String,
    },
}

impl StoreError {
    /// What became of a statement to this database.
    pub(crate) fn of(database: &impl fmt::Display, error: &sqlx::Error) -> Self {
        let database = database.to_string();
        let reason = reason(error);
        match error {
            sqlx::Error::Tls(_) => Self::Tls { database, reason },
            // What rustls says comes as this.
            sqlx::Error::Io(error) if error.kind() == ErrorKind::InvalidData => {
                Self::Tls { database, reason }
            }
            sqlx::Error::Io(_) | sqlx::Error::PoolClosed => Self::Unreachable { database, reason },
            sqlx::Error::PoolTimedOut => {
                Self::Unreachable { database, reason: "no connection was to be had in time".into() }
            }
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                Self::Unreadable { what: format!("a row of {database}"), reason }
            }
            sqlx::Error::Database(said) => {
                let code = said.code().unwrap_or_default();
                Self::said(database, reason, &code)
            }
            _ => Self::Failed { database, reason },
        }
    }

    /// A database that has not answered within this long.
    pub(crate) fn slow(database: &impl fmt::Display, limit: Duration) -> Self {
        let reason = format!("no answer within {} seconds", limit.as_secs());
        Self::Unreachable { database: database.to_string(), reason }
    }

    /// By the code of the database's own error: five characters of PostgreSQL's, the number of
    /// SQLite's.
    fn said(database: String, reason: String, code: &str) -> Self {
        match Trouble::of(code) {
            Trouble::Unusable => {
                let path = database.strip_prefix("sqlite:").unwrap_or(&database).to_owned();
                Self::FileUnusable { path, reason }
            }
            Trouble::Damaged => Self::Damaged { database, reason },
            Trouble::Full => Self::Full { database, reason },
            Trouble::Refused => Self::Refused { database, reason },
            Trouble::Unreachable => Self::Unreachable { database, reason },
            Trouble::Other => Self::Failed { database, reason },
        }
    }
}

/// What the code of a database's error comes to.
enum Trouble {
    Unusable,
    Damaged,
    Full,
    Refused,
    Unreachable,
    Other,
}

impl Trouble {
    fn of(code: &str) -> Self {
        // <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
        if code.len() == 5 {
            return match code.get(..2) {
                // Invalid authorisation, invalid catalogue name.
                Some("28" | "3D") => Self::Refused,
                // Connection exception, operator intervention.
                Some("08" | "57") => Self::Unreachable,
                _ if code == "53300" => Self::Unreachable,
                _ if code == "53100" => Self::Full,
                _ => Self::Other,
            };
        }
        // IOERR_SHMSIZE: the index of the log can't be made as large as it has to be.
        if code == "4874" {
            return Self::Full;
        }
        match sqlite_code(code) {
            // READONLY, CANTOPEN, PERM.
            Some(8 | 14 | 3) => Self::Unusable,
            // FULL.
            Some(13) => Self::Full,
            // CORRUPT, NOTADB.
            Some(11 | 26) => Self::Damaged,
            // LOCKED.
            Some(BUSY | 6) => Self::Unreachable,
            _ => Self::Other,
        }
    }
}

/// Another program is writing.
const BUSY: u32 = 5;

/// SQLite's code, which is the low byte of an extended one: <https://sqlite.org/rescode.html>.
fn sqlite_code(code: &str) -> Option<u32> {
    code.parse().ok().map(|code: u32| code & 0xff)
}

/// Whether SQLite has not done something because another program is writing.
pub(crate) fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(DatabaseError::code);
    code.is_some_and(|code| sqlite_code(&code) == Some(BUSY))
}

/// What sqlx says, without its introductions.
pub(crate) fn reason(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(said) => said.message().to_owned(),
        _ => error.source().map_or_else(|| error.to_string(), ToString::to_string),
    }
}
