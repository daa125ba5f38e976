//! The same questions for `sigillo serve` and for the real postfix-mta-sts-resolver, in the same small internet:
//! each answer of both is known, and each difference has a reason, which `docs/peers.md` tells. And other mail servers
//! than Postfix that ask Sigillo.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod case;
mod daemons;
mod dane;
mod exim;
mod hosts;
mod internet;
mod next_hops;
mod page;
mod policies;
mod protocol;
mod records;
mod reports;

use std::collections::BTreeSet;

use sigillo_lab::dns::DnsLab;
use sigillo_lab::{available, is_root};

use case::{Case, Theirs};
use daemons::Daemon;
use internet::Internet;

/// All questions by what they are about, with the title of each group.
fn groups() -> Vec<(&'static str, Vec<Case>)> {
    vec![
        ("Next hops", next_hops::cases()),
        ("Policies", policies::cases()),
        ("Policy hosts", hosts::cases()),
        ("Records", records::cases()),
        ("DANE", dane::cases()),
        ("TLS-RPT", reports::cases()),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_answer_as_the_tables_say() {
    if !(DnsLab::available() && available(&["unshare", "mta-sts-daemon"]) && is_root()) {
        return;
    }
    let cases: Vec<Case> = groups().into_iter().flat_map(|(_, cases)| cases).collect();
    let internet = Internet::start(&cases).await;
    let ours = Daemon::sigillo(&internet.surroundings());
    let theirs =
        Daemon::resolver(&internet, &daemons::packaged(), "postfix-mta-sts-resolver-1.5.1");
    let before = Daemon::resolver(&internet, &daemons::debian(), "postfix-mta-sts-resolver-1.1.2");
    let mut wrong = Vec::new();
    for case in &cases {
        let request = case.request();
        let answers =
            [ours.ask(&request), sorted(&theirs.ask(&request)), sorted(&before.ask(&request))];
        let expected =
            [case.our_answer(), sorted(&case.their_answer()), sorted(&case.their_answer_before())];
        if answers != expected {
            wrong.push(format!("{}:\n {answers:#?}\nin place of\n {expected:#?}", case.what));
        }
    }
    for exchange in protocol::exchanges() {
        for (daemon, expected) in
            [(&ours, exchange.ours), (&theirs, exchange.theirs), (&before, exchange.theirs)]
        {
            let answers = daemon.ask_for(&exchange.sent, expected.len());
            if answers != expected {
                let what = exchange.what;
                wrong
                    .push(format!("{what}, {}: {answers:?} in place of {expected:?}", daemon.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn differences_alone_have_a_reason() {
    let mut known = BTreeSet::new();
    for (group, cases) in groups() {
        for case in cases {
            let what = case.what;
            if let Theirs::Differs(_, reason) = case.theirs {
                assert_ne!(case.our_answer(), case.their_answer(), "{what}");
                assert!(reason.len() > 10, "{what}: {reason}");
            }
            if let Some((_, reason)) = case.theirs_before {
                assert_ne!(case.their_answer(), case.their_answer_before(), "{what}");
                assert!(reason.len() > 10, "{what}: {reason}");
            }
            assert!(known.insert((group, what)), "{what} is there twice");
        }
    }
    for exchange in protocol::exchanges() {
        assert_eq!(exchange.differs(), exchange.reason.len() > 10, "{}", exchange.what);
    }
}

/// An answer with its names in order: the other daemon gives them in any.
fn sorted(answer: &str) -> String {
    let Some((before, rest)) = answer.split_once("match=") else { return answer.to_owned() };
    let (names, after) = rest.split_once(' ').unwrap_or((rest, ""));
    let mut names: Vec<&str> = names.split(':').collect();
    names.sort_unstable();
    format!("{before}match={} {after}", names.join(":"))
}
