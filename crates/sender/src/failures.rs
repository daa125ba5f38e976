//! Which policies could not be had, so that nobody asks for them again too soon.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use sigillo_formats::DomainName;

use crate::cache::entry::milliseconds;
use crate::clock::Moment;
use crate::facts::FailureKind;
use crate::limits::{BACK_OFF, FAILING_IDS};

/// How long the store keeps failures.
pub(crate) const STORED: Duration = Duration::from_mins(10);

/// Failed fetches of the last five minutes (RFC 8461 §3.3), by policy domain.
#[derive(Debug, Default)]
pub(crate) struct Failures(Mutex<HashMap<DomainName, Vec<Failure>>>);

#[derive(Debug, Clone)]
struct Failure {
    /// The id of the record; empty where there was none.
    id: Box<str>,
    kind: FailureKind,
    /// Until when it is not to be fetched, by the clock that is never set, in milliseconds.
    until: u64,
    /// When that was, as the store has it, in Unix milliseconds.
    failed_at: i64,
}

impl Failure {
    /// Whether it is to be remembered: as long as the store has it, which may tell of it once more
    /// when the time of day is set back.
    fn is_kept(&self, now: Moment) -> bool {
        let told_since = (now.time - STORED).as_millisecond();
        self.until > milliseconds(now.running) || self.failed_at >= told_since
    }
}

/// A policy is not to be fetched yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BackOff {
    /// Why it could not be had.
    pub(crate) kind: FailureKind,
    /// When it may be fetched again, in milliseconds.
    pub(crate) until: u64,
}

impl Failures {
    /// Whether a policy of this id is not to be fetched yet. Where too many ids have failed, new
    /// ones wait as well.
    pub(crate) fn back_off(&self, domain: &DomainName, id: &str, now: Moment) -> Option<BackOff> {
        let now = milliseconds(now.running);
        let failures = self.lock();
        let of_domain = failures.get(domain)?;
        let mut recent = of_domain.iter().filter(|failure| failure.until > now);
        let failure = match recent.clone().find(|failure| &*failure.id == id) {
            Some(failure) => failure,
            None if recent.clone().count() >= FAILING_IDS => recent.next()?,
            None => return None,
        };
        Some(BackOff { kind: failure.kind, until: failure.until })
    }

    /// Remembers that a policy could not be had just now.
    pub(crate) fn add(
        &self,
        domain: &DomainName,
        id: &str,
        kind: FailureKind,
        now: Moment,
    ) -> BackOff {
        let until = milliseconds(now.running + BACK_OFF);
        let failed_at = now.time.as_millisecond();
        self.put(domain, Failure { id: id.into(), kind, until, failed_at }, now);
        BackOff { kind, until }
    }

    /// Remembers what the store tells, for what is left of the five minutes; once, since by a clock
    /// that was set back it would go on for ever.
    pub(crate) fn learn(&self, domain: &DomainName, id: &str, failed_at: Timestamp, now: Moment) {
        let age = Duration::try_from(now.time.duration_since(failed_at)).unwrap_or_default();
        let until = milliseconds((now.running + BACK_OFF).saturating_sub(age));
        let failed_at = failed_at.as_millisecond();
        let is_known = |of_domain: &Vec<Failure>| {
            of_domain.iter().any(|known| &*known.id == id && known.failed_at == failed_at)
        };
        let is_known = self.lock().get(domain).is_some_and(is_known);
        if !is_known {
            let kind = FailureKind::Fetch;
            self.put(domain, Failure { id: id.into(), kind, until, failed_at }, now);
        }
    }

    fn put(&self, domain: &DomainName, failure: Failure, now: Moment) {
        let mut failures = self.lock();
        let of_domain = failures.entry(domain.clone()).or_default();
        of_domain.retain(|before| before.is_kept(now) && before.id != failure.id);
        of_domain.push(failure);
    }

    /// Forgets those of which the time is over.
    pub(crate) fn tidy(&self, now: Moment) {
        self.lock().retain(|_, failures| {
            failures.retain(|failure| failure.is_kept(now));
            !failures.is_empty()
        });
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DomainName, Vec<Failure>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
