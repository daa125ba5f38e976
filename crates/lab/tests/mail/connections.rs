//! The connection to the server of policies.

use std::collections::BTreeSet;

use crate::Sending;
use crate::policy_server::Answer;

#[test]
fn a_connection_that_is_closed_is_made_anew() {
    let Some(sending) = Sending::shared() else { return };
    let _domain = sending.lab.domain("closed.test").start();
    let policy = "OK secure match=mx.closed.test servername=hostname";
    sending.policies.answer("closed.test", Answer::ReplyAndClose(policy.to_owned()));
    for _ in 0..3 {
        let _delivery = sending.to("closed.test").delivered();
    }
    // Several processes may have sent, each with a connection of its own.
    let connections: BTreeSet<usize> =
        sending.policies.asked_over("closed.test").into_iter().map(|(it, _)| it).collect();
    assert_eq!(connections.len(), 3, "{connections:?}");
}

#[test]
fn a_connection_that_is_closed_instead_of_an_answer_is_tried_once_more() {
    let Some(sending) = Sending::shared() else { return };
    let _domain = sending.lab.domain("silent.test").start();
    sending.policies.answer("silent.test", Answer::Close);
    let id = sending.sender.send("someone@silent.test");
    let failure = sending.sender.outcome(&id).deferred();
    assert_eq!(failure.dsn, "4.7.5");
    assert_eq!(sending.policies.asked("silent.test").len(), 2);
    sending.policies.policy("silent.test", "secure match=mx.silent.test servername=hostname");
    let _delivery = sending.sender.retry(&id).delivered();
}

/// An answer of this length.
fn padded(length: usize) -> Answer {
    Answer::Reply("OK encrypt".to_owned() + &" ".repeat(length - "OK encrypt".len()))
}

#[test]
fn the_longest_answer() {
    let Some(sending) = Sending::shared() else { return };
    let _domain = sending.lab.domain("long.test").start();
    sending.policies.answer("long.test", padded(100_000));
    let _delivery = sending.to("long.test").delivered();
}

#[test]
fn what_is_no_answer_at_all_defers() {
    for (name, answer, log) in [
        ("longer.test", padded(100_001), "lookup error: input exceeds size limit"),
        ("raw.test", Answer::Raw(b"OK encrypt\n".to_vec()), "lookup error: input format error"),
    ] {
        let Some(sending) = Sending::alone() else { return };
        let _domain = sending.lab.domain(name).start();
        sending.policies.answer(name, answer);
        let failure = sending.to(name).deferred();
        assert!(failure.says(log), "{failure:?}");
        assert_eq!(failure.dsn, "4.7.5");
    }
}
