//! Discovery of the policy of a domain (RFC 8461 §3.3, §5.1, §10.2).

use std::sync::Arc;
use std::time::Duration;

use sigillo_formats::DomainName;
use sigillo_formats::mta_sts_record::PolicyId;
use sigillo_formats::policy::Mode;
use sigillo_store::policies::{FetchFailure as StoredFailure, StoredPolicy};

use crate::cache::entry::{RecordPart, StsPart, Trouble, milliseconds};
use crate::cache::policy::CachedPolicy;
use crate::clock::Moment;
use crate::facts::{FailureKind, FetchFailure, FetchedPolicy, RecordOutcome};
use crate::failures::BackOff;
use crate::limits::{
    AFTER_FAILURE, AFTER_FAILURE_REMEMBERED, BACK_OFF, LEAST_REMEMBERED, MOST_ABSENT, MOST_PRESENT,
};
use crate::sender::Inner;
use crate::setup::Numbered;

/// Why a policy domain is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Mail is about to be sent.
    Lookup,
    /// Its policy is old, and is fetched again whatever the DNS says, unless others have.
    Refresh,
    /// The operator wants to know what is published now.
    Demand,
}

impl Inner {
    /// Looks at a policy domain, unless somebody does already, and keeps what is found.
    pub(crate) async fn look_at_domain(
        self: &Arc<Self>,
        setup: &Arc<Numbered>,
        domain: &DomainName,
        purpose: Purpose,
    ) -> Option<StsPart> {
        let begin = || Arc::clone(self).find_and_keep(Arc::clone(setup), domain.clone(), purpose);
        self.domains.join(domain.as_str(), begin).await
    }

    /// Looks at a policy domain because the operator wants to know what it publishes now: after
    /// whoever looks already, and fetching its policy whatever the DNS says.
    pub(crate) async fn look_at_domain_anew(
        self: &Arc<Self>,
        setup: &Arc<Numbered>,
        domain: &DomainName,
    ) -> Option<StsPart> {
        let (inner, setup) = (Arc::clone(self), Arc::clone(setup));
        let begin = || inner.find_and_keep(setup, domain.clone(), Purpose::Demand);
        self.domains.begin_after(domain.as_str(), begin).await
    }

    async fn find_and_keep(
        self: Arc<Self>,
        setup: Arc<Numbered>,
        domain: DomainName,
        purpose: Purpose,
    ) -> StsPart {
        let mut part = self.discover(&setup, &domain, purpose).await;
        let now = self.clock.now().time;
        part.lived = part.policy.as_ref().is_some_and(|policy| policy.lives_at(now));
        // They may have been reloaded since the look began.
        self.keep_domain(&self.setup(), &domain, &part);
        part
    }

    async fn discover(&self, setup: &Numbered, domain: &DomainName, purpose: Purpose) -> StsPart {
        // Seen before and after, since memory comes to have all, and to lack some, at any time.
        let was_complete = self.keeper.is_complete();
        let known = self.cache.with(domain.as_str(), |entry| entry.sts.policy.clone()).flatten();
        let is_complete = was_complete && self.keeper.is_complete();
        let record = setup.setup.network.record(domain).await;
        self.metrics.record(&record.outcome);
        let now = self.clock.now();
        let pinned = setup.rules(domain).rule.is_pinned();
        let is_current = |policy: &CachedPolicy| match &record.outcome {
            RecordOutcome::Id(id) => policy.is_of(id) && policy.lives_at(now.time),
            _ => false,
        };
        let is_enough = purpose == Purpose::Lookup && known.as_ref().is_some_and(is_current);
        let Known { policy, is_news, is_all } = if is_enough || is_complete {
            Known { policy: known, is_news: false, is_all: true }
        } else {
            self.with_those_of_others(domain, known, pinned, now).await
        };
        let lives = policy.as_ref().is_some_and(|policy| pinned || policy.lives_at(now.time));
        let until = |lifetime: Duration| milliseconds(now.running + lifetime);
        let at_most = |most| match record.ttl {
            Some(ttl) if is_all || lives => ttl.clamp(LEAST_REMEMBERED, most),
            _ => LEAST_REMEMBERED,
        };
        let refreshes = lives
            && match purpose {
                Purpose::Lookup => false,
                Purpose::Refresh => !is_news,
                Purpose::Demand => true,
            };
        let (record, until, trouble): (RecordPart, u64, Trouble) = match record.outcome {
            RecordOutcome::Id(id) => {
                let is_known = policy.as_ref().is_some_and(|policy| {
                    policy.is_of(&id) && policy.lives_at(now.time) && !refreshes
                });
                let until = until(at_most(MOST_PRESENT));
                if !is_known {
                    return self.fetch(setup, domain, Some(&id), policy, until, purpose).await;
                }
                (RecordPart::Current, until, None)
            }
            RecordOutcome::Absent | RecordOutcome::Unusable if !refreshes => {
                (RecordPart::Absent, until(at_most(MOST_ABSENT)), None)
            }
            RecordOutcome::Failed(reason) if !refreshes => {
                let lifetime = if lives { AFTER_FAILURE_REMEMBERED } else { AFTER_FAILURE };
                (RecordPart::Unknown, until(lifetime), Some(Box::new(reason)))
            }
            // The policy host may have what the DNS doesn't tell (RFC 8461 §3.3).
            RecordOutcome::Absent | RecordOutcome::Unusable | RecordOutcome::Failed(_) => {
                let id = policy.as_ref().and_then(|policy| PolicyId::parse(policy.id()?).ok());
                let until = until(at_most(MOST_ABSENT));
                return self.fetch(setup, domain, id.as_ref(), policy, until, purpose).await;
            }
        };
        StsPart { policy, record, until, lived: false, trouble }
    }

    /// Fetches the policy, if it may be fetched now. Whatever comes of it, one that still counts
    /// stays until there is another.
    async fn fetch(
        &self,
        setup: &Numbered,
        domain: &DomainName,
        id: Option<&PolicyId>,
        policy: Option<CachedPolicy>,
        until: u64,
        purpose: Purpose,
    ) -> StsPart {
        if let Some(back_off) = self.back_off(domain, id).await {
            // What it comes from is known if this program has tried.
            let record = RecordPart::Unfetched(back_off.kind);
            let trouble = self.cache.with(domain.as_str(), |entry| {
                entry.sts.trouble.clone().filter(|_| entry.sts.record == record)
            });
            return unfetched(policy, back_off, until, trouble.flatten());
        }
        let fetched = setup.setup.network.policy(domain, self.clock.now().time).await;
        let now = self.clock.now();
        let outcome = fetched.as_ref().map(|it| it.policy.mode()).map_err(|it| it.kind);
        self.metrics.fetched(purpose, outcome);
        match fetched {
            Ok(fetched) => {
                // It may have been pinned meanwhile.
                let pinned = self.setup().rules(domain).rule.is_pinned();
                let mode = fetched.policy.mode();
                if policy.as_ref().is_some_and(|it| is_weaker_than_pinned(it, mode, pinned)) {
                    // As if it could not be had: it would be fetched again at once for ever.
                    let reason = format!("a pinned policy is not replaced by one in mode {mode}");
                    tracing::warn!(%domain, %mode, "a pinned policy is not replaced by a weaker one");
                    let back_off = self.leave_alone(domain, id, FailureKind::Invalid, now).await;
                    return unfetched(policy, back_off, until, Some(Box::new(reason)));
                }
                let policy = self.take(domain, id, policy.as_ref(), &fetched, now).await;
                StsPart {
                    policy: Some(policy),
                    record: RecordPart::Current,
                    until,
                    lived: false,
                    trouble: None,
                }
            }
            Err(failure) => {
                let back_off = self.failed(domain, id, policy.as_ref(), &failure, now).await;
                unfetched(policy, back_off, until, Some(Box::new(failure.reason)))
            }
        }
    }

    /// Keeps a policy that was fetched: in the store before anybody relies on it.
    async fn take(
        &self,
        domain: &DomainName,
        id: Option<&PolicyId>,
        before: Option<&CachedPolicy>,
        fetched: &FetchedPolicy,
        now: Moment,
    ) -> CachedPolicy {
        let new = CachedPolicy::new(&fetched.policy, id, now.time);
        let replaced = before.map(CachedPolicy::fetched_at);
        let replaced = replaced.and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
        let stored = StoredPolicy {
            domain: domain.clone(),
            id: id.cloned(),
            text: fetched.text.to_vec(),
            fetched_at: now.time,
            expires_at: jiff::Timestamp::from_millisecond(new.expires_at())
                .unwrap_or(jiff::Timestamp::MAX),
            used_at: self.used_at(domain, now),
        };
        self.keeper.save(stored, replaced).await;
        tracing::info!(%domain, mode = %new.mode(), id = id.map(PolicyId::as_str), "a policy was fetched");
        new
    }

    /// When the domain was last asked for; now, if nobody has before.
    fn used_at(&self, domain: &DomainName, now: Moment) -> jiff::Timestamp {
        let used = self.cache.with(domain.as_str(), |entry| entry.used_at()).filter(|&it| it > 0);
        used.and_then(|used| jiff::Timestamp::from_second(used.into()).ok()).unwrap_or(now.time)
    }

    /// Whether a policy of this id could not be had less than five minutes ago: by this program,
    /// before its start, or by others that share its store.
    async fn back_off(&self, domain: &DomainName, id: Option<&PolicyId>) -> Option<BackOff> {
        let now = self.clock.now();
        let name = id.map_or("", PolicyId::as_str);
        if let Some(back_off) = self.failures.back_off(domain, name, now) {
            return Some(back_off);
        }
        let stored = self.keeper.store().fetch_failures(domain, now.time - BACK_OFF);
        let stored = self.keeper.ask(stored).await;
        for failure in stored.unwrap_or_default() {
            self.failures.learn(domain, failure.id.as_str(), failure.failed_at, now);
        }
        self.failures.back_off(domain, name, now)
    }

    /// What is known, or what others who share the store have fetched later. What one of them knows
    /// weakens no other's answer by being out of its sight.
    async fn with_those_of_others(
        &self,
        domain: &DomainName,
        known: Option<CachedPolicy>,
        pinned: bool,
        now: Moment,
    ) -> Known {
        let read = self.keeper.read(domain).await;
        let is_all = read.is_ok();
        let stored = read.ok().flatten().and_then(|stored| CachedPolicy::stored(&stored));
        let news = stored.filter(|stored| {
            known.as_ref().is_none_or(|known| {
                stored.fetched_at() > known.fetched_at()
                    && (stored.lives_at(now.time) || !known.lives_at(now.time))
                    && !is_weaker_than_pinned(known, stored.mode(), pinned)
            })
        });
        let is_news = news.is_some();
        Known { policy: news.or(known), is_news, is_all }
    }

    /// Remembers that a policy could not be had, and tells the operator, who need not care where
    /// the domain doesn't want a policy (RFC 8461 §3.3).
    async fn failed(
        &self,
        domain: &DomainName,
        id: Option<&PolicyId>,
        policy: Option<&CachedPolicy>,
        failure: &FetchFailure,
        now: Moment,
    ) -> BackOff {
        let (reason, kind) = (&failure.reason, failure.kind.result_type());
        match policy {
            Some(policy) if policy.mode() == Mode::None => {
                tracing::debug!(%domain, kind, reason, "a policy in mode none can't be refreshed");
            }
            Some(policy) if policy.lives_at(now.time) => {
                tracing::warn!(%domain, kind, reason, "a policy can't be fetched, the one before still counts");
            }
            _ => tracing::info!(%domain, kind, reason, "a policy can't be fetched, there is none"),
        }
        self.leave_alone(domain, id, failure.kind, now).await
    }

    /// Remembers not to fetch a policy again too soon.
    async fn leave_alone(
        &self,
        domain: &DomainName,
        id: Option<&PolicyId>,
        kind: FailureKind,
        now: Moment,
    ) -> BackOff {
        if let Some(id) = id {
            let stored =
                StoredFailure { domain: domain.clone(), id: id.clone(), failed_at: now.time };
            let saving = self.keeper.store().save_fetch_failure(&stored);
            if let Err(error) = self.keeper.ask(saving).await {
                self.keeper.failed(&error);
            }
        }
        let id = id.map_or("", PolicyId::as_str);
        self.failures.add(domain, id, kind, now)
    }
}

/// What is known of a domain's policy before anybody asks its policy host.
struct Known {
    policy: Option<CachedPolicy>,
    /// Whether others have fetched it, after the one that was in memory.
    is_news: bool,
    /// Whether the store could be read, so that it has no other.
    is_all: bool,
}

/// Whether the operator wants to keep a policy rather than one in this mode.
fn is_weaker_than_pinned(before: &CachedPolicy, mode: Mode, pinned: bool) -> bool {
    pinned && before.mode() == Mode::Enforce && mode != Mode::Enforce
}

fn unfetched(
    policy: Option<CachedPolicy>,
    back_off: BackOff,
    until: u64,
    trouble: Trouble,
) -> StsPart {
    let record = RecordPart::Unfetched(back_off.kind);
    StsPart { policy, record, until: until.min(back_off.until), lived: false, trouble }
}
