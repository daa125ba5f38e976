//! Somebody between the resolver and us, who changes what is signed, and a way to the keys that
//! fails. The first must never pass for secure or insecure, the second never for bogus.

use std::time::Duration;

use sigillo_lab::dns::{DelayProxy, DnsLab, Query, Reply, ScriptedDns};
use sigillo_net::dns::{
    Answer, Outcome, RecordKind, Resolver, ResolverSettings, ResponseCode, Security,
};

use crate::ask::{ask, run, settings, validating};

const MX: u16 = 15;
const RRSIG: u16 = 46;

/// A server in front of the lab's that changes some replies: those for which `change` gives one.
fn between(
    lab: &DnsLab,
    change: impl Fn(&Query, Reply) -> Option<Reply> + Send + Sync + 'static,
) -> ScriptedDns {
    let upstream = lab.careless_resolver_address();
    ScriptedDns::start(move |query| match change(query, Reply::to(query)) {
        Some(reply) => Some(reply.bytes()),
        None => query.pass_on(upstream),
    })
}

/// The answer for mail exchangers through such a server.
async fn mx_through(lab: &DnsLab, server: &ScriptedDns, name: &str) -> Answer {
    let resolver = validating(lab, server.address()).await;
    ask(&resolver, name, RecordKind::Mx).await
}

fn is_mx_of(query: &Query, name: &str) -> bool {
    query.kind() == "MX" && query.name() == name
}

/// A name in wire form.
fn wire(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for label in name.split_terminator('.') {
        bytes.push(u8::try_from(label.len()).unwrap());
        bytes.extend_from_slice(label.as_bytes());
    }
    bytes.push(0);
    bytes
}

/// The data of a signature over MX records that is none, by any zone.
fn signature_by(signer: &str) -> Vec<u8> {
    let mut data = vec![0, 15, 13, 2, 0, 0, 14, 16];
    data.extend_from_slice(&u32::MAX.wrapping_div(2).to_be_bytes());
    data.extend_from_slice(&[0; 4]);
    data.extend_from_slice(&[4, 210]);
    data.extend_from_slice(&wire(signer));
    data.extend_from_slice(&[7; 64]);
    data
}

#[test]
fn a_signature_by_another_zone_does_not_make_a_signed_one_insecure() {
    let Some(lab) = DnsLab::shared() else {
        return;
    };
    run(async {
        // Above `nsec.test` are `test` and the root, which is signed; the others are not above.
        for signer in ["unsigned.test.", "x.nsec.test.", "elsewhere.", "test.", "."] {
            let server = between(&lab, move |query, reply| {
                is_mx_of(query, "nsec.test").then(|| {
                    reply
                        .answer(
                            "nsec.test",
                            MX,
                            3600,
                            &[[0, 1].as_slice(), &wire("evil.test")].concat(),
                        )
                        .answer("nsec.test", RRSIG, 3600, &signature_by(signer))
                })
            });
            let answer = mx_through(&lab, &server, "nsec.test").await;
            assert_eq!(answer.security, Security::Bogus, "{signer}: {answer:?}");
            assert!(matches!(answer.outcome, Outcome::Bogus { .. }), "{signer}: {answer:?}");
        }
    });
}

#[test]
fn what_is_taken_away_is_missed() {
    let Some(lab) = DnsLab::shared() else {
        return;
    };
    run(async {
        let forged: [fn(Reply) -> Reply; 5] = [
            |reply| reply,
            |reply| reply.soa("nsec.test", 300, 300),
            |reply| reply.rcode(3).soa("nsec.test", 300, 300),
            |reply| reply.rcode(3).soa("unsigned.test", 300, 300),
            |reply| reply.cname("nsec.test", "unsigned.test"),
        ];
        for forge in forged {
            let server = between(&lab, move |query, reply| {
                is_mx_of(query, "nsec.test").then(|| forge(reply))
            });
            let answer = mx_through(&lab, &server, "nsec.test").await;
            assert_eq!(answer.security, Security::Bogus, "{answer:?}");
        }
    });
}

#[test]
fn a_forged_delegation_is_bogus() {
    let Some(lab) = DnsLab::shared() else {
        return;
    };
    run(async {
        let server = between(&lab, |query, reply| match query.kind().as_str() {
            "DS" if query.name() == "nsec.test" => Some(reply.soa("", 300, 300)),
            "MX" => Some(reply.answer("nsec.test", MX, 300, &[0, 1, 0])),
            _ => None,
        });
        let answer = mx_through(&lab, &server, "nsec.test").await;
        assert_eq!(answer.security, Security::Bogus, "{answer:?}");
    });
}

#[test]
fn what_an_unsigned_zone_leaves_out_is_not_bogus() {
    let Some(lab) = DnsLab::shared() else {
        return;
    };
    run(async {
        for (code, outcome) in [(0, Outcome::NoData), (3, Outcome::NxDomain)] {
            let server = between(&lab, move |query, reply| {
                is_mx_of(query, "mx1.unsigned.test").then(|| reply.rcode(code))
            });
            let answer = mx_through(&lab, &server, "mx1.unsigned.test").await;
            assert_eq!((&answer.outcome, answer.security), (&outcome, Security::Insecure));
        }
    });
}

#[test]
fn keys_that_cannot_be_had_prove_nothing() {
    let Some(lab) = DnsLab::shared() else {
        return;
    };
    run(async {
        let failing = between(&lab, |query, reply| {
            (query.kind() == "DNSKEY" && query.name() == "nsec.test").then(|| reply.rcode(2))
        });
        let answer = mx_through(&lab, &failing, "nsec.test").await;
        let rcode = ResponseCode::ServFail;
        assert_eq!(answer.outcome, Outcome::ServerFailure { rcode, extended_error: None });
        assert_eq!(answer.security, Security::Indeterminate);

        let upstream = lab.careless_resolver_address();
        let silent = ScriptedDns::start(move |query| {
            let asks_for_keys = query.kind() == "DS" && query.name() == "nsec.test";
            (!asks_for_keys).then(|| query.pass_on(upstream)).flatten()
        });
        let hasty = ResolverSettings {
            trust_anchor: Some(lab.trust_anchor().to_owned()),
            timeout: Duration::from_millis(500),
            ..settings(silent.address(), sigillo_net::dns::Dnssec::Validate)
        };
        let resolver = Resolver::new(hasty).await.unwrap();
        let answer = ask(&resolver, "nsec.test", RecordKind::Mx).await;
        assert_eq!(answer.outcome, Outcome::Timeout, "{answer:?}");
        assert_eq!(answer.security, Security::Indeterminate);
        // And what doesn't need these keys is as secure as ever.
        let answer = ask(&resolver, "nsec3.test", RecordKind::Mx).await;
        assert_eq!(answer.security, Security::Secure, "{answer:?}");
    });
}

#[test]
fn validation_takes_hardly_longer_than_the_question() {
    let Some(lab) = DnsLab::shared() else {
        return;
    };
    run(async {
        let delay = Duration::from_millis(200);
        let slow = DelayProxy::start(lab.resolver_address(), delay);
        let resolver = validating(&lab, slow.address()).await;
        let answer = ask(&resolver, "_25._tcp.mx1.nsec3.test", RecordKind::Tlsa).await;
        assert_eq!(answer.security, Security::Secure, "{answer:?}");
        // One round trip for all, where one after the other would be six.
        assert!(answer.elapsed < delay * 3, "{answer:?}");
    });
}
