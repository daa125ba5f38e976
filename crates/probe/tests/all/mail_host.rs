//! Mail hosts that don't come to TLS.

use std::time::Duration;

use sigillo_check::observation::{SmtpFailure, SmtpStage};
use sigillo_lab::server::{Step, mail_host, say};

use crate::internet::{DOMAIN, Internet, MX, Seen};
use crate::raising::cases;

cases! {
    starttls_is_not_offered: ["starttls-missing"],
    starttls_is_refused: ["starttls-refused"],
    no_tls_after_starttls: ["starttls-handshake-failed", "starttls-injection"],
    only_old_tls: ["starttls-version-old"],
    nobody_listens: ["smtp-unreachable"],
    a_host_that_hangs: ["smtp-unreachable"],
    a_host_that_breaks_off: ["smtp-unreachable"],
    a_greeting_that_never_ends: ["smtp-unreachable"],
    a_host_that_turns_strangers_away: ["smtp-greeting"],
    what_is_no_smtp: ["smtp-malformed"],
    control_characters_in_a_greeting_are_kept_as_text: ["smtp-greeting"],
    the_addresses_of_one_family_don_t_wait_for_the_other: ["dns-lookup-failed"],
    one_of_two_addresses_fails: ["mx-address-differs", "starttls-missing"],
    one_of_two_hosts_fails: ["mx-not-covered"],
}

/// What is seen where the mail host follows this script.
async fn following(script: Vec<Step>) -> Seen {
    let mut internet = Internet::healthy();
    internet.mail_host(script);
    internet.look().await
}

fn until_starttls(then: Vec<Step>) -> Vec<Step> {
    let greeting = [
        say("220 mx.good.example\r\n"),
        Step::Line,
        say("250-mx.good.example\r\n250 STARTTLS\r\n"),
        Step::Line,
    ];
    greeting.into_iter().chain(then).collect()
}

/// Some firewalls write something else over it.
async fn starttls_is_not_offered() {
    for line in ["250 SIZE 1000", "250 XXXXXXXA"] {
        let seen = following(vec![
            say("220 mx.good.example\r\n"),
            Step::Line,
            say(&format!("250-mx.good.example\r\n{line}\r\n")),
            Step::Line,
        ]);
        seen.await.comes_to("failing", 1, &["starttls-missing"]);
    }
}

async fn starttls_is_refused() {
    let script = until_starttls(vec![say("454 4.7.0 not now\r\n"), Step::Line]);
    following(script).await.comes_to("failing", 1, &["starttls-refused"]);
}

async fn no_tls_after_starttls() {
    let garbage = until_starttls(vec![say("220 go\r\n"), Step::Any, say("garbage\r\n"), Step::Any]);
    following(garbage).await.comes_to("failing", 1, &["starttls-handshake-failed"]);
    let early = until_starttls(vec![say("220 go\r\n250 injected\r\n"), Step::Any]);
    following(early).await.comes_to("failing", 1, &["starttls-injection"]);
    let closed = until_starttls(vec![]);
    following(closed).await.comes_to("failing", 1, &["starttls-handshake-failed"]);
}

async fn only_old_tls() {
    let refuse =
        until_starttls(vec![say("220 go\r\n"), Step::Any, Step::Say(vec![21, 3, 1, 0, 2, 2, 70])]);
    let hello = until_starttls(vec![
        say("220 go\r\n"),
        Step::Any,
        Step::Say(vec![22, 3, 1, 0, 6, 2, 0, 0, 2, 3, 1]),
    ]);
    let mut internet = Internet::healthy();
    internet.mail_host_scripts(vec![refuse, hello]);
    internet.look().await.comes_to("failing", 1, &["starttls-version-old"]);
}

/// A host that can't be reached says nothing about TLS: it may be better in a minute.
async fn nobody_listens() {
    let mut internet = Internet::healthy();
    internet.mail_host(None);
    internet.look().await.comes_to("enforced", 0, &["smtp-unreachable"]);
}

async fn a_host_that_hangs() {
    let mut internet = Internet::healthy();
    internet.mail_host(vec![Step::Hang]);
    internet.hasten();
    let seen = internet.look().await;
    seen.comes_to("enforced", 0, &["smtp-unreachable"]);
    let session = &seen.observation.mail_hosts[0].sessions[0];
    assert_eq!(session.failure, Some(SmtpFailure::Timeout { stage: SmtpStage::Greeting }));
}

async fn a_host_that_breaks_off() {
    for step in [Step::Reset, Step::Drop] {
        following(vec![step]).await.comes_to("enforced", 0, &["smtp-unreachable"]);
    }
}

/// Each byte comes in time, the line's end doesn't.
async fn a_greeting_that_never_ends() {
    let mut internet = Internet::healthy();
    internet.mail_host(vec![Step::Drip(b"220 ".repeat(100), Duration::from_millis(50))]);
    internet.hasten();
    internet.look().await.comes_to("enforced", 0, &["smtp-unreachable"]);
}

async fn a_host_that_turns_strangers_away() {
    let busy = vec![say("421 4.3.2 too busy, come back later\r\n"), Step::Line];
    let seen = following(busy).await;
    seen.comes_to("enforced", 0, &["smtp-greeting"]);
    assert!(seen.messages()[0].contains("too busy"), "{:?}", seen.messages());
    let listed = vec![say("554 5.7.1 you are on a list\r\n"), Step::Line];
    following(listed).await.comes_to("enforced", 0, &["smtp-greeting"]);
}

async fn what_is_no_smtp() {
    let seen = following(vec![say("HTTP/1.1 400 Bad Request\r\n\r\n"), Step::Any]).await;
    seen.comes_to("failing", 1, &["smtp-malformed"]);
    let endless =
        vec![say("220 mx.good.example\r\n"), Step::Line, Step::Forever(b"250-X-MORE\r\n".to_vec())];
    following(endless).await.comes_to("failing", 1, &["smtp-malformed"]);
}

async fn control_characters_in_a_greeting_are_kept_as_text() {
    let seen = following(vec![say("421 \x1b]0;owned\x07\0 \u{202e}busy\r\n"), Step::Line]).await;
    seen.comes_to("enforced", 0, &["smtp-greeting"]);
    let greeting = &seen.observation.mail_hosts[0].sessions[0].greeting;
    assert_eq!(greeting, &["\u{1b}]0;owned\u{7}\0 \u{202e}busy"]);
    seen.can_be_saved();
}

/// A name server that never says whether there are IPv6 addresses doesn't cost the time for the
/// others.
async fn the_addresses_of_one_family_don_t_wait_for_the_other() {
    let mut internet = Internet::healthy();
    internet.ignore(MX, "AAAA");
    internet.hasten();
    let seen = internet.look().await;
    seen.comes_to("enforced", 0, &["dns-lookup-failed"]);
    assert!(seen.observation.mail_hosts[0].sessions[0].tls.is_some());
}

/// Which address a sender meets is chance.
async fn one_of_two_addresses_fails() {
    let mut internet = Internet::healthy();
    let good = mail_host(MX, &internet.pki.issue(&[MX]));
    let bad = vec![say("220 mx\r\n"), Step::Line, say("250 mx\r\n"), Step::Line];
    internet.mail_host(good);
    internet.second_mail_host(bad);
    internet.look().await.comes_to("failing", 1, &["starttls-missing", "mx-address-differs"]);
}

async fn one_of_two_hosts_fails() {
    let mut internet = Internet::healthy();
    internet.reply(DOMAIN, "MX", |reply| {
        reply.mx(DOMAIN, 10, MX).mx(DOMAIN, 20, "backup.good.example")
    });
    internet.reply("backup.good.example", "A", |reply| {
        reply.a("backup.good.example", [127, 0, 0, 20].into())
    });
    let identity = internet.pki.issue(&[MX, "backup.good.example"]);
    internet.mail_host(mail_host(MX, &identity));
    internet.look().await.comes_to("failing", 1, &["mx-not-covered"]);
}
