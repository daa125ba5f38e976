//! Replies that are none, and replies that lie.

use std::sync::atomic::{AtomicBool, Ordering};

use sigillo_lab::dns::{Reply, ScriptedDns};
use sigillo_net::dns::{
    Answer, Dnssec, MAXIMUM_RECORDS, Outcome, RecordKind, Records, Resolver, ResolverSettings,
};

use crate::ask::{ask, ask_scripted, run, settings};

fn assert_malformed(answer: &Answer, part: &str) {
    let Outcome::Malformed { reason } = &answer.outcome else {
        panic!("not malformed: {answer:?}");
    };
    assert!(reason.contains(part), "{reason}");
}

#[test]
fn what_is_no_reply_is_not_taken_for_one() {
    run(async {
        let garbage = ScriptedDns::start(|_| Some(b"garbage".to_vec()));
        let answer = ask_scripted(&garbage, "example.test", RecordKind::A).await;
        assert_malformed(&answer, "too short");

        let forged = ScriptedDns::replying(|query, reply| {
            reply.wrong_id().a(&query.name(), [192, 0, 2, 66].into())
        });
        let answer = ask_scripted(&forged, "example.test", RecordKind::A).await;
        assert_malformed(&answer, "no reply to our query");

        let other = ScriptedDns::replying(|_, reply| {
            reply.question("other.test", 1).a("other.test", [192, 0, 2, 66].into())
        });
        let answer = ask_scripted(&other, "example.test", RecordKind::A).await;
        assert_malformed(&answer, "another question");

        let echo = ScriptedDns::start(|query| Some(query.bytes().to_vec()));
        let answer = ask_scripted(&echo, "example.test", RecordKind::A).await;
        assert_malformed(&answer, "no reply to our query");
    });
}

#[test]
fn after_a_forged_reply_the_true_one_is_found() {
    run(async {
        let forge = AtomicBool::new(true);
        let server = ScriptedDns::replying(move |query, reply| {
            if forge.swap(false, Ordering::Relaxed) {
                return reply.wrong_id().a(&query.name(), [192, 0, 2, 66].into());
            }
            reply.a(&query.name(), [192, 0, 2, 1].into())
        });
        let patient = ResolverSettings { tries: 2, ..settings(server.address(), Dnssec::Off) };
        let resolver = Resolver::new(patient).await.unwrap();
        let answer = ask(&resolver, "example.test", RecordKind::A).await;
        assert_eq!(answer.outcome, Outcome::Found(Records::A(vec![[192, 0, 2, 1].into()])));
    });
}

#[test]
fn records_of_other_names_and_kinds_are_passed_over() {
    run(async {
        let server = ScriptedDns::replying(|query, reply| {
            reply
                .a("victim.test", [192, 0, 2, 66].into())
                .txt(&query.name(), b"not an address")
                .a(&query.name().to_uppercase(), [192, 0, 2, 1].into())
        });
        let answer = ask_scripted(&server, "example.test", RecordKind::A).await;
        assert_eq!(answer.outcome, Outcome::Found(Records::A(vec![[192, 0, 2, 1].into()])));
    });
}

#[test]
fn records_that_are_not_well_formed() {
    run(async {
        let short =
            ScriptedDns::replying(|query, reply| reply.answer(&query.name(), 1, 300, &[192, 0, 2]));
        let answer = ask_scripted(&short, "example.test", RecordKind::A).await;
        assert_malformed(&answer, "A record is not well-formed");

        // A compression pointer to itself.
        let looping = ScriptedDns::start(|query| {
            let mut bytes = Reply::to(query).bytes();
            bytes[7] = 1;
            let pointer = 0xc000_u16 + u16::try_from(bytes.len()).unwrap();
            bytes.extend_from_slice(&pointer.to_be_bytes());
            bytes.extend_from_slice(&[0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 192, 0, 2, 1]);
            Some(bytes)
        });
        let answer = ask_scripted(&looping, "example.test", RecordKind::A).await;
        assert_malformed(&answer, "not a well-formed message");

        let cut = ScriptedDns::start(|query| {
            let mut bytes = Reply::to(query).a(&query.name(), [192, 0, 2, 1].into()).bytes();
            bytes.truncate(bytes.len() - 3);
            Some(bytes)
        });
        let answer = ask_scripted(&cut, "example.test", RecordKind::A).await;
        assert_malformed(&answer, "not a well-formed message");
    });
}

#[test]
fn too_much_is_bounded() {
    run(async {
        let many = ScriptedDns::replying(|query, mut reply| {
            for number in 0..150_u8 {
                reply = reply.a(&query.name(), [192, 0, 2, number].into());
            }
            reply
        });
        let answer = ask_scripted(&many, "example.test", RecordKind::A).await;
        let Outcome::Found(Records::A(addresses)) = &answer.outcome else {
            panic!("{answer:?}");
        };
        assert_eq!((addresses.len(), answer.left_out), (MAXIMUM_RECORDS, 50));

        let flood = ScriptedDns::replying(|query, mut reply| {
            for _ in 0..2_000 {
                reply = reply.a(&query.name(), [192, 0, 2, 1].into());
            }
            reply
        });
        let answer = ask_scripted(&flood, "example.test", RecordKind::A).await;
        assert_malformed(&answer, "more than");

        let huge = ScriptedDns::replying(|query, reply| reply.txt(&query.name(), &vec![0; 60_000]));
        let answer = ask_scripted(&huge, "example.test", RecordKind::Txt).await;
        let Outcome::Found(Records::Txt(texts)) = &answer.outcome else {
            panic!("{answer:?}");
        };
        assert_eq!((texts[0].text.len(), texts[0].strings), (60_000, 236));
    });
}

#[test]
fn names_with_any_bytes_are_escaped() {
    run(async {
        let server = ScriptedDns::replying(|query, reply| {
            let exchange = [&[0, 10, 5], b"a\x1b. .".as_slice(), b"\x04test\0"].concat();
            reply.answer(&query.name(), 15, 300, &exchange)
        });
        let answer = ask_scripted(&server, "example.test", RecordKind::Mx).await;
        let Outcome::Found(Records::Mx(records)) = &answer.outcome else {
            panic!("{answer:?}");
        };
        assert_eq!(records[0].exchange, "a\\027\\.\\ \\..test");
    });
}
