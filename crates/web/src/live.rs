//! Live checks for everybody: one look at a domain at a time, shown to all who ask for it, and no more looks than this
//! machine and the rest of the world can bear.

mod allowance;
mod keeping;
mod run;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use allowance::Allowance;
pub use allowance::Quota;
use jiff::Timestamp;
pub(crate) use run::{Ended, Run};
use sigillo_check::observation::{DnsLook, DnsOutcome, MxRecord, Security};
use sigillo_check::{Judgement, Observation};
use sigillo_formats::DomainName;
use sigillo_probe::{Prober, ProgressSender};
use sigillo_store::results::{ListedResult, ResultId, SavedResult};
use sigillo_store::{Store, StoreError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::metrics;
use crate::request::client::ClientNetwork;

/// How long somebody waits for the answer to a single question.
const QUESTION_TIME: Duration = Duration::from_secs(8);

/// How many earlier results of a domain are offered for comparison.
const EARLIER_RESULTS: u32 = 10;

/// After how long it is worth asking again when all places are taken.
const FULL: Duration = Duration::from_secs(10);

/// What live checks may cost, and how long their results are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSettings {
    /// How many domains are looked at at a time.
    pub at_once: usize,
    /// How many looks a client may ask for. A client is an IPv4 address or an IPv6 network of 56 bits.
    pub per_client: Quota,
    /// How many looks all clients together may ask for.
    pub overall: Quota,
    /// How many single questions to the DNS a client may ask for.
    pub questions_per_client: Quota,
    /// How many single questions to the DNS all clients together may ask for.
    pub questions_overall: Quota,
    /// For how long a result is given again instead of another look.
    pub fresh_for: Duration,
    /// For how long results are kept.
    pub kept_for: Duration,
}

impl Default for LiveSettings {
    /// 16 domains at a time; 20 looks of a client at once and 4 a minute after that; 300 of all at once and 120
    /// a minute after that; 30 and 10, and 600 and 300 single questions; fresh for a minute, kept for 90 days.
    fn default() -> Self {
        Self {
            at_once: 16,
            per_client: Quota { burst: 20, per_minute: 4 },
            overall: Quota { burst: 300, per_minute: 120 },
            questions_per_client: Quota { burst: 30, per_minute: 10 },
            questions_overall: Quota { burst: 600, per_minute: 300 },
            fresh_for: Duration::from_mins(1),
            kept_for: Duration::from_hours(90 * 24),
        }
    }
}

/// Where the time of day and numbers that nobody can guess come from.
#[derive(Debug, Clone, Copy)]
pub struct Sources {
    /// The time of day.
    pub now: fn() -> Timestamp,
    /// A random number, from a generator for secrets.
    pub random: fn() -> u128,
}

/// Live checks. Cheap to clone.
#[derive(Clone)]
pub struct LiveChecks(Arc<Parts>);

struct Parts {
    prober: Prober,
    store: Store,
    settings: LiveSettings,
    sources: Sources,
    slots: Arc<Semaphore>,
    allowance: Allowance,
    questions: Allowance,
    recent: Arc<Mutex<Recent>>,
}

/// Looks that are under way or not long over.
#[derive(Default)]
struct Recent {
    by_domain: HashMap<DomainName, Arc<Run>>,
    by_id: HashMap<ResultId, Arc<Run>>,
}

/// Why no look is begun now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Busy {
    /// Whether it is this client that asked too often; else everybody did.
    pub(crate) is_clients: bool,
    /// After how long it is worth asking again.
    pub(crate) retry_after: Duration,
}

impl Busy {
    /// After how many whole seconds it is worth asking again.
    pub(crate) fn seconds(self) -> u64 {
        self.retry_after.as_secs() + u64::from(self.retry_after.subsec_nanos() > 0)
    }
}

/// What there is under an id.
pub(crate) enum Found {
    /// A look that is under way.
    UnderWay(Arc<Run>),
    /// A result.
    Result(Arc<SavedResult>),
    /// Nothing, or nothing any more.
    Nothing,
}

impl LiveChecks {
    /// Live checks by means of `prober`, kept in `store`.
    #[must_use]
    pub fn new(prober: Prober, store: Store, settings: LiveSettings, sources: Sources) -> Self {
        Self(Arc::new(Parts {
            slots: Arc::new(Semaphore::new(settings.at_once)),
            allowance: Allowance::new(settings.per_client, settings.overall),
            questions: Allowance::new(settings.questions_per_client, settings.questions_overall),
            recent: Arc::default(),
            prober,
            store,
            settings,
            sources,
        }))
    }

    /// The same by other means and settings: looks under way and what clients have asked for stay
    /// known.
    #[must_use]
    pub fn renewed(&self, prober: Prober, settings: LiveSettings) -> Self {
        let Parts { store, sources, allowance, questions, recent, .. } = &*self.0;
        Self(Arc::new(Parts {
            slots: Arc::new(Semaphore::new(settings.at_once)),
            allowance: allowance.renewed(settings.per_client, settings.overall),
            questions: questions.renewed(settings.questions_per_client, settings.questions_overall),
            recent: Arc::clone(recent),
            prober,
            store: store.clone(),
            settings,
            sources: *sources,
        }))
    }

    /// For how many whole days results are kept.
    pub(crate) fn days_kept(&self) -> u64 {
        self.0.settings.kept_for.as_secs() / (24 * 60 * 60)
    }

    /// Where results are kept.
    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    /// The time of day.
    pub(crate) fn now(&self) -> Timestamp {
        (self.0.sources.now)()
    }

    /// Asks for the MX hosts of a domain, and for nothing else.
    ///
    /// # Errors
    /// If there have been too many such questions.
    pub(crate) async fn mx(
        &self,
        domain: &DomainName,
        client: ClientNetwork,
    ) -> Result<DnsLook<MxRecord>, Busy> {
        self.0.questions.take(client, Instant::now())?;
        let question = self.0.prober.mx(domain);
        let in_time = tokio::time::timeout(QUESTION_TIME, question).await;
        Ok(in_time.unwrap_or_else(|_| DnsLook {
            name: domain.to_string(),
            kind: "MX".to_owned(),
            outcome: DnsOutcome::Timeout,
            reason: None,
            records: Vec::new(),
            security: Security::Unchecked,
            aliases: Vec::new(),
            ttl: None,
            elapsed_ms: QUESTION_TIME.as_millis().try_into().unwrap_or(u64::MAX),
        }))
    }

    /// Begins a look at a domain, or joins one that is under way or not long over.
    ///
    /// # Errors
    /// If there have been too many looks.
    pub(crate) fn begin(
        &self,
        domain: &DomainName,
        client: ClientNetwork,
    ) -> Result<Arc<Run>, Busy> {
        let mut recent = self.recent();
        recent.forget_older_than(self.0.settings.fresh_for);
        if let Some(run) = recent.by_domain.get(domain) {
            return Ok(Arc::clone(run));
        }
        let slot = self.admit(client).inspect_err(|busy| metrics::look_refused(busy.is_clients))?;
        let id = ResultId::from_random((self.0.sources.random)());
        let run = Arc::new(Run::new(id, domain.clone()));
        recent.by_domain.insert(domain.clone(), Arc::clone(&run));
        recent.by_id.insert(id, Arc::clone(&run));
        drop(recent);
        let checks = self.clone();
        let looked = Arc::clone(&run);
        tokio::spawn(async move {
            // However it ends, nobody waits for ever.
            let ending = run::Ending::of(&looked);
            let result = checks.look(&looked).await;
            ending.with(result);
            drop(slot);
        });
        Ok(run)
    }

    /// A place among the looks at a time, if this client may have one.
    fn admit(&self, client: ClientNetwork) -> Result<OwnedSemaphorePermit, Busy> {
        let slot = Arc::clone(&self.0.slots).try_acquire_owned();
        let slot = slot.map_err(|_| Busy { is_clients: false, retry_after: FULL })?;
        self.0.allowance.take(client, Instant::now())?;
        Ok(slot)
    }

    /// Looks at the domain, and keeps what was seen.
    async fn look(&self, run: &Run) -> Ended {
        let (progress, mut steps) = ProgressSender::channel();
        let Parts { prober, store, sources, .. } = &*self.0;
        let now = (sources.now)();
        #[expect(clippy::cast_possible_truncation, reason = "half of a random number is one too")]
        let nonce = (sources.random)() as u64;
        let look = prober.look(&run.domain, now, nonce, &progress);
        let mut look = std::pin::pin!(look);
        let observation: Observation = loop {
            tokio::select! {
                seen = &mut look => break seen,
                Some(step) = steps.recv() => run.add(step),
            }
        };
        let verdict = Judgement::of(&observation, None).verdict;
        let result = SavedResult { id: run.id, looked_at: now, verdict, observation };
        if let Err(error) = store.save_result(&result).await {
            // Those who wait for it get it all the same.
            tracing::error!(%error, "a result can't be kept");
        }
        Ended::Seen(Arc::new(result))
    }

    /// What there is under an id.
    ///
    /// # Errors
    /// If the store fails.
    pub(crate) async fn find(&self, id: ResultId) -> Result<Found, StoreError> {
        let run = self.recent().by_id.get(&id).cloned();
        if let Some(run) = run {
            match run.ended() {
                None => return Ok(Found::UnderWay(run)),
                Some(Ended::Seen(result)) => return Ok(Found::Result(result)),
                Some(Ended::Lost) => return Ok(Found::Nothing),
            }
        }
        let result = self.0.store.result(id).await?;
        Ok(result.map_or(Found::Nothing, |result| Found::Result(Arc::new(result))))
    }

    /// The results of the same domain from before this one, the latest first.
    ///
    /// # Errors
    /// If the store fails.
    pub(crate) async fn earlier(
        &self,
        result: &SavedResult,
    ) -> Result<Vec<ListedResult>, StoreError> {
        let SavedResult { observation, looked_at, .. } = result;
        self.0.store.earlier_results(&observation.domain, *looked_at, EARLIER_RESULTS).await
    }

    /// The latest result of a domain.
    ///
    /// # Errors
    /// If the store fails.
    pub(crate) async fn latest(
        &self,
        domain: &DomainName,
    ) -> Result<Option<ListedResult>, StoreError> {
        let results = self.0.store.earlier_results(domain, Timestamp::MAX, 1).await?;
        Ok(results.into_iter().next())
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        // Nothing that is done under the lock leaves it half done.
        self.0.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recent {
    /// Forgets what has been over for this long: it is in the store.
    fn forget_older_than(&mut self, age: Duration) {
        let is_fresh = |run: &Arc<Run>| run.ended_at().is_none_or(|end| end.elapsed() < age);
        self.by_domain.retain(|_, run| is_fresh(run));
        self.by_id.retain(|_, run| is_fresh(run));
    }
}
