//! A network that does what it is told, and keeps a log of what it was asked.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use sigillo_formats::DomainName;
use sigillo_formats::mta_sts_record::PolicyId;
use sigillo_formats::policy::{self, Mode};
use sigillo_sender::facts::{
    DaneLook, DaneOutcome, FailureKind, FetchFailure, FetchedPolicy, RecordLook, RecordOutcome,
};
use sigillo_sender::network::Network;
use sigillo_sender::{Clock, Moment, NextHop};

/// Both clocks, which only the test moves.
#[derive(Debug, Default)]
pub(crate) struct Clocks {
    /// How many times the program was started.
    pub(crate) life: AtomicU32,
    /// Milliseconds since it was.
    pub(crate) running: AtomicU64,
    /// The time of day in Unix milliseconds.
    pub(crate) time: AtomicI64,
}

/// A moment by both clocks, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) life: u32,
    pub(crate) running: i64,
    pub(crate) time: i64,
}

impl Clocks {
    pub(crate) fn now(&self) -> At {
        At {
            life: self.life.load(Ordering::SeqCst),
            running: (self.running.load(Ordering::SeqCst) / 1_000).cast_signed(),
            time: self.time.load(Ordering::SeqCst) / 1_000,
        }
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.running.fetch_add(seconds * 1_000, Ordering::SeqCst);
        self.set(seconds.cast_signed());
    }

    /// Sets the time of day forward or back.
    pub(crate) fn set(&self, seconds: i64) {
        self.time.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    pub(crate) fn clock(self: &Arc<Self>) -> Clock {
        let clocks = Arc::clone(self);
        Clock::new(move || Moment {
            time: Timestamp::from_millisecond(clocks.time.load(Ordering::SeqCst)).unwrap(),
            running: Duration::from_millis(clocks.running.load(Ordering::SeqCst)),
        })
    }
}

/// What there is at `_mta-sts.DOMAIN`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Record {
    Id(u32),
    Absent,
    Unusable,
    Fails,
}

/// A policy: its number is in the name of its only MX host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Served {
    pub(crate) number: u32,
    pub(crate) mode: Mode,
    /// In seconds.
    pub(crate) max_age: u32,
}

/// What comes of DANE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dane {
    Off,
    None,
    All,
    Partial,
    Unusable,
    MxFails,
    TlsaFails,
}

/// How a domain is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Domain {
    pub(crate) record: Record,
    /// The TTL of the record, or of its absence, and of what DANE needs.
    pub(crate) ttl: Option<u32>,
    pub(crate) policy: Result<Served, FailureKind>,
    pub(crate) dane: Dane,
    /// How many seconds each look takes: record, policy, DANE.
    pub(crate) delays: [u64; 3],
}

impl Default for Domain {
    fn default() -> Self {
        Self {
            record: Record::Absent,
            ttl: None,
            policy: Err(FailureKind::Fetch),
            dane: Dane::None,
            delays: [0; 3],
        }
    }
}

/// What a look brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    Record(Record, Option<u32>),
    Policy(Result<Served, FailureKind>),
    Dane(Dane, Option<u32>),
}

/// A look at the network.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    pub(crate) kind: LookKind,
    pub(crate) domain: String,
    /// The next hop that DANE is looked at for.
    pub(crate) next_hop: Option<String>,
    pub(crate) began: At,
    /// What was seen, and when; none while it is under way, or if the program ended meanwhile.
    pub(crate) ended: Option<(At, Seen)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LookKind {
    Record,
    Policy,
    Dane,
}

#[derive(Debug, Default)]
struct State {
    domains: HashMap<String, Domain>,
    /// Each look when it begins, and once more with its end.
    log: Vec<Look>,
}

/// The network of a test.
#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    state: Arc<Mutex<State>>,
    pub(crate) clocks: Arc<Clocks>,
}

impl World {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Changes a domain.
    pub(crate) fn change(&self, domain: &str, change: impl FnOnce(&mut Domain)) {
        change(self.state().domains.entry(domain.to_owned()).or_default());
    }

    /// What has happened since a place in the log, in its order: each look comes once without its
    /// end when it begins, and once with it.
    pub(crate) fn since(&self, place: usize) -> Vec<Look> {
        self.state().log[place..].to_vec()
    }

    /// The place in the log.
    pub(crate) fn place(&self) -> usize {
        self.state().log.len()
    }

    /// How many looks of a kind have begun.
    pub(crate) fn count(&self, kind: LookKind) -> usize {
        self.state().log.iter().filter(|look| look.kind == kind && look.ended.is_none()).count()
    }

    /// How many looks of this life are under way.
    pub(crate) fn under_way(&self) -> usize {
        self.looks_under_way(|_| true)
    }

    /// How many of them are looks at policy domains.
    pub(crate) fn domains_under_way(&self) -> usize {
        self.looks_under_way(|kind| kind != LookKind::Dane)
    }

    fn looks_under_way(&self, counts: impl Fn(LookKind) -> bool) -> usize {
        let life = self.clocks.now().life;
        let state = self.state();
        let looks = state.log.iter().rev().take_while(|look| look.began.life == life);
        let (ends, begins): (Vec<&Look>, Vec<&Look>) =
            looks.filter(|look| counts(look.kind)).partition(|look| look.ended.is_some());
        begins.len() - ends.len()
    }

    async fn look(
        &self,
        kind: LookKind,
        domain: &DomainName,
        next_hop: Option<&NextHop>,
        see: impl FnOnce(&Domain) -> Seen,
    ) -> Seen {
        let domain = domain.to_string();
        let (look, delay) = {
            let began = self.clocks.now();
            let next_hop = next_hop.map(ToString::to_string);
            let look = Look { kind, domain: domain.clone(), next_hop, began, ended: None };
            let mut state = self.state();
            state.log.push(look.clone());
            let delays = state.domains.entry(domain.clone()).or_default().delays;
            (look, delays[kind as usize])
        };
        if delay > 0 {
            tokio::time::sleep(Duration::from_secs(delay)).await;
        }
        let mut state = self.state();
        let seen = see(&state.domains[&domain]);
        state.log.push(Look { ended: Some((self.clocks.now(), seen)), ..look });
        seen
    }
}

impl Network for World {
    fn record<'a>(&'a self, domain: &'a DomainName) -> BoxFuture<'a, RecordLook> {
        Box::pin(async move {
            let see = |domain: &Domain| Seen::Record(domain.record, domain.ttl);
            let Seen::Record(record, ttl) = self.look(LookKind::Record, domain, None, see).await
            else {
                unreachable!("a look at a record sees one")
            };
            let outcome = match record {
                Record::Id(id) => RecordOutcome::Id(PolicyId::parse(&format!("id{id}")).unwrap()),
                Record::Absent => RecordOutcome::Absent,
                Record::Unusable => RecordOutcome::Unusable,
                Record::Fails => RecordOutcome::Failed("it fails".to_owned()),
            };
            let ttl = ttl.filter(|_| record != Record::Fails);
            RecordLook { outcome, ttl: ttl.map(|ttl| Duration::from_secs(ttl.into())) }
        })
    }

    fn policy<'a>(
        &'a self,
        domain: &'a DomainName,
        _: Timestamp,
    ) -> BoxFuture<'a, Result<FetchedPolicy, FetchFailure>> {
        Box::pin(async move {
            let see = |domain: &Domain| Seen::Policy(domain.policy);
            let Seen::Policy(policy) = self.look(LookKind::Policy, domain, None, see).await else {
                unreachable!("a fetch brings a policy or none")
            };
            let served =
                policy.map_err(|kind| FetchFailure { kind, reason: "it fails".to_owned() })?;
            let text = format!(
                "version: STSv1\nmode: {}\nmx: mx{}.example\nmax_age: {}\n",
                served.mode, served.number, served.max_age
            );
            let policy = policy::parse(text.as_bytes()).into_policy().unwrap();
            Ok(FetchedPolicy { policy, text: text.into_bytes().into() })
        })
    }

    fn dane<'a>(&'a self, next_hop: &'a NextHop) -> BoxFuture<'a, DaneLook> {
        Box::pin(async move {
            let see = |domain: &Domain| Seen::Dane(domain.dane, domain.ttl);
            let domain = next_hop.policy_domain();
            let Seen::Dane(dane, ttl) =
                self.look(LookKind::Dane, domain, Some(next_hop), see).await
            else {
                unreachable!("a look at DANE sees some")
            };
            let outcome = match dane {
                Dane::Off => DaneOutcome::Off,
                Dane::None => DaneOutcome::None,
                Dane::All => DaneOutcome::All,
                Dane::Partial => DaneOutcome::Partial,
                Dane::Unusable => DaneOutcome::Unusable,
                Dane::MxFails => DaneOutcome::MxFailed("it fails".to_owned()),
                Dane::TlsaFails => DaneOutcome::TlsaFailed("it fails".to_owned()),
            };
            let ttl = ttl.map(|ttl| Duration::from_secs(ttl.into()));
            DaneLook { outcome, ttl, hosts: Vec::new() }
        })
    }
}
