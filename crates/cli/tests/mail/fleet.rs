//! Two programs that share a PostgreSQL database, as those of a fleet do: what one has found counts for the
//! other, and neither needs the other.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use sigillo_lab::mail::MailLab;
use sigillo_lab::{Postgres, available};

use crate::daemon::{Builder, Sigillo};
use crate::front::Front;
use crate::mail::{NOTHING, policy, secure};

pub(crate) const FAILING: &str = "sigillo_sender_store_failing";
pub(crate) const UNSAVED: &str = "sigillo_sender_unsaved_policies";

pub(crate) const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);

/// Two programs with one database.
pub(crate) struct Fleet {
    pub(crate) a: Sigillo,
    pub(crate) b: Sigillo,
    pub(crate) lab: Arc<MailLab>,
}

impl Fleet {
    /// None if the tests may do without.
    fn start() -> Option<Self> {
        Self::start_with(|it| it)
    }

    /// With clocks that can be moved, to see what becomes of records when their lifetime ends.
    fn with_movable_clocks() -> Option<Self> {
        if !available(&["faketime"]) {
            return None;
        }
        Self::start_with(Builder::with_movable_clocks)
    }

    fn start_with(with: impl Fn(Builder) -> Builder + Sync) -> Option<Self> {
        if !available(&["postgres"]) {
            return None;
        }
        Self::sharing(Postgres::shared(), with)
    }

    /// Both start at once on an empty database of the server.
    fn sharing(postgres: &Postgres, with: impl Fn(Builder) -> Builder + Sync) -> Option<Self> {
        Self::at(&over_tcp(postgres), with)
    }

    /// Both start at once on the database of this URL.
    pub(crate) fn at(url: &str, with: impl Fn(Builder) -> Builder + Sync) -> Option<Self> {
        let lab = MailLab::shared()?;
        let start = || with(Builder::new(Arc::clone(&lab)).store_url(url.to_owned())).start();
        let (a, b) = thread::scope(|scope| {
            let (a, b) = (scope.spawn(start), scope.spawn(start));
            (a.join().unwrap(), b.join().unwrap())
        });
        Some(Self { a, b, lab })
    }

    pub(crate) fn move_clocks(&self, ahead: Duration) {
        self.a.move_clocks(ahead);
        self.b.move_clocks(ahead);
    }
}

/// A new database, as another machine reaches it.
pub(crate) fn over_tcp(postgres: &Postgres) -> String {
    let url = postgres.new_database();
    let (user, _) = url.split_once('@').unwrap();
    let (_, name) = url.rsplit_once('/').unwrap();
    format!("{user}@127.0.0.1:{}/{name}", postgres.port())
}

/// How often a program has tried to fetch a policy since its start.
fn fetches(sigillo: &Sigillo) -> u64 {
    sigillo.metric_sum("sigillo_sender_fetches_total")
}

#[test]
fn a_policy_that_one_has_fetched_protects_the_mail_of_the_other() {
    let Some(fleet) = Fleet::start() else { return };
    let text = policy("enforce", &["mx.shared.test"]);
    let mut domain = fleet.lab.domain("shared.test").policy(&text).start();
    assert_eq!(fleet.a.ask("shared.test"), secure("mx.shared.test"));
    assert_eq!(domain.policy_host().requests(), 1);
    assert_eq!(fleet.b.ask("[shared.test]:587"), secure("mx.shared.test"));
    assert_eq!(domain.policy_host().requests(), 1);

    let text = policy("enforce", &["mx.sharedgone.test"]);
    let mut gone = fleet.lab.domain("sharedgone.test").policy(&text).start();
    assert_eq!(fleet.a.ask("sharedgone.test"), secure("mx.sharedgone.test"));
    gone.stop_policy_host();
    assert_eq!(fleet.b.ask("sharedgone.test"), secure("mx.sharedgone.test"));
    domain.stop_policy_host();
    assert_eq!((fetches(&fleet.a), fetches(&fleet.b)), (2, 0));
}

#[test]
fn a_policy_host_that_failed_one_is_left_alone_by_the_other() {
    let Some(fleet) = Fleet::with_movable_clocks() else { return };
    let text = policy("enforce", &["mx.sharedfail.test"]);
    let domain = fleet.lab.domain("sharedfail.test").policy(&text).start();
    domain.policy_host().remove_policy();
    assert_eq!(fleet.a.ask("sharedfail.test"), NOTHING);
    assert_eq!(domain.policy_host().requests(), 1);
    domain.policy_host().set_policy(&text);
    assert_eq!(fleet.b.ask("sharedfail.test"), NOTHING);
    fleet.move_clocks(4 * MINUTE);
    assert_eq!(fleet.b.ask("sharedfail.test"), NOTHING);
    assert_eq!(domain.policy_host().requests(), 1);

    fleet.move_clocks(6 * MINUTE);
    assert_eq!(fleet.b.ask("sharedfail.test"), secure("mx.sharedfail.test"));
    assert_eq!(fleet.a.ask("sharedfail.test"), secure("mx.sharedfail.test"));
    assert_eq!(domain.policy_host().requests(), 2);
}

#[test]
fn a_policy_that_changes_is_fetched_by_one_and_followed_by_both() {
    let Some(fleet) = Fleet::with_movable_clocks() else { return };
    let text = policy("enforce", &["mx.sharednew.test"]);
    let domain = fleet.lab.domain("sharednew.test").policy(&text).start();
    for sigillo in [&fleet.a, &fleet.b] {
        assert_eq!(sigillo.ask("sharednew.test"), secure("mx.sharednew.test"));
    }
    domain.policy_host().set_policy(&policy("enforce", &["mx2.sharednew.test"]));
    domain.set_id("2");
    fleet.move_clocks(2 * MINUTE);
    for sigillo in [&fleet.a, &fleet.b] {
        assert_eq!(sigillo.ask("sharednew.test"), secure("mx2.sharednew.test"));
    }
    assert_eq!(domain.policy_host().requests(), 2);
}

/// Also where the words for reports are in the database alone, and are others by now.
#[test]
fn an_answer_is_never_of_two_policies() {
    let Some(fleet) = Fleet::with_movable_clocks() else { return };
    let text = policy("enforce", &["mx.sharedmix.test"]);
    let domain = fleet.lab.domain("sharedmix.test").policy(&text).start();
    assert_eq!(fleet.a.ask("sharedmix.test"), secure("mx.sharedmix.test"));
    assert_eq!(fleet.b.ask("sharedmix.test"), secure("mx.sharedmix.test"));
    domain.policy_host().set_policy(&policy("testing", &["mx2.sharedmix.test"]));
    domain.set_id("2");
    fleet.a.move_clocks(2 * MINUTE);
    assert_eq!(fleet.a.ask("sharedmix.test"), NOTHING);
    assert_eq!(fleet.b.ask_with_report("sharedmix.test"), secure("mx.sharedmix.test"));

    fleet.b.move_clocks(2 * MINUTE);
    let answer = fleet.b.ask_with_report("sharedmix.test");
    assert!(answer.starts_with("OK may policy_type=sts "), "{answer}");
    assert!(answer.contains("{ policy_string = mode: testing }"), "{answer}");
}

/// As an attacker could have it who keeps the record from one of the two.
#[test]
fn what_one_knows_counts_for_the_other_without_a_record() {
    let Some(fleet) = Fleet::with_movable_clocks() else { return };
    let text = policy("testing", &["mx.stricter.test"]);
    let mut stricter = fleet.lab.domain("stricter.test").policy(&text).start();
    let day = "version: STSv1\nmode: enforce\nmx: mx.renewed.test\nmax_age: 86400\n";
    let mut renewed = fleet.lab.domain("renewed.test").policy(day).start();
    for sigillo in [&fleet.a, &fleet.b] {
        assert_eq!(sigillo.ask("stricter.test"), NOTHING);
        assert_eq!(sigillo.ask("renewed.test"), secure("mx.renewed.test"));
    }
    stricter.policy_host().set_policy(&policy("enforce", &["mx.stricter.test"]));
    stricter.set_id("2");
    fleet.move_clocks(10 * HOUR);
    assert_eq!(fleet.a.ask("stricter.test"), secure("mx.stricter.test"));
    fleet.a.command(&["cache", "refresh", "renewed.test"]);
    for domain in [&mut stricter, &mut renewed] {
        domain.remove_record();
        domain.stop_policy_host();
    }
    assert_eq!(fleet.b.ask("stricter.test"), secure("mx.stricter.test"));
    // What B has itself of this one is over.
    fleet.move_clocks(25 * HOUR);
    for sigillo in [&fleet.a, &fleet.b] {
        assert_eq!(sigillo.ask("renewed.test"), secure("mx.renewed.test"));
    }
}

/// The other doesn't pin it, or has never seen it.
#[test]
fn a_pinned_policy_is_not_replaced_by_a_weaker_one_of_others() {
    let Some(fleet) = Fleet::with_movable_clocks() else { return };
    let text = policy("enforce", &["mx.sharedpin.test"]);
    let domain = fleet.lab.domain("sharedpin.test").policy(&text).start();
    fleet.b.reload("[[override]]\ndomain = \"sharedpin.test\"\npin = true\n");
    for sigillo in [&fleet.a, &fleet.b] {
        assert_eq!(sigillo.ask("sharedpin.test"), secure("mx.sharedpin.test"));
    }
    domain.policy_host().set_policy("version: STSv1\nmode: none\nmax_age: 604800\n");
    domain.set_id("2");
    fleet.move_clocks(2 * MINUTE);
    assert_eq!(fleet.a.ask("sharedpin.test"), NOTHING);
    assert_eq!(fleet.b.ask("sharedpin.test"), secure("mx.sharedpin.test"));
}

#[test]
fn who_asks_for_a_new_fetch_gets_one_whatever_others_have_fetched() {
    let Some(fleet) = Fleet::start() else { return };
    let text = policy("enforce", &["mx.anew.test"]);
    let domain = fleet.lab.domain("anew.test").policy(&text).start();
    for sigillo in [&fleet.a, &fleet.b] {
        assert_eq!(sigillo.ask("anew.test"), secure("mx.anew.test"));
    }
    for (sigillo, host) in [(&fleet.a, "mx2.anew.test"), (&fleet.b, "mx3.anew.test")] {
        // The id stays, which a usual look would believe.
        domain.policy_host().set_policy(&policy("enforce", &[host]));
        sigillo.command(&["cache", "refresh", "anew.test"]);
        assert_eq!(sigillo.ask("anew.test"), secure(host));
    }
    assert_eq!(domain.policy_host().requests(), 3);
}

#[test]
fn one_is_killed_and_the_other_goes_on() {
    let Some(mut front) = Front::start() else { return };
    let address = front.address();
    let Some(mut fleet) = Fleet::start_with(|it| it.resolver(address)) else { return };
    let mut domains = ["before.test", "after.test"].map(|name| {
        let text = policy("enforce", &[&format!("mx.{name}")]);
        fleet.lab.domain(name).policy(&text).start()
    });
    assert_eq!(fleet.a.ask("before.test"), secure("mx.before.test"));
    fleet.a.kill();
    for name in ["before.test", "after.test"] {
        assert_eq!(fleet.b.ask(name), secure(&format!("mx.{name}")));
    }

    for domain in &mut domains {
        domain.stop_policy_host();
    }
    front.stop();
    fleet.a.start();
    for name in ["before.test", "after.test"] {
        assert_eq!(fleet.a.ask(name), secure(&format!("mx.{name}")));
    }
}

#[test]
fn what_one_purges_the_other_has_until_it_starts_again() {
    let Some(mut fleet) = Fleet::start() else { return };
    let text = policy("enforce", &["mx.purged.test"]);
    let mut domain = fleet.lab.domain("purged.test").policy(&text).start();
    for sigillo in [&fleet.a, &fleet.b] {
        assert_eq!(sigillo.ask("purged.test"), secure("mx.purged.test"));
    }
    fleet.a.command(&["cache", "purge", "purged.test"]);
    assert_eq!(fleet.b.ask("purged.test"), secure("mx.purged.test"));
    // What B renews is there for all again.
    fleet.b.command(&["cache", "refresh", "purged.test"]);
    assert_eq!(fleet.a.ask("purged.test"), secure("mx.purged.test"));
    assert_eq!(domain.policy_host().requests(), 2);

    domain.remove_record();
    domain.stop_policy_host();
    fleet.a.command(&["cache", "purge", "purged.test"]);
    assert_eq!(fleet.a.ask("purged.test"), NOTHING);
    assert_eq!(fleet.b.ask("purged.test"), secure("mx.purged.test"));
    fleet.b.restart();
    assert_eq!(fleet.b.ask("purged.test"), NOTHING);
}

/// Less than two need who wait for a database, five seconds each.
pub(crate) const SOON: Duration = Duration::from_secs(8);

#[test]
fn the_database_goes_and_comes_back() {
    if !available(&["postgres", "faketime"]) {
        return;
    }
    let mut postgres = Postgres::start();
    let Some(mut fleet) = Fleet::sharing(&postgres, Builder::with_movable_clocks) else { return };
    let names = ["known", "unseen", "byone", "bytheother"].map(|it| format!("{it}.away.test"));
    let [known, unseen, by_one, by_the_other] = &names;
    let answer = |name: &str| secure(&format!("mx.{name}"));
    let mut domains = names.each_ref().map(|name| {
        let text = policy("enforce", &[&format!("mx.{name}")]);
        fleet.lab.domain(name).policy(&text).start()
    });
    let without = fleet.lab.domain("without.away.test").start();
    assert_eq!(fleet.a.ask(unseen), answer(unseen));
    domains[1].remove_record();
    for sigillo in [&fleet.a, &fleet.b] {
        assert_eq!(sigillo.ask(known), answer(known));
    }

    postgres.stop();
    for sigillo in [&fleet.a, &fleet.b] {
        assert_eq!(sigillo.ask(known), answer(known));
    }
    thread::scope(|scope| {
        scope.spawn(|| assert_eq!(fleet.a.ask(by_one), answer(by_one)));
        scope.spawn(|| assert_eq!(fleet.b.ask(by_the_other), answer(by_the_other)));
    });
    let began = Instant::now();
    for (sigillo, name) in [(&fleet.a, without.name()), (&fleet.b, unseen)] {
        assert_eq!(sigillo.ask(name), NOTHING);
    }
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    for sigillo in [&fleet.a, &fleet.b] {
        assert_eq!((sigillo.metric(FAILING), sigillo.metric(UNSAVED)), (1, 1));
    }

    postgres.start_again();
    for sigillo in [&fleet.a, &fleet.b] {
        sigillo.wait("all is saved", || sigillo.metric(UNSAVED) == 0);
        assert_eq!(sigillo.metric(FAILING), 0);
    }
    for domain in &mut domains {
        domain.remove_record();
        domain.stop_policy_host();
    }
    assert_eq!(fleet.a.ask(by_the_other), answer(by_the_other));
    // That there is none was not believed for long.
    fleet.move_clocks(2 * MINUTE);
    assert_eq!(fleet.b.ask(unseen), answer(unseen));
    for sigillo in [&mut fleet.a, &mut fleet.b] {
        sigillo.kill();
        sigillo.start();
        for name in &names {
            assert_eq!(sigillo.ask(name), answer(name));
        }
    }
}
