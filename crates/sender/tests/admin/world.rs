//! A sender with a store of its own, and a network that does what the test says.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use futures_util::future::BoxFuture;
use http_body_util::BodyExt as _;
use jiff::Timestamp;
use serde_json::Value;
use sigillo_formats::mta_sts_record::PolicyId;
use sigillo_formats::{DomainName, policy};
use sigillo_sender::facts::{
    DaneHostLook, DaneHostOutcome, DaneLook, DaneOutcome, FailureKind, FetchFailure, FetchedPolicy,
    RecordLook, RecordOutcome,
};
use sigillo_sender::network::Network;
use sigillo_sender::overrides::Overrides;
use sigillo_sender::{Clock, Moment, NextHop, Sender, SenderSettings, Setup};
use sigillo_store::Store;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// What a domain publishes: an id, and its policy; none: it can't be had.
type Published = (&'static str, Option<&'static str>);

pub(crate) const ENFORCE: &str =
    "version: STSv1\r\nmode: enforce\r\nmx: mx.a.example\r\nmx: *.b.example\r\nmax_age: 86400\r\n";
pub(crate) const TESTING: &str =
    "version: STSv1\r\nmode: testing\r\nmx: mx.a.example\r\nmax_age: 3600\r\n";

#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) published: HashMap<&'static str, Published>,
    pub(crate) fetches: usize,
    pub(crate) dns_fails: bool,
    pub(crate) dane: HashMap<&'static str, DaneHostOutcome>,
    seconds: u64,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Script(pub(crate) Arc<Mutex<State>>);

impl Script {
    pub(crate) fn publish(&self, domain: &'static str, id: &'static str, policy: &'static str) {
        self.0.lock().unwrap().published.insert(domain, (id, Some(policy)));
    }

    pub(crate) fn fetches(&self) -> usize {
        self.0.lock().unwrap().fetches
    }

    pub(crate) fn wait(&self, seconds: u64) {
        self.0.lock().unwrap().seconds += seconds;
    }

    fn clock(&self) -> Clock {
        let state = Arc::clone(&self.0);
        Clock::new(move || {
            let running = Duration::from_secs(state.lock().unwrap().seconds);
            Moment { time: start() + running, running }
        })
    }
}

/// When every test begins: in answers it has no more than milliseconds.
pub(crate) fn start() -> Timestamp {
    "2026-01-02T03:04:05.000999999Z".parse().unwrap()
}

impl Network for Script {
    fn record<'a>(&'a self, domain: &'a DomainName) -> BoxFuture<'a, RecordLook> {
        let state = self.0.lock().unwrap();
        let outcome = match state.published.get(domain.as_str()) {
            _ if state.dns_fails => RecordOutcome::Failed("TXT: no answer in time".to_owned()),
            Some((id, _)) => RecordOutcome::Id(PolicyId::parse(id).unwrap()),
            None => RecordOutcome::Absent,
        };
        Box::pin(async { RecordLook { outcome, ttl: Some(Duration::from_mins(10)) } })
    }

    fn policy<'a>(
        &'a self,
        domain: &'a DomainName,
        _: Timestamp,
    ) -> BoxFuture<'a, Result<FetchedPolicy, FetchFailure>> {
        let mut state = self.0.lock().unwrap();
        state.fetches += 1;
        let text = state.published.get(domain.as_str()).and_then(|(_, policy)| *policy);
        let fetched = text
            .map(|text| FetchedPolicy {
                policy: policy::parse(text.as_bytes()).into_policy().unwrap(),
                text: text.as_bytes().into(),
            })
            .ok_or_else(|| FetchFailure {
                kind: FailureKind::Fetch,
                reason: "192.0.2.1: status 404".to_owned(),
            });
        Box::pin(async { fetched })
    }

    fn dane<'a>(&'a self, next_hop: &'a NextHop) -> BoxFuture<'a, DaneLook> {
        let state = self.0.lock().unwrap();
        let domain = next_hop.policy_domain();
        let look = match state.dane.get(domain.as_str()) {
            _ if state.dns_fails => DaneLook {
                outcome: DaneOutcome::MxFailed("MX: no answer in time".to_owned()),
                ttl: None,
                hosts: Vec::new(),
            },
            Some(outcome) => {
                let hosts = vec![DaneHostLook {
                    host: domain.with_prefix("mx").unwrap(),
                    outcome: outcome.clone(),
                }];
                let ttl = Some(Duration::from_mins(20));
                DaneLook { outcome: DaneOutcome::of_hosts(&hosts), ttl, hosts }
            }
            None => DaneLook { outcome: DaneOutcome::None, ttl: None, hosts: Vec::new() },
        };
        Box::pin(async { look })
    }
}

pub(crate) struct World {
    pub(crate) script: Script,
    pub(crate) sender: Sender,
    pub(crate) store: Store,
    _folder: TempDir,
}

pub(crate) async fn world() -> World {
    world_with("", SenderSettings::default()).await
}

pub(crate) async fn world_with(overrides: &str, settings: SenderSettings) -> World {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("store.db").display());
    let store = Store::open(&url.parse().unwrap()).await.unwrap();
    let script = Script::default();
    let setup = Setup {
        network: Arc::new(script.clone()),
        settings,
        overrides: Overrides::parse(overrides.as_bytes()).unwrap(),
    };
    let sender = Sender::new(setup, store.clone(), script.clock());
    World { script, sender, store, _folder: folder }
}

/// What came of a request.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The code of what went wrong.
    pub(crate) fn code(&self) -> String {
        let json = self.json();
        assert!(!json["error"]["help"].as_str().unwrap().is_empty());
        json["error"]["code"].as_str().unwrap().to_owned()
    }
}

impl World {
    pub(crate) async fn get(&self, path: &str) -> Value {
        let answer = self.ask(Method::GET, path, "").await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        answer.json()
    }

    /// Asks on the socket for commands.
    pub(crate) async fn ask(&self, method: Method, path: &str, body: &str) -> Answer {
        ask(self.sender.admin_router(), method, path, body.to_owned()).await
    }
}

pub(crate) async fn ask(
    router: Router,
    method: Method,
    path: &str,
    body: impl Into<Body>,
) -> Answer {
    let request = Request::builder().method(method).uri(path).body(body.into()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    Answer { status, text: String::from_utf8(body.to_vec()).unwrap() }
}

/// The codes of the reasons.
pub(crate) fn reasons(query: &Value) -> Vec<&str> {
    query["reason"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap()).collect()
}
