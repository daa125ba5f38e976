//! Resolvers for the tests, and short ways to ask them.

use std::net::SocketAddr;
use std::time::Duration;

use sigillo_lab::dns::{DnsLab, ScriptedDns};
use sigillo_net::dns::{
    Answer, Dnssec, Outcome, QueryName, RecordKind, Records, Resolver, ResolverSettings,
};

/// Settings for a quick end of what never answers.
pub(crate) fn settings(server: SocketAddr, dnssec: Dnssec) -> ResolverSettings {
    ResolverSettings {
        servers: vec![server],
        dnssec,
        timeout: Duration::from_millis(300),
        tries: 1,
        ..ResolverSettings::default()
    }
}

/// A resolver that validates from the lab's own root on.
pub(crate) async fn validating(lab: &DnsLab, server: SocketAddr) -> Resolver {
    let settings = ResolverSettings {
        trust_anchor: Some(lab.trust_anchor().to_owned()),
        timeout: Duration::from_secs(5),
        ..settings(server, Dnssec::Validate)
    };
    Resolver::new(settings).await.unwrap()
}

/// A resolver that doesn't look at signatures.
pub(crate) async fn plain(server: SocketAddr) -> Resolver {
    Resolver::new(settings(server, Dnssec::Off)).await.unwrap()
}

pub(crate) async fn ask(resolver: &Resolver, name: &str, kind: RecordKind) -> Answer {
    resolver.lookup(&QueryName::parse(name).unwrap(), kind).await
}

/// What a plain resolver makes of a scripted server.
pub(crate) async fn ask_scripted(server: &ScriptedDns, name: &str, kind: RecordKind) -> Answer {
    ask(&plain(server.address()).await, name, kind).await
}

/// The texts of an answer.
pub(crate) fn texts(answer: &Answer) -> Vec<(String, usize)> {
    match &answer.outcome {
        Outcome::Found(Records::Txt(records)) => records
            .iter()
            .map(|record| (String::from_utf8_lossy(&record.text).into_owned(), record.strings))
            .collect(),
        other => panic!("no texts: {other:?}"),
    }
}

/// Runs a test's future on a runtime with two threads.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.unwrap().block_on(future)
}
