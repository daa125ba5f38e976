//! What goes on beside the answers: reading the store at the start, refreshing, tidying up.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;
use sigillo_formats::DomainName;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::cache::entry::{RecordPart, Shared, StsPart, milliseconds};
use crate::cache::policy::CachedPolicy;
use crate::clock::Moment;
use crate::discovery::Purpose;
use crate::failures::STORED;
use crate::limits::{
    BACK_OFF, CLOCK_STEP, LOADED_AT_A_TIME, MOST_REFRESH_BACK_OFF, REFRESH, REFRESHES_AT_ONCE,
    STEADY,
};
use crate::metrics::Census;
use crate::next_hop::NextHop;
use crate::sender::{Inner, Sender, seconds};
use crate::setup::Numbered;

/// How often unsaved policies are tried again, and the clocks compared.
const TICK: Duration = Duration::from_secs(1);

/// How many ticks there are between looks at all entries.
const TICKS_A_SWEEP: u32 = 30;

/// How often the store hears of use, in seconds.
const SAVED_USE: u32 = 3_600;

/// How long an entry without a policy is kept after it has ended, in milliseconds.
const KEPT_AFTER_END: u64 = 60_000;

/// For how long nobody has to have asked for an entry until it makes room for others, in seconds.
const LONGEST_IDLE: u32 = 3_600;

/// The same where there has been hardly any room for a while.
const SHORTEST_IDLE: u32 = 60;

/// How many refreshes a look at all entries finds at most; the rest waits for the next.
const REFRESHES_A_SWEEP: usize = 4_096;

impl Sender {
    /// Reads what is stored, and then refreshes policies and tidies up until it is told to stop.
    pub async fn run(&self, stop: CancellationToken) {
        let work = Box::pin(async {
            let has_all = self.load().await;
            self.keep_house(has_all).await;
        });
        stop.run_until_cancelled(work).await;
        self.0.stopping.store(true, Ordering::Relaxed);
        self.0.keeper.save_rest_anyway().await;
        let (inner, now) = (Arc::clone(&self.0), self.0.clock.now());
        if let Ok(swept) =
            tokio::task::spawn_blocking(move || inner.sweep(now, false, 1, LONGEST_IDLE)).await
        {
            self.0.save_use(&swept.used).await;
        }
    }

    /// Reads all policies of the store into memory, as far as there is room. Meanwhile whoever asks
    /// for one that is not there yet reads it alone. Says whether the store could be read.
    async fn load(&self) -> bool {
        let inner = &self.0;
        let (mut place, mut loaded, mut full) = (None, 0_usize, false);
        loop {
            let batch = inner.keeper.store().policies_after(place.as_ref(), LOADED_AT_A_TIME);
            let batch = match inner.keeper.ask(batch).await {
                Ok(batch) => batch,
                Err(error) => {
                    tracing::warn!(%error, "the stored policies can't be read; tried again");
                    return false;
                }
            };
            for unreadable in &batch.unreadable {
                tracing::warn!(
                    domain = unreadable.domain,
                    reason = unreadable.reason,
                    "a stored policy can't be read"
                );
            }
            let setup = inner.setup();
            for stored in &batch.policies {
                let Some(policy) = CachedPolicy::stored(stored) else { continue };
                full |= inner.cache.len() >= inner.cache.limit();
                inner.remember(&setup, stored, &policy);
                loaded += 1;
            }
            place = batch.next;
            if place.is_none() {
                break;
            }
            tokio::task::yield_now().await;
        }
        // Somebody who asked meanwhile may have found no room.
        full |= inner.cache.len() >= inner.cache.limit();
        // Of a database that others write to nobody knows all.
        inner.keeper.set_complete(!full && inner.keeper.is_ours());
        tracing::info!(policies = loaded, "the stored policies are in memory");
        true
    }

    async fn keep_house(&self, mut has_all: bool) {
        let inner = &self.0;
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut steady = SteadyClock::new(inner.clock.now());
        let permits = Arc::new(Semaphore::new(REFRESHES_AT_ONCE));
        let mut refreshes = JoinSet::new();
        let mut until_sweep = 0;
        let mut idle = LONGEST_IDLE;
        loop {
            ticks.tick().await;
            while refreshes.try_join_next().is_some() {}
            let now = inner.clock.now();
            let is_steady = steady.see(now);
            inner.keeper.save_rest().await;
            if until_sweep > 0 {
                until_sweep -= 1;
                continue;
            }
            until_sweep = TICKS_A_SWEEP;
            if !has_all {
                has_all = self.load().await;
            }
            inner.failures.tidy(now);
            let old = inner.keeper.store().remove_fetch_failures_before(now.time - STORED);
            let _ = inner.keeper.ask(old).await;
            let sweeper = Arc::clone(inner);
            let swept =
                tokio::task::spawn_blocking(move || sweeper.sweep(now, is_steady, SAVED_USE, idle));
            let Ok(swept) = swept.await else { continue };
            idle = if swept.is_crowded { idle / 2 } else { idle * 2 };
            idle = idle.clamp(SHORTEST_IDLE, LONGEST_IDLE);
            inner.save_use(&swept.used).await;
            for (key, fetched_at) in swept.over {
                inner.forget_stored(&key, fetched_at).await;
            }
            if refreshes.is_empty() {
                for domain in swept.due {
                    let (inner, permits) = (Arc::clone(inner), Arc::clone(&permits));
                    refreshes.spawn(async move {
                        let _turn = permits.acquire_owned().await;
                        inner.refresh(domain).await;
                    });
                }
            }
        }
    }
}

/// What a look at all entries found.
#[derive(Debug, Default)]
struct Swept {
    /// Policies that are due to be refreshed.
    due: Vec<DomainName>,
    /// Policies that have expired for good, and when they were fetched, in Unix milliseconds.
    over: Vec<(Box<str>, i64)>,
    /// Policies that have been used, and when, in Unix seconds.
    used: Vec<(Box<str>, u32)>,
    /// Entries that memory can do without.
    dropped: Vec<(Box<str>, Shared)>,
    /// Whether there was hardly room for more.
    is_crowded: bool,
}

impl Inner {
    async fn refresh(self: Arc<Self>, domain: DomainName) {
        let setup = self.setup();
        drop(self.look_at_domain(&setup, &domain, Purpose::Refresh).await);
    }

    /// Looks at all entries: which policies are due, over, or have been used, of which the store
    /// hears at most once in `every` seconds. Where there is hardly room for more, those make some
    /// that nobody has asked for in `idle` seconds.
    fn sweep(&self, now: Moment, is_steady: bool, every: u32, idle: u32) -> Swept {
        let is_crowded = self.cache.len() > self.cache.limit() / 10 * 9;
        let mut swept = Swept { is_crowded, ..Swept::default() };
        let mut census = Census::default();
        let setup = self.setup();
        // A store that takes nothing may lack what memory has.
        let store_has_all = !self.keeper.is_failing();
        self.cache.for_each(|key, entry| {
            census.count(entry, now);
            let unused = seconds(now).saturating_sub(entry.used_at());
            let makes_room = is_crowded && unused > idle;
            let ended = milliseconds(now.running) > entry.ends().saturating_add(KEPT_AFTER_END);
            let Some(policy) = &entry.sts.policy else {
                if ended || makes_room {
                    swept.dropped.push((key.into(), Arc::clone(entry)));
                }
                return;
            };
            if let Some(used) = entry.use_to_save(every) {
                swept.used.push((key.into(), used));
            }
            let lives = policy.lives_at(now.time) || is_pinned(&setup, key);
            if !lives {
                let expired = now.time.as_millisecond().saturating_sub(policy.expires_at());
                if is_steady && u128::try_from(expired).is_ok_and(|it| it > STEADY.as_millis()) {
                    swept.over.push((key.into(), policy.fetched_at()));
                    swept.dropped.push((key.into(), Arc::clone(entry)));
                }
                return;
            }
            let is_used = u64::from(unused) < setup.setup.settings.unused_for.as_secs();
            let has_room = swept.due.len() < REFRESHES_A_SWEEP;
            if is_used && has_room && is_due(key, policy, &entry.sts, now) {
                swept.due.extend(DomainName::from_ascii(key.as_bytes()));
            }
            // The store keeps what memory has no room for.
            if makes_room && store_has_all {
                self.keeper.set_complete(false);
                swept.dropped.push((key.into(), Arc::clone(entry)));
            }
        });
        for (key, entry) in swept.dropped.drain(..) {
            self.cache.remove(&key, &entry);
        }
        self.metrics.set_census(census);
        swept
    }

    /// Tells the store which policies have been used.
    async fn save_use(&self, used: &[(Box<str>, u32)]) {
        let used: Vec<(DomainName, Timestamp)> = used
            .iter()
            .filter_map(|(key, at)| {
                let domain = DomainName::from_ascii(key.as_bytes()).ok()?;
                Some((domain, Timestamp::from_second((*at).into()).ok()?))
            })
            .collect();
        if !used.is_empty()
            && let Err(error) = self.keeper.ask(self.keeper.store().policies_used(&used)).await
        {
            self.keeper.failed(&error);
        }
    }

    /// Forgets a policy that is over, if nobody has fetched another meanwhile.
    async fn forget_stored(&self, key: &str, fetched_at: i64) {
        if let Ok(domain) = DomainName::from_ascii(key.as_bytes())
            && let Ok(at) = Timestamp::from_millisecond(fetched_at)
            && let removing = self.keeper.store().remove_policy(&domain, at)
            && let Err(error) = self.keeper.ask(removing).await
        {
            self.keeper.failed(&error);
        }
    }
}

/// Whether the operator pins the policy of a next hop.
fn is_pinned(setup: &Numbered, key: &str) -> bool {
    let is_pinned = |next_hop: NextHop| setup.rules(next_hop.policy_domain()).rule.is_pinned();
    !setup.setup.overrides.is_empty() && NextHop::parse(key).is_ok_and(is_pinned)
}

/// Whether a policy is to be refreshed: about daily, and well before it expires (RFC 8461 §10.2).
/// The name and the time of the fetch move it by up to a fifth, so that what was fetched together
/// is not refreshed together. One that can't be had is tried again ever more seldom.
fn is_due(key: &str, policy: &CachedPolicy, sts: &StsPart, now: Moment) -> bool {
    let lifetime = u64::try_from(policy.lifetime().as_millis()).unwrap_or_default();
    let least = milliseconds(BACK_OFF);
    let usual = milliseconds(REFRESH).min(lifetime / 2).max(least);
    let spread = key
        .bytes()
        .chain(policy.fetched_at().to_le_bytes())
        .fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()))
        % 200;
    let after = usual - usual / 1_000 * spread;
    let age = now.time.as_millisecond().saturating_sub(policy.fetched_at());
    // A fetch in the future: the clock was set back, and nobody knows how old it is. What was
    // fetched while somebody looks at all entries only seems to be one.
    let is_future = age < -i64::try_from(CLOCK_STEP.as_millis()).unwrap_or_default();
    let age = u64::try_from(age).unwrap_or_default();
    let overdue = if is_future { Some(0) } else { age.checked_sub(after) };
    let Some(overdue) = overdue else { return false };
    if matches!(sts.record, RecordPart::Unfetched(_)) {
        // Until then the last failure forbids it.
        let more = (overdue / 4).clamp(least, milliseconds(MOST_REFRESH_BACK_OFF)) - least;
        return milliseconds(now.running) >= sts.until.saturating_add(more);
    }
    true
}

/// Whether the clock has gone for long without being set.
#[derive(Debug)]
struct SteadyClock {
    last: Moment,
    steady_since: Duration,
}

impl SteadyClock {
    const fn new(now: Moment) -> Self {
        Self { last: now, steady_since: now.running }
    }

    /// Compares the clocks.
    fn see(&mut self, now: Moment) -> bool {
        let by_day = now.time.duration_since(self.last.time);
        let by_run = now.running.saturating_sub(self.last.running);
        let step = by_day - jiff::SignedDuration::try_from(by_run).unwrap_or_default();
        if step.unsigned_abs() > CLOCK_STEP {
            tracing::warn!(seconds = step.as_secs(), "the clock was set");
            self.steady_since = now.running;
        }
        self.last = now;
        now.running.saturating_sub(self.steady_since) >= STEADY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(running: u64, day: i64) -> Moment {
        Moment { time: Timestamp::from_second(day).unwrap(), running: Duration::from_secs(running) }
    }

    #[test]
    fn policies_are_refreshed_daily_and_before_they_expire() {
        let policy = |max_age: u32| {
            let text = format!("version: STSv1\nmode: none\nmax_age: {max_age}\n");
            let policy = sigillo_formats::policy::parse(text.as_bytes()).into_policy().unwrap();
            CachedPolicy::new(&policy, None, at(0, 1_000_000).time)
        };
        let due = |max_age: u32, age: i64| {
            is_due("example.com", &policy(max_age), &StsPart::NOTHING, at(0, 1_000_000 + age))
        };
        assert!(!due(31_536_000, 69_000) && due(31_536_000, 86_400));
        assert!(!due(3_600, 1_400) && due(3_600, 1_800));
        // Five minutes at least are between two fetches.
        assert!(!due(60, 200) && due(60, 300));
        assert!(due(31_536_000, -31), "fetched in the future");
        assert!(!due(31_536_000, -1), "fetched since the look at all entries began");
    }

    #[test]
    fn a_refresh_that_fails_is_tried_again_ever_more_seldom() {
        let policy =
            sigillo_formats::policy::parse(b"version: STSv1\nmode: none\nmax_age: 31536000\n")
                .into_policy()
                .unwrap();
        let policy = CachedPolicy::new(&policy, None, at(0, 1_000_000).time);
        let failed = |until: u64| StsPart {
            record: RecordPart::Unfetched(crate::facts::FailureKind::Fetch),
            until: until * 1_000,
            ..StsPart::NOTHING
        };
        let due = |running, until, age: i64| {
            is_due("example.com", &policy, &failed(until), at(running, 1_000_000 + age))
        };
        let just_due =
            |age: &i64| is_due("example.com", &policy, &StsPart::NOTHING, at(0, 1_000_000 + age));
        let age = (60_000..86_401).find(just_due).unwrap();
        assert!(!due(100, 101, age) && due(102, 101, age));
        // The same where the clock was set back.
        assert!(!due(100, 101, -3_600) && due(102, 101, -3_600));
        // Ten days later only every hour.
        assert!(!due(3_300, 301, 864_000) && due(3_700, 301, 864_000));
    }

    #[test]
    fn a_clock_is_steady_when_nobody_has_set_it_for_a_day() {
        let day = STEADY.as_secs();
        let mut clock = SteadyClock::new(at(0, 1_000));
        assert!(!clock.see(at(10, 1_010)));
        assert!(clock.see(at(day, 1_000 + i64::try_from(day).unwrap())));
        assert!(!clock.see(at(day + 1, 5)));
        assert!(!clock.see(at(day + 2, 6)));
        assert!(clock.see(at(2 * day + 1, 5 + i64::try_from(day).unwrap())));
    }
}
