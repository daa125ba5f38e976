//! The sender: what is known, and who looks when something isn't.

use std::collections::{HashMap, HashSet};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use sigillo_formats::DomainName;
use sigillo_store::Store;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::NextHop;
use crate::cache::Cache;
use crate::cache::entry::{DaneKind, DanePart, Entry, Shared, StsPart, milliseconds};
use crate::clock::{Clock, Moment};
use crate::discovery::Purpose;
use crate::facts::{DaneLook, DaneOutcome};
use crate::failures::Failures;
use crate::flights::Flights;
use crate::keeping::Keeper;
use crate::limits::{
    AFTER_FAILURE, AFTER_FAILURE_REMEMBERED, LEAST_REMEMBERED, MOST_ABSENT, MOST_PRESENT, PATIENCE,
};
use crate::metrics::Metrics;
use crate::setup::{Numbered, Setup};

/// Finds out, remembers and tells which policy applies to a next hop. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Sender(pub(crate) Arc<Inner>);

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) cache: Cache,
    pub(crate) clock: Clock,
    pub(crate) keeper: Keeper,
    pub(crate) failures: Failures,
    pub(crate) metrics: Metrics,
    /// Whether everybody is told that there is no policy.
    pub(crate) dry_run: AtomicBool,
    /// Whether the program is about to end.
    pub(crate) stopping: AtomicBool,
    setup: RwLock<Arc<Numbered>>,
    generation: AtomicU32,
    /// Looks at policy domains, of which several next hops may have need.
    pub(crate) domains: Arc<Flights<StsPart>>,
    pub(crate) next_hops: Arc<Flights<Shared>>,
    at_once: RwLock<Arc<Semaphore>>,
    /// Next hops other than the domain itself, by policy domain.
    variants: Mutex<HashMap<Box<str>, HashSet<Box<str>>>>,
}

impl Sender {
    /// A sender that remembers nothing yet; [`run`](Self::run) has it remember what is stored.
    #[must_use]
    pub fn new(setup: Setup, store: Store, clock: Clock) -> Self {
        let settings = &setup.settings;
        Self(Arc::new(Inner {
            cache: Cache::new(settings.entries),
            clock,
            keeper: Keeper::new(store),
            failures: Failures::default(),
            metrics: Metrics::default(),
            dry_run: AtomicBool::new(settings.dry_run),
            stopping: AtomicBool::new(false),
            at_once: RwLock::new(Arc::new(Semaphore::new(settings.lookups_at_once))),
            setup: RwLock::new(Arc::new(Numbered { setup, generation: 0 })),
            generation: AtomicU32::new(0),
            domains: Flights::new(),
            next_hops: Flights::new(),
            variants: Mutex::new(HashMap::new()),
        }))
    }

    /// Goes on by another setup. What is remembered stays, and is decided about anew. The size of
    /// the cache stays as it is.
    pub fn reload(&self, setup: Setup) {
        let inner = &self.0;
        let settings = &setup.settings;
        inner.dry_run.store(settings.dry_run, Ordering::Relaxed);
        let at_once = Arc::new(Semaphore::new(settings.lookups_at_once));
        *inner.at_once.write().unwrap_or_else(PoisonError::into_inner) = at_once;
        let mut current = inner.setup.write().unwrap_or_else(PoisonError::into_inner);
        let generation = current.generation.wrapping_add(1);
        *current = Arc::new(Numbered { setup, generation });
        inner.generation.store(generation, Ordering::Release);
    }

    /// The entry of a next hop, looked up where it has to be. If that takes long and what is
    /// remembered still counts, that is given.
    pub(crate) async fn entry(&self, next_hop: &NextHop) -> Option<Shared> {
        loop {
            let entry = self.known_or_looked_up(next_hop).await?;
            // A look that began before a reload has decided by what was said then.
            if entry.generation() == self.0.generation() {
                return Some(entry);
            }
        }
    }

    async fn known_or_looked_up(&self, next_hop: &NextHop) -> Option<Shared> {
        let inner = &self.0;
        let key = next_hop.to_string();
        let now = inner.clock.now();
        let known = inner.cache.get(&key);
        if let Some(entry) = known.filter(|it| it.is_fresh(now, inner.generation())) {
            entry.touch(seconds(now));
            return Some(entry);
        }
        inner.metrics.missed();
        let looking = inner.next_hops.join(&key, || Arc::clone(inner).resolve(next_hop.clone()));
        let mut looking = pin!(looking);
        if let Ok(entry) = timeout(PATIENCE, &mut looking).await {
            return entry;
        }
        match inner.what_protects(next_hop) {
            None => looking.await,
            meanwhile => meanwhile,
        }
    }

    /// Looks at a next hop again before what is known about it gets old, while nobody waits.
    pub(crate) fn renew(&self, next_hop: NextHop) {
        let (inner, key) = (Arc::clone(&self.0), next_hop.to_string());
        tokio::spawn(async move {
            let flights = Arc::clone(&inner.next_hops);
            flights.join(&key, || inner.renewed(next_hop)).await;
        });
    }
}

impl Inner {
    pub(crate) fn setup(&self) -> Arc<Numbered> {
        Arc::clone(&self.setup.read().unwrap_or_else(PoisonError::into_inner))
    }

    #[inline]
    pub(crate) fn generation(&self) -> u32 {
        self.generation.load(Ordering::Acquire)
    }

    /// Waits until there is room for another look.
    pub(crate) async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        let at_once = Arc::clone(&self.at_once.read().unwrap_or_else(PoisonError::into_inner));
        // It is never closed.
        at_once.acquire_owned().await.ok()
    }

    /// What is known about a next hop, by the rules of now, if it holds mail to something.
    fn what_protects(&self, next_hop: &NextHop) -> Option<Shared> {
        let (setup, now) = (self.setup(), self.clock.now());
        let known = self.cache.get(&next_hop.to_string())?;
        let known = if known.generation() == setup.generation {
            known
        } else {
            Arc::new(known.under(setup.rules(next_hop.policy_domain()), now))
        };
        known.still_protects(now).then_some(known)
    }

    /// Whether what is known about something counts still, or is to be looked up.
    async fn resolve(self: Arc<Self>, next_hop: NextHop) -> Shared {
        let now = milliseconds(self.clock.now().running);
        self.look(next_hop, now).await
    }

    /// The same with what is about to end as if it had ended.
    async fn renewed(self: Arc<Self>, next_hop: NextHop) -> Shared {
        let soon = milliseconds(self.clock.now().running) + milliseconds(LEAST_REMEMBERED) / 2;
        self.look(next_hop, soon).await
    }

    /// Looks up what doesn't count beyond `until`, and decides.
    async fn look(self: Arc<Self>, next_hop: NextHop, until: u64) -> Shared {
        let setup = self.setup();
        let _turn = self.turn().await;
        let domain = next_hop.policy_domain();
        let rules = setup.rules(domain);
        let key = next_hop.to_string();
        let known = self.cache.with(domain.as_str(), |entry| entry.sts.clone());
        let known = known.unwrap_or(StsPart::NOTHING);
        let knows_sts = known.counts(self.clock.now(), until) || rules.rule.replaces_mta_sts();
        let sts = async {
            if knows_sts {
                return known;
            }
            let looked = self.look_at_domain(&setup, domain, Purpose::Lookup).await;
            looked.unwrap_or(known)
        };
        let dane = async {
            let known = self.cache.with(&key, |entry| entry.dane_under(rules));
            let known = known.unwrap_or(DanePart::NOTHING);
            let counts = known.until > until && known.outcome != DaneKind::NotAsked;
            if counts || rules.rule.skips_dane() {
                return known;
            }
            let look = setup.setup.network.dane(&next_hop).await;
            self.metrics.dane(&look.outcome);
            let part = dane_part(look, &known, self.clock.now());
            if !knows_sts {
                // Whoever has waited long enough for the policy is answered by what is known.
                self.keep(&setup, &next_hop, &StsPart::NOTHING, &part);
            }
            part
        };
        // In boxes: whoever awaits this would carry both about.
        let (sts, dane) = tokio::join!(Box::pin(sts), Box::pin(dane));
        self.settle(&setup, &next_hop, &sts, &dane)
    }

    /// Decides about a next hop, and remembers it.
    pub(crate) fn settle(
        &self,
        setup: &Numbered,
        next_hop: &NextHop,
        sts: &StsPart,
        dane: &DanePart,
    ) -> Shared {
        let entry = self.keep(setup, next_hop, sts, dane);
        let now = seconds(self.clock.now());
        entry.touch(now);
        if !next_hop.is_plain() {
            // The domain's policy is used, and to be refreshed.
            self.cache.with(next_hop.policy_domain().as_str(), |of_domain| of_domain.touch(now));
        }
        let level = entry.level().name();
        if self.dry_run.load(Ordering::Relaxed) {
            tracing::info!(%next_hop, level, "would be answered");
        } else {
            tracing::debug!(%next_hop, level, "decided");
        }
        entry
    }

    /// Writes what is known about a next hop. What is known about its domain is written by whoever
    /// looks at it, and is taken from there where it can be: it may be newer.
    fn keep(&self, setup: &Numbered, next_hop: &NextHop, sts: &StsPart, dane: &DanePart) -> Shared {
        let (domain, key) = (next_hop.policy_domain(), next_hop.to_string());
        let now = self.clock.now();
        let make = |sts: StsPart, current: Option<&Shared>| {
            let entry = Entry::new(sts, dane.clone(), setup.rules(domain), now);
            match current {
                Some(current) => entry.with_use_of(current),
                None => entry,
            }
        };
        if next_hop.is_plain() {
            let is_news = |current: &&Shared| current.sts != StsPart::NOTHING;
            return self.cache.update(&key, |current| {
                let sts = current.filter(is_news).map_or(sts, |current| &current.sts);
                make(sts.clone(), current)
            });
        }
        // Held until it is written, so that whoever looks at the domain finds it there.
        let mut variants = self.variants();
        variants.entry(domain.as_str().into()).or_default().insert(key.as_str().into());
        let of_domain = self.cache.with(domain.as_str(), |entry| entry.sts.clone());
        let sts = of_domain.unwrap_or_else(|| sts.clone());
        self.cache.update(&key, |current| make(sts.clone(), current))
    }

    /// Writes what is known about a policy domain where all its next hops find it.
    pub(crate) fn keep_domain(&self, setup: &Numbered, domain: &DomainName, part: &StsPart) {
        let now = self.clock.now();
        let rules = setup.rules(domain);
        let make = |current: Option<&Shared>| {
            let dane = current.map_or(DanePart::NOTHING, |current| current.dane_under(rules));
            let entry = Entry::new(part.clone(), dane, rules, now);
            match current {
                Some(current) => entry.with_use_of(current),
                None => entry,
            }
        };
        self.cache.update(domain.as_str(), make);
        if part.policy.is_some() && self.cache.with(domain.as_str(), |_| ()).is_none() {
            // There is no room: whoever asks next finds the policy in the store.
            self.keeper.set_complete(false);
        }
        if let Some(keys) = self.variants().get_mut(domain.as_str()) {
            keys.retain(|key| {
                let is_here = self.cache.with(key, |_| ()).is_some();
                if is_here {
                    self.cache.update(key, make);
                }
                is_here
            });
        }
    }

    pub(crate) fn variants(
        &self,
    ) -> std::sync::MutexGuard<'_, HashMap<Box<str>, HashSet<Box<str>>>> {
        self.variants.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a look at DANE comes to, after what was known before.
pub(crate) fn dane_part(look: DaneLook, before: &DanePart, now: Moment) -> DanePart {
    let at_most = |most| look.ttl.unwrap_or(LEAST_REMEMBERED).clamp(LEAST_REMEMBERED, most);
    let (outcome, lifetime, trouble) = match look.outcome {
        DaneOutcome::Off => (DaneKind::Off, MOST_PRESENT, None),
        DaneOutcome::None => (DaneKind::None, at_most(MOST_ABSENT), None),
        DaneOutcome::All => (DaneKind::All, at_most(MOST_PRESENT), None),
        DaneOutcome::Partial => (DaneKind::Partial, at_most(MOST_PRESENT), None),
        DaneOutcome::Unusable => (DaneKind::Unusable, at_most(MOST_PRESENT), None),
        DaneOutcome::MxFailed(reason) => (DaneKind::MxFailed, AFTER_FAILURE, Some(reason)),
        DaneOutcome::TlsaFailed(reason) => (DaneKind::TlsaFailed, AFTER_FAILURE, Some(reason)),
    };
    let failed = trouble.is_some();
    let was_all = before.before;
    let lifetime = if failed && was_all { AFTER_FAILURE_REMEMBERED } else { lifetime };
    DanePart {
        outcome,
        before: if failed { was_all } else { outcome == DaneKind::All },
        until: milliseconds(now.running + lifetime),
        trouble: trouble.map(Box::new),
    }
}

/// The time of day in Unix seconds.
pub(crate) fn seconds(now: Moment) -> u32 {
    u32::try_from(now.time.as_second()).unwrap_or_default()
}
