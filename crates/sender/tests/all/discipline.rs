//! How often a sender may look: no record again while the answer counts, no policy again within
//! five minutes of a failure of the same id (RFC 8461 §3.3), no two looks at once.

use std::collections::BTreeMap;

use crate::model::{Counted, Domain, Model, Policy, Rule};
use crate::world::{At, Dane, Look, LookKind, Record, Seen};

/// How long before its end an answer may be renewed, if it counts for a minute or more.
const EARLY: i64 = 30;

/// The least time between two fetches of an id that fails (RFC 8461 §3.3).
const BACK_OFF: i64 = 300;

/// A fetch that failed.
#[derive(Debug, Clone)]
struct Failure {
    domain: String,
    id: u32,
    life: u32,
    /// When, by the time of day.
    time: i64,
    /// Until when the same id is not to be fetched, by [`Model::total`].
    until: i64,
    /// Until when the program may believe that: after a restart, by a time of day that was set
    /// back, it seems to have failed just now.
    at_most: i64,
    /// Whether it must be remembered: beyond a death if an answer was given that came of it, and
    /// the store could be written then.
    is_known: bool,
    answered: bool,
}

/// What is remembered of the looks at a domain in this life.
#[derive(Debug, Clone, Default)]
struct Looks {
    /// Whether the last look at the record may be for a refresh.
    refreshing: bool,
    /// When the last one began that could be for nothing else.
    refreshed: Option<i64>,
    /// Whether a fetch has ended since.
    fetched: bool,
    /// Whether none was allowed.
    backed_off: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Discipline {
    under_way: Vec<(LookKind, String)>,
    failures: Vec<Failure>,
    looks: BTreeMap<String, Looks>,
    /// When the last fetch of each domain ended, by [`Model::total`].
    fetched: BTreeMap<String, i64>,
}

impl Discipline {
    /// Sees what time it is: a back-off ends when five minutes have passed by either clock, since
    /// after a restart there is only the time of day.
    pub(crate) fn at(&mut self, model: &Model, now: At) {
        for failure in &mut self.failures {
            if failure.life != now.life {
                let left = (failure.time + BACK_OFF - now.time).max(0);
                failure.until = failure.until.min(model.total(now) + left);
            }
        }
        if model.store_fails {
            let earlier = self.failures.iter_mut().filter(|failure| failure.life != now.life);
            earlier.for_each(|failure| failure.is_known = false);
        }
    }

    /// A look begins.
    pub(crate) fn begins(&mut self, look: &Look, model: &Model) -> Result<(), &'static str> {
        let Some(domain) = model.domains.get(&look.domain) else {
            return Err("a look at what nobody asked for");
        };
        let name = look.next_hop.clone().unwrap_or_else(|| look.domain.clone());
        if self.under_way.contains(&(look.kind, name.clone())) {
            return Err("two looks at once");
        }
        let now = model.total(look.began);
        match look.kind {
            LookKind::Record => self.record(look, domain, now, model.crowded)?,
            LookKind::Policy => self.fetch(look, domain, now)?,
            LookKind::Dane if domain.rule == Rule::SkipDane => {
                return Err("TLSA records are looked for that don't count");
            }
            LookKind::Dane => {
                let counts = domain.dane.get(&name).filter(|last| {
                    // With other rules somebody may look where nobody did.
                    last.seen.seen != Dane::Off && now < early(last)
                });
                if counts.is_some() && !model.crowded && !may_be_forgotten(domain, look.began) {
                    return Err("TLSA records are looked for again while what was seen counts");
                }
            }
        }
        self.under_way.push((look.kind, name));
        Ok(())
    }

    fn record(
        &mut self,
        look: &Look,
        domain: &Domain,
        now: i64,
        crowded: bool,
    ) -> Result<(), &'static str> {
        let due = domain.held.iter().flatten().any(|it| is_due(it, domain.rule, look.began));
        // At the end of a policy that lived when somebody looked last somebody looks again.
        let ended = |last: &Counted<Record>| {
            domain.held.iter().flatten().filter(|it| it.served.max_age > 0).any(|it| {
                let ends = last.time < it.ends() && !it.lives(look.began);
                ends || it.ended > Some(last.moment)
            })
        };
        let looks = self.looks.entry(look.domain.clone()).or_default();
        looks.refreshing = due;
        let Some(last) = &domain.record else { return Ok(()) };
        let may_fetch = self.failures.iter().any(|failure| {
            let meanwhile = |until: i64| last.ended < until && until <= now + EARLY;
            failure.domain == look.domain
                && (meanwhile(failure.until) || meanwhile(failure.at_most))
        });
        if crowded
            || may_be_forgotten(domain, look.began)
            || now >= early(last)
            || ended(last)
            || may_fetch
        {
            return Ok(());
        }
        if !due {
            return Err("the record is looked up again while the answer counts");
        }
        if looks.refreshed.is_some_and(|before| now < before + 60) {
            return Err("the record is looked up again within a minute, to refresh");
        }
        looks.refreshed = Some(now);
        Ok(())
    }

    fn fetch(&self, look: &Look, domain: &Domain, now: i64) -> Result<(), &'static str> {
        let Some(record) = &domain.record else {
            return Err("a policy is fetched without a look at the record");
        };
        let refreshing = self.looks.get(&look.domain).is_some_and(|looks| looks.refreshing);
        let has_reason = |held: &Option<Policy>| match record.seen {
            _ if refreshing => true,
            Record::Id(id) => !held.is_some_and(|held| {
                held.id == id && held.lives(look.began) && held.ended.is_none()
            }),
            _ => false,
        };
        if !domain.held.iter().any(has_reason) {
            return Err("a policy is fetched for no reason");
        }
        let backs_off = |held: &Option<Policy>| {
            let mut failures = self.in_force(&look.domain, domain.fetched_id(*held), now);
            failures.any(|failure| failure.is_known && now < failure.until)
        };
        if domain.held.iter().all(backs_off) {
            return Err("a policy is fetched again within five minutes of a failure");
        }
        Ok(())
    }

    fn in_force(&self, domain: &str, id: u32, now: i64) -> impl Iterator<Item = &Failure> {
        let failures = self.failures.iter();
        failures
            .filter(move |it| it.domain == domain && it.id == id && now < it.until.max(it.at_most))
    }

    /// A look ended, that the model has seen.
    pub(crate) fn ends(&mut self, look: &Look, model: &Model) {
        let Some((at, seen)) = look.ended else { return };
        let name = look.next_hop.as_ref().unwrap_or(&look.domain);
        self.under_way.retain(|under_way| *under_way != (look.kind, name.clone()));
        let (domain, now) = (&model.domains[&look.domain], model.total(at));
        let looks = self.looks.entry(look.domain.clone()).or_default();
        match seen {
            Seen::Record(Record::Id(id), _) => {
                looks.fetched = false;
                for failure in &mut self.failures {
                    if failure.domain == look.domain && failure.at_most == i64::MIN {
                        failure.at_most = now + (failure.time + BACK_OFF - at.time).min(BACK_OFF);
                    }
                }
                let backed_off = self.in_force(&look.domain, id, now).next().is_some();
                self.looks.entry(look.domain.clone()).or_default().backed_off = backed_off;
            }
            Seen::Policy(outcome) => {
                looks.fetched = true;
                self.fetched.insert(look.domain.clone(), now);
                let held = || domain.held.iter();
                // A pinned policy that doesn't give way to what came is as good as a failure.
                let is_taken = |held: &Option<Policy>| match (outcome, held) {
                    (Ok(served), Some(held)) => held.served == served,
                    _ => false,
                };
                if held().any(is_taken) {
                    looks.refreshed = None;
                }
                let mut ids: Vec<u32> = held().map(|held| domain.fetched_id(*held)).collect();
                ids.dedup();
                if let (true, [id]) = (!held().all(is_taken), ids.as_slice()) {
                    self.failures.retain(|it| it.domain != look.domain || it.id != *id);
                    self.failures.push(Failure {
                        domain: look.domain.clone(),
                        id: *id,
                        life: at.life,
                        time: at.time,
                        until: now + BACK_OFF,
                        at_most: now + BACK_OFF,
                        is_known: !held().any(is_taken),
                        answered: false,
                    });
                }
            }
            _ => {}
        }
    }

    /// An answer was given that came of all that is known.
    pub(crate) fn answered(&mut self, name: &str) {
        let of_domain = self.failures.iter_mut().filter(|failure| failure.domain == name);
        of_domain.for_each(|failure| failure.answered = true);
    }

    /// When the last fetch of a domain ended.
    pub(crate) fn fetched(&self, name: &str) -> Option<i64> {
        self.fetched.get(name).copied()
    }

    /// Whether the record names a policy that somebody should have tried to fetch.
    pub(crate) fn lacks_fetch(&self, name: &str, domain: &Domain, now: At) -> bool {
        let Some(Record::Id(id)) = domain.record.map(|record| record.seen) else { return false };
        let looks = self.looks.get(name);
        let is_here = |held: &Option<Policy>| {
            let lives = |it: &Policy| domain.rule == Rule::Pinned || it.lives(now);
            held.is_some_and(|it| it.id == id && (it.ended.is_some() || lives(&it)))
        };
        !domain.rule.replaces_mta_sts()
            && !domain.held.iter().any(is_here)
            && looks.is_none_or(|looks| !looks.fetched && !looks.backed_off)
    }

    /// The program ended.
    pub(crate) fn died(&mut self) {
        self.under_way.clear();
        self.looks.clear();
        for failure in &mut self.failures {
            failure.is_known &= failure.answered;
            failure.at_most = i64::MIN;
        }
    }
}

/// From when on what was seen may be asked for again.
fn early<T>(last: &Counted<T>) -> i64 {
    last.ended + last.least - if last.least >= 60 { EARLY } else { 0 }
}

/// Whether all that is known of a domain may be forgotten, since its policy ended a day ago.
fn may_be_forgotten(domain: &Domain, now: At) -> bool {
    let mut ended = domain.held.iter().flatten().filter(|held| held.ended.is_some());
    ended.any(|held| now.time >= held.ends() + 86_400)
}

/// Whether a policy may be refreshed: up to a fifth earlier than all of its age; of one that was
/// fetched in the future nobody knows how old it is.
fn is_due(policy: &Policy, rule: Rule, now: At) -> bool {
    let age = now.time - policy.fetched;
    let counts = rule == Rule::Pinned || policy.lives(now) || policy.ended.is_some();
    counts && (age < 0 || age >= policy.refreshed_after() * 4 / 5)
}
