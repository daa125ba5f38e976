//! Which policies could not be had, so that nobody asks for them again too soon.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use sigillo_formats::DomainName;

use crate::cache::entry::milliseconds;
use crate::clock::Moment;
use crate::facts::FailureKind;
use crate::limits::{BACK_OFF, FAILING_IDS};

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

    /// Remembers that a policy could not be had, for what is left of the five minutes.
    pub(crate) fn add(
        &self,
        domain: &DomainName,
        id: &str,
        kind: FailureKind,
        since: std::time::Duration,
        now: Moment,
    ) -> BackOff {
        let until = milliseconds((now.running + BACK_OFF).saturating_sub(since));
        let mut failures = self.lock();
        let of_domain = failures.entry(domain.clone()).or_default();
        of_domain.retain(|failure| failure.until > milliseconds(now.running) && &*failure.id != id);
        of_domain.push(Failure { id: id.into(), kind, until });
        BackOff { kind, until }
    }

    /// Forgets those of which the time is over.
    pub(crate) fn tidy(&self, now: Moment) {
        let now = milliseconds(now.running);
        self.lock().retain(|_, failures| {
            failures.retain(|failure| failure.until > now);
            !failures.is_empty()
        });
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DomainName, Vec<Failure>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
