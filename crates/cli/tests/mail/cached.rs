//! Policies that change, go away or can't be had while they are remembered (RFC 8461 §3.3, §5, §10.2).

use std::time::Duration;

use sigillo_lab::available;
use sigillo_lab::mail::MailDomain;
use sigillo_lab::postfix::Tls;

use crate::daemon::Builder;
use crate::mail::{Mail, NOTHING, policy, secure};

/// A policy in mode none.
const NONE: &str = "version: STSv1\nmode: none\nmax_age: 604800\n";

/// For longer the record is not believed without another question, as its TTL is short.
const MINUTE: Duration = Duration::from_mins(1);

const DAY: Duration = Duration::from_hours(24);

/// None if the tests may do without.
fn with_movable_clocks() -> Option<Mail> {
    if !available(&["faketime"]) {
        return None;
    }
    Mail::alone(Builder::with_movable_clocks)
}

#[test]
fn a_policy_that_changes_is_followed() {
    let Some(mail) = with_movable_clocks() else { return };
    let text = policy("enforce", &["mx.changes.test"]);
    let domain = mail.lab.domain("changes.test").policy(&text).start();
    assert_eq!(mail.to("changes.test").delivered().tls, Some(Tls::Verified));
    domain.policy_host().set_policy(&policy("enforce", &["mx2.changes.test"]));
    domain.set_id("2");
    // Nobody has looked yet.
    assert_eq!(mail.to("changes.test").delivered().tls, Some(Tls::Verified));

    mail.sigillo.move_clocks(2 * MINUTE);
    let id = mail.sender.send("someone@changes.test");
    let failure = mail.sender.outcome(&id).deferred();
    assert!(failure.says("]:25: num=62:hostname mismatch"), "{failure:?}");
    assert_eq!(mail.sigillo.ask("changes.test"), secure("mx2.changes.test"));

    domain.policy_host().set_policy(&policy("enforce", &["mx2.changes.test", "mx.changes.test"]));
    domain.set_id("3");
    mail.sigillo.move_clocks(4 * MINUTE);
    assert_eq!(mail.sender.retry(&id).delivered().tls, Some(Tls::Verified));
    assert_eq!(domain.policy_host().requests(), 3);
}

#[test]
fn mode_none_after_enforce_sets_mail_free() {
    let Some(mail) = with_movable_clocks() else { return };
    let text = policy("enforce", &["mx.freed.test"]);
    let domain = mail.lab.domain("freed.test").without_tls().policy(&text).start();
    let id = mail.sender.send("someone@freed.test");
    let _failure = mail.sender.outcome(&id).deferred();
    // The policy alone says nothing: a new one has a new id.
    domain.policy_host().set_policy(NONE);
    mail.sigillo.move_clocks(2 * MINUTE);
    let _failure = mail.sender.retry(&id).deferred();
    domain.set_id("2");
    mail.sigillo.move_clocks(4 * MINUTE);
    assert_eq!(mail.sender.retry(&id).delivered().tls, None);
    assert_eq!(mail.sigillo.ask("freed.test"), NOTHING);
}

/// Takes something away from a domain.
type Loss = fn(&mut MailDomain<'_>);

#[test]
fn a_policy_stays_without_its_record_and_its_host() {
    let losses: [(&str, Loss); 6] = [
        ("lostrecord.test", |domain| domain.remove_record()),
        ("losthost.test", |domain| domain.stop_policy_host()),
        ("lostall.test", |domain| {
            domain.remove_record();
            domain.stop_policy_host();
        }),
        // New ids, for which there is no policy to be had.
        ("newid.test", |domain| {
            domain.stop_policy_host();
            domain.set_id("2");
        }),
        ("newid404.test", |domain| {
            domain.policy_host().remove_policy();
            domain.set_id("2");
        }),
        ("newidnonsense.test", |domain| {
            domain.policy_host().set_policy("mode: none\n");
            domain.set_id("2");
        }),
    ];
    let Some(mail) = with_movable_clocks() else { return };
    let mut domains: Vec<MailDomain<'_>> = losses
        .iter()
        .map(|(name, _)| {
            let text = policy("enforce", &[&format!("mx.{name}")]);
            mail.lab.domain(name).policy(&text).start()
        })
        .collect();
    for (domain, (name, loss)) in domains.iter_mut().zip(losses) {
        assert_eq!(mail.to(name).delivered().tls, Some(Tls::Verified), "{name}");
        loss(domain);
        domain.start_mx(None);
    }
    for ahead in [2 * MINUTE, 3 * DAY] {
        mail.sigillo.move_clocks(ahead);
        for (domain, (name, _)) in domains.iter_mut().zip(losses) {
            let host = format!("mx.{name}");
            let id = mail.sender.send(&format!("someone@{name}"));
            let failure = mail.sender.outcome(&id).deferred();
            assert!(failure.says("TLS is required, but was not offered"), "{name}: {failure:?}");
            assert_eq!(domain.mx().messages(), [], "{name}");
            assert_eq!(mail.sigillo.ask(name), secure(&host));
            domain.start_mx(Some(&mail.lab.pki().issue(&[&host])));
            assert_eq!(mail.sender.retry(&id).delivered().tls, Some(Tls::Verified), "{name}");
            domain.start_mx(None);
        }
    }
}

#[test]
fn a_policy_that_expires_without_another_is_forgotten() {
    let Some(mail) = with_movable_clocks() else { return };
    let text = policy("enforce", &["mx.expires.test"]);
    let mut domain = mail.lab.domain("expires.test").policy(&text).start();
    assert_eq!(mail.to("expires.test").delivered().tls, Some(Tls::Verified));
    domain.remove_record();
    domain.stop_policy_host();
    domain.start_mx(None);
    mail.sigillo.move_clocks(6 * DAY + 1_400 * MINUTE);
    let id = mail.sender.send("someone@expires.test");
    let _failure = mail.sender.outcome(&id).deferred();
    mail.sigillo.move_clocks(7 * DAY + 2 * MINUTE);
    assert_eq!(mail.sender.retry(&id).delivered().tls, None);
    assert_eq!(mail.sigillo.ask("expires.test"), NOTHING);
}

#[test]
fn a_policy_that_was_never_had_is_asked_for_again_after_five_minutes() {
    let Some(mail) = with_movable_clocks() else { return };
    let text = policy("enforce", &["mx.late.test"]);
    let mut domain = mail.lab.domain("late.test").without_tls().policy(&text).start();
    domain.stop_policy_host();
    assert_eq!(mail.to("late.test").delivered().tls, None);
    domain.start_policy_host(&text);
    mail.sigillo.move_clocks(4 * MINUTE);
    assert_eq!(mail.to("late.test").delivered().tls, None);
    assert_eq!(domain.policy_host().requests(), 0);

    mail.sigillo.move_clocks(6 * MINUTE);
    let id = mail.sender.send("someone@late.test");
    let _failure = mail.sender.outcome(&id).deferred();
    assert_eq!(domain.policy_host().requests(), 1);
    domain.start_mx(Some(&mail.lab.pki().issue(&["mx.late.test"])));
    assert_eq!(mail.sender.retry(&id).delivered().tls, Some(Tls::Verified));
}
