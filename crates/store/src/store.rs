use std::future::Future;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::time::timeout;

use crate::backend::Backend;
use crate::limits::{OPENING, OPERATION, REMOVED_AT_A_TIME};
use crate::migrations::COUNT;
use crate::url::Target;
use crate::{StoreError, StoreUrl};

/// What Sigillo keeps. Clones share the connections.
#[derive(Debug, Clone)]
pub struct Store {
    backend: Backend,
    url: StoreUrl,
    unwritable: Option<Arc<StoreError>>,
}

impl Store {
    /// Opens a database and brings its tables up to date; SQLite's file and its folder are made
    /// where they are missing, for this user alone.
    ///
    /// Several programs may open the same database at once.
    ///
    /// # Errors
    /// If it can't be opened, or a newer version of the program has changed its tables.
    pub async fn open(url: &StoreUrl) -> Result<Self, StoreError> {
        let backend = match timeout(OPENING, Backend::open(url)).await {
            Ok(opened) => opened?,
            Err(_) => return Err(StoreError::slow(url, OPENING)),
        };
        Ok(Self { backend, url: url.clone(), unwritable: None })
    }

    /// Opens a database as [`open`](Self::open) does, or for reading alone where it can't be
    /// written but its tables are up to date: its folder may be read-only, or its disk full.
    ///
    /// [`unwritable`](Self::unwritable) tells. A SQLite file stays so until it is opened again;
    /// what would write to it is an error meanwhile.
    ///
    /// # Errors
    /// If it can't be read either: the error is the one of [`open`](Self::open).
    pub async fn open_or_read(url: &StoreUrl) -> Result<Self, StoreError> {
        let why = match Self::open(url).await {
            Ok(store) => return Ok(store),
            Err(why) => why,
        };
        let may_be_read = match &why {
            StoreError::FileUnusable { .. }
            | StoreError::Full { .. }
            | StoreError::Failed { .. } => true,
            // Another program is writing for long.
            StoreError::Unreachable { .. } => matches!(url.target(), Target::Sqlite(_)),
            _ => false,
        };
        if may_be_read && let Ok(Ok(backend)) = timeout(OPENING, Backend::open_to_read(url)).await {
            return Ok(Self { backend, url: url.clone(), unwritable: Some(Arc::new(why)) });
        }
        Err(why)
    }

    /// Why it was opened for reading alone, if it was.
    #[must_use]
    pub fn unwritable(&self) -> Option<&StoreError> {
        self.unwritable.as_deref()
    }

    /// Which database it is.
    #[must_use]
    pub const fn url(&self) -> &StoreUrl {
        &self.url
    }

    /// Asks the database whether it is there.
    ///
    /// # Errors
    /// If it doesn't answer as it should.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let _: i64 = with_readers!(&self.backend, pool => {
            self.run(sqlx::query_scalar(COUNT).fetch_one(pool)).await?
        });
        Ok(())
    }

    /// The size of the database in bytes, of all that is in it.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn size(&self) -> Result<u64, StoreError> {
        let statement = self.backend.size_statement();
        let bytes: i64 = with_readers!(&self.backend, pool => {
            self.run(sqlx::query_scalar(statement).fetch_one(pool)).await?
        });
        Ok(bytes.try_into().unwrap_or_default())
    }

    /// Ends all connections, once what is under way is done; a server that hangs is not waited for.
    pub async fn close(&self) {
        self.backend.close().await;
    }

    pub(crate) const fn backend(&self) -> &Backend {
        &self.backend
    }

    /// Waits for an operation, but not for ever.
    pub(crate) async fn run<T>(
        &self,
        operation: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, StoreError> {
        match timeout(OPERATION, operation).await {
            Ok(outcome) => outcome.map_err(|error| StoreError::of(&self.url, &error)),
            Err(_) => Err(StoreError::slow(&self.url, OPERATION)),
        }
    }

    /// Removes what a statement selects by time (`$1`), so many at a time (`$2`), and says how
    /// many they were.
    pub(crate) async fn remove_before(
        &self,
        statement: &'static str,
        time: Timestamp,
    ) -> Result<u64, StoreError> {
        let mut removed = 0;
        loop {
            let some = with_writer!(self.backend(), pool => {
                let query = sqlx::query(statement)
                    .bind(time.as_millisecond())
                    .bind(i64::from(REMOVED_AT_A_TIME));
                self.run(query.execute(pool)).await?.rows_affected()
            });
            removed += some;
            if some < REMOVED_AT_A_TIME.into() {
                return Ok(removed);
            }
        }
    }
}
