//! Holds what the program did against the model.

use std::collections::{BTreeMap, BTreeSet};

use crate::discipline::Discipline;
use crate::lives::{Answer, Answered};
use crate::model::{Counted, Model, Policy, Rule};
use crate::world::{At, Look, Record, Seen, World};

/// How many seconds whoever has an answer that protects waits for another.
const PATIENCE: i64 = 5;

/// How many seconds after it was used a policy is refreshed.
const USED: i64 = 80 * 86_400;

/// How many seconds a refresh may be late.
const LATE: i64 = 100;

/// How many seconds may be between two tries of what fails: the record counts for an hour at most,
/// and failures make it an hour more.
const TRIED: i64 = 7_200;

/// Sees what happens, and says what is wrong with it.
#[derive(Debug)]
pub(crate) struct Judge {
    pub(crate) model: Model,
    pub(crate) discipline: Discipline,
    /// What the model was when nobody looked at anything: while looks go on that nobody waits for,
    /// that is what is answered.
    before: Model,
    /// What it was before the last fetch, and when that ended: what came may have yet to be saved.
    unsaved: Option<(At, Model)>,
    /// When each policy domain was last asked for, by [`Model::total`].
    asked: BTreeMap<String, i64>,
    /// The policy domains and next hops that were answered in this life, by the rule of now for
    /// the domain, with a policy, and before it ended: otherwise they may be forgotten.
    told: BTreeSet<(String, String)>,
    /// How much of the log it has seen.
    place: usize,
}

/// What was asked: the policy domain and the next hop, if it is one.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) domain: String,
    pub(crate) next_hop: Option<String>,
}

impl Judge {
    pub(crate) fn new(model: Model) -> Self {
        let before = model.clone();
        Self {
            model,
            discipline: Discipline::default(),
            before,
            unsaved: None,
            asked: BTreeMap::new(),
            told: BTreeSet::new(),
            place: 0,
        }
    }

    /// Sees what time it is.
    pub(crate) fn at(&mut self, now: At) {
        self.model.at(now);
        self.discipline.at(&self.model, now);
        let ended = |held: &Option<Policy>| held.is_some_and(|it| it.ended.is_some());
        self.told.retain(|(domain, _)| !self.model.domains[domain].held.iter().any(ended));
    }

    /// Sees what was looked at until a place in the log.
    pub(crate) fn see(&mut self, world: &World, until: usize) -> Result<(), String> {
        for look in world.since(self.place).iter().take(until.saturating_sub(self.place)) {
            self.place += 1;
            self.at(look.ended.map_or(look.began, |(at, _)| at));
            if look.ended.is_none() {
                let begun = self.discipline.begins(look, &self.model);
                begun.map_err(|fault| format!("{fault}: {look:?}"))?;
            } else {
                if let Some((at, Seen::Policy(Ok(_)))) = look.ended {
                    self.unsaved = Some((at, self.model.clone()));
                }
                self.model.see(look);
                self.discipline.ends(look, &self.model);
            }
        }
        Ok(())
    }

    /// Judges answers to questions that were all asked at one moment.
    pub(crate) fn answered(
        &mut self,
        world: &World,
        began: At,
        answers: &[(Question, Answered)],
    ) -> Result<(), String> {
        let (before, place) = (self.before.clone(), self.place);
        let mut in_order: Vec<_> = answers.iter().collect();
        in_order.sort_by_key(|(_, answered)| answered.place);
        for (question, answered) in in_order {
            if question.next_hop.is_some() {
                self.asked.insert(question.domain.clone(), self.model.total(began));
            }
            self.see(world, answered.place)?;
            self.at(answered.at);
            let seen = world.since(place);
            let looks = seen.iter().take(answered.place.saturating_sub(place));
            let asked = Asked { question, answered, began, before: &before };
            self.judge(&asked, looks.filter(|look| look.domain == question.domain))
                .map_err(|fault| format!("{fault}: {question:?} {answered:?} {:?}", self.model))?;
        }
        for question in answers.iter().map(|(question, _)| question) {
            let held = &self.model.domains[&question.domain].held;
            if let Some(next_hop) = &question.next_hop
                && held.iter().all(Option::is_some)
            {
                self.told.insert((question.domain.clone(), next_hop.clone()));
            }
        }
        Ok(())
    }

    fn judge<'a>(
        &mut self,
        asked: &Asked<'_>,
        looks: impl Iterator<Item = &'a Look>,
    ) -> Result<(), &'static str> {
        let Asked { question, answered, began, before } = *asked;
        let (domain, answer) = (question.domain.as_str(), answered.answer);
        let Some(next_hop) = &question.next_hop else {
            let is_right = answer == Answer::NotFound;
            return is_right.then_some(()).ok_or("what is no next hop has no policy");
        };
        let is_told = self.told.contains(&(domain.to_owned(), next_hop.clone()));
        let (asked_at, later) = (self.model.total(began), answered.at.running - began.running);
        // When the first look began that the answer comes from.
        let since = looks.map(|look| self.model.total(look.began)).min();
        let record = self.model.domains[domain].record.map(|record| record.began);
        let since = since.into_iter().chain(since.and(record)).chain([asked_at]).min().unwrap();
        // What may be said by a model; both if a policy ended meanwhile.
        let says = |model: &Model| {
            let mut says = model.answers(domain, next_hop, answered.at);
            says.extend(model.answers(domain, next_hop, began));
            says.retain(|(_, said)| *said == answer);
            says
        };
        // What was known before, and the same with what has been seen of TLSA records since.
        let mut mixed = self.model.clone();
        let of_domain = mixed.domains.get_mut(domain).unwrap();
        of_domain.held.clone_from(&before.domains[domain].held);
        of_domain.record = before.domains[domain].record;
        let earlier: Vec<&Model> =
            [before, &mixed].into_iter().filter(|model| !says(model).is_empty()).collect();
        let now = says(&self.model);

        // Whoever has something that protects need not wait for what may be better.
        let protects = |it: &Answer| matches!(it, Answer::Secure(_) | Answer::DaneOnly);
        let surely = |model: &Model, at: At| {
            let answers = model.answers(domain, next_hop, at);
            let policies = model.domains[domain].held.iter();
            policies.into_iter().all(|it| it.is_some_and(|it| it.ended.is_none()))
                && !model.is_dane_off(domain, next_hop)
                && !answers.is_empty()
                && answers.iter().all(|(_, it)| protects(it))
        };
        let soon = At { time: began.time + PATIENCE, ..began };
        // A policy that was fetched before TLSA records were seen may have protected nothing.
        let mut between = before.clone();
        let of_domain = between.domains.get_mut(domain).unwrap();
        of_domain.held.clone_from(&self.model.domains[domain].held);
        let need_not_wait =
            surely(before, soon) && surely(&between, soon) && surely(&self.model, answered.at);
        // Time goes on in the test while a store is slow.
        if is_told && later > 3 * PATIENCE && need_not_wait && !self.model.crowded {
            return Err("somebody had to wait for what protects");
        }
        if protects(&answer) && later >= PATIENCE && !(now.is_empty() && earlier.is_empty()) {
            return Ok(());
        }
        // What others look for need not be here yet.
        let is_recent =
            |at: &At| at.life == answered.at.life && answered.at.running - at.running <= PATIENCE;
        let unsaved = self.unsaved.iter().filter(|(at, _)| is_recent(at));
        let mut unsaved = unsaved.filter(|(_, model)| !says(model).is_empty());
        let counts = earlier
            .iter()
            .any(|model| is_new(model, domain, next_hop, asked_at, (before.moment, began)))
            || unsaved
                .any(|(_, model)| is_new(model, domain, next_hop, since, (before.moment, began)));
        if counts && before.domains[domain].held != self.model.domains[domain].held {
            return Ok(());
        }
        let known = &self.model.domains[domain];
        if now.is_empty() || !is_new(&self.model, domain, next_hop, since, (before.moment, began)) {
            return counts.then_some(()).ok_or("a wrong answer");
        }
        let relies = matches!(answer, Answer::Secure(_) | Answer::NotFound | Answer::Dane);
        if !relies || known.rule.replaces_mta_sts() {
            return Ok(());
        }
        if self.discipline.lacks_fetch(domain, known, answered.at) {
            let fault = "the record names a policy that nobody has tried to fetch";
            return counts.then_some(()).ok_or(fault);
        }
        let policies: Vec<Option<Policy>> = now.iter().map(|(policy, _)| *policy).collect();
        self.model.relied_on(domain, &policies);
        if !self.model.store_fails {
            self.discipline.answered(domain);
        }
        Ok(())
    }

    /// The operator decides.
    pub(crate) fn decides(&mut self, domain: &str, rule: Rule) {
        self.told.retain(|(of_domain, _)| of_domain != domain);
        for model in [&mut self.model, &mut self.before] {
            model.domains.get_mut(domain).unwrap().rule = rule;
        }
    }

    /// Nobody looks at anything.
    pub(crate) fn rests(&mut self) {
        self.before.clone_from(&self.model);
    }

    /// So much time has passed that policies should have been refreshed that are due (RFC 8461
    /// §10.2), at least as often as is tried what fails.
    pub(crate) fn passed(&self, now: At) -> Result<(), String> {
        let total = self.model.total(now);
        for (name, domain) in &self.model.domains {
            let is_used = self.asked.get(name).is_some_and(|asked| total - asked < USED);
            let is_overdue = |held: &Option<Policy>| {
                held.is_some_and(|it| {
                    it.ended.is_none() && now.time - it.fetched > it.refreshed_after() + LATE
                })
            };
            let is_tried = self.discipline.fetched(name).is_some_and(|at| total - at < TRIED);
            if is_used && domain.held.iter().all(is_overdue) && !is_tried && !self.model.crowded {
                return Err(format!("nobody refreshes {name}: {domain:?}"));
            }
        }
        Ok(())
    }

    /// The program ended, and started again; in good order it has saved who asked.
    pub(crate) fn died(&mut self, at: At, in_order: bool) {
        if !in_order || self.model.store_fails {
            self.asked.clear();
        }
        self.model.died(at);
        self.discipline.died();
        self.told.clear();
        self.rests();
    }
}

struct Asked<'a> {
    question: &'a Question,
    answered: &'a Answered,
    began: At,
    before: &'a Model,
}

/// Whether what is known of a next hop was not over at a moment, or is newer. At the end of a policy
/// its record is looked at again.
fn is_new(
    model: &Model,
    domain: &str,
    next_hop: &str,
    since: i64,
    (before, began): (u64, At),
) -> bool {
    let domain = &model.domains[domain];
    let has_ended = |record: &Counted<Record>, held: &Option<Policy>| {
        held.is_some_and(|it| {
            // One of max_age 0 has never lived.
            let lived = it.served.max_age > 0 && it.ends() > record.time;
            let ended = it.ended.is_some_and(|it| (record.moment..before).contains(&it));
            lived && ended && !it.lives(began)
        })
    };
    let record = domain.record.is_some_and(|record| {
        let has_ended = |held: &Option<Policy>| has_ended(&record, held);
        since < record.ended + record.most && !domain.held.iter().all(has_ended)
    });
    let dane = domain.dane.get(next_hop).is_some_and(|it| since < it.ended + it.most);
    (record || domain.rule.replaces_mta_sts()) && (dane || domain.rule == Rule::SkipDane)
}
