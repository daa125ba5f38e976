//! Random histories of the network, the clocks and the program, held against the model.

use std::any::Any;
use std::fmt::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use sigillo_formats::policy::Mode;
use sigillo_sender::SenderSettings;
use sigillo_sender::decision::DanePartial;
use sigillo_sender::facts::FailureKind;

use crate::judge::{Judge, Question};
use crate::lives::Lives;
use crate::model::{Model, Rule};
use crate::world::{At, Dane, Look, Record, Served};

const DOMAINS: [&str; 3] = ["a.example", "b.example", "c.example"];

/// How a domain is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    FinalDot,
    Port,
    Host,
    /// No next hop.
    Parent,
}

/// A domain by its place, and how it is asked for.
#[derive(Debug, Clone, Copy)]
struct Key(usize, Form);

impl Key {
    fn text(self) -> String {
        let domain = DOMAINS[self.0];
        match self.1 {
            Form::Plain => domain.to_owned(),
            Form::FinalDot => format!("{}.", domain.to_ascii_uppercase()),
            Form::Port => format!("{domain}:587"),
            Form::Host => format!("[{domain}]"),
            Form::Parent => format!(".{domain}"),
        }
    }

    fn question(self) -> Question {
        let domain = DOMAINS[self.0].to_owned();
        let next_hop = match self.1 {
            Form::Plain | Form::FinalDot => Some(domain.clone()),
            Form::Port | Form::Host => Some(self.text()),
            Form::Parent => None,
        };
        Question { domain, next_hop }
    }
}

/// What happens.
#[derive(Debug, Clone)]
enum Step {
    /// A record with this id, and a policy.
    Publish {
        domain: usize,
        id: u32,
        mode: Mode,
        max_age: u32,
    },
    Record {
        domain: usize,
        record: Record,
    },
    /// Another policy, of which the record says nothing.
    Serve {
        domain: usize,
        mode: Mode,
        max_age: u32,
    },
    Fail {
        domain: usize,
        failure: FailureKind,
    },
    Tlsa {
        domain: usize,
        dane: Dane,
    },
    Ttl {
        domain: usize,
        ttl: Option<u32>,
    },
    Delays {
        domain: usize,
        delays: [u64; 3],
    },
    Override {
        domain: usize,
        rule: Rule,
    },
    Ask(Vec<Key>),
    /// Asks, and is killed so many seconds and moments later.
    AskAndKill(Vec<Key>, u64, u32),
    Pass(u64),
    SetClock(i64),
    Restart,
    Kill,
    FailStore,
}

/// A history, and the settings that it runs with.
#[derive(Clone)]
struct History {
    prefers_dane: bool,
    /// Whether memory has room for two next hops.
    crowded: bool,
    steps: Vec<Step>,
}

impl fmt::Debug for History {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "prefers_dane: {}, crowded: {}", self.prefers_dane, self.crowded)?;
        for (place, step) in self.steps.iter().enumerate() {
            writeln!(formatter, "{place:>3} {step:?}")?;
        }
        Ok(())
    }
}

fn a_domain() -> impl Strategy<Value = usize> {
    prop_oneof![6 => Just(0_usize), 1 => Just(1), 1 => Just(2)]
}

fn a_key() -> impl Strategy<Value = Key> {
    let form = prop_oneof![
        8 => Just(Form::Plain),
        1 => Just(Form::FinalDot),
        4 => Just(Form::Port),
        2 => Just(Form::Host),
        1 => Just(Form::Parent),
    ];
    (a_domain(), form).prop_map(|(domain, form)| Key(domain, form))
}

fn a_mode() -> impl Strategy<Value = Mode> {
    prop_oneof![5 => Just(Mode::Enforce), 2 => Just(Mode::Testing), 1 => Just(Mode::None)]
}

fn a_max_age() -> impl Strategy<Value = u32> {
    prop::sample::select(vec![86_400, 604_800, 0, 60, 600, 7_200, 31_557_600])
}

fn a_record() -> impl Strategy<Value = Record> {
    prop_oneof![
        Just(Record::Absent),
        Just(Record::Unusable),
        Just(Record::Fails),
        (1..4_u32).prop_map(Record::Id),
    ]
}

fn a_rule() -> impl Strategy<Value = Rule> {
    prop_oneof![
        2 => Just(Rule::Published),
        3 => Just(Rule::Pinned),
        1 => Just(Rule::SkipMtaSts),
        1 => Just(Rule::SkipDane),
        1 => Just(Rule::Forced(1_000)),
    ]
}

fn some_seconds() -> impl Strategy<Value = u64> {
    let usual = vec![
        1, 5, 9, 11, 31, 55, 61, 120, 250, 301, 601, 1_801, 3_601, 20_000, 43_200, 70_000, 86_401,
        172_800, 604_801, 10_000_000,
    ];
    prop_oneof![4 => prop::sample::select(usual), 1 => 1..4_000_u64]
}

fn a_step() -> impl Strategy<Value = Step> {
    let keys = || prop::collection::vec(a_key(), 1..5);
    let delay = || prop::sample::select(vec![0, 0, 0, 1, 4, 7, 30]);
    let clock = vec![-200, -40, -3_600, -100_000, 40, 200, 3_600, 100_000];
    let dane = vec![
        Dane::None,
        Dane::Off,
        Dane::All,
        Dane::Partial,
        Dane::Unusable,
        Dane::MxFails,
        Dane::TlsaFails,
    ];
    let ttl = vec![None, Some(0), Some(300), Some(3_600), Some(100_000)];
    prop_oneof![
        4 => (a_domain(), 1..4_u32, a_mode(), a_max_age())
            .prop_map(|(domain, id, mode, max_age)| Step::Publish { domain, id, mode, max_age }),
        2 => (a_domain(), a_record()).prop_map(|(domain, record)| Step::Record { domain, record }),
        1 => (a_domain(), a_mode(), a_max_age())
            .prop_map(|(domain, mode, max_age)| Step::Serve { domain, mode, max_age }),
        2 => (a_domain(), prop::sample::select(FailureKind::ALL.to_vec()))
            .prop_map(|(domain, failure)| Step::Fail { domain, failure }),
        2 => (a_domain(), prop::sample::select(dane))
            .prop_map(|(domain, dane)| Step::Tlsa { domain, dane }),
        1 => (a_domain(), prop::sample::select(ttl))
            .prop_map(|(domain, ttl)| Step::Ttl { domain, ttl }),
        1 => (a_domain(), [delay(), delay(), delay()])
            .prop_map(|(domain, delays)| Step::Delays { domain, delays }),
        1 => (a_domain(), a_rule()).prop_map(|(domain, rule)| Step::Override { domain, rule }),
        9 => keys().prop_map(Step::Ask),
        1 => (keys(), prop::sample::select(vec![0, 0, 1, 8]), 0..40_u32)
            .prop_map(|(keys, seconds, moments)| Step::AskAndKill(keys, seconds, moments)),
        6 => some_seconds().prop_map(Step::Pass),
        1 => prop::sample::select(clock).prop_map(Step::SetClock),
        1 => Just(Step::Restart),
        1 => Just(Step::Kill),
        1 => prop::bool::weighted(0.3).prop_map(|fails| {
            if fails { Step::FailStore } else { Step::Pass(1) }
        }),
    ]
}

fn a_history() -> impl Strategy<Value = History> {
    let settings = (prop::bool::weighted(0.2), prop::bool::weighted(0.2));
    (settings, prop::collection::vec(a_step(), 1..30))
        .prop_map(|((prefers_dane, crowded), steps)| History { prefers_dane, crowded, steps })
}

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
                self.died(ended)?;
            }
            Step::Pass(seconds) => self.lives.pass(seconds),
            Step::SetClock(seconds) => world.clocks.set(seconds),
            Step::Restart => {
                let ended = self.lives.restart();
                self.died(ended)?;
            }
            Step::Kill => {
                let ended = self.lives.kill();
                self.died(ended)?;
            }
            // What memory has no room for is nowhere then.
            Step::FailStore if self.crowded => {}
            Step::FailStore => {
                self.lives.fail_store();
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

    fn died(&mut self, ended: At) -> Result<(), String> {
        let world = &self.lives.world;
        self.judge.see(world, world.place())?;
        self.judge.died(ended);
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
