//! The verdicts, the exit status, and the one sentence.

use std::fmt::Write as _;

use sigillo_check::observation::*;
use sigillo_check::{Judgement, Observation, Verdict};
use sigillo_findings::Severity;
use sigillo_language::Language;

use crate::domain::*;

/// A situation, the verdict on it, and the exit status.
type Situation = (&'static str, Verdict, u8, fn() -> Observation);

fn changed(base: fn() -> Observation, change: fn(&mut Observation)) -> Observation {
    let mut seen = base();
    change(&mut seen);
    seen
}

const SITUATIONS: &[Situation] = &[
    ("enforced", Verdict::Enforced, 0, healthy),
    ("enforced, one host", Verdict::Enforced, 0, || {
        changed(healthy, |seen| set_mx(seen, &["mx1.example.com"]))
    }),
    ("enforced, port 25 blocked", Verdict::Enforced, 0, || changed(healthy, block_port_25)),
    ("enforced, one host out of reach", Verdict::Enforced, 0, || {
        changed(healthy, |seen| {
            each_session(seen, |session| {
                session.connect_failure = Some(ConnectFailure::NoRoute);
                session.tls = None;
            });
        })
    }),
    ("enforced, null MX", Verdict::Enforced, 0, || changed(healthy, |seen| set_mx(seen, &[""]))),
    ("enforced, MX not known", Verdict::Enforced, 0, || {
        changed(healthy, |seen| {
            seen.mx = look("example.com", "MX", DnsOutcome::Timeout, Vec::new());
            seen.mail_hosts.clear();
        })
    }),
    ("enforced, no route to IPv6", Verdict::Enforced, 0, || {
        changed(healthy, |seen| {
            seen.means.ipv6 = false;
            seen.policy_host.fetches[1] = FetchLook {
                connect_failure: Some(ConnectFailure::NoRoute),
                tls: None,
                http: None,
                ..fetch("2001:db8::80")
            };
        })
    }),
    ("testing", Verdict::Testing, 0, testing),
    ("testing, a host would fail", Verdict::Testing, 0, || {
        changed(testing, |seen| fail_sessions(seen, &SmtpFailure::StarttlsMissing))
    }),
    ("testing, port 25 blocked", Verdict::Testing, 0, || changed(testing, block_port_25)),
    ("testing, null MX", Verdict::Testing, 0, || changed(testing, |seen| set_mx(seen, &[""]))),
    ("disabled", Verdict::Disabled, 0, leaving),
    ("broken, several records", Verdict::Broken, 1, || {
        changed(healthy, |seen| set_record(seen, &["v=STSv1; id=1", "v=STSv1; id=2"]))
    }),
    ("broken, record invalid", Verdict::Broken, 1, || {
        changed(healthy, |seen| set_record(seen, &["v=STSv1; id=1-2"]))
    }),
    ("broken, no policy host", Verdict::Broken, 1, || {
        changed(healthy, |seen| seen.policy_host = without_policy().policy_host)
    }),
    ("broken, policy host bogus", Verdict::Broken, 1, || {
        changed(healthy, |seen| {
            seen.policy_host = without_policy().policy_host;
            seen.policy_host.ipv4.outcome = DnsOutcome::Bogus;
            seen.policy_host.ipv6.outcome = DnsOutcome::Bogus;
        })
    }),
    ("broken, TLS fails", Verdict::Broken, 1, || {
        changed(healthy, |seen| {
            each_fetch(seen, |fetch| {
                fetch.tls = None;
                fetch.http = None;
                fetch.tls_failure = Some(TlsFailure::UnrecognizedName);
            });
        })
    }),
    ("broken, certificate", Verdict::Broken, 1, || {
        changed(healthy, |seen| each_certificate(seen, |tls| tls.validity = Validity::Expired))
    }),
    ("broken, not found", Verdict::Broken, 1, || {
        changed(healthy, |seen| each_answer(seen, |http| http.status = 404))
    }),
    ("broken, served as HTML", Verdict::Broken, 1, || {
        changed(healthy, |seen| {
            each_answer(seen, |http| http.content_type = Some("text/html".to_owned()));
        })
    }),
    ("broken, policy invalid", Verdict::Broken, 1, || {
        changed(healthy, |seen| set_policy(seen, "version: STSv1\nmode: enforce\n"))
    }),
    ("failing, all hosts", Verdict::Failing, 1, || {
        changed(healthy, |seen| set_mx(seen, &["mx.provider.example"]))
    }),
    ("failing, many hosts", Verdict::Failing, 1, || {
        changed(healthy, |seen| {
            set_mx(seen, &["a.example.net", "b.example.net", "c.example.net", "d.example.net"]);
        })
    }),
    ("failing, some hosts", Verdict::Failing, 1, || {
        changed(healthy, |seen| fail_sessions(seen, &SmtpFailure::StarttlsMissing))
    }),
    ("absent", Verdict::Absent, 0, without_policy),
    ("absent, DANE", Verdict::Absent, 0, || changed(without_policy, set_dane)),
    ("absent, null MX", Verdict::Absent, 0, || changed(without_policy, |seen| set_mx(seen, &[""]))),
    ("absent, no such domain", Verdict::Absent, 1, || {
        changed(without_policy, |seen| {
            seen.mx = missing("example.com", "MX");
            seen.misplaced.apex = Some(missing("example.com", "TXT"));
            seen.mail_hosts.clear();
        })
    }),
    ("absent, record at the domain", Verdict::Absent, 1, || {
        changed(without_policy, |seen| {
            let records = vec![txt("v=STSv1; id=1")];
            seen.misplaced.apex = Some(found("example.com", "TXT", records));
        })
    }),
    ("absent, policy without a record", Verdict::Absent, 1, || {
        changed(healthy, |seen| seen.record = missing("_mta-sts.example.com", "TXT"))
    }),
    ("unknown, record", Verdict::Unknown, 2, || {
        changed(healthy, |seen| {
            seen.record = look("_mta-sts.example.com", "TXT", DnsOutcome::Timeout, Vec::new());
        })
    }),
    ("unknown, bogus", Verdict::Unknown, 2, || {
        changed(healthy, |seen| {
            seen.record = look("_mta-sts.example.com", "TXT", DnsOutcome::Bogus, Vec::new());
            seen.record.reason = Some("signature expired".to_owned());
        })
    }),
    ("unknown, policy host not resolved", Verdict::Unknown, 2, || {
        changed(healthy, |seen| {
            seen.policy_host = without_policy().policy_host;
            seen.policy_host.ipv4.outcome = DnsOutcome::ServerFailure;
        })
    }),
    ("unknown, no route to the policy host", Verdict::Unknown, 2, || {
        changed(healthy, |seen| {
            each_fetch(seen, |fetch| {
                fetch.connect_failure = Some(ConnectFailure::NoRoute);
                fetch.tls = None;
                fetch.http = None;
            });
        })
    }),
];

fn block_port_25(seen: &mut Observation) {
    for session in seen.mail_hosts.iter_mut().flat_map(|host| &mut host.sessions) {
        session.connect_failure = Some(ConnectFailure::Timeout);
        session.tls = None;
        session.greeting.clear();
    }
}

#[test]
fn every_situation_has_its_verdict_and_exit_status() {
    for (name, verdict, status, seen) in SITUATIONS {
        let judgement = Judgement::of(&seen(), None);
        assert_eq!(judgement.verdict, *verdict, "{name}");
        assert_eq!(judgement.exit_status(Severity::Error), *status, "{name}");
    }
    for verdict in Verdict::ALL {
        assert!(SITUATIONS.iter().any(|(_, other, ..)| *other == verdict), "{verdict}");
    }
}

#[test]
fn the_border_of_the_exit_status_moves() {
    let judgement = Judgement::of(&testing(), None);
    assert_eq!(judgement.worst(), Some(Severity::Hint));
    assert_eq!(judgement.exit_status(Severity::Warning), 0);
    assert_eq!(judgement.exit_status(Severity::Hint), 1);
}

#[test]
fn every_summary_in_both_languages() {
    let mut text = String::new();
    for (name, verdict, _, seen) in SITUATIONS {
        let judgement = Judgement::of(&seen(), None);
        writeln!(text, "## {name}: {verdict}").unwrap();
        for language in Language::ALL {
            let summary = judgement.summary(language);
            assert!(!summary.contains(['{', '}', '\n']), "{summary}");
            writeln!(text, "{summary}").unwrap();
        }
    }
    insta::assert_snapshot!(text);
}

/// What is no fault of the domain is no finding above a hint.
#[test]
fn the_looking_hosts_own_limits_are_no_faults() {
    for name in [
        "enforced, port 25 blocked",
        "enforced, one host out of reach",
        "enforced, no route to IPv6",
    ] {
        let (_, _, _, seen) = SITUATIONS.iter().find(|(other, ..)| *other == name).unwrap();
        let worst = Judgement::of(&seen(), None).worst();
        assert!(worst.is_none_or(|worst| worst == Severity::Hint), "{name}");
    }
}

#[test]
fn hosts_that_no_sender_tries_fail_nothing() {
    let mut seen = healthy();
    seen.mx.records.push(mx(32_767, "ms1.msv1.invalid"));
    assert_eq!(Judgement::of(&seen, None).verdict, Verdict::Enforced);
    seen.mx.records.push(mx(30, "gone.example.net"));
    let mut gone = mail_host("gone.example.net", 30, 27);
    gone.ipv4 = missing("gone.example.net", "A");
    gone.ipv6 = missing("gone.example.net", "AAAA");
    gone.sessions.clear();
    seen.mail_hosts.push(gone);
    assert_eq!(Judgement::of(&seen, None).verdict, Verdict::Enforced);
}

#[test]
fn dane_needs_no_authority_where_nobody_asks_for_one() {
    let mut seen = without_policy();
    set_dane(&mut seen);
    each_mx_certificate(&mut seen, |tls| tls.trust = Trust::SelfSigned);
    assert!(
        Judgement::of(&seen, None)
            .findings
            .iter()
            .all(|finding| { finding.code().name() == "record-absent" })
    );
}

#[test]
fn behind_the_first_fault_the_others_are_seen_too() {
    let mut seen = healthy();
    each_certificate(&mut seen, |tls| tls.validity = Validity::Expired);
    set_mx(&mut seen, &["mx.provider.example"]);
    let judgement = Judgement::of(&seen, None);
    assert_eq!(judgement.verdict, Verdict::Broken);
    let found = judgement.findings.iter().find(|it| it.code().name() == "mx-not-covered");
    assert_eq!(found.map(sigillo_findings::Finding::severity), Some(Severity::Warning));
}

#[test]
fn an_address_that_only_this_machine_cannot_reach_is_no_fault() {
    let mut seen = healthy();
    seen.means.ipv6 = false;
    seen.policy_host.ipv4 = no_data("mta-sts.example.com", "A");
    seen.policy_host.fetches.remove(0);
    each_fetch(&mut seen, |fetch| {
        fetch.connect_failure = Some(ConnectFailure::Timeout);
        fetch.tls = None;
        fetch.http = None;
    });
    let judgement = Judgement::of(&seen, None);
    assert_eq!((judgement.verdict, judgement.worst()), (Verdict::Unknown, None));
}

#[test]
fn one_fault_of_several_addresses_is_said_once() {
    let mut seen = healthy();
    each_certificate(&mut seen, |tls| tls.validity = Validity::Expired);
    each_mx_certificate(&mut seen, |tls| tls.name = NameMatch::Mismatch);
    let codes: Vec<&str> =
        Judgement::of(&seen, None).findings.iter().map(|finding| finding.code().name()).collect();
    assert_eq!(codes, ["certificate-expired", "mx-certificate-wrong-name"]);
}

#[test]
fn a_short_lived_certificate_ends_soon_only_at_its_end() {
    let soon = |left: i64| {
        let mut seen = healthy();
        each_certificate(&mut seen, |tls| {
            tls.chain[0].not_before = NOW + (left - 6) * DAY;
            tls.chain[0].not_after = NOW + left * DAY;
        });
        !Judgement::of(&seen, None).findings.is_empty()
    };
    assert!(!soon(3));
    assert!(soon(1));
}
