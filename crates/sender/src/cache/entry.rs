//! What is known about a next hop, and what follows from it.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::Timestamp;

use super::policy::CachedPolicy;
use super::rules::Rules;
use crate::answer;
use crate::clock::Moment;
use crate::decision::{Circumstances, Decision, Level, StsState, decide};
use crate::facts::{DaneOutcome, FailureKind};

/// What is known about a policy domain. Times are those of [`Moment::running`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StsPart {
    /// The last policy that was fetched, whether it still counts or not.
    pub(crate) policy: Option<CachedPolicy>,
    /// What the record came to.
    pub(crate) record: RecordPart,
    /// Until when that counts, in milliseconds.
    pub(crate) until: u64,
    /// Whether the policy counted when somebody looked last: at its end somebody looks again, once.
    pub(crate) lived: bool,
    /// What went wrong, for the operator.
    pub(crate) trouble: Trouble,
}

/// What went wrong, if anything: a thin pointer, since there is nothing for most of a million.
pub(crate) type Trouble = Option<Box<String>>;

/// What the record came to when it was last looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecordPart {
    /// Nobody has looked since the start.
    NotAsked,
    /// It names the policy that is here.
    Current,
    /// It names another policy, which can't be had.
    Unfetched(FailureKind),
    /// There is none, or none that counts.
    Absent,
    /// The DNS could not be asked.
    Unknown,
}

/// What is known about DANE. Times are those of [`Moment::running`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DanePart {
    /// What was seen last.
    pub(crate) outcome: DaneKind,
    /// Whether all hosts had usable TLSA records when the DNS could last be asked.
    pub(crate) before: bool,
    /// Until when that counts, in milliseconds.
    pub(crate) until: u64,
    /// What went wrong, for the operator.
    pub(crate) trouble: Trouble,
}

/// [`DaneOutcome`] without its reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DaneKind {
    NotAsked,
    Off,
    None,
    All,
    Partial,
    Unusable,
    MxFailed,
    TlsaFailed,
}

impl StsPart {
    /// Nobody has looked yet.
    pub(crate) const NOTHING: Self =
        Self { policy: None, record: RecordPart::NotAsked, until: 0, lived: false, trouble: None };

    /// Whether what the record came to is still to be believed at a moment, and beyond it until
    /// another.
    pub(crate) fn counts(&self, now: Moment, until: u64) -> bool {
        self.until > until && !self.has_ended(now)
    }

    /// Whether its policy counted when somebody looked last, and doesn't any more.
    fn has_ended(&self, now: Moment) -> bool {
        self.lived && self.policy.as_ref().is_some_and(|policy| !policy.lives_at(now.time))
    }

    /// The policy, if it counts at a moment; one that is pinned always does.
    pub(crate) fn live(&self, now: Moment, pinned: bool) -> Option<&CachedPolicy> {
        self.policy.as_ref().filter(|policy| pinned || policy.lives_at(now.time))
    }

    /// What is known at a moment.
    fn state(&self, now: Moment, pinned: bool) -> StsState {
        match (self.live(now, pinned), self.record) {
            (Some(policy), _) => StsState::Policy(policy.mode()),
            (None, RecordPart::Unfetched(failure)) => StsState::Unfetched(failure),
            (None, RecordPart::Unknown | RecordPart::NotAsked) => StsState::Unknown,
            // A policy of max_age 0 has been had, and counts no more.
            (None, RecordPart::Absent | RecordPart::Current) => StsState::Absent,
        }
    }
}

impl DanePart {
    /// Nobody has looked yet.
    pub(crate) const NOTHING: Self =
        Self { outcome: DaneKind::NotAsked, before: false, until: 0, trouble: None };

    fn outcome(&self) -> DaneOutcome {
        let trouble = || self.trouble.as_deref().cloned().unwrap_or_default();
        match self.outcome {
            DaneKind::Off => DaneOutcome::Off,
            DaneKind::None => DaneOutcome::None,
            DaneKind::All => DaneOutcome::All,
            DaneKind::Partial => DaneOutcome::Partial,
            DaneKind::Unusable => DaneOutcome::Unusable,
            DaneKind::MxFailed | DaneKind::NotAsked => DaneOutcome::MxFailed(trouble()),
            DaneKind::TlsaFailed => DaneOutcome::TlsaFailed(trouble()),
        }
    }
}

/// A next hop: the facts, and the answer that follows from them.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) sts: StsPart,
    pub(crate) dane: DanePart,
    level: Level,
    /// What is said of a policy that the operator forces.
    #[expect(clippy::box_collection, reason = "most of a million have none")]
    forced: Option<Box<Vec<u8>>>,
    /// Until when the answer counts without anybody looking, by the clock that is never set.
    until: u64,
    /// Whether it ends with the policy, by the time of day.
    ends_with_policy: bool,
    /// Whether it holds mail to something that all of it has been looked up for: not where nobody
    /// knows yet whether there are TLSA records, which come first.
    protects: bool,
    /// The rules that it was decided by.
    generation: u32,
    /// When it was last asked for, in Unix seconds.
    used_at: AtomicU32,
    /// When the store was last told, in Unix seconds.
    saved_use: AtomicU32,
    /// Whether somebody is about to renew it.
    renewing: AtomicBool,
    /// The reply with what reports are to say; empty if that is the same as without.
    #[expect(clippy::box_collection, reason = "most of a million have none")]
    report: OnceLock<Box<Vec<u8>>>,
}

impl Entry {
    /// Decides what follows from the facts at a moment.
    pub(crate) fn new(sts: StsPart, dane: DanePart, rules: Rules<'_>, now: Moment) -> Self {
        let (decision, _) = Self::decision(&sts, &dane, rules, now);
        let level = decision.level;
        let pinned = rules.rule.is_pinned();
        let forced = rules.rule.forced_reply();
        let ends_with_policy =
            sts.live(now, pinned).is_some() && !pinned && !rules.rule.replaces_mta_sts();
        let sts_until = match rules.rule {
            rule if rule.replaces_mta_sts() => u64::MAX,
            // It ended while somebody looked for TLSA records.
            _ if !pinned && sts.has_ended(now) => 0,
            _ => sts.until,
        };
        let dane_until = if rules.rule.skips_dane() { u64::MAX } else { dane.until };
        let until = sts_until.min(dane_until);
        let knows_dane = dane.outcome != DaneKind::NotAsked || rules.rule.skips_dane();
        Self {
            sts,
            dane,
            level,
            forced,
            until,
            ends_with_policy,
            protects: knows_dane && matches!(level, Level::Secure | Level::DaneOnly),
            generation: rules.generation,
            used_at: AtomicU32::new(0),
            saved_use: AtomicU32::new(0),
            // What counts for a moment only is not renewed: it would be for ever.
            renewing: AtomicBool::new(until < milliseconds(now.running + RENEWED_FROM)),
            report: OnceLock::new(),
        }
    }

    /// The decision, and the state of MTA-STS that it comes from.
    pub(crate) fn decision(
        sts: &StsPart,
        dane: &DanePart,
        rules: Rules<'_>,
        now: Moment,
    ) -> (Decision, StsState) {
        let rule = rules.rule;
        let pinned = rule.is_pinned();
        let state = match rule.forced() {
            Some(forced) => StsState::Policy(forced.mode()),
            None if rule.skips_mta_sts() => StsState::Skipped,
            None => sts.state(now, pinned),
        };
        let outlives = |policy: &CachedPolicy| pinned && !policy.lives_at(now.time);
        let circumstances = Circumstances {
            dane_skipped: rule.skips_dane(),
            policy_forced: rule.forced().is_some(),
            policy_pinned: sts.policy.as_ref().is_some_and(outlives),
            dane_before: dane.before,
            policy_unrefreshed: matches!(sts.record, RecordPart::Unfetched(_))
                && sts.live(now, pinned).is_some()
                && !rule.replaces_mta_sts(),
            record_unknown: sts.record == RecordPart::Unknown && !rule.replaces_mta_sts(),
            ..rules.circumstances
        };
        (decide(state, &dane.outcome(), circumstances), state)
    }

    /// What is known about DANE, for whoever decides by these rules. That nobody is to look for it
    /// was said by the setup of then.
    pub(crate) fn dane_under(&self, rules: Rules<'_>) -> DanePart {
        match self.dane.outcome {
            DaneKind::Off if self.generation != rules.generation => DanePart::NOTHING,
            _ => self.dane.clone(),
        }
    }

    /// The same facts decided about anew, by other rules.
    pub(crate) fn under(&self, rules: Rules<'_>, now: Moment) -> Self {
        Self::new(self.sts.clone(), self.dane_under(rules), rules, now).with_use_of(self)
    }

    /// The same facts with when they were used taken over from the entry before.
    pub(crate) fn with_use_of(self, before: &Self) -> Self {
        self.used_at.store(before.used_at(), Ordering::Relaxed);
        self.saved_use.store(before.saved_use.load(Ordering::Relaxed), Ordering::Relaxed);
        self
    }

    /// The same facts as used at a time, in Unix seconds, of which the store knows.
    pub(crate) fn with_saved_use(self, used_at: u32) -> Self {
        self.used_at.store(used_at, Ordering::Relaxed);
        self.saved_use.store(used_at, Ordering::Relaxed);
        self
    }

    /// How mail is sent.
    pub(crate) const fn level(&self) -> Level {
        self.level
    }

    /// What Postfix is told, as it goes over the wire.
    pub(crate) fn reply(&self) -> &[u8] {
        match (self.level, &self.forced, &self.sts.policy) {
            (Level::Secure, Some(forced), _) => forced,
            (Level::Secure, None, Some(policy)) => policy.reply(),
            (Level::DaneOnly, ..) => answer::DANE_ONLY,
            (Level::Dane, ..) => answer::DANE,
            (Level::Wait, ..) => answer::WAIT,
            (Level::NoPolicy, ..) | (Level::Secure, None, None) => answer::NOT_FOUND,
        }
    }

    /// The reply with what reports are to say, once that has been made.
    pub(crate) fn report(&self) -> Option<&[u8]> {
        let report = self.report.get()?;
        Some(if report.is_empty() { self.reply() } else { report })
    }

    /// Keeps the reply with what reports are to say; none: it is the same as without.
    pub(crate) fn set_report(&self, reply: Option<Vec<u8>>) {
        // Whoever was faster had the same.
        let _ = self.report.set(Box::new(reply.unwrap_or_default()));
    }

    /// The policy that the answer ends with, if it does.
    fn ending_policy(&self) -> Option<&CachedPolicy> {
        self.sts.policy.as_ref().filter(|_| self.ends_with_policy)
    }

    /// Whether it has ended by the time of day.
    fn has_ended(&self, now: Moment) -> bool {
        self.ending_policy().is_some_and(|policy| !policy.lives_at(now.time))
    }

    /// Whether the answer counts without anybody looking.
    #[inline]
    pub(crate) fn is_fresh(&self, now: Moment, generation: u32) -> bool {
        milliseconds(now.running) < self.until
            && !self.has_ended(now)
            && self.generation == generation
    }

    /// Whether the answer may be given where nobody can look: it holds mail to something, and the
    /// policy that it comes from still counts.
    pub(crate) fn still_protects(&self, now: Moment) -> bool {
        self.protects && !self.has_ended(now)
    }

    /// Whether it is time to renew the answer before it ends, so that nobody has to wait. Says so
    /// once.
    pub(crate) fn begins_to_age(&self, now: Moment) -> bool {
        milliseconds(now.running + BEFORE_END) >= self.until
            && !self.renewing.swap(true, Ordering::Relaxed)
    }

    /// When it was last asked for, in Unix seconds.
    pub(crate) fn used_at(&self) -> u32 {
        self.used_at.load(Ordering::Relaxed)
    }

    /// Remembers that it was asked for.
    pub(crate) fn touch(&self, seconds: u32) {
        // A write for every question would have the processors pass the entry around.
        if self.used_at() != seconds {
            self.used_at.store(seconds, Ordering::Relaxed);
        }
    }

    /// Whether the store should hear of the use: it is told at most once in so many seconds.
    pub(crate) fn use_to_save(&self, every: u32) -> Option<u32> {
        let (used, saved) = (self.used_at(), self.saved_use.load(Ordering::Relaxed));
        if used.saturating_sub(saved) < every {
            return None;
        }
        self.saved_use.store(used, Ordering::Relaxed);
        Some(used)
    }

    /// Until when anything of it counts, in milliseconds: one part may outlast the other.
    pub(crate) fn ends(&self) -> u64 {
        self.sts.until.max(self.dane.until)
    }

    /// Which rules it was decided by.
    pub(crate) const fn generation(&self) -> u32 {
        self.generation
    }

    /// Until when the answer counts: none if nothing ends it but a change of the rules.
    pub(crate) fn counts_until(&self, now: Moment) -> Option<Timestamp> {
        let left = Duration::from_millis(self.until.saturating_sub(milliseconds(now.running)));
        let by_run = (self.until < u64::MAX).then(|| now.time.checked_add(left).ok()).flatten();
        let by_day = self.ending_policy().map(CachedPolicy::expires_at);
        let by_day = by_day.and_then(|at| Timestamp::from_millisecond(at).ok());
        by_run.into_iter().chain(by_day).min()
    }
}

/// How long before its end an answer that somebody asks for is renewed.
const BEFORE_END: Duration = Duration::from_secs(10);

/// How long an answer has to count at least to be renewed before its end.
const RENEWED_FROM: Duration = Duration::from_secs(30);

/// As the cache counts time.
pub(crate) fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// A cached entry, shared.
pub(crate) type Shared = Arc<Entry>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_entries_take_little_memory() {
        assert!(size_of::<Entry>() <= 104, "{}", size_of::<Entry>());
        assert_eq!(size_of::<Option<CachedPolicy>>(), 8);
    }
}
