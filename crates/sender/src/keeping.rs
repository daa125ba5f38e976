//! What is kept in the store: policies before the first answer that relies on them, the rest behind.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use sigillo_formats::DomainName;
use sigillo_store::policies::StoredPolicy;
use sigillo_store::{Store, StoreError};

use crate::reaching::Reach;

/// How many policies that could not be saved are kept to be saved later. Beyond that they are in
/// memory alone.
const UNSAVED: usize = 10_000;

/// How often to try to replace what others replace meanwhile.
const TRIES: usize = 3;

/// The store, and what it has yet to be told.
#[derive(Debug)]
pub(crate) struct Keeper {
    reach: Reach,
    unsaved: Mutex<HashMap<DomainName, StoredPolicy>>,
    /// Whether all that is in the store is in memory, and nobody else writes to it.
    complete: AtomicBool,
    failing: AtomicBool,
}

impl Keeper {
    pub(crate) fn new(store: Store) -> Self {
        Self {
            reach: Reach::new(store),
            unsaved: Mutex::new(HashMap::new()),
            complete: AtomicBool::new(false),
            failing: AtomicBool::new(false),
        }
    }

    pub(crate) const fn store(&self) -> &Store {
        self.reach.store()
    }

    /// Asks the store, if it is there.
    pub(crate) fn ask<T>(
        &self,
        question: impl Future<Output = Result<T, StoreError>>,
    ) -> impl Future<Output = Result<T, StoreError>> {
        self.reach.ask(question)
    }

    /// Whether nobody else is likely to write to the store: it is a file of this machine.
    pub(crate) fn is_ours(&self) -> bool {
        self.store().url().is_sqlite()
    }

    /// Whether the store has nothing that memory lacks.
    pub(crate) fn is_complete(&self) -> bool {
        self.complete.load(Ordering::Acquire)
    }

    /// Says that it has, or might have.
    pub(crate) fn set_complete(&self, complete: bool) {
        self.complete.store(complete, Ordering::Release);
    }

    /// Whether the store took what it was told last.
    pub(crate) fn is_failing(&self) -> bool {
        self.failing.load(Ordering::Relaxed) || self.reach.is_away()
    }

    /// How many policies wait to be saved.
    pub(crate) fn unsaved(&self) -> usize {
        self.lock().len()
    }

    /// The policy of a domain, as it was fetched; none also if what is stored can't be read.
    pub(crate) async fn policy(&self, domain: &DomainName) -> Option<StoredPolicy> {
        self.read(domain).await.ok().flatten()
    }

    /// The same; an error, of which the operator knows, says that there may be one.
    pub(crate) async fn read(
        &self,
        domain: &DomainName,
    ) -> Result<Option<StoredPolicy>, StoreError> {
        let unsaved = self.lock().get(domain).cloned();
        if unsaved.is_some() {
            return Ok(unsaved);
        }
        let policy = self.ask(self.store().policy(domain)).await;
        match &policy {
            // That is said once.
            Err(_) if self.reach.is_away() => {}
            Err(error) => {
                tracing::warn!(%domain, %error, "what is stored of a domain can't be read");
            }
            Ok(_) => {}
        }
        policy
    }

    /// Saves a policy: once this returns it is committed, or will be as soon as the store takes it.
    /// A policy that can't be saved protects mail all the same. `before` is when the one was fetched
    /// that it replaces, if there is one.
    pub(crate) async fn save(&self, policy: StoredPolicy, before: Option<Timestamp>) {
        match self.ask(self.put(&policy, before)).await {
            Ok(()) => {
                self.worked();
                self.lock().remove(&policy.domain);
            }
            Err(error) => {
                self.failed(&error);
                let mut unsaved = self.lock();
                if unsaved.len() < UNSAVED || unsaved.contains_key(&policy.domain) {
                    unsaved.insert(policy.domain.clone(), policy);
                }
            }
        }
    }

    /// Puts a policy into the store, unless somebody else has put a newer one there. What is stored
    /// is none if it was fetched in the future, and if it is what this program has replaced, or
    /// nobody else writes there: a clock was fast.
    async fn put(
        &self,
        policy: &StoredPolicy,
        before: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        // Others may be about to replace the same.
        for _ in 0..TRIES {
            if self.store().save_policy(policy).await? {
                return Ok(());
            }
            let Some(stored) = self.store().policy(&policy.domain).await? else { continue };
            let later = stored.fetched_at;
            let is_own = self.is_ours() || before == Some(later);
            let is_wrong = later.duration_since(policy.fetched_at) > SignedDuration::from_mins(5);
            if !is_own && !is_wrong || self.store().replace_policy(policy, later).await? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Tries again to save what could not be saved, if the store is there.
    pub(crate) async fn save_rest(&self) {
        if !self.reach.is_away() {
            self.save_rest_anyway().await;
        }
    }

    /// Tries again to save what could not be saved.
    pub(crate) async fn save_rest_anyway(&self) {
        let rest: Vec<StoredPolicy> = self.lock().values().take(1_000).cloned().collect();
        if rest.is_empty() {
            return;
        }
        match self.reach.ask_anyway(Box::pin(self.put_all(&rest))).await {
            Ok(()) => {
                self.worked();
                let mut unsaved = self.lock();
                for saved in rest {
                    if unsaved.get(&saved.domain) == Some(&saved) {
                        unsaved.remove(&saved.domain);
                    }
                }
            }
            Err(error) => self.failed(&error),
        }
    }

    async fn put_all(&self, policies: &[StoredPolicy]) -> Result<(), StoreError> {
        let saved = self.store().save_policies(policies).await?;
        if saved < policies.len() as u64 {
            for policy in policies {
                self.put(policy, None).await?;
            }
        }
        Ok(())
    }

    /// Forgets what waits to be saved of a domain, or of all.
    pub(crate) fn forget(&self, domain: Option<&DomainName>) {
        let mut unsaved = self.lock();
        match domain {
            Some(domain) => drop(unsaved.remove(domain)),
            None => unsaved.clear(),
        }
    }

    /// The policies that wait to be saved, in the order of their domains.
    pub(crate) fn all_unsaved(&self) -> Vec<StoredPolicy> {
        let mut all: Vec<StoredPolicy> = self.lock().values().cloned().collect();
        all.sort_by(|one, other| one.domain.cmp(&other.domain));
        all
    }

    /// Says once that the store fails. That it is away has been said.
    pub(crate) fn failed(&self, error: &StoreError) {
        if !self.reach.is_away() && !self.failing.swap(true, Ordering::Relaxed) {
            tracing::error!(%error, "policies can't be saved, and would be lost if the program ended");
        }
    }

    fn worked(&self) {
        if self.failing.swap(false, Ordering::Relaxed) {
            tracing::info!("policies can be saved again");
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DomainName, StoredPolicy>> {
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
