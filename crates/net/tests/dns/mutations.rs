//! Real replies with bytes changed, removed and added: whatever comes of it, the resolver goes on,
//! and nothing that was changed is secure.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sigillo_lab::dns::{DnsLab, ScriptedDns};
use sigillo_net::dns::{Dnssec, RecordKind, Resolver, ResolverSettings, Security};

use crate::ask::{ask, run, settings};

/// How many replies are mutated.
const ROUNDS: usize = 600;

/// A small generator of numbers (splitmix64): each run mutates the same.
fn random(state: &AtomicU64) -> u64 {
    let mut z = state.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Changes anything but the id and the question's beginning, so that the reply is read at all.
fn mutate(bytes: &mut Vec<u8>, state: &AtomicU64) {
    let number = |below: usize| usize::try_from(random(state) % below as u64).unwrap();
    for _ in 0..=number(2) {
        let length = bytes.len();
        let place = 12 + number(length - 12);
        match number(20) {
            0 => bytes.truncate(place.max(13)),
            1 => {
                bytes.remove(place);
            }
            2 => bytes.insert(place, u8::try_from(number(256)).unwrap()),
            3 => bytes[4 + number(8)] ^= 1 << number(8),
            _ => bytes[place] = u8::try_from(number(256)).unwrap(),
        }
        if bytes.len() < 14 {
            return;
        }
    }
}

#[test]
fn mutated_replies_do_no_harm() {
    let Some(lab) = DnsLab::shared() else {
        return;
    };
    let upstream = lab.careless_resolver_address();
    let state = AtomicU64::new(1);
    // The keys come as they are at first, so that there is something to validate with.
    let server = ScriptedDns::start(move |query| {
        let mut reply = query.pass_on(upstream)?;
        let is_key = matches!(query.kind().as_str(), "DS" | "DNSKEY");
        // Keys are changed less often, or hardly anything would get far.
        if !query.name().is_empty() && (!is_key || random(&state).is_multiple_of(64)) {
            mutate(&mut reply, &state);
        }
        Some(reply)
    });
    let names = [
        ("nsec.test", RecordKind::Mx),
        ("mx1.nsec3.test", RecordKind::A),
        ("mx1.nsec3.test", RecordKind::Txt),
        ("nothing.nsec.test", RecordKind::Txt),
        ("nothing.nsec3.test", RecordKind::Txt),
        ("x.wild.nsec3.test", RecordKind::Txt),
        ("out.nsec.test", RecordKind::A),
        ("_25._tcp.mx1.nsec.test", RecordKind::Tlsa),
        ("unsigned.test", RecordKind::Soa),
        ("dangling.nsec.test", RecordKind::Cname),
    ];
    run(async {
        let quick = ResolverSettings {
            timeout: Duration::from_millis(150),
            parallel: 24,
            cache: 0,
            trust_anchor: Some(lab.trust_anchor().to_owned()),
            ..settings(server.address(), Dnssec::Validate)
        };
        let resolver = loop {
            // Also the first keys may come late on a busy machine.
            if let Ok(resolver) = Resolver::new(quick.clone()).await {
                break resolver;
            }
        };
        let lookups = (0..ROUNDS).map(|round| {
            let (name, kind) = names[round % names.len()];
            let resolver = &resolver;
            async move { ask(resolver, name, kind).await }
        });
        let mut secure = 0;
        for answer in futures_util::future::join_all(lookups).await {
            // What was changed may be a part that doesn't matter, such as a count or a TTL.
            if answer.security == Security::Secure {
                secure += 1;
                assert!(!answer.is_failure(), "{answer:?}");
                if let Some(sigillo_net::dns::Records::A(addresses)) = answer.records() {
                    assert_eq!(addresses[0].to_string(), "127.0.0.2", "{answer:?}");
                }
            }
        }
        println!("{secure} of {ROUNDS} are secure, {} queries", server.queries());
        assert!(server.queries() >= ROUNDS);
    });
}
