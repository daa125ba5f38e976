//! What a sender may answer, written from RFC 8461 §3.3, §5 and §10, and from our reading of them
//! (`docs/decisions.md`): it sees what the network said and when, and knows nothing of the program.

use std::collections::BTreeMap;

use sigillo_formats::policy::Mode;

use crate::lives::Answer;
use crate::world::{At, Dane, Look, Record, Seen, Served};

/// How many seconds after its end what was seen of TLSA records may be forgotten, that is weaker
/// than what is seen next.
const REMEMBERED: i64 = 60;

/// What the operator decides for a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    Published,
    Pinned,
    SkipMtaSts,
    SkipDane,
    /// A policy with this number enforces.
    Forced(u32),
}

impl Rule {
    /// Whether it doesn't matter what the domain publishes.
    pub(crate) const fn replaces_mta_sts(self) -> bool {
        matches!(self, Self::SkipMtaSts | Self::Forced(_))
    }
}

/// A policy that was fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Policy {
    pub(crate) served: Served,
    /// The id that it was fetched for.
    pub(crate) id: u32,
    /// By the time of day.
    pub(crate) fetched: i64,
    /// When it was seen to have ended, by [`Model::moment`]. Whoever forgets it then does right, also if the time of day
    /// is set back; whoever doesn't, too.
    pub(crate) ended: Option<u64>,
}

impl Policy {
    /// It counts for `max_age` from its last fetch (RFC 8461 §3.2).
    pub(crate) fn ends(&self) -> i64 {
        self.fetched + i64::from(self.served.max_age)
    }

    pub(crate) fn lives(&self, now: At) -> bool {
        now.time < self.ends()
    }

    /// At which age it is refreshed: about daily, and well before it expires (RFC 8461 §3.3, §10.2).
    pub(crate) fn refreshed_after(&self) -> i64 {
        i64::from(self.served.max_age / 2).clamp(300, 86_400)
    }

    fn enforces(&self) -> bool {
        self.served.mode == Mode::Enforce
    }
}

/// What a look brought that counts for a while.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted<T> {
    pub(crate) seen: T,
    pub(crate) began: i64,
    pub(crate) ended: i64,
    /// How many seconds it counts at least and at most: what is remembered decides, and a death
    /// may leave open what that is.
    pub(crate) least: i64,
    pub(crate) most: i64,
    /// The moment of its end, and the time of day.
    pub(crate) moment: u64,
    pub(crate) time: i64,
}

/// What is known of the TLSA records of a next hop.
#[derive(Debug, Clone)]
pub(crate) struct Tlsa {
    pub(crate) seen: Dane,
    /// Whether all hosts had some when that could last be said; both, where that may be forgotten.
    was_all: Vec<bool>,
}

/// A domain.
#[derive(Debug, Clone)]
pub(crate) struct Domain {
    pub(crate) rule: Rule,
    /// The policy that is remembered: one of these, for a death leaves open which.
    pub(crate) held: Vec<Option<Policy>>,
    /// The one that would be after a death.
    saved: Vec<Option<Policy>>,
    pub(crate) record: Option<Counted<Record>>,
    /// By next hop.
    pub(crate) dane: BTreeMap<String, Counted<Tlsa>>,
}

/// The model.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub(crate) domains: BTreeMap<String, Domain>,
    /// Whether the hosts that have TLSA records decide where only some have them.
    prefers_dane: bool,
    /// Whether memory has room for few.
    pub(crate) crowded: bool,
    /// Whether the program can't use its store until its end.
    pub(crate) store_fails: bool,
    /// How many seconds the program ran before its last start.
    earlier: i64,
    /// Counts what it has seen.
    pub(crate) moment: u64,
}

impl Model {
    pub(crate) fn new(domains: &[&str], prefers_dane: bool, crowded: bool) -> Self {
        let domain = Domain {
            rule: Rule::Published,
            held: vec![None],
            saved: vec![None],
            record: None,
            dane: BTreeMap::new(),
        };
        let domains = domains.iter().map(|name| ((*name).to_owned(), domain.clone())).collect();
        Self { domains, prefers_dane, crowded, store_fails: false, earlier: 0, moment: 0 }
    }

    /// The time by a clock that nobody sets and no death stops, in seconds.
    pub(crate) const fn total(&self, at: At) -> i64 {
        self.earlier + at.running
    }

    /// Sees what time it is.
    pub(crate) fn at(&mut self, now: At) {
        self.moment += 1;
        for domain in self.domains.values_mut() {
            for policy in domain.held.iter_mut().chain(&mut domain.saved).flatten() {
                if domain.rule != Rule::Pinned && !policy.lives(now) {
                    policy.ended.get_or_insert(self.moment);
                }
            }
        }
    }

    /// Sees what a look brought.
    pub(crate) fn see(&mut self, look: &Look) {
        let Some((at, seen)) = look.ended else { return };
        let (began, ended) = (self.total(look.began), self.total(at));
        let (store_fails, moment) = (self.store_fails, self.moment);
        let domain = self.domains.get_mut(&look.domain).unwrap();
        let counts = |ttl: Option<u32>, most| ttl.map_or(60, i64::from).clamp(60, most);
        match seen {
            Seen::Record(seen, ttl) => {
                let pinned = domain.rule == Rule::Pinned;
                let lives = |held: &Option<Policy>| held.is_some_and(|it| pinned || it.lives(at));
                let known =
                    |it: &Option<Policy>| lives(it) && it.is_some_and(|it| it.ended.is_none());
                let (least, most) = match seen {
                    Record::Id(_) => (counts(ttl, 3_600), counts(ttl, 3_600)),
                    Record::Absent | Record::Unusable => (counts(ttl, 1_800), counts(ttl, 1_800)),
                    // Never taken for an absence, and asked again soon (our reading, 5).
                    Record::Fails => (
                        if domain.held.iter().all(known) { 60 } else { 10 },
                        if domain.held.iter().any(lives) { 60 } else { 10 },
                    ),
                };
                domain.record =
                    Some(Counted { seen, began, ended, least, most, moment, time: at.time });
            }
            // Whatever fails, what is remembered stays (RFC 8461 §3.3).
            Seen::Policy(Err(_)) => {}
            Seen::Policy(Ok(served)) => {
                let mut held = Vec::new();
                for before in &domain.held {
                    let id = domain.fetched_id(*before);
                    let new = Some(Policy { served, id, fetched: at.time, ended: None });
                    let keeps = before.filter(|it| it.enforces() && domain.rule == Rule::Pinned);
                    let keeps = keeps.filter(|_| served.mode != Mode::Enforce);
                    if keeps.is_none_or(|before| before.ended.is_some()) {
                        add(&mut held, new);
                    }
                    if keeps.is_some() {
                        add(&mut held, *before);
                    }
                }
                // Whether it is saved yet shows with the first answer.
                if !store_fails {
                    for policy in &held {
                        add(&mut domain.saved, *policy);
                    }
                }
                domain.held = held;
            }
            Seen::Dane(seen, ttl) => {
                let next_hop = look.next_hop.clone().unwrap();
                let mut was_all = match domain.dane.get(&next_hop) {
                    _ if matches!(seen, Dane::All) => vec![true],
                    Some(before) if matches!(seen, Dane::MxFails | Dane::TlsaFails) => {
                        let mut was_all = before.seen.was_all.clone();
                        if self.crowded || began > before.ended + before.most + REMEMBERED {
                            was_all.push(false);
                        }
                        was_all
                    }
                    _ => vec![false],
                };
                was_all.dedup();
                let (least, most) = match seen {
                    Dane::Off => (3_600, 3_600),
                    Dane::None => (counts(ttl, 1_800), counts(ttl, 1_800)),
                    Dane::All | Dane::Partial | Dane::Unusable => {
                        (counts(ttl, 3_600), counts(ttl, 3_600))
                    }
                    Dane::MxFails | Dane::TlsaFails => (
                        if was_all.contains(&false) { 10 } else { 60 },
                        if was_all.contains(&true) { 60 } else { 10 },
                    ),
                };
                let seen = Counted {
                    seen: Tlsa { seen, was_all },
                    began,
                    ended,
                    least,
                    most,
                    moment,
                    time: at.time,
                };
                domain.dane.insert(next_hop, seen);
            }
        }
    }

    /// What may be said of a next hop at a moment, beside each policy that may be remembered;
    /// nothing where nobody has looked for TLSA records, which come first (RFC 8461 §2).
    pub(crate) fn answers(
        &self,
        domain: &str,
        next_hop: &str,
        now: At,
    ) -> Vec<(Option<Policy>, Answer)> {
        let domain = &self.domains[domain];
        let nothing = Tlsa { seen: Dane::Off, was_all: vec![false] };
        let dane = match (domain.rule, domain.dane.get(next_hop)) {
            (Rule::SkipDane, _) => &nothing,
            (_, Some(dane)) => &dane.seen,
            (_, None) => return Vec::new(),
        };
        let mut answers = Vec::new();
        for held in &domain.held {
            for enforced in domain.enforced(*held, now) {
                for was_all in &dane.was_all {
                    answers.push((*held, self.answer(enforced, dane.seen, *was_all)));
                }
            }
        }
        answers
    }

    /// The answer where this policy enforces, if one does (RFC 8461 §2 and our reading, 5 and 7).
    fn answer(&self, enforced: Option<u32>, dane: Dane, was_all: bool) -> Answer {
        match dane {
            Dane::Off | Dane::None => enforced.map_or(Answer::NotFound, Answer::Secure),
            Dane::All => Answer::DaneOnly,
            Dane::Partial if self.prefers_dane => Answer::Dane,
            Dane::Partial | Dane::Unusable => enforced.map_or(Answer::Dane, Answer::Secure),
            Dane::MxFails | Dane::TlsaFails if was_all => Answer::DaneOnly,
            Dane::MxFails => enforced.map_or(Answer::Wait, Answer::Secure),
            Dane::TlsaFails => Answer::Wait,
        }
    }

    /// Whether nobody was to look for TLSA records, which a reload may change.
    pub(crate) fn is_dane_off(&self, domain: &str, next_hop: &str) -> bool {
        let dane = self.domains[domain].dane.get(next_hop);
        dane.is_some_and(|dane| dane.seen.seen == Dane::Off)
    }

    /// An answer was given that only these policies explain: the one of them that is remembered is
    /// in the store now.
    pub(crate) fn relied_on(&mut self, domain: &str, policies: &[Option<Policy>]) {
        let domain = self.domains.get_mut(domain).unwrap();
        domain.held.retain(|held| policies.contains(held));
        if !self.store_fails {
            domain.saved.clone_from(&domain.held);
        }
    }

    /// The program ended, and started again.
    pub(crate) fn died(&mut self, at: At) {
        self.earlier += at.running;
        self.store_fails = false;
        for domain in self.domains.values_mut() {
            domain.held.clone_from(&domain.saved);
            domain.record = None;
            domain.dane.clear();
        }
    }
}

impl Domain {
    /// The number of the policy that enforces, if one does; both answers are right beside a policy
    /// that has ended once.
    fn enforced(&self, held: Option<Policy>, now: At) -> Vec<Option<u32>> {
        match (self.rule, held) {
            (Rule::Forced(number), _) => vec![Some(number)],
            (Rule::SkipMtaSts, _) | (_, None) => vec![None],
            (rule, Some(policy)) => {
                let number = policy.enforces().then_some(policy.served.number);
                match (rule == Rule::Pinned || policy.lives(now), policy.ended) {
                    (true, None) => vec![number],
                    (true, Some(_)) => vec![number, None],
                    (false, _) => vec![None],
                }
            }
        }
    }

    /// The id of a policy that is fetched now: that of the record, or where that says nothing
    /// (RFC 8461 §10.2) the one before.
    pub(crate) fn fetched_id(&self, held: Option<Policy>) -> u32 {
        match self.record.map(|record| record.seen) {
            Some(Record::Id(id)) => id,
            _ => held.map_or(0, |held| held.id),
        }
    }
}

fn add(policies: &mut Vec<Option<Policy>>, policy: Option<Policy>) {
    if !policies.contains(&policy) {
        policies.push(policy);
    }
}
