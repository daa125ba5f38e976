//! Results of live checks: what a permalink shows, and what a later check is compared with.

mod id;
mod packed;

pub use id::{ResultId, ResultIdError};
use jiff::Timestamp;
use sigillo_check::{Observation, Verdict};
use sigillo_formats::DomainName;

use crate::limits::{LISTED_RESULTS, PACKED_BYTES};
use crate::{Store, StoreError};

/// The result of a live check.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedResult {
    /// Its id, drawn at random.
    pub id: ResultId,
    /// When the domain was looked at, kept to the millisecond.
    pub looked_at: Timestamp,
    /// What it came to then; later rules may judge the observation otherwise.
    pub verdict: Verdict,
    /// What was seen; it names the domain. Texts in it come from the network.
    pub observation: Observation,
}

/// A result in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedResult {
    /// Its id.
    pub id: ResultId,
    /// When the domain was looked at.
    pub looked_at: Timestamp,
    /// What it came to then.
    pub verdict: Verdict,
}

impl Store {
    /// Saves a result.
    ///
    /// # Errors
    /// If its observation is too large ([`OBSERVATION_BYTES`](crate::limits::OBSERVATION_BYTES),
    /// [`PACKED_BYTES`]), its id has been used before, or the database fails.
    pub async fn save_result(&self, result: &SavedResult) -> Result<(), StoreError> {
        let packed = packed::pack(&result.observation)?;
        let statement = "INSERT INTO results (id, domain, looked_at, verdict, observation) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING";
        let saved = with_writer!(self.backend(), pool => {
            let query = sqlx::query(statement)
                .bind(result.id.to_string())
                .bind(result.observation.domain.as_str())
                .bind(result.looked_at.as_millisecond())
                .bind(result.verdict.name())
                .bind(packed);
            self.run(query.execute(pool)).await?.rows_affected()
        });
        if saved == 0 { Err(StoreError::IdTaken(result.id)) } else { Ok(()) }
    }

    /// The result of this id, if there is one.
    ///
    /// # Errors
    /// If what is stored can't be read, or the database fails.
    pub async fn result(&self, id: ResultId) -> Result<Option<SavedResult>, StoreError> {
        // What is too large isn't fetched at all.
        let limit = i64::try_from(PACKED_BYTES).unwrap_or(i64::MAX);
        let statement = "SELECT looked_at, verdict, \
             CASE WHEN length(observation) <= $2 THEN observation END FROM results WHERE id = $1";
        let row: Option<(i64, String, Option<Vec<u8>>)> = with_readers!(self.backend(), pool => {
            let query = sqlx::query_as(statement).bind(id.to_string()).bind(limit);
            self.run(query.fetch_optional(pool)).await?
        });
        let Some((looked_at, verdict, packed)) = row else { return Ok(None) };
        let ListedResult { id, looked_at, verdict } = listed(id, looked_at, &verdict)?;
        let packed = packed.ok_or_else(|| format!("it has more than {PACKED_BYTES} bytes packed"));
        let observation = packed
            .and_then(|packed| packed::unpack(&packed))
            .map_err(|reason| unreadable(&id, reason))?;
        Ok(Some(SavedResult { id, looked_at, verdict, observation }))
    }

    /// The results of a domain from before a time, the latest first:
    /// [`LISTED_RESULTS`] at most.
    ///
    /// # Errors
    /// If what is stored can't be read, or the database fails.
    pub async fn earlier_results(
        &self,
        domain: &DomainName,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<ListedResult>, StoreError> {
        let statement = "SELECT id, looked_at, verdict FROM results \
             WHERE domain = $1 AND looked_at < $2 ORDER BY looked_at DESC, id LIMIT $3";
        let rows: Vec<(String, i64, String)> = with_readers!(self.backend(), pool => {
            let query = sqlx::query_as(statement)
                .bind(domain.as_str())
                .bind(before.as_millisecond())
                .bind(i64::from(limit.min(LISTED_RESULTS)));
            self.run(query.fetch_all(pool)).await?
        });
        rows.iter()
            .map(|(id, looked_at, verdict)| {
                let read = ResultId::parse(id).map_err(|error| unreadable(&id, error.to_string()));
                listed(read?, *looked_at, verdict)
            })
            .collect()
    }

    /// Removes all results from before a time, some at a time, and says how many they were.
    ///
    /// # Errors
    /// If the database fails; some may be removed then.
    pub async fn remove_results_before(&self, time: Timestamp) -> Result<u64, StoreError> {
        let statement = "DELETE FROM results WHERE id IN \
             (SELECT id FROM results WHERE looked_at < $1 ORDER BY looked_at LIMIT $2)";
        self.remove_before(statement, time).await
    }

    /// How many results there are.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn count_results(&self) -> Result<u64, StoreError> {
        let count: i64 = with_readers!(self.backend(), pool => {
            self.run(sqlx::query_scalar("SELECT count(*) FROM results").fetch_one(pool)).await?
        });
        Ok(count.try_into().unwrap_or_default())
    }
}

/// What all readers of a row check.
fn listed(id: ResultId, looked_at: i64, verdict: &str) -> Result<ListedResult, StoreError> {
    let looked_at = Timestamp::from_millisecond(looked_at)
        .map_err(|error| unreadable(&id, error.to_string()))?;
    let verdict = Verdict::ALL
        .into_iter()
        .find(|known| known.name() == verdict)
        .ok_or_else(|| unreadable(&id, "this version doesn't know its verdict".to_owned()))?;
    Ok(ListedResult { id, looked_at, verdict })
}

fn unreadable(id: &impl std::fmt::Display, reason: String) -> StoreError {
    StoreError::Unreadable { what: format!("the result {id}"), reason }
}
