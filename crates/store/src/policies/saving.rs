//! Policies are saved as they are fetched, and removed when they are of no more use.

use std::collections::BTreeMap;
use std::slice;

use jiff::Timestamp;
use sigillo_formats::DomainName;
use sigillo_formats::limits::POLICY_BYTES;
use sigillo_formats::mta_sts_record::PolicyId;
use sqlx::QueryBuilder;

use super::StoredPolicy;
use super::row::last_time;
use crate::limits::{POLICIES_AT_A_TIME, REMOVED_AT_A_TIME};
use crate::{Store, StoreError};

/// `$3` is [`last_time`].
const USED: &str = "UPDATE policies SET used_at = $2 \
     WHERE domain = $1 AND (used_at < $2 OR used_at > $3)";

impl Store {
    /// Saves a policy in the place of what is stored of its domain, unless that was fetched later.
    /// `used_at` becomes the later one in either case.
    ///
    /// Says whether what is stored now is this policy. What was fetched later can also come from a
    /// program whose clock is wrong: [`policy`](Self::policy) tells, and
    /// [`replace_policy`](Self::replace_policy) replaces it. When this returns it is on the disk.
    ///
    /// # Errors
    /// If it is larger than a policy may be, or the database fails.
    pub async fn save_policy(&self, policy: &StoredPolicy) -> Result<bool, StoreError> {
        Ok(self.save_policies(slice::from_ref(policy)).await? > 0)
    }

    /// Saves policies as [`save_policy`](Self::save_policy) does, [`POLICIES_AT_A_TIME`] in one
    /// transaction, and says of how many domains what is stored now is given here.
    ///
    /// # Errors
    /// If one is larger than a policy may be: then none is saved. If the database fails: then some
    /// may be saved.
    pub async fn save_policies(&self, policies: &[StoredPolicy]) -> Result<u64, StoreError> {
        if policies.iter().any(|policy| policy.text.len() > POLICY_BYTES) {
            return Err(StoreError::TooLarge { what: "the policy file", limit: POLICY_BYTES });
        }
        let mut saved = 0;
        for batch in policies.chunks(POLICIES_AT_A_TIME as usize) {
            saved += self.save_batch(&latest(batch)).await?;
        }
        Ok(saved)
    }

    /// Saves a policy in the place of the one that was fetched then, though that be later, and says
    /// whether that was still stored: it came from a clock that was fast. At no moment is there
    /// none.
    ///
    /// # Errors
    /// If it is larger than a policy may be, or the database fails.
    pub async fn replace_policy(
        &self,
        policy: &StoredPolicy,
        fetched_at: Timestamp,
    ) -> Result<bool, StoreError> {
        if policy.text.len() > POLICY_BYTES {
            return Err(StoreError::TooLarge { what: "the policy file", limit: POLICY_BYTES });
        }
        let statement = "UPDATE policies SET id = $3, text = $4, fetched_at = $5, \
             expires_at = $6, used_at = $7 WHERE domain = $1 AND fetched_at = $2";
        let replaced = with_writer!(self.backend(), pool => {
            let query = sqlx::query(statement)
                .bind(policy.domain.as_str())
                .bind(fetched_at.as_millisecond())
                .bind(policy.id.as_ref().map(PolicyId::as_str))
                .bind(policy.text.as_slice())
                .bind(policy.fetched_at.as_millisecond())
                .bind(policy.expires_at.as_millisecond())
                .bind(policy.used_at.as_millisecond());
            self.run(query.execute(pool)).await?.rows_affected()
        });
        Ok(replaced > 0)
    }

    /// Saves policies of different domains, which are in order, in one transaction.
    async fn save_batch(&self, policies: &[&StoredPolicy]) -> Result<u64, StoreError> {
        with_writer!(self.backend(), pool => self.run(async {
            let mut transaction = pool.begin().await?;
            let mut statement = QueryBuilder::new(
                "INSERT INTO policies (domain, id, text, fetched_at, expires_at, used_at) ",
            );
            statement.push_values(policies, |mut row, policy| {
                row.push_bind(policy.domain.as_str())
                    .push_bind(policy.id.as_ref().map(PolicyId::as_str))
                    .push_bind(policy.text.as_slice())
                    .push_bind(policy.fetched_at.as_millisecond())
                    .push_bind(policy.expires_at.as_millisecond())
                    .push_bind(policy.used_at.as_millisecond());
            });
            statement.push(
                " ON CONFLICT (domain) DO UPDATE SET id = excluded.id, text = excluded.text, \
                 fetched_at = excluded.fetched_at, expires_at = excluded.expires_at, \
                 used_at = CASE WHEN policies.used_at BETWEEN excluded.used_at AND ",
            );
            statement.push_bind(last_time()).push(
                " THEN policies.used_at ELSE excluded.used_at END \
                 WHERE policies.fetched_at <= excluded.fetched_at OR policies.fetched_at > ",
            );
            let saved = statement.push_bind(last_time()).build().execute(&mut *transaction).await?;
            let saved = saved.rows_affected();
            if saved < policies.len() as u64 {
                for policy in policies {
                    let used_at = policy.used_at.as_millisecond();
                    let query = sqlx::query(USED).bind(policy.domain.as_str()).bind(used_at);
                    query.bind(last_time()).execute(&mut *transaction).await?;
                }
            }
            transaction.commit().await?;
            Ok(saved)
        }).await)
    }

    /// Keeps when policies were last asked for, where that is later than what is stored;
    /// [`POLICIES_AT_A_TIME`] in one transaction. What has no policy is passed over.
    ///
    /// # Errors
    /// If the database fails; some may be kept then.
    pub async fn policies_used(&self, used: &[(DomainName, Timestamp)]) -> Result<(), StoreError> {
        for batch in used.chunks(POLICIES_AT_A_TIME as usize) {
            // In order, so that of two programs none holds what the other waits for.
            let mut batch: Vec<_> = batch.iter().collect();
            batch.sort_unstable();
            with_writer!(self.backend(), pool => self.run(async {
                let mut transaction = pool.begin().await?;
                for (domain, used_at) in batch {
                    let query = sqlx::query(USED).bind(domain.as_str());
                    let query = query.bind(used_at.as_millisecond()).bind(last_time());
                    query.execute(&mut *transaction).await?;
                }
                transaction.commit().await
            }).await)?;
        }
        Ok(())
    }

    /// Removes the policy of a domain if it is still the one that was fetched then, and says
    /// whether it was.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn remove_policy(
        &self,
        domain: &DomainName,
        fetched_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let statement = "DELETE FROM policies WHERE domain = $1 AND fetched_at = $2";
        let removed = with_writer!(self.backend(), pool => {
            let query = sqlx::query(statement)
                .bind(domain.as_str())
                .bind(fetched_at.as_millisecond());
            self.run(query.execute(pool)).await?.rows_affected()
        });
        Ok(removed > 0)
    }
}

impl Store {
    /// Removes the policies of all domains, some at a time, and says how many they were.
    ///
    /// # Errors
    /// If the database fails; some may be removed then.
    pub async fn remove_all_policies(&self) -> Result<u64, StoreError> {
        let statement =
            "DELETE FROM policies WHERE domain IN (SELECT domain FROM policies LIMIT $1)";
        let mut removed = 0;
        loop {
            let some = with_writer!(self.backend(), pool => {
                let query = sqlx::query(statement).bind(i64::from(REMOVED_AT_A_TIME));
                self.run(query.execute(pool)).await?.rows_affected()
            });
            removed += some;
            if some == 0 {
                return Ok(removed);
            }
        }
    }
}

/// The one that was fetched last of each domain, in the order of the domains: PostgreSQL doesn't
/// change a row twice in one statement, and of two programs that write none holds what the other
/// waits for.
fn latest(policies: &[StoredPolicy]) -> Vec<&StoredPolicy> {
    let mut latest: BTreeMap<&DomainName, &StoredPolicy> = BTreeMap::new();
    for policy in policies {
        let kept = latest.entry(&policy.domain).or_insert(policy);
        if policy.fetched_at >= kept.fetched_at {
            *kept = policy;
        }
    }
    latest.into_values().collect()
}
