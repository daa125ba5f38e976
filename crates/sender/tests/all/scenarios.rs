//! What is promised by name, each in a few lines.

use jiff::Timestamp;
use sigillo_formats::DomainName;
use sigillo_formats::policy::Mode;
use sigillo_sender::SenderSettings;
use sigillo_sender::facts::FailureKind;
use sigillo_store::policies::StoredPolicy;

use crate::lives::{Answer, Lives};
use crate::world::{Dane, LookKind, Record, Served};

pub(crate) const ENFORCED: Served = Served { number: 1, mode: Mode::Enforce, max_age: 86_400 };

/// A program in a world with one domain that enforces.
pub(crate) fn enforcing() -> Lives {
    let lives = Lives::new();
    lives.world.change("a.example", |domain| {
        domain.record = Record::Id(1);
        domain.policy = Ok(ENFORCED);
    });
    lives
}

#[test]
fn a_policy_outlives_a_restart_and_a_kill() {
    let mut lives = enforcing();
    assert_eq!(lives.ask("a.example"), Answer::Secure(1));
    lives.world.change("a.example", |domain| {
        domain.record = Record::Absent;
        domain.policy = Err(FailureKind::Fetch);
    });
    lives.restart();
    assert_eq!(lives.ask("[a.example]:587"), Answer::Secure(1));
    lives.kill();
    assert_eq!(lives.ask("a.example"), Answer::Secure(1));
    lives.pass(86_401);
    assert_eq!(lives.ask("a.example"), Answer::NotFound);
}

#[test]
fn many_first_questions_are_one_look() {
    let lives = enforcing();
    let answers = lives.ask_all(&["a.example"; 50]);
    assert!(answers.iter().all(|it| it.answer == Answer::Secure(1)), "{answers:?}");
    assert_eq!(lives.world.count(LookKind::Record), 1);
    assert_eq!(lives.world.count(LookKind::Policy), 1);
    let looks = lives.world.since(0);
    assert!(looks.iter().all(|look| look.domain == "a.example"), "{looks:?}");
    assert!(looks.iter().filter_map(|look| look.next_hop.as_deref()).all(|it| it == "a.example"));
}

#[test]
fn dane_comes_before_a_policy_and_what_is_not_known_weakens_nothing() {
    for (dane, enforced, otherwise) in [
        (Dane::Off, Answer::Secure(1), Answer::NotFound),
        (Dane::None, Answer::Secure(1), Answer::NotFound),
        (Dane::All, Answer::DaneOnly, Answer::DaneOnly),
        (Dane::Partial, Answer::Secure(1), Answer::Dane),
        (Dane::Unusable, Answer::Secure(1), Answer::Dane),
        (Dane::MxFails, Answer::Secure(1), Answer::Wait),
        (Dane::TlsaFails, Answer::Wait, Answer::Wait),
    ] {
        let lives = enforcing();
        lives.world.change("a.example", |domain| domain.dane = dane);
        lives.world.change("b.example", |domain| domain.dane = dane);
        assert_eq!(lives.ask("a.example"), enforced, "{dane:?}");
        assert_eq!(lives.ask("b.example"), otherwise, "{dane:?}");
    }
}

#[test]
fn a_policy_stays_through_every_failure_until_it_ends() {
    for record in [Record::Absent, Record::Unusable, Record::Fails, Record::Id(2)] {
        let lives = enforcing();
        assert_eq!(lives.ask("a.example"), Answer::Secure(1));
        lives.world.change("a.example", |domain| {
            domain.record = record;
            domain.policy = Err(FailureKind::Invalid);
        });
        lives.pass(86_000);
        assert_eq!(lives.ask("a.example"), Answer::Secure(1), "{record:?}");
        lives.pass(401);
        assert_eq!(lives.ask("a.example"), Answer::NotFound, "{record:?}");
    }
}

#[test]
fn a_policy_that_can_not_be_had_is_left_alone_for_five_minutes() {
    let mut lives = enforcing();
    lives.world.change("a.example", |domain| domain.policy = Err(FailureKind::Certificate));
    assert_eq!(lives.ask("a.example"), Answer::NotFound);
    lives.restart();
    lives.pass(200);
    assert_eq!(lives.ask("a.example"), Answer::NotFound);
    assert_eq!(lives.world.count(LookKind::Policy), 1);
    // A new id may be tried at once.
    lives.world.change("a.example", |domain| {
        domain.record = Record::Id(2);
        domain.policy = Ok(ENFORCED);
    });
    lives.pass(61);
    assert_eq!(lives.ask("a.example"), Answer::Secure(1));
    assert_eq!(lives.world.count(LookKind::Policy), 2);
}

#[test]
fn a_policy_that_memory_has_no_room_for_is_found_in_the_store() {
    let lives = Lives::with(SenderSettings { entries: 1, ..SenderSettings::default() });
    for domain in ["a.example", "b.example"] {
        lives.world.change(domain, |domain| {
            domain.record = Record::Id(1);
            domain.policy = Ok(ENFORCED);
        });
        assert_eq!(lives.ask(domain), Answer::Secure(1));
    }
    lives.world.change("b.example", |domain| domain.policy = Err(FailureKind::Fetch));
    assert_eq!(lives.ask("b.example"), Answer::Secure(1));
    assert_eq!(lives.world.count(LookKind::Policy), 2);
}

#[test]
fn nobody_is_told_of_a_policy_before_tlsa_records_were_looked_for() {
    let mut lives = enforcing();
    assert_eq!(lives.ask("a.example:587"), Answer::Secure(1));
    lives.world.change("a.example", |domain| {
        domain.dane = Dane::TlsaFails;
        domain.delays = [0, 0, 30];
    });
    // Neither by what another next hop has found nor by what is stored.
    assert_eq!(lives.ask("a.example"), Answer::Wait);
    lives.restart();
    lives.pass(1);
    assert_eq!(lives.ask("a.example"), Answer::Wait);
    // Whoever has those waits for the policy host no longer than otherwise.
    lives.world.change("a.example", |domain| {
        domain.record = Record::Id(2);
        domain.dane = Dane::None;
        domain.delays = [0, 30, 1];
    });
    lives.restart();
    lives.pass(1);
    let asked = lives.ask_all(&["a.example"]);
    assert_eq!(asked[0].answer, Answer::Secure(1));
    assert!(asked[0].at.running < 20, "{asked:?}");
}

#[test]
fn a_look_at_the_domain_leaves_its_other_next_hops_their_tlsa_records() {
    let lives = enforcing();
    lives.world.change("a.example", |domain| domain.dane = Dane::All);
    assert_eq!(lives.ask("[a.example]"), Answer::DaneOnly);
    lives.world.change("a.example", |domain| domain.dane = Dane::TlsaFails);
    lives.pass(61);
    assert_eq!(lives.ask("a.example"), Answer::Wait);
    assert_eq!(lives.ask("[a.example]"), Answer::DaneOnly);
}

#[test]
fn a_policy_that_comes_while_tlsa_records_are_looked_for_counts() {
    let lives = Lives::new();
    lives.world.change("a.example", |domain| domain.delays = [0, 0, 1]);
    assert_eq!(lives.ask("a.example"), Answer::NotFound);
    lives.pass(50);
    lives.world.change("a.example", |domain| {
        domain.record = Record::Id(1);
        domain.policy = Ok(ENFORCED);
        domain.delays = [0, 0, 4];
    });
    // The first is answered from memory, and looks for what comes next.
    let answers = lives.ask_all(&["a.example", "a.example:587"]);
    assert_eq!(answers[1].answer, Answer::Secure(1));
}

#[test]
fn a_failure_counts_for_five_minutes_whatever_the_clock_is_set_to() {
    let lives = enforcing();
    lives.world.change("a.example", |domain| domain.policy = Err(FailureKind::Fetch));
    assert_eq!(lives.ask("a.example"), Answer::NotFound);
    lives.world.change("a.example", |domain| domain.policy = Ok(ENFORCED));
    lives.world.clocks.set(-3_600);
    lives.pass(299);
    assert_eq!(lives.ask("a.example"), Answer::NotFound);
    lives.pass(2);
    assert_eq!(lives.ask("a.example"), Answer::Secure(1));
    // Also when they were over before it was set.
    let lives = enforcing();
    lives.world.change("a.example", |domain| domain.policy = Err(FailureKind::Fetch));
    assert_eq!(lives.ask("a.example"), Answer::NotFound);
    lives.world.change("a.example", |domain| domain.policy = Ok(ENFORCED));
    lives.pass(590);
    lives.world.clocks.set(-3_600);
    assert_eq!(lives.ask("a.example"), Answer::Secure(1));
}

#[test]
fn a_clock_that_was_set_back_keeps_no_policy_from_being_saved() {
    for seconds in [-200, -3_600] {
        let mut lives = enforcing();
        assert_eq!(lives.ask("a.example"), Answer::Secure(1));
        lives.world.clocks.set(seconds);
        lives.world.change("a.example", |domain| {
            domain.record = Record::Id(2);
            domain.policy = Ok(Served { number: 2, ..ENFORCED });
        });
        lives.pass(61);
        assert_eq!(lives.ask("a.example"), Answer::Secure(2));
        lives.world.change("a.example", |domain| {
            domain.record = Record::Absent;
            domain.policy = Err(FailureKind::Fetch);
        });
        lives.kill();
        assert_eq!(lives.ask("a.example"), Answer::Secure(2), "{seconds}");
    }
}

#[test]
fn a_clock_that_was_set_back_has_nobody_look_all_the_time() {
    let lives = enforcing();
    assert_eq!(lives.ask("a.example"), Answer::Secure(1));
    lives.world.change("a.example", |domain| {
        domain.policy = Err(FailureKind::Fetch);
        domain.ttl = Some(3_600);
    });
    lives.world.clocks.set(-3_600);
    for _ in 0..6 {
        lives.pass(31);
    }
    assert_eq!(lives.world.count(LookKind::Record), 2);
    assert_eq!(lives.world.count(LookKind::Policy), 2);
}

#[test]
fn a_pinned_policy_does_not_have_a_weaker_one_fetched_all_the_time() {
    let mut lives = enforcing();
    lives.reload("[[override]]\ndomain = \"a.example\"\npin = true\n");
    assert_eq!(lives.ask("a.example"), Answer::Secure(1));
    lives.world.change("a.example", |domain| {
        domain.policy = Ok(Served { number: 2, mode: Mode::None, ..ENFORCED });
    });
    lives.pass(43_200);
    for _ in 0..8 {
        lives.pass(31);
    }
    assert_eq!(lives.world.count(LookKind::Policy), 2);
    assert_eq!(lives.ask("a.example"), Answer::Secure(1));
}

#[test]
fn reports_are_told_of_the_policy_that_is_followed() {
    let lives = enforcing();
    assert_eq!(lives.ask("a.example"), Answer::Secure(1));
    let at = Timestamp::from_second(lives.world.clocks.now().time + 1).unwrap();
    lives.save_elsewhere(&StoredPolicy {
        domain: DomainName::parse("a.example").unwrap(),
        id: None,
        text: b"version: STSv1\nmode: enforce\nmx: mx2.example\nmax_age: 86400\n".to_vec(),
        fetched_at: at,
        expires_at: at,
        used_at: at,
    });
    // The second wants to know what reports are to say.
    let answers = lives.ask_all(&["a.example"; 2]);
    assert!(answers.iter().all(|it| it.answer == Answer::Secure(1)), "{answers:?}");
}

#[test]
fn a_policy_that_is_asked_for_by_port_alone_is_refreshed() {
    let lives = enforcing();
    assert_eq!(lives.ask("[a.example]:587"), Answer::Secure(1));
    lives.world.change("a.example", |domain| {
        domain.record = Record::Absent;
        domain.policy = Ok(Served { number: 2, ..ENFORCED });
    });
    lives.pass(43_200);
    lives.pass(40);
    assert_eq!(lives.ask("[a.example]:587"), Answer::Secure(2));
}

#[test]
fn a_policy_that_ends_while_tlsa_records_are_looked_for_is_looked_for_again() {
    let lives = Lives::new();
    lives.world.change("a.example", |domain| {
        domain.record = Record::Id(1);
        domain.policy = Ok(Served { max_age: 20, ..ENFORCED });
        domain.ttl = Some(3_600);
        domain.delays = [0, 0, 20];
    });
    assert_eq!(lives.ask("a.example"), Answer::NotFound);
    assert_eq!(lives.ask("a.example"), Answer::Secure(1));
}

#[test]
fn what_is_pinned_is_known_by_every_name() {
    let mut lives = enforcing();
    lives.reload("[[override]]\ndomain = \"a.example\"\npin = true\n");
    lives.world.change("a.example", |domain| domain.ttl = Some(3_600));
    assert_eq!(lives.ask("a.example"), Answer::Secure(1));
    lives.world.change("a.example", |domain| domain.policy = Err(FailureKind::Fetch));
    // A day after its end.
    lives.pass(172_790);
    assert_eq!(lives.ask("a.example:587"), Answer::Secure(1));
    let looks = lives.world.count(LookKind::Dane);
    lives.pass(60);
    assert_eq!(lives.ask("a.example:587"), Answer::Secure(1));
    assert_eq!(lives.world.count(LookKind::Dane), looks);
}

#[test]
fn where_memory_has_room_again_the_policy_is_the_one_that_was_found() {
    let lives = Lives::with(SenderSettings { entries: 1, ..SenderSettings::default() });
    assert_eq!(lives.ask("b.example"), Answer::NotFound);
    lives.world.change("a.example", |domain| {
        domain.record = Record::Id(1);
        domain.policy = Ok(ENFORCED);
        domain.delays = [0, 0, 60];
    });
    lives.pass(110);
    // What is known of b.example is over, and thrown out meanwhile.
    assert_eq!(lives.ask("a.example"), Answer::Secure(1));
}

#[test]
fn what_nobody_asks_for_makes_room_and_is_not_forgotten() {
    let lives = Lives::with(SenderSettings { entries: 10, ..SenderSettings::default() });
    let domains: Vec<_> = (0..10).map(|number| format!("d{number}.example")).collect();
    for domain in &domains {
        lives.world.change(domain, |domain| {
            domain.record = Record::Id(1);
            domain.policy = Ok(ENFORCED);
        });
        assert_eq!(lives.ask(domain), Answer::Secure(1));
        lives.world.change(domain, |domain| domain.policy = Err(FailureKind::Fetch));
    }
    for _ in 0..8 {
        lives.pass(31);
    }
    // What has no policy is remembered too, though all places were taken.
    let looks = lives.world.count(LookKind::Record);
    for _ in 0..3 {
        assert_eq!(lives.ask("new.example"), Answer::NotFound);
    }
    assert_eq!(lives.world.count(LookKind::Record), looks + 1);
    for domain in &domains {
        assert_eq!(lives.ask(domain), Answer::Secure(1));
    }
    assert_eq!(lives.world.count(LookKind::Policy), 10);
}
