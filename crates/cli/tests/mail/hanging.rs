//! A PostgreSQL server that hangs: connections to it are made and kept, and nothing is answered.

use std::fs;
use std::sync::Arc;
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use sigillo_lab::mail::MailLab;
use sigillo_lab::{Postgres, Program, available};
use sqlx::postgres::PgConnection;
use sqlx::{Connection as _, Executor as _};

use crate::daemon::{Builder, Sigillo};
use crate::fleet::{FAILING, Fleet, MINUTE, SOON, UNSAVED, over_tcp};
use crate::mail::{policy, secure};

/// Several times as long as who waits for the server.
const PROMISED: Duration = Duration::from_secs(20);

/// The bit of SIGTERM in a set of signals.
const SIGTERM: u64 = 1 << 14;

fn answer(name: &str) -> String {
    secure(&format!("mx.{name}"))
}

fn takes<T>(at_most: Duration, does: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let done = does();
    assert!(began.elapsed() < at_most, "{:?}", began.elapsed());
    done
}

#[test]
fn the_database_hangs_and_goes_on() {
    if !available(&["postgres", "faketime"]) {
        return;
    }
    let mut postgres = Postgres::start();
    let url = over_tcp(&postgres);
    let Some(mut fleet) = Fleet::at(&url, Builder::with_movable_clocks) else { return };
    let mut c = Builder::new(Arc::clone(&fleet.lab)).store_url(url).start();
    let names = ["known", "changed", "byone", "bytheother", "byboth"];
    let names = names.map(|it| format!("{it}.hangs.test"));
    let [known, changed, by_one, by_the_other, by_both] = &names;
    let mut domains = names.each_ref().map(|name| {
        let text = policy("enforce", &[&format!("mx.{name}")]);
        fleet.lab.domain(name).policy(&text).start()
    });
    for sigillo in [&fleet.a, &fleet.b, &c] {
        for name in [known, changed] {
            assert_eq!(sigillo.ask(name), answer(name));
        }
    }

    postgres.hang();
    takes(SOON, || {
        for sigillo in [&fleet.a, &fleet.b] {
            assert_eq!(sigillo.ask(known), answer(known));
        }
    });
    thread::scope(|scope| {
        scope.spawn(|| ends_and_does_not_start(&mut c));
        scope.spawn(|| {
            let purge = || fleet.a.failing_command(&["cache", "purge", known]);
            let why = takes(PROMISED, purge);
            assert!(why.contains("can't be reached"), "{why}");
        });
        let first = [(&fleet.a, by_one), (&fleet.a, by_both), (&fleet.b, by_the_other)];
        for (sigillo, name) in first.into_iter().chain([(&fleet.b, by_both)]) {
            scope.spawn(|| takes(PROMISED, || assert_eq!(sigillo.ask(name), answer(name))));
        }
    });
    let requests = domains.each_ref().map(|domain| domain.policy_host().requests());
    assert_eq!(requests, [1, 1, 1, 1, 2]);

    domains[1].set_id("2");
    // The lifetime of all records ends.
    fleet.move_clocks(2 * MINUTE);
    takes(SOON, || {
        for sigillo in [&fleet.a, &fleet.b] {
            for name in [known, changed, by_both] {
                assert_eq!(sigillo.ask(name), answer(name));
            }
            assert_eq!(sigillo.ask_with_report(known), answer(known));
        }
    });
    assert_eq!(domains[1].policy_host().requests(), 3);
    thread::scope(|scope| {
        for sigillo in [&fleet.a, &fleet.b] {
            scope.spawn(|| takes(SOON, || tells_of_itself(sigillo, [known, by_both])));
        }
    });

    postgres.go_on();
    for sigillo in [&fleet.a, &fleet.b] {
        sigillo.wait("all is saved", || sigillo.metric(UNSAVED) == 0);
        sigillo.wait("the store works", || sigillo.metric(FAILING) == 0);
    }
    for domain in &mut domains {
        domain.remove_record();
        domain.stop_policy_host();
    }
    assert_eq!(fleet.a.ask(by_the_other), answer(by_the_other));
    assert_eq!(fleet.b.ask(by_one), answer(by_one));
    fleet.a.kill();
    fleet.b.kill();
    for sigillo in [&mut fleet.a, &mut fleet.b, &mut c] {
        sigillo.start();
        for name in &names {
            assert_eq!(sigillo.ask(name), answer(name));
        }
    }
}

#[test]
fn what_cannot_be_read_at_the_start_is_read_later() {
    let (true, Some(lab)) = (available(&["postgres"]), MailLab::shared()) else { return };
    let url = over_tcp(Postgres::shared());
    let domain = "readlater.hangs.test";
    let served = lab.domain(domain).policy(&policy("enforce", &["mx.readlater.test"])).start();
    let mut sigillo = Builder::new(Arc::clone(&lab)).store_url(url.clone()).start();
    assert_eq!(sigillo.ask(domain), secure("mx.readlater.test"));
    sigillo.stop();

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut holder = runtime.block_on(async {
        let mut holder = PgConnection::connect(&url).await.unwrap();
        holder.execute("BEGIN").await.unwrap();
        holder.execute("LOCK TABLE policies").await.unwrap();
        holder
    });
    sigillo.start();
    sigillo.wait("it gives up", || sigillo.log().contains("the stored policies can't be read"));
    runtime.block_on(async { holder.execute("ROLLBACK").await.unwrap() });
    // Nobody asks for it.
    sigillo.wait("it is read", || sigillo.metric_sum("sigillo_sender_cached_domains") == 1);
    assert_eq!(served.policy_host().requests(), 1);
}

/// What the operator hears meanwhile.
fn tells_of_itself(sigillo: &Sigillo, [saved, unsaved]: [&String; 2]) {
    assert_eq!((sigillo.metric(FAILING), sigillo.metric(UNSAVED)), (1, 3));
    for path in ["/health", "/v1/status"] {
        let said = sigillo.admin(path);
        assert!(said.contains(r#""store_works":false"#), "{path}: {said}");
    }
    for name in [saved, unsaved] {
        let mx = format!("mx.{name}");
        for command in [&["cache", "show", name][..], &["query", name]] {
            let said = sigillo.command(command);
            assert!(said.contains(&mx), "{command:?}: {said}");
        }
    }
    let why = sigillo.failing_command(&["cache", "list"]);
    assert!(why.contains("can't be reached"), "{why}");
}

/// A program that ends while the server hangs, and is started again.
fn ends_and_does_not_start(sigillo: &mut Sigillo) {
    sigillo.stop_within(PROMISED);
    let mut program = sigillo.launch();
    assert!(!program.wait_for_end(PROMISED));
    let why = program.log();
    assert!(why.contains("can't be reached: no answer within 5 seconds"), "{why}");

    let mut program = sigillo.launch();
    let end = Instant::now() + PROMISED;
    while !listens_for_signals(&program) {
        assert!(Instant::now() < end, "{}", program.log());
        sleep(Duration::from_millis(10));
    }
    program.signal("TERM");
    assert!(program.wait_for_end(PROMISED), "it was not told to stop: {}", program.log());
}

fn listens_for_signals(program: &Program) -> bool {
    let status = fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
    u64::from_str_radix(caught.trim(), 16).unwrap() & SIGTERM != 0
}
