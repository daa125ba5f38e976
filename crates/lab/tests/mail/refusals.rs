//! Servers that don't come up to a policy: nothing is sent to them, until they do.

use sigillo_lab::certificates::{Identity, Pki};
use sigillo_lab::postfix::Tls;

use crate::Sending;

/// Defers, with these words in the log, while the mail host shows `identity`, or no certificate at all, and
/// delivers once it shows a good one.
fn refuses(name: &str, identity: impl FnOnce(&Pki, &str) -> Option<Identity>, words: &str) {
    let Some(sending) = Sending::shared() else { return };
    let host = format!("mx.{name}");
    let builder = sending.lab.domain(name);
    let builder = match identity(sending.lab.pki(), &host) {
        Some(identity) => builder.identity(identity),
        None => builder.without_tls(),
    };
    let mut domain = builder.start();
    sending.policies.policy(name, &format!("secure match={host} servername=hostname"));
    let id = sending.sender.send(&format!("someone@{name}"));
    let failure = sending.sender.outcome(&id).deferred();
    assert!(failure.says(words), "{failure:?}");
    assert!(failure.dsn.starts_with("4.7."), "{failure:?}");
    assert_eq!(domain.mx().messages(), []);

    domain.start_mx(Some(&sending.lab.pki().issue(&[&host])));
    let delivery = sending.sender.retry(&id).delivered();
    assert_eq!(delivery.tls, Some(Tls::Verified));
    let received = domain.mx().message(&delivery.queued_as.unwrap());
    assert_eq!(domain.mx().messages(), [received]);
}

#[test]
fn no_starttls() {
    refuses(
        "stripped.test",
        |_, _| None,
        "TLS is required, but was not offered by host mx.stripped.test",
    );
}

#[test]
fn another_name() {
    let other = |pki: &Pki, _: &str| Some(pki.issue(&["mx.other.test"]));
    refuses("name.test", other, "]:25: num=62:hostname mismatch");
}

#[test]
fn an_expired_certificate() {
    let expired = |pki: &Pki, host: &str| Some(pki.issue_expired(&[host]));
    refuses("expired.test", expired, "]:25: certificate has expired");
}

#[test]
fn an_authority_that_nobody_knows() {
    let untrusted = |_: &Pki, host: &str| Some(Pki::new().issue(&[host]));
    refuses("untrusted.test", untrusted, "certificate verification failed for mx.untrusted.test[");
}

#[test]
fn a_certificate_that_signs_for_itself() {
    let own = |_: &Pki, host: &str| Some(Identity::self_signed(&[host], |_| {}));
    refuses("selfsigned.test", own, "]:25: self-signed certificate");
}

#[test]
fn all_of_them_are_good_enough_without_a_policy() {
    let Some(sending) = Sending::shared() else { return };
    let mut domain = sending.lab.domain("anything.test").without_tls().start();
    assert_eq!(sending.to("anything.test").delivered().tls, None);
    let untrusted = Pki::new().issue(&["mx.anything.test"]);
    domain.start_mx(Some(&untrusted));
    assert_eq!(sending.to("anything.test").delivered().tls, Some(Tls::Untrusted));
    let other = sending.lab.pki().issue(&["mx.other.test"]);
    domain.start_mx(Some(&other));
    assert_eq!(sending.to("anything.test").delivered().tls, Some(Tls::Trusted));
}
