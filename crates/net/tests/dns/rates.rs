//! How often a server is asked.

use std::num::NonZeroU32;
use std::time::Duration;

use sigillo_lab::clock::StillClock;
use sigillo_lab::dns::ScriptedDns;
use sigillo_net::dns::{Dnssec, RecordKind, Resolver, ResolverSettings};
use sigillo_net::pace::RateLimit;

use crate::ask::{ask, settings, texts};

/// A resolver that asks four times a second.
async fn four_a_second(server: &ScriptedDns) -> Resolver {
    let per_second = NonZeroU32::new(4).unwrap();
    let settings = ResolverSettings {
        rate: Some(RateLimit { per_second, public_only: false }),
        timeout: Duration::from_mins(1),
        ..settings(server.address(), Dnssec::Off)
    };
    Resolver::new(settings).await.unwrap()
}

#[tokio::test]
async fn questions_wait_for_their_turn() {
    let server = ScriptedDns::replying(|_, reply| reply.rcode(3));
    let resolver = four_a_second(&server).await;
    let clock = StillClock::stop();
    let lookups: Vec<_> = (0..6)
        .map(|number| {
            let resolver = resolver.clone();
            tokio::spawn(async move {
                ask(&resolver, &format!("n{number}.example"), RecordKind::Txt).await
            })
        })
        .collect();
    for count in 1..=6 {
        clock.until(|| server.queries(), count).await;
        clock.forward(Duration::from_millis(250)).await;
    }
    for lookup in lookups {
        assert!(lookup.await.unwrap().is_absent());
    }
}

#[tokio::test]
async fn a_question_over_tcp_takes_a_second_turn() {
    let server = ScriptedDns::replying(|query, reply| reply.txt(&query.name(), &[b'a'; 4000]));
    let resolver = four_a_second(&server).await;
    let clock = StillClock::stop();
    let lookup = tokio::spawn(async move { ask(&resolver, "long.example", RecordKind::Txt).await });
    clock.until(|| server.queries(), 1).await;
    clock.forward(Duration::from_millis(250)).await;
    clock.until(|| server.queries(), 2).await;
    assert_eq!(texts(&lookup.await.unwrap())[0].0.len(), 4000);
}
