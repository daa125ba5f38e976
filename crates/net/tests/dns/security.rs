//! What is secure, insecure and bogus, in real zones behind a real resolver.

use sigillo_lab::dns::DnsLab;
use sigillo_net::dns::{DnssecStatus, MxRecord, Outcome, RecordKind, Records, Resolver, Security};

use crate::ask::{ask, run, texts, validating};

const SIGNED: [&str; 2] = ["nsec.test", "nsec3.test"];
const BOGUS: [&str; 4] = ["damaged.test", "expired.test", "wrongkey.test", "stripped.test"];

/// Runs a test behind the resolver that validates, and behind the one that doesn't: what we find
/// out must not depend on it.
fn behind_both(test: &impl AsyncFn(&Resolver)) {
    let Some(lab) = DnsLab::shared() else {
        return;
    };
    run(async {
        for server in [lab.resolver_address(), lab.careless_resolver_address()] {
            let resolver = validating(&lab, server).await;
            assert_eq!(*resolver.dnssec_status(), DnssecStatus::Validating);
            test(&resolver).await;
        }
    });
}

#[test]
fn signed_records_are_secure() {
    behind_both(&async |resolver| {
        for zone in SIGNED {
            let answer = ask(resolver, zone, RecordKind::Mx).await;
            assert_eq!(answer.security, Security::Secure, "{answer:?}");
            let exchange = format!("mx1.{zone}");
            let expected = Records::Mx(vec![MxRecord { preference: 10, exchange }]);
            assert_eq!(answer.outcome, Outcome::Found(expected));
            assert!(answer.ttl.is_some_and(|ttl| (3500..=3600).contains(&ttl)), "{answer:?}");
            assert_eq!(answer.negative_ttl, None);
        }
    });
}

#[test]
fn the_proof_that_there_is_nothing_is_secure() {
    behind_both(&async |resolver| {
        for zone in SIGNED {
            let answer = ask(resolver, &format!("mx1.{zone}"), RecordKind::Txt).await;
            assert_eq!(answer.outcome, Outcome::NoData, "{answer:?}");
            assert_eq!(answer.security, Security::Secure, "{answer:?}");
            assert!(answer.negative_ttl.is_some_and(|ttl| (200..=300).contains(&ttl)));

            let answer = ask(resolver, &format!("nothing.{zone}"), RecordKind::A).await;
            assert_eq!(answer.outcome, Outcome::NxDomain, "{answer:?}");
            assert_eq!(answer.security, Security::Secure, "{answer:?}");
            assert!(answer.negative_ttl.is_some_and(|ttl| (200..=300).contains(&ttl)));
        }
        let answer = ask(resolver, "nothing-at-all", RecordKind::A).await;
        assert_eq!(
            (&answer.outcome, answer.security),
            (&Outcome::NxDomain, Security::Secure),
            "{answer:?}"
        );
    });
}

#[test]
fn what_a_wildcard_makes_is_secure() {
    behind_both(&async |resolver| {
        for zone in SIGNED {
            let answer = ask(resolver, &format!("_mta-sts.wild.{zone}"), RecordKind::Txt).await;
            assert_eq!(texts(&answer), [("by accident".to_owned(), 1)]);
            assert_eq!(answer.security, Security::Secure, "{answer:?}");
            // The wildcard exists, but not with such records.
            let answer = ask(resolver, &format!("x.wild.{zone}"), RecordKind::Mx).await;
            assert_eq!(answer.outcome, Outcome::NoData);
            assert_eq!(answer.security, Security::Secure, "{answer:?}");
        }
    });
}

#[test]
fn unsigned_zones_are_insecure() {
    behind_both(&async |resolver| {
        let security = async |name, kind| {
            let answer = ask(resolver, name, kind).await;
            (answer.outcome.clone(), answer.security)
        };
        let (outcome, insecure) = security("unsigned.test", RecordKind::Mx).await;
        assert!(matches!(outcome, Outcome::Found(_)), "{outcome:?}");
        assert_eq!(insecure, Security::Insecure);
        let nodata = security("mx1.unsigned.test", RecordKind::Txt).await;
        assert_eq!(nodata, (Outcome::NoData, Security::Insecure));
        let nothing = security("nothing.unsigned.test", RecordKind::A).await;
        assert_eq!(nothing, (Outcome::NxDomain, Security::Insecure));
    });
}

#[test]
fn wrong_signatures_are_bogus_and_named() {
    behind_both(&async |resolver| {
        for zone in BOGUS {
            for (name, kind) in [
                (zone.to_owned(), RecordKind::Mx),
                (format!("mx1.{zone}"), RecordKind::Txt),
                (format!("nothing.{zone}"), RecordKind::A),
            ] {
                let answer = ask(resolver, &name, kind).await;
                assert_eq!(answer.security, Security::Bogus, "{answer:?}");
                let Outcome::Bogus { reason } = &answer.outcome else {
                    panic!("not bogus: {answer:?}");
                };
                println!("{name} {kind}: {reason}");
                let expired = reason.contains("expired on 2020-02-01");
                assert_eq!(expired, zone == "expired.test", "{reason}");
            }
        }
    });
}

#[test]
fn aliases_are_kept_and_as_secure_as_the_weakest() {
    behind_both(&async |resolver| {
        let answer = ask(resolver, "alias.nsec3.test", RecordKind::A).await;
        assert_eq!(answer.aliases, ["mx1.nsec3.test"]);
        assert_eq!(answer.security, Security::Secure, "{answer:?}");

        let answer = ask(resolver, "in.nsec3.test", RecordKind::Aaaa).await;
        assert_eq!(answer.aliases, ["mx1.nsec.test"]);
        assert_eq!(answer.security, Security::Secure, "{answer:?}");

        let answer = ask(resolver, "out.nsec.test", RecordKind::A).await;
        assert_eq!(answer.aliases, ["mx1.unsigned.test"]);
        assert!(answer.records().is_some());
        assert_eq!(answer.security, Security::Insecure, "{answer:?}");
        // The alias itself is secure.
        let answer = ask(resolver, "out.nsec.test", RecordKind::Cname).await;
        assert!(answer.aliases.is_empty());
        assert_eq!(answer.security, Security::Secure, "{answer:?}");

        let answer = ask(resolver, "in.unsigned.test", RecordKind::A).await;
        assert_eq!(answer.security, Security::Insecure, "{answer:?}");

        let answer = ask(resolver, "dangling.nsec.test", RecordKind::A).await;
        assert_eq!(answer.outcome, Outcome::NxDomain);
        assert_eq!(answer.aliases, ["nothing-here.nsec.test"]);
        assert_eq!(answer.security, Security::Secure, "{answer:?}");
    });
}

#[test]
fn a_loop_of_aliases_is_no_answer() {
    behind_both(&async |resolver| {
        let answer = ask(resolver, "loop1.nsec.test", RecordKind::A).await;
        assert!(matches!(answer.outcome, Outcome::ServerFailure { .. }), "{answer:?}");
        let answer = resolver.explain(answer).await;
        assert_eq!(answer.outcome, Outcome::AliasLoop, "{answer:?}");
        assert_eq!(answer.aliases, ["loop2.nsec.test", "loop1.nsec.test"]);
    });
}

#[test]
fn long_texts_come_whole_and_secure() {
    behind_both(&async |resolver| {
        let answer = ask(resolver, "strings.nsec.test", RecordKind::Txt).await;
        assert_eq!(texts(&answer), [("v=STSv1; id=20261124;".to_owned(), 3)]);
        assert_eq!(answer.security, Security::Secure);
        let answer = ask(resolver, "long.nsec.test", RecordKind::Txt).await;
        assert_eq!(texts(&answer), [("x".repeat(600), 3)]);
        // More than a datagram carries.
        let answer = ask(resolver, "huge.nsec3.test", RecordKind::Txt).await;
        assert_eq!(texts(&answer), [("y".repeat(4000), 16)]);
        assert_eq!(answer.security, Security::Secure);
    });
}

#[test]
fn all_kinds_of_records() {
    behind_both(&async |resolver| {
        let found = async |name, kind| match ask(resolver, name, kind).await {
            answer if answer.security == Security::Secure => answer.records().cloned(),
            answer => panic!("{answer:?}"),
        };
        let ns = found("nsec.test", RecordKind::Ns).await;
        assert_eq!(ns, Some(Records::Ns(vec!["ns1.nsec.test".to_owned()])));
        let Some(Records::Soa(soa)) = found("nsec.test", RecordKind::Soa).await else {
            panic!("no SOA");
        };
        assert_eq!((soa[0].primary.as_str(), soa[0].minimum), ("ns1.nsec.test", 300));
        let Some(Records::Tlsa(tlsa)) = found("_25._tcp.mx1.nsec.test", RecordKind::Tlsa).await
        else {
            panic!("no TLSA");
        };
        assert_eq!((tlsa[0].usage, tlsa[0].selector, tlsa[0].matching), (3, 1, 1));
        assert_eq!(tlsa[0].data, [0xab; 32]);
        let Some(Records::Aaaa(addresses)) = found("mx1.nsec.test", RecordKind::Aaaa).await else {
            panic!("no address");
        };
        assert_eq!(addresses[0].to_string(), "::1");
    });
}
