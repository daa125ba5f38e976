//! Policies that come from elsewhere than the network: the store, or a file that somebody imports;
//! and how they are forgotten.

use sigillo_formats::DomainName;
use sigillo_store::StoreError;
use sigillo_store::policies::StoredPolicy;

use crate::cache::entry::{DanePart, Entry, Shared, StsPart};
use crate::cache::policy::CachedPolicy;
use crate::cache::rules::Rules;
use crate::clock::Moment;
use crate::sender::Inner;
use crate::setup::Numbered;

/// How often to try to remove a policy that others renew meanwhile.
const TRIES: usize = 3;

impl Inner {
    /// Puts a policy into memory, unless a newer one is there or there is no room.
    pub(crate) fn remember(&self, setup: &Numbered, stored: &StoredPolicy, policy: &CachedPolicy) {
        let used = u32::try_from(stored.used_at.as_second()).unwrap_or_default();
        let rules = setup.rules(&stored.domain);
        let now = self.clock.now();
        self.cache.update(stored.domain.as_str(), |current| {
            with_policy(current, policy, used, rules, now)
        });
    }

    /// Has the other next hops of a policy domain decided about anew.
    pub(crate) fn forget_variants(&self, domain: &DomainName) {
        let variants = self.variants().remove(domain.as_str());
        for key in variants.iter().flatten() {
            self.cache.forget(key);
        }
        if variants.is_some() {
            tracing::debug!(%domain, "its other next hops are decided about anew");
        }
    }

    /// Forgets the policy of a domain and all that is known about it, in memory and in the store;
    /// says what there was.
    pub(crate) async fn purge(&self, domain: &DomainName) -> Result<Purged, StoreError> {
        // Or else it would bring back what is forgotten.
        self.next_hops.wait(domain.as_str()).await;
        self.domains.wait(domain.as_str()).await;
        let mut policy = None;
        for _ in 0..TRIES {
            let Some(stored) = self.keeper.store().policy(domain).await? else { break };
            policy = CachedPolicy::stored(&stored);
            if self.keeper.store().remove_policy(domain, stored.fetched_at).await? {
                break;
            }
        }
        self.keeper.forget(Some(domain));
        let entry = self.cache.forget(domain.as_str());
        self.forget_variants(domain);
        let known = entry.as_ref().and_then(|entry| entry.sts.policy.clone());
        Ok(Purged { was_known: entry.is_some() || policy.is_some(), policy: known.or(policy) })
    }

    /// Forgets everything, in memory and in the store; says how many policies the store had.
    pub(crate) async fn purge_all(&self) -> Result<u64, StoreError> {
        let removed = self.keeper.store().remove_all_policies().await?;
        self.keeper.forget(None);
        self.cache.clear();
        self.variants().clear();
        Ok(removed)
    }
}

/// What there was of a domain before it was purged.
#[derive(Debug)]
pub(crate) struct Purged {
    /// Whether anything was.
    pub(crate) was_known: bool,
    /// Its policy.
    pub(crate) policy: Option<CachedPolicy>,
}

impl Purged {
    /// Whether mail was held to a policy.
    pub(crate) fn protected_at(&self, now: Moment) -> bool {
        use sigillo_formats::policy::Mode;

        let enforces =
            |policy: &CachedPolicy| policy.mode() == Mode::Enforce && policy.lives_at(now.time);
        self.policy.as_ref().is_some_and(enforces)
    }
}

/// An entry with a policy from elsewhere, unless a newer one is there.
fn with_policy(
    current: Option<&Shared>,
    policy: &CachedPolicy,
    used: u32,
    rules: Rules<'_>,
    now: Moment,
) -> Entry {
    let Some(current) = current else {
        let sts = StsPart { policy: Some(policy.clone()), ..StsPart::NOTHING };
        return Entry::new(sts, DanePart::NOTHING, rules, now).with_saved_use(used);
    };
    let known = current.sts.policy.as_ref();
    let is_newer = known.is_none_or(|known| known.fetched_at() < policy.fetched_at());
    let sts = if is_newer {
        StsPart { policy: Some(policy.clone()), ..StsPart::NOTHING }
    } else {
        current.sts.clone()
    };
    Entry::new(sts, current.dane_under(rules), rules, now).with_use_of(current)
}
