//! Random histories, held against the model.

use std::any::Any;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use proptest::strategy::{Strategy as _, ValueTree};
use proptest::test_runner::{Config, TestRunner};
use sigillo_sender::SenderSettings;
use sigillo_sender::decision::DanePartial;

use crate::history::{DOMAINS, History, Key, Step, a_history};
use crate::judge::Judge;
use crate::lives::{Lives, SWEEP};
use crate::model::{Model, Rule};
use crate::world::{At, Look, Record, Served};

/// A history while it happens.
struct Run {
    lives: Lives,
    judge: Judge,
    rules: [Rule; 3],
    crowded: bool,
    /// Where the log of looks was before the last step.
    place: usize,
}

impl Run {
    fn new(history: &History) -> Self {
        let (prefers_dane, crowded) = (history.prefers_dane, history.crowded);
        let mut settings = SenderSettings::default();
        if prefers_dane {
            settings.dane_partial = DanePartial::Dane;
        }
        if crowded {
            settings.entries = 2;
        }
        let judge = Judge::new(Model::new(&DOMAINS, prefers_dane, crowded));
        Self { lives: Lives::with(settings), judge, rules: [Rule::Published; 3], crowded, place: 0 }
    }

    /// Does a step, of which the number is that of what is published by it.
    fn step(&mut self, number: u32, step: &Step) -> Result<(), String> {
        let world = self.lives.world.clone();
        self.place = world.place();
        let served = |mode, max_age| Ok(Served { number, mode, max_age });
        match *step {
            Step::Publish { domain, id, mode, max_age } => {
                world.change(DOMAINS[domain], |domain| {
                    domain.record = Record::Id(id);
                    domain.policy = served(mode, max_age);
                });
            }
            Step::Record { domain, record } => {
                world.change(DOMAINS[domain], |domain| domain.record = record);
            }
            Step::Serve { domain, mode, max_age } => {
                world.change(DOMAINS[domain], |domain| domain.policy = served(mode, max_age));
            }
            Step::Fail { domain, failure } => {
                world.change(DOMAINS[domain], |domain| domain.policy = Err(failure));
            }
            Step::Tlsa { domain, dane } => {
                world.change(DOMAINS[domain], |domain| domain.dane = dane);
            }
            Step::Ttl { domain, ttl } => {
                world.change(DOMAINS[domain], |domain| domain.ttl = ttl);
            }
            Step::Delays { domain, delays } => {
                world.change(DOMAINS[domain], |domain| domain.delays = delays);
            }
            Step::Override { domain, rule } => {
                self.rules[domain] = rule;
                self.lives.reload(&overrides(self.rules));
                self.judge.decides(DOMAINS[domain], rule);
            }
            Step::Ask(ref keys) => {
                let began = world.clocks.now();
                let answers = self.lives.ask_all(&texts(keys));
                let answers: Vec<_> =
                    keys.iter().zip(answers).map(|(key, it)| (key.question(), it)).collect();
                self.judge.answered(&world, began, &answers)?;
            }
            Step::AskAndKill(ref keys, seconds, moments) => {
                let began = world.clocks.now();
                let (answers, ended) = self.lives.ask_and_kill(&texts(keys), seconds, moments);
                let answers = keys.iter().zip(answers);
                let answers: Vec<_> =
                    answers.filter_map(|(key, it)| Some((key.question(), it?))).collect();
                self.judge.answered(&world, began, &answers)?;
                self.died(ended, false)?;
            }
            Step::Pass(seconds) => {
                self.lives.pass(seconds);
                self.judge.see(&world, world.place())?;
                self.judge.at(world.clocks.now());
                if seconds > SWEEP && world.under_way() == 0 {
                    self.judge.passed(world.clocks.now())?;
                }
            }
            Step::SetClock(seconds) => world.clocks.set(seconds),
            Step::Restart => {
                let ended = self.lives.restart();
                self.died(ended, true)?;
            }
            Step::Kill => {
                let ended = self.lives.kill();
                self.died(ended, false)?;
            }
            // What memory has no room for is nowhere then.
            Step::FailStore if self.crowded => {}
            Step::FailStore => {
                self.lives.fail_store();
                self.judge.see(&world, world.place())?;
                self.judge.model.store_fails = true;
            }
        }
        self.judge.see(&world, world.place())?;
        self.judge.at(world.clocks.now());
        if world.under_way() == 0 {
            self.judge.rests();
        }
        Ok(())
    }

    /// The looks of the last step.
    fn log(&self) -> String {
        let mut log = String::new();
        for Look { kind, domain, next_hop, began, ended } in self.lives.world.since(self.place) {
            let name = next_hop.unwrap_or(domain);
            let _ = match ended {
                None => writeln!(log, "{began:?} {kind:?} {name}"),
                Some((at, seen)) => writeln!(log, "{at:?} {kind:?} {name}: {seen:?}"),
            };
        }
        log
    }

    fn died(&mut self, ended: At, in_order: bool) -> Result<(), String> {
        let world = &self.lives.world;
        self.judge.see(world, world.place())?;
        self.judge.died(ended, in_order);
        Ok(())
    }
}

fn texts(keys: &[Key]) -> Vec<String> {
    keys.iter().map(|key| key.text()).collect()
}

fn overrides(rules: [Rule; 3]) -> String {
    let lines = DOMAINS.iter().zip(rules).map(|(domain, rule)| {
        let rule = match rule {
            Rule::Published => "",
            Rule::Pinned => "pin = true",
            Rule::SkipMtaSts => "mta_sts = \"skip\"",
            Rule::SkipDane => "dane = \"skip\"",
            Rule::Forced(number) => {
                return format!(
                    "[[override]]\ndomain = \"{domain}\"\n\
                     policy = {{ mode = \"enforce\", mx = [\"mx{number}.example\"] }}\n"
                );
            }
        };
        format!("[[override]]\ndomain = \"{domain}\"\n{rule}\n")
    });
    lines.collect()
}

/// Lets a history happen.
fn happens(history: &History) -> Result<(), String> {
    let run = || {
        let mut run = Run::new(history);
        for (place, step) in (0..).zip(&history.steps) {
            run.step(place, step)
                .map_err(|fault| format!("step {place}: {fault}\n{}", run.log()))?;
        }
        Ok(())
    };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| Err(words(panic.as_ref())))
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic").to_owned()
}

/// The smallest history that fails, beginning with one that does.
fn smallest(mut tree: impl ValueTree<Value = History>, mut fault: String) -> String {
    let mut history = tree.current();
    let mut is_smaller = tree.simplify();
    for _ in 0..1_000 {
        if !is_smaller {
            break;
        }
        let smaller = tree.current();
        is_smaller = match happens(&smaller) {
            Err(again) => {
                (history, fault) = (smaller, again);
                tree.simplify()
            }
            Ok(()) => tree.complicate(),
        };
    }
    format!("{history:?}{fault}")
}

/// So many histories as `PROPTEST_CASES` says, a few at a time: they wait for their stores.
#[test]
fn whatever_happens_the_answers_are_those_of_the_standard() {
    let config = Config { failure_persistence: None, ..Config::default() };
    let cases = AtomicU32::new(config.cases);
    let runner = Mutex::new(TestRunner::new(config));
    let faults = Mutex::new(Vec::new());
    let one_takes = || {
        cases.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    };
    let work = || {
        let histories = a_history();
        while one_takes() {
            let tree = histories.new_tree(&mut runner.lock().unwrap()).unwrap();
            if let Err(fault) = happens(&tree.current()) {
                cases.store(0, Ordering::Relaxed);
                let fault = smallest(tree, fault);
                faults.lock().unwrap().push(fault);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(work);
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
