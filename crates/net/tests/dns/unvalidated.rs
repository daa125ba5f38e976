//! Answers that nobody validates, or that the server vouches for.

use sigillo_lab::dns::ScriptedDns;
use sigillo_net::dns::{
    Dnssec, DnssecStatus, MAXIMUM_ALIASES, MxRecord, Outcome, RecordKind, Records, Resolver,
    ResolverSettings, Security,
};

use crate::ask::{ask, ask_scripted, plain, run, settings};

#[test]
fn without_validation_nothing_is_claimed() {
    run(async {
        let server = ScriptedDns::replying(|query, reply| {
            assert!(!query.dnssec_ok() && !query.checking_disabled() && !query.authentic_data());
            reply.authentic().a(&query.name(), [192, 0, 2, 1].into())
        });
        let resolver = plain(server.address()).await;
        assert_eq!(*resolver.dnssec_status(), DnssecStatus::Off);
        let answer = ask(&resolver, "example.test", RecordKind::A).await;
        assert_eq!(answer.security, Security::Unchecked);
    });
}

#[test]
fn a_trusted_server_vouches_with_its_ad_bit() {
    run(async {
        let server = ScriptedDns::replying(|query, reply| {
            assert!(query.authentic_data() || query.checking_disabled());
            match query.name().as_str() {
                "secure.test" => reply.authentic().a("secure.test", [192, 0, 2, 1].into()),
                "absent.test" => reply.authentic().rcode(3).soa("test", 300, 300),
                "bogus.test" if query.checking_disabled() => {
                    reply.a("bogus.test", [192, 0, 2, 1].into())
                }
                "bogus.test" => reply.rcode(2).extended_error(7, "expired"),
                "failing.test" => reply.rcode(2),
                name => reply.a(name, [192, 0, 2, 1].into()),
            }
        });
        let resolver = Resolver::new(settings(server.address(), Dnssec::TrustAd)).await.unwrap();
        assert_eq!(*resolver.dnssec_status(), DnssecStatus::TrustingAd);
        let security = async |name| ask(&resolver, name, RecordKind::A).await.security;
        assert_eq!(security("secure.test").await, Security::Secure);
        assert_eq!(security("absent.test").await, Security::Secure);
        assert_eq!(security("insecure.test").await, Security::Insecure);
        assert_eq!(security("failing.test").await, Security::Indeterminate);
        let answer = ask(&resolver, "bogus.test", RecordKind::A).await;
        assert_eq!(answer.security, Security::Bogus);
        assert!(
            matches!(&answer.outcome, Outcome::Bogus { reason } if reason.contains("expired")),
            "{answer:?}"
        );
    });
}

#[test]
fn aliases_are_followed_where_the_server_does_not() {
    run(async {
        let server = ScriptedDns::replying(|query, reply| match query.name().as_str() {
            "a.test" => reply.authentic().cname("a.test", "B.test"),
            "b.test" => reply.cname("b.test", "c.test").cname("c.test", "d.test"),
            "d.test" => reply.authentic().a("d.test", [192, 0, 2, 1].into()),
            "endless.test" => reply.cname("endless.test", "endless.test"),
            "x.test" => reply.cname("x.test", "y.test"),
            "y.test" => reply.cname("y.test", "x.test"),
            name => reply.cname(name, &format!("n{name}")),
        });
        let resolver = Resolver::new(settings(server.address(), Dnssec::TrustAd)).await.unwrap();
        let answer = ask(&resolver, "a.test", RecordKind::A).await;
        assert_eq!(answer.outcome, Outcome::Found(Records::A(vec![[192, 0, 2, 1].into()])));
        assert_eq!(answer.aliases, ["b.test", "c.test", "d.test"]);
        assert_eq!(answer.security, Security::Insecure, "one of the aliases is");
        for looping in ["endless.test", "x.test"] {
            let answer = ask(&resolver, looping, RecordKind::A).await;
            assert_eq!(answer.outcome, Outcome::AliasLoop, "{answer:?}");
        }
        let answer = ask(&resolver, "long.test", RecordKind::A).await;
        assert_eq!(answer.outcome, Outcome::TooManyAliases, "{answer:?}");
    });
}

#[test]
fn loops_and_long_chains_in_one_reply() {
    run(async {
        let server = ScriptedDns::replying(|_, reply| {
            reply.cname("a.test", "b.test").cname("b.test", "A.test")
        });
        let answer = ask_scripted(&server, "a.test", RecordKind::A).await;
        assert_eq!(answer.outcome, Outcome::AliasLoop);
        assert_eq!(answer.aliases, ["b.test", "a.test"]);

        let server = ScriptedDns::replying(|_, mut reply| {
            for number in 0..=MAXIMUM_ALIASES {
                reply = reply.cname(&format!("n{number}"), &format!("n{}", number + 1));
            }
            reply
        });
        let answer = ask_scripted(&server, "n0", RecordKind::A).await;
        assert_eq!(answer.outcome, Outcome::TooManyAliases);
        assert_eq!(answer.aliases.len(), MAXIMUM_ALIASES);
    });
}

#[test]
fn nothing_without_a_soa_record_is_nothing() {
    run(async {
        let server = ScriptedDns::replying(|query, reply| match query.name().as_str() {
            "nodata.test" => reply,
            _ => reply.rcode(3),
        });
        let answer = ask_scripted(&server, "nodata.test", RecordKind::A).await;
        assert_eq!((answer.outcome, answer.negative_ttl), (Outcome::NoData, None));
        let answer = ask_scripted(&server, "nothing.test", RecordKind::A).await;
        assert_eq!((answer.outcome, answer.negative_ttl), (Outcome::NxDomain, None));
    });
}

#[test]
fn a_null_mx_is_the_root() {
    run(async {
        let server =
            ScriptedDns::replying(|query, reply| reply.answer(&query.name(), 15, 300, &[0, 0, 0]));
        let answer = ask_scripted(&server, "example.test", RecordKind::Mx).await;
        let record = MxRecord { preference: 0, exchange: ".".to_owned() };
        assert_eq!(answer.outcome, Outcome::Found(Records::Mx(vec![record])));
    });
}

#[test]
fn a_ttl_with_its_highest_bit_is_none() {
    run(async {
        let server = ScriptedDns::replying(|query, reply| {
            reply.answer(&query.name(), 1, u32::MAX, &[192, 0, 2, 1])
        });
        let settings = ResolverSettings { cache: 0, ..settings(server.address(), Dnssec::Off) };
        let resolver = Resolver::new(settings).await.unwrap();
        assert_eq!(ask(&resolver, "example.test", RecordKind::A).await.ttl, Some(0));
    });
}
