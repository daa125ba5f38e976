//! Servers that fail, each in its way.

use std::time::{Duration, Instant};

use sigillo_lab::dns::{Reply, ScriptedDns, Transport};
use sigillo_net::dns::{
    Dnssec, Outcome, RecordKind, Resolver, ResolverSettings, ResponseCode, Security,
};

use crate::ask::{ask, ask_scripted, plain, run, settings, texts};

#[test]
fn a_server_that_fails_says_how() {
    run(async {
        let codes = [
            (1, ResponseCode::FormErr),
            (2, ResponseCode::ServFail),
            (4, ResponseCode::NotImp),
            (5, ResponseCode::Refused),
            (9, ResponseCode::Other(9)),
        ];
        for (code, rcode) in codes {
            let server = ScriptedDns::replying(move |_, reply| reply.rcode(code));
            let answer = ask_scripted(&server, "example.test", RecordKind::Mx).await;
            let expected = Outcome::ServerFailure { rcode, extended_error: None };
            assert_eq!(answer.outcome, expected);
            assert_eq!(answer.security, Security::Unchecked);
            assert_eq!(answer.server, server.address());
        }
        let server = ScriptedDns::replying(|_, reply| {
            reply.rcode(2).extended_error(22, "no server\nanswers \u{1b}[31m")
        });
        let answer = ask_scripted(&server, "example.test", RecordKind::Mx).await;
        let Outcome::ServerFailure { extended_error: Some(error), .. } = answer.outcome else {
            panic!("{answer:?}");
        };
        assert!(error.starts_with("22 ") && error.contains("no server"), "{error}");
        assert!(!error.contains(char::is_control), "{error:?}");
    });
}

#[test]
fn a_refusal_without_the_question_counts() {
    run(async {
        let server = ScriptedDns::start(|query| {
            let mut bytes = Reply::to(query).rcode(5).bytes();
            bytes[5] = 0;
            bytes.truncate(12);
            Some(bytes)
        });
        let answer = ask_scripted(&server, "example.test", RecordKind::A).await;
        let rcode = ResponseCode::Refused;
        assert_eq!(answer.outcome, Outcome::ServerFailure { rcode, extended_error: None });
    });
}

#[test]
fn no_answer_is_a_timeout() {
    run(async {
        let server = ScriptedDns::silent();
        let start = Instant::now();
        let answer = ask_scripted(&server, "example.test", RecordKind::A).await;
        assert_eq!(answer.outcome, Outcome::Timeout);
        assert!(start.elapsed() < Duration::from_secs(2));
        // Silence over TCP is one too.
        let server = ScriptedDns::start(|query| match query.transport() {
            Transport::Udp => Some(Reply::to(query).truncated().bytes()),
            Transport::Tcp => None,
        });
        let answer = ask_scripted(&server, "example.test", RecordKind::A).await;
        assert_eq!(answer.outcome, Outcome::Timeout);
    });
}

#[test]
fn a_closed_port_is_known_at_once() {
    run(async {
        let address = sigillo_lab::loopback(sigillo_lab::free_port());
        let slow = ResolverSettings {
            timeout: Duration::from_secs(20),
            tries: 3,
            ..settings(address, Dnssec::Off)
        };
        let resolver = Resolver::new(slow).await.unwrap();
        let start = Instant::now();
        let answer = ask(&resolver, "example.test", RecordKind::A).await;
        assert!(matches!(answer.outcome, Outcome::Unreachable { .. }), "{answer:?}");
        assert!(start.elapsed() < Duration::from_secs(5));
    });
}

#[test]
fn what_does_not_fit_comes_over_tcp() {
    run(async {
        let server = ScriptedDns::replying(|query, reply| reply.txt(&query.name(), &[b'z'; 9000]));
        let answer = ask_scripted(&server, "example.test", RecordKind::Txt).await;
        assert_eq!(texts(&answer), [("z".repeat(9000), 36)]);
        assert_eq!(server.queries(), 2);
    });
}

#[test]
fn another_server_is_asked() {
    run(async {
        let good =
            ScriptedDns::replying(|query, reply| reply.a(&query.name(), [192, 0, 2, 1].into()));
        let silent = ScriptedDns::silent();
        let failing = ScriptedDns::replying(|_, reply| reply.rcode(2));
        let closed = sigillo_lab::loopback(sigillo_lab::free_port());
        for bad in [silent.address(), failing.address(), closed] {
            let both = ResolverSettings {
                servers: vec![bad, good.address()],
                cache: 0,
                ..settings(bad, Dnssec::Off)
            };
            let resolver = Resolver::new(both).await.unwrap();
            let answer = ask(&resolver, "example.test", RecordKind::A).await;
            assert!(answer.records().is_some(), "{answer:?}");
            assert_eq!(answer.server, good.address());
            // What answered is asked first from then on.
            let again = ask(&resolver, "example.test", RecordKind::A).await;
            assert!(again.elapsed < Duration::from_millis(200), "{again:?}");
        }
    });
}

#[test]
fn a_second_try_reaches_a_server_that_lost_the_first() {
    run(async {
        let server = ScriptedDns::start({
            let lost = std::sync::atomic::AtomicBool::new(false);
            move |query| {
                let first = !lost.swap(true, std::sync::atomic::Ordering::Relaxed);
                (!first).then(|| Reply::to(query).a(&query.name(), [192, 0, 2, 1].into()).bytes())
            }
        });
        let patient = ResolverSettings { tries: 2, ..settings(server.address(), Dnssec::Off) };
        let resolver = Resolver::new(patient).await.unwrap();
        let answer = ask(&resolver, "example.test", RecordKind::A).await;
        assert!(answer.records().is_some(), "{answer:?}");
    });
}

#[test]
fn lookups_beside_each_other_share_an_answer_while_it_counts() {
    run(async {
        let server = ScriptedDns::replying(|query, reply| match query.name().as_str() {
            "short.test" => reply.answer("short.test", 1, 0, &[192, 0, 2, 1]),
            "missing.test" => reply.rcode(3).soa("test", 600, 60),
            name => reply.a(name, [192, 0, 2, 1].into()),
        });
        server.set_delay(Duration::from_millis(50));
        let resolver = plain(server.address()).await;
        let lookups = (0..20).map(|_| ask(&resolver, "example.test", RecordKind::A));
        let answers = futures_util::future::join_all(lookups).await;
        assert!(answers.iter().all(|answer| answer.records().is_some()));
        assert_eq!(server.queries(), 1);
        for _ in 0..2 {
            let answer = ask(&resolver, "missing.test", RecordKind::A).await;
            assert_eq!(answer.outcome, Outcome::NxDomain);
            assert_eq!(answer.negative_ttl, Some(60));
        }
        assert_eq!(server.queries(), 2);
        for _ in 0..2 {
            ask(&resolver, "short.test", RecordKind::A).await;
        }
        assert_eq!(server.queries(), 4, "a TTL of 0 is not remembered");

        let forgetful = ResolverSettings { cache: 0, ..settings(server.address(), Dnssec::Off) };
        let resolver = Resolver::new(forgetful).await.unwrap();
        for _ in 0..2 {
            ask(&resolver, "example.test", RecordKind::A).await;
        }
        assert_eq!(server.queries(), 6);
    });
}

#[test]
fn lookups_may_run_in_any_task() {
    run(async {
        let server = ScriptedDns::replying(|_, reply| reply.rcode(3).soa("test", 60, 60));
        let resolver = plain(server.address()).await;
        let task = tokio::spawn(async move { ask(&resolver, "a.test", RecordKind::A).await });
        assert!(task.await.unwrap().is_absent());
    });
}

#[test]
fn many_lookups_at_a_time() {
    run(async {
        let server =
            ScriptedDns::replying(|query, reply| reply.a(&query.name(), [192, 0, 2, 1].into()));
        let patient = ResolverSettings {
            parallel: 20,
            timeout: Duration::from_secs(10),
            ..settings(server.address(), Dnssec::Off)
        };
        let resolver = Resolver::new(patient).await.unwrap();
        let names: Vec<String> = (0..500).map(|number| format!("n{number}.test")).collect();
        let lookups = names.iter().map(|name| ask(&resolver, name, RecordKind::A));
        let answers = futures_util::future::join_all(lookups).await;
        let found = answers.iter().filter(|answer| answer.records().is_some()).count();
        assert_eq!(found, 500);
    });
}
