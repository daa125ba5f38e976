use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use crate::error::reason;

/// The parameters of a PostgreSQL URL that mean something; others would be passed over in silence.
const PARAMETERS: [&str; 10] = [
    "application_name",
    "host",
    "options",
    "password",
    "port",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "user",
];

/// Which database: `sqlite:PATH`, or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`.
///
/// A PostgreSQL server on another machine is asked for TLS and a certificate of a public authority
/// in its name, unless `sslmode` or `sslrootcert` in the URL say otherwise. A Unix socket is given
/// as its folder, `?host=/run/postgresql`. A password that the URL doesn't have is taken from where
/// all PostgreSQL clients do, `PGPASSWORD` and `~/.pgpass`.
///
/// Its texts are without the password.
#[derive(Clone)]
pub struct StoreUrl(Target);

/// What the back ends need to know.
#[derive(Clone)]
pub(crate) enum Target {
    Sqlite(PathBuf),
    Postgres(Box<PgConnectOptions>),
}

/// Why a text is no URL of a database. What it says doesn't repeat the text, which may hold a
/// password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreUrlError {
    /// It begins neither way.
    #[error("the URL of a database begins with sqlite: or postgres://")]
    UnknownScheme,
    /// There is no path after `sqlite:`, or one that isn't a file's.
    #[error(
        "write the path of the database behind sqlite:, as in sqlite:/var/lib/sigillo/sigillo.db"
    )]
    NoPath,
    /// A database in memory would keep nothing.
    #[error("sqlite::memory: would keep nothing: name a file behind sqlite:")]
    InMemory,
    /// SQLite takes no parameters.
    #[error(
        "a path behind sqlite: takes no parameters: leave out what begins with the question mark"
    )]
    SqliteParameters,
    /// The database of the server is not named.
    #[error("name the database at the end of the URL, as in postgres://user@host/sigillo")]
    NoDatabase,
    /// A parameter that means nothing.
    #[error("a parameter of the postgres:// URL is not known; it takes {}", PARAMETERS.join(", "))]
    UnknownParameter,
    /// The rest of the URL is malformed.
    #[error(
        "not a postgres:// URL: {reason}; in a user name or password write / as %2F, @ as %40, : as %3A, \
         # as %23, ? as %3F and % as %25"
    )]
    Malformed {
        /// What is wrong.
        reason: String,
    },
}

impl StoreUrl {
    /// Reads a URL.
    ///
    /// ```
    /// # use sigillo_store::StoreUrl;
    /// let url = StoreUrl::parse("postgres://sigillo:secret@db.example/sigillo")?;
    /// assert_eq!(url.to_string(), "postgres://sigillo@db.example:5432/sigillo");
    /// # Ok::<(), sigillo_store::StoreUrlError>(())
    /// ```
    ///
    /// # Errors
    /// Why the text is none.
    pub fn parse(text: &str) -> Result<Self, StoreUrlError> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            return sqlite_path(path).map(|path| Self(Target::Sqlite(path.to_owned())));
        }
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err(StoreUrlError::UnknownScheme);
        }
        postgres_options(text).map(|options| Self(Target::Postgres(Box::new(options))))
    }

    /// The URL of a SQLite file.
    #[must_use]
    pub fn sqlite(path: &Path) -> Self {
        Self(Target::Sqlite(path.to_owned()))
    }

    /// Whether it is a SQLite file of this machine.
    #[must_use]
    pub const fn is_sqlite(&self) -> bool {
        matches!(self.0, Target::Sqlite(_))
    }

    pub(crate) const fn target(&self) -> &Target {
        &self.0
    }
}

impl FromStr for StoreUrl {
    type Err = StoreUrlError;

    fn from_str(text: &str) -> Result<Self, StoreUrlError> {
        Self::parse(text)
    }
}

impl fmt::Display for StoreUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Target::Sqlite(path) => write!(formatter, "sqlite:{}", path.display()),
            Target::Postgres(options) => {
                write!(formatter, "postgres://{}@", options.get_username())?;
                let (port, database) = (options.get_port(), options.get_database());
                match options.get_socket() {
                    Some(folder) => write!(formatter, "{}", folder.display())?,
                    None => write!(formatter, "{}", options.get_host())?,
                }
                write!(formatter, ":{port}/{}", database.unwrap_or_default())
            }
        }
    }
}

/// As it is shown, because what it is made of holds the password.
impl fmt::Debug for StoreUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "StoreUrl({self})")
    }
}

fn sqlite_path(text: &str) -> Result<&Path, StoreUrlError> {
    // Only an absolute path can follow two slashes.
    let path = match text.strip_prefix("//") {
        Some(path) if !path.starts_with('/') => return Err(StoreUrlError::NoPath),
        Some(path) => path,
        None => text,
    };
    match path {
        "" | "/" => Err(StoreUrlError::NoPath),
        ":memory:" => Err(StoreUrlError::InMemory),
        _ if path.ends_with('/') || path.contains('\0') => Err(StoreUrlError::NoPath),
        _ if path.contains('?') => Err(StoreUrlError::SqliteParameters),
        _ => Ok(Path::new(path)),
    }
}

fn postgres_options(text: &str) -> Result<PgConnectOptions, StoreUrlError> {
    let query = text.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let names = query.split('&').map(|parameter| parameter.split('=').next().unwrap_or_default());
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    if names.iter().any(|name| !PARAMETERS.contains(name)) {
        return Err(StoreUrlError::UnknownParameter);
    }
    let mut options = PgConnectOptions::from_str(text)
        .map_err(|error| StoreUrlError::Malformed { reason: reason(&error) })?;
    if options.get_database().is_none_or(str::is_empty) {
        return Err(StoreUrlError::NoDatabase);
    }
    if options.get_application_name().is_none() {
        options = options.application_name("sigillo");
    }
    // Whatever lies between could read along, or answer itself.
    if !names.contains(&"sslmode") {
        let mode = if is_local(&options) { PgSslMode::Prefer } else { PgSslMode::VerifyFull };
        options = options.ssl_mode(mode);
    }
    Ok(options)
}

fn is_local(options: &PgConnectOptions) -> bool {
    let host = options.get_host().trim_start_matches('[').trim_end_matches(']');
    options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests;
