//! A service on a Unix socket, whose network is scripted.

use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use serde_json::Value;
use sigillo_formats::mta_sts_record::PolicyId;
use sigillo_formats::{DomainName, policy};
use sigillo_listen::{ListenAddress, Listener};
use sigillo_sender::facts::{
    DaneLook, DaneOutcome, FailureKind, FetchFailure, FetchedPolicy, RecordLook, RecordOutcome,
};
use sigillo_sender::network::Network;
use sigillo_sender::overrides::Overrides;
use sigillo_sender::{Clock, NextHop, Sender, SenderSettings, Setup};
use sigillo_store::Store;
use sigillo_web::serve::serve;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::run::{Outcome, command, run_with};

pub(crate) const ENFORCE: &str =
    "version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 604800\n";

/// Every domain below `example.com` has a policy, which `unfetched.example.com` doesn't give; the
/// DNS fails for `failing.example`.
#[derive(Debug)]
struct Script;

impl Network for Script {
    fn record<'a>(&'a self, domain: &'a DomainName) -> BoxFuture<'a, RecordLook> {
        let outcome = match domain.as_str() {
            "failing.example" => RecordOutcome::Failed("no answer in time".to_owned()),
            name if name.ends_with("example.com") => {
                RecordOutcome::Id(PolicyId::parse("20260101").unwrap())
            }
            _ => RecordOutcome::Absent,
        };
        Box::pin(async { RecordLook { outcome, ttl: Some(Duration::from_mins(10)) } })
    }

    fn policy<'a>(
        &'a self,
        domain: &'a DomainName,
        _: Timestamp,
    ) -> BoxFuture<'a, Result<FetchedPolicy, FetchFailure>> {
        if domain.as_str() == "unfetched.example.com" {
            let reason = "status 404".to_owned();
            return Box::pin(async { Err(FetchFailure { kind: FailureKind::Fetch, reason }) });
        }
        let policy = policy::parse(ENFORCE.as_bytes()).into_policy().unwrap();
        Box::pin(async { Ok(FetchedPolicy { policy, text: ENFORCE.as_bytes().into() }) })
    }

    fn dane<'a>(&'a self, next_hop: &'a NextHop) -> BoxFuture<'a, DaneLook> {
        let outcome = match next_hop.policy_domain().as_str() {
            "failing.example" => DaneOutcome::MxFailed("no answer in time".to_owned()),
            _ => DaneOutcome::None,
        };
        Box::pin(async { DaneLook { outcome, ttl: None, hosts: Vec::new() } })
    }
}

/// It ends with the test.
pub(crate) struct Service {
    pub(crate) folder: TempDir,
    _runtime: Runtime,
}

impl Service {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runtime = Runtime::new().unwrap();
        let url = format!("sqlite:{}", folder.path().join("store.db").display());
        let socket = folder.path().join("admin.sock");
        runtime.block_on(async {
            let store = Store::open(&url.parse().unwrap()).await.unwrap();
            let setup = Setup {
                network: Arc::new(Script),
                settings: SenderSettings::default(),
                overrides: Overrides::default(),
            };
            let sender = Sender::new(setup, store, Clock::system());
            let listener = Listener::bind(&ListenAddress::Unix(socket), None).await.unwrap();
            let (routers, router) = watch::channel(sender.admin_router());
            tokio::spawn(async move {
                let _stays = routers;
                serve(vec![listener], router, CancellationToken::new()).await
            });
        });
        let service = Self { folder, _runtime: runtime };
        let socket = service.path("admin.sock");
        let file = format!("[sender]\nadmin = \"unix:{socket}\"\n");
        std::fs::write(service.path("sigillo.toml"), file).unwrap();
        service
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// The command with the configuration of this service.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = command(arguments);
        command.env("SIGILLO_CONFIG", self.path("sigillo.toml"));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        run_with(self.command(arguments), b"")
    }
}

/// When the policy was fetched that an answer tells of.
pub(crate) fn fetched_at(answer: &Value) -> Timestamp {
    answer["policy"]["fetched_at"].as_str().unwrap().parse().unwrap()
}
