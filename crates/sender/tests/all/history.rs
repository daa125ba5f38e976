//! What may happen to the network, the clocks and the program, at random.

use std::fmt;

use proptest::prelude::*;
use sigillo_formats::policy::Mode;
use sigillo_sender::facts::FailureKind;

use crate::judge::Question;
use crate::model::Rule;
use crate::world::{Dane, Record};

pub(crate) const DOMAINS: [&str; 3] = ["a.example", "b.example", "c.example"];

/// How a domain is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Plain,
    FinalDot,
    Port,
    Host,
    /// No next hop.
    Parent,
}

/// A domain by its place, and how it is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key(usize, Form);

impl Key {
    pub(crate) fn text(self) -> String {
        let domain = DOMAINS[self.0];
        match self.1 {
            Form::Plain => domain.to_owned(),
            Form::FinalDot => format!("{}.", domain.to_ascii_uppercase()),
            Form::Port => format!("{domain}:587"),
            Form::Host => format!("[{domain}]"),
            Form::Parent => format!(".{domain}"),
        }
    }

    pub(crate) fn question(self) -> Question {
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
pub(crate) enum Step {
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
pub(crate) struct History {
    pub(crate) prefers_dane: bool,
    /// Whether memory has room for two next hops.
    pub(crate) crowded: bool,
    pub(crate) steps: Vec<Step>,
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
    prop_oneof![
        3 => prop::sample::select(vec![1, 5, 9, 11, 31]),
        5 => prop::sample::select(vec![51, 55, 61, 70, 120]),
        4 => prop::sample::select(vec![245, 290, 301, 601]),
        4 => prop::sample::select(vec![1_801, 3_601, 7_201, 43_400, 70_000, 86_600]),
        1 => prop::sample::select(vec![172_800, 604_801, 10_000_000]),
        2 => 1..4_000_u64,
    ]
}

/// Somebody changes something.
fn a_change() -> impl Strategy<Value = Step> {
    let delay = || prop::sample::select(vec![0, 0, 0, 1, 4, 7, 30]);
    let dane = vec![Dane::None, Dane::Off, Dane::Partial, Dane::Unusable, Dane::MxFails];
    let dane = prop_oneof![
        5 => prop::sample::select(dane),
        3 => Just(Dane::All),
        2 => Just(Dane::TlsaFails),
    ];
    let ttl = vec![None, Some(0), Some(300), Some(3_600), Some(100_000)];
    prop_oneof![
        4 => (a_domain(), 1..4_u32, a_mode(), a_max_age())
            .prop_map(|(domain, id, mode, max_age)| Step::Publish { domain, id, mode, max_age }),
        3 => (a_domain(), a_record()).prop_map(|(domain, record)| Step::Record { domain, record }),
        1 => (a_domain(), a_mode(), a_max_age())
            .prop_map(|(domain, mode, max_age)| Step::Serve { domain, mode, max_age }),
        2 => (a_domain(), prop::sample::select(FailureKind::ALL.to_vec()))
            .prop_map(|(domain, failure)| Step::Fail { domain, failure }),
        3 => (a_domain(), dane).prop_map(|(domain, dane)| Step::Tlsa { domain, dane }),
        1 => (a_domain(), prop::sample::select(ttl))
            .prop_map(|(domain, ttl)| Step::Ttl { domain, ttl }),
        1 => (a_domain(), [delay(), delay(), delay()])
            .prop_map(|(domain, delays)| Step::Delays { domain, delays }),
        1 => (a_domain(), a_rule()).prop_map(|(domain, rule)| Step::Override { domain, rule }),
    ]
}

fn some_keys() -> impl Strategy<Value = Vec<Key>> {
    prop::collection::vec(a_key(), 1..5)
}

fn some_steps() -> impl Strategy<Value = Vec<Step>> {
    let clock = vec![-200, -40, -3_600, -100_000, 40, 200, 3_600, 100_000];
    let death = prop_oneof![
        3 => Just(Step::Restart),
        3 => Just(Step::Kill),
        3 => (some_keys(), prop::sample::select(vec![0, 0, 1, 8]), 0..40_u32)
            .prop_map(|(keys, seconds, moments)| Step::AskAndKill(keys, seconds, moments)),
        1 => Just(Step::FailStore),
    ];
    let what_shows = (a_change(), some_seconds(), some_keys())
        .prop_map(|(change, seconds, keys)| vec![change, Step::Pass(seconds), Step::Ask(keys)]);
    let one = prop_oneof![
        6 => a_change(),
        5 => some_keys().prop_map(Step::Ask),
        3 => some_seconds().prop_map(Step::Pass),
        1 => prop::sample::select(clock).prop_map(Step::SetClock),
        3 => death,
    ];
    prop_oneof![2 => what_shows, 3 => one.prop_map(|step| vec![step])]
}

pub(crate) fn a_history() -> impl Strategy<Value = History> {
    let settings = (prop::bool::weighted(0.2), prop::bool::weighted(0.2));
    (settings, prop::collection::vec(some_steps(), 1..24)).prop_map(
        |((prefers_dane, crowded), steps)| History { prefers_dane, crowded, steps: steps.concat() },
    )
}
