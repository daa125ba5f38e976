//! What a change of the setup does to what is remembered, and to who looks meanwhile.

use sigillo_formats::policy::Mode;

use crate::lives::{Answer, Lives};
use crate::scenarios::{ENFORCED, enforcing};
use crate::world::{Dane, Served};

#[test]
fn looks_under_way_end_by_the_overrides_of_then() {
    // A refresh.
    let mut lives = enforcing();
    assert_eq!(lives.ask("a.example"), Answer::Secure(1));
    lives.world.change("a.example", |domain| {
        domain.policy = Ok(Served { number: 2, mode: Mode::Testing, ..ENFORCED });
        domain.delays = [0, 60, 0];
    });
    lives.pass(43_200);
    assert_eq!(lives.world.under_way(), 1);
    lives.reload("[[override]]\ndomain = \"a.example\"\npin = true\n");
    lives.pass(60);
    assert_eq!(lives.ask("a.example"), Answer::Secure(1));
    // A lookup.
    let mut lives = Lives::new();
    assert_eq!(lives.ask("a.example"), Answer::NotFound);
    lives.world.change("a.example", |domain| domain.delays = [30, 0, 30]);
    lives.pass(55);
    assert_eq!(lives.ask("a.example"), Answer::NotFound);
    assert_eq!(lives.world.under_way(), 2);
    let forced = "policy = { mode = \"enforce\", mx = [\"mx7.example\"] }";
    lives.reload(&format!("[[override]]\ndomain = \"a.example\"\n{forced}\n"));
    assert_eq!(lives.ask("a.example"), Answer::Secure(7));
}

#[test]
fn a_reload_has_nobody_wait_for_what_protects() {
    // Everything is slow now.
    let mut lives = enforcing();
    assert_eq!(lives.ask("a.example"), Answer::Secure(1));
    lives.world.change("a.example", |domain| domain.delays = [60, 0, 60]);
    lives.pass(61);
    lives.reload("");
    let asked = lives.ask_all(&["a.example"]);
    assert_eq!(asked[0].answer, Answer::Secure(1));
    assert!(asked[0].at.running < 61 + 10, "{asked:?}");
    // Also by what a look brings that began before.
    lives.pass(61);
    lives.reload("");
    lives.pass(61);
    let began = lives.world.clocks.now().running;
    let asked = lives.ask_all(&["a.example"]);
    assert_eq!(asked[0].answer, Answer::Secure(1));
    assert!(asked[0].at.running < began + 10, "{asked:?}");
    // A policy that a rule of now takes away doesn't.
    lives.pass(61);
    lives.reload("[[override]]\ndomain = \"a.example\"\nmta_sts = \"skip\"\n");
    assert_eq!(lives.ask("a.example"), Answer::NotFound);
}

#[test]
fn where_a_reload_has_dane_looked_for_it_is_for_every_next_hop() {
    let mut lives = enforcing();
    lives.world.change("a.example", |domain| domain.dane = Dane::Off);
    assert_eq!(lives.ask("a.example:587"), Answer::Secure(1));
    lives.world.change("a.example", |domain| domain.dane = Dane::All);
    lives.pass(61);
    lives.reload("");
    // Which has all that is known of the domain decided about anew.
    assert_eq!(lives.ask("a.example"), Answer::DaneOnly);
    assert_eq!(lives.ask("a.example:587"), Answer::DaneOnly);
}
