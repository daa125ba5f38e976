//! Policies are read one at a time as mail needs them, and all when a program starts.

use sigillo_formats::DomainName;
use sigillo_formats::limits::{DOMAIN_NAME_BYTES, POLICY_BYTES};

use super::StoredPolicy;
use super::row::{self, Row, StoredText, bound, columns};
use crate::backend::Backend;
use crate::limits::POLICIES_AT_A_TIME;
use crate::{Store, StoreError};

/// Some of all policies, in the order of their domains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyBatch {
    /// Those that can be read.
    pub policies: Vec<StoredPolicy>,
    /// Those that can't be.
    pub unreadable: Vec<UnreadablePolicy>,
    /// Where to go on; none where there are no more.
    pub next: Option<PolicyCursor>,
}

/// A row that something else wrote, or that a failing disk has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadablePolicy {
    /// The domain as it is stored, with anything but printable ASCII escaped.
    pub domain: String,
    /// What is wrong.
    pub reason: String,
}

/// A place in the order of domains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyCursor(Vec<u8>);

impl PolicyCursor {
    /// The place just after a domain, whether or not it has a policy.
    #[must_use]
    pub fn after(domain: &DomainName) -> Self {
        Self(domain.as_str().into())
    }
}

impl Store {
    /// The policy of a domain, if there is one, even if it has expired.
    ///
    /// # Errors
    /// If what is stored can't be read, or the database fails.
    pub async fn policy(&self, domain: &DomainName) -> Result<Option<StoredPolicy>, StoreError> {
        let statement = concat!("SELECT ", columns!(), " FROM policies WHERE domain = $1");
        let row: Option<Row> = with_readers!(self.backend(), pool => {
            let query = sqlx::query_as(statement).bind(domain.as_str()).bind(bound(POLICY_BYTES));
            self.run(query.fetch_optional(pool)).await?
        });
        row.map(row::policy).transpose().map_err(|reason| StoreError::Unreadable {
            what: format!("the policy of {domain}"),
            reason,
        })
    }

    /// The next policies in the order of their domains, from the first where no place is given:
    /// one at least, [`POLICIES_AT_A_TIME`] at most. What can't be read is named beside the others.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn policies_after(
        &self,
        place: Option<&PolicyCursor>,
        limit: u32,
    ) -> Result<PolicyBatch, StoreError> {
        // No domain has a longer name, so such a row is no policy of anybody's.
        macro_rules! after {
            ($place:literal) => {
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM policies WHERE domain > ",
                    $place,
                    " AND octet_length(domain) <= $3 ORDER BY domain LIMIT $4"
                )
            };
        }
        let statement = match self.backend() {
            Backend::Sqlite { .. } => after!("CAST($1 AS TEXT)"),
            Backend::Postgres(_) => after!("convert_from($1, 'UTF8')"),
        };
        let limit = limit.clamp(1, POLICIES_AT_A_TIME);
        let rows: Vec<Row> = with_readers!(self.backend(), pool => {
            let query = sqlx::query_as(statement)
                .bind(place.map_or(b"".as_slice(), |place| &place.0))
                .bind(bound(POLICY_BYTES))
                .bind(bound(DOMAIN_NAME_BYTES))
                .bind(i64::from(limit));
            self.run(query.fetch_all(pool)).await?
        });
        Ok(batch(rows, limit))
    }

    /// How many policies there are, expired ones too.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn count_policies(&self) -> Result<u64, StoreError> {
        let count: i64 = with_readers!(self.backend(), pool => {
            self.run(sqlx::query_scalar("SELECT count(*) FROM policies").fetch_one(pool)).await?
        });
        Ok(count.try_into().unwrap_or_default())
    }
}

fn batch(rows: Vec<Row>, limit: u32) -> PolicyBatch {
    let is_full = rows.len() >= limit as usize;
    let last = rows.last().map(|(StoredText(domain), ..)| PolicyCursor(domain.clone()));
    let mut batch = PolicyBatch {
        policies: Vec::with_capacity(rows.len()),
        unreadable: Vec::new(),
        next: last.filter(|_| is_full),
    };
    for row in rows {
        let domain = row.0.0.clone();
        match row::policy(row) {
            Ok(policy) => batch.policies.push(policy),
            Err(reason) => {
                let domain = domain.escape_ascii().to_string();
                batch.unreadable.push(UnreadablePolicy { domain, reason });
            }
        }
    }
    batch
}
