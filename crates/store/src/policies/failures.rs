//! Fetches that failed: RFC 8461 §3.3 has senders wait five minutes before they try the same
//! version of a policy again, after a restart too.

use jiff::Timestamp;
use sigillo_formats::DomainName;
use sigillo_formats::limits::POLICY_ID_BYTES;
use sigillo_formats::mta_sts_record::PolicyId;

use super::row::{self, StoredText, bound, last_time};
use crate::limits::LISTED_FAILURES;
use crate::{Store, StoreError};

/// A fetch that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchFailure {
    /// The policy domain.
    pub domain: DomainName,
    /// The `id` of the record that said there is a policy to fetch.
    pub id: PolicyId,
    /// When it failed, kept to the millisecond.
    pub failed_at: Timestamp,
}

impl Store {
    /// Keeps that a fetch failed, in the place of an earlier one of the same domain and id.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn save_fetch_failure(&self, failure: &FetchFailure) -> Result<(), StoreError> {
        // The last one counts, whatever its time: one of a clock that is fast mustn't stay.
        let statement = "INSERT INTO fetch_failures (domain, id, failed_at) VALUES ($1, $2, $3) \
             ON CONFLICT (domain, id) DO UPDATE SET failed_at = excluded.failed_at";
        with_writer!(self.backend(), pool => {
            let query = sqlx::query(statement)
                .bind(failure.domain.as_str())
                .bind(failure.id.as_str())
                .bind(failure.failed_at.as_millisecond());
            self.run(query.execute(pool)).await.map(drop)
        })
    }

    /// The failed fetches of a domain since a time, the latest first: [`LISTED_FAILURES`] at most.
    /// What can't be read is passed over: then the policy is fetched once more.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn fetch_failures(
        &self,
        domain: &DomainName,
        since: Timestamp,
    ) -> Result<Vec<FetchFailure>, StoreError> {
        let statement = "SELECT id, failed_at FROM fetch_failures \
             WHERE domain = $1 AND failed_at BETWEEN $2 AND $3 AND octet_length(id) <= $4 \
             ORDER BY failed_at DESC, id LIMIT $5";
        let rows: Vec<(StoredText, i64)> = with_readers!(self.backend(), pool => {
            let query = sqlx::query_as(statement)
                .bind(domain.as_str())
                .bind(since.as_millisecond())
                .bind(last_time())
                .bind(bound(POLICY_ID_BYTES))
                .bind(i64::from(LISTED_FAILURES));
            self.run(query.fetch_all(pool)).await?
        });
        let failure = |(id, failed_at): (StoredText, i64)| -> Result<FetchFailure, String> {
            let (id, failed_at) = (row::id(&id)?, row::time(failed_at)?);
            Ok(FetchFailure { domain: domain.clone(), id, failed_at })
        };
        Ok(rows.into_iter().filter_map(|row| failure(row).ok()).collect())
    }

    /// Removes all failed fetches from before a time, some at a time, and says how many they were.
    ///
    /// # Errors
    /// If the database fails; some may be removed then.
    pub async fn remove_fetch_failures_before(&self, time: Timestamp) -> Result<u64, StoreError> {
        let statement = "DELETE FROM fetch_failures WHERE (domain, id) IN \
             (SELECT domain, id FROM fetch_failures WHERE failed_at < $1 ORDER BY failed_at LIMIT $2)";
        self.remove_before(statement, time).await
    }
}
