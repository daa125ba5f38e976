//! What the sender counts. Nothing says about which domain.
//!
//! Counting is a handful of atomic additions, for it happens with every answer.

mod text;

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sigillo_formats::policy::Mode;

use crate::cache::entry::Entry;
use crate::clock::Moment;
use crate::decision::Level;
use crate::discovery::Purpose;
use crate::facts::{DaneOutcome, FailureKind, RecordOutcome};

/// The borders of the histogram, in microseconds, and as Prometheus writes them.
const BUCKETS: [(u64, &str); 11] = [
    (10, "0.00001"),
    (50, "0.00005"),
    (100, "0.0001"),
    (500, "0.0005"),
    (1_000, "0.001"),
    (10_000, "0.01"),
    (100_000, "0.1"),
    (1_000_000, "1"),
    (5_000_000, "5"),
    (15_000_000, "15"),
    (60_000_000, "60"),
];

/// Answers beside those that a level stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Other {
    /// A parent domain, an address, something that is no domain.
    NotANextHop,
    /// A map that nobody has.
    UnknownMap,
    /// Something that is no request; the connection is closed.
    Malformed,
}

impl Other {
    const ALL: [(Self, &'static str); 3] = [
        (Self::NotANextHop, "not-a-next-hop"),
        (Self::UnknownMap, "unknown-map"),
        (Self::Malformed, "malformed"),
    ];
}

/// A counter.
#[derive(Debug, Default)]
struct Counter(AtomicU64);

impl Counter {
    #[inline]
    fn add(&self, number: u64) {
        self.0.fetch_add(number, Ordering::Relaxed);
    }

    fn value(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What a look at all entries has counted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Census {
    enforce: u64,
    testing: u64,
    none: u64,
    expired: u64,
    without: u64,
    /// The oldest fetch of a policy that counts, in Unix milliseconds.
    oldest: Option<i64>,
}

impl Census {
    pub(crate) fn count(&mut self, entry: &Entry, now: Moment) {
        let Some(policy) = &entry.sts.policy else {
            self.without += 1;
            return;
        };
        if !policy.lives_at(now.time) {
            self.expired += 1;
            return;
        }
        match policy.mode() {
            Mode::Enforce => self.enforce += 1,
            Mode::Testing => self.testing += 1,
            Mode::None => self.none += 1,
        }
        let fetched = policy.fetched_at();
        self.oldest = Some(self.oldest.map_or(fetched, |oldest| oldest.min(fetched)));
    }
}

/// How many threads count apart from each other.
const SHARDS: usize = 8;

/// What every answer counts. Threads that count in the same place would pass it around.
#[derive(Debug, Default)]
#[repr(align(128))]
struct Shard {
    levels: [Counter; Level::ALL.len()],
    buckets: [Counter; BUCKETS.len()],
    /// Answers that took longer than all borders, and how long all took, in microseconds.
    rest: [Counter; 2],
    others: [Counter; Other::ALL.len()],
}

/// What is counted.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    shards: [Shard; SHARDS],
    misses: Counter,
    records: [Counter; 4],
    fetched: [Counter; 3],
    unfetched: [Counter; FailureKind::ALL.len()],
    renewed: Counter,
    unrenewed: Counter,
    dane_failures: Counter,
    connections: AtomicUsize,
    census: Mutex<Census>,
}

impl Metrics {
    /// Where this thread counts.
    #[inline]
    fn shard(&self) -> &Shard {
        static THREADS: AtomicUsize = AtomicUsize::new(0);
        thread_local! {
            static SHARD: usize = THREADS.fetch_add(1, Ordering::Relaxed) % SHARDS;
        }
        let [first, ..] = &self.shards;
        SHARD.with(|&shard| self.shards.get(shard).unwrap_or(first))
    }

    /// The sums of counters over all threads.
    fn sums<const N: usize>(&self, counters: impl Fn(&Shard) -> &[Counter; N]) -> [u64; N] {
        let mut sums = [0; N];
        for shard in &self.shards {
            for (sum, counter) in sums.iter_mut().zip(counters(shard)) {
                *sum += counter.value();
            }
        }
        sums
    }

    /// Somebody was told to send at this level.
    #[inline]
    pub(crate) fn answered(&self, level: Level) {
        let [secure, dane_only, dane, no_policy, wait] = &self.shard().levels;
        let counter = match level {
            Level::Secure => secure,
            Level::DaneOnly => dane_only,
            Level::Dane => dane,
            Level::NoPolicy => no_policy,
            Level::Wait => wait,
        };
        counter.add(1);
    }

    /// Somebody was told something else.
    pub(crate) fn other(&self, other: Other) {
        let [not_a_next_hop, unknown_map, malformed] = &self.shard().others;
        let counter = match other {
            Other::NotANextHop => not_a_next_hop,
            Other::UnknownMap => unknown_map,
            Other::Malformed => malformed,
        };
        counter.add(1);
    }

    /// Requests were answered, all of them in this time.
    #[inline]
    pub(crate) fn took(&self, requests: u64, time: Duration) {
        let microseconds = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let shard = self.shard();
        let mut buckets = BUCKETS.iter().zip(&shard.buckets);
        let bucket = buckets.find(|((border, _), _)| microseconds <= *border);
        let [longer, all] = &shard.rest;
        bucket.map_or(longer, |(_, bucket)| bucket).add(requests);
        all.add(microseconds.saturating_mul(requests));
    }

    /// Something had to be looked up.
    pub(crate) fn missed(&self) {
        self.misses.add(1);
    }

    /// A record was looked up.
    pub(crate) fn record(&self, outcome: &RecordOutcome) {
        let counter = match outcome {
            RecordOutcome::Id(_) => &self.records[0],
            RecordOutcome::Absent => &self.records[1],
            RecordOutcome::Unusable => &self.records[2],
            RecordOutcome::Failed(_) => &self.records[3],
        };
        counter.add(1);
    }

    /// A policy was fetched, or could not be.
    pub(crate) fn fetched(&self, purpose: Purpose, outcome: Result<Mode, FailureKind>) {
        if purpose != Purpose::Lookup {
            let counter = if outcome.is_ok() { &self.renewed } else { &self.unrenewed };
            counter.add(1);
        }
        let counter = match outcome {
            Ok(Mode::Enforce) => &self.fetched[0],
            Ok(Mode::Testing) => &self.fetched[1],
            Ok(Mode::None) => &self.fetched[2],
            Err(FailureKind::Fetch) => &self.unfetched[0],
            Err(FailureKind::Certificate) => &self.unfetched[1],
            Err(FailureKind::Invalid) => &self.unfetched[2],
        };
        counter.add(1);
    }

    /// DANE was looked for.
    pub(crate) fn dane(&self, outcome: &DaneOutcome) {
        if matches!(outcome, DaneOutcome::MxFailed(_) | DaneOutcome::TlsaFailed(_)) {
            self.dane_failures.add(1);
        }
    }

    /// A connection opened.
    pub(crate) fn opened(&self) {
        self.connections.fetch_add(1, Ordering::Relaxed);
    }

    /// A connection ended.
    pub(crate) fn closed(&self) {
        self.connections.fetch_sub(1, Ordering::Relaxed);
    }

    pub(crate) fn set_census(&self, census: Census) {
        *self.census.lock().unwrap_or_else(PoisonError::into_inner) = census;
    }
}
