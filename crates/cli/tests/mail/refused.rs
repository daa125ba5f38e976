//! Hosts that don't come up to a policy that enforces: nothing is sent to them, until they do.

use sigillo_lab::certificates::{Identity, Pki};
use sigillo_lab::postfix::Tls;
use sigillo_lab::{Postfix, own_address};

use crate::mail::{Mail, policy, secure};

/// Defers, with these words in the log, while the mail host shows `identity`, or no certificate at all, and
/// delivers once it shows a good one.
fn refuses(name: &str, identity: impl FnOnce(&Pki, &str) -> Option<Identity>, words: &str) {
    let Some(mail) = Mail::shared() else { return };
    let host = format!("mx.{name}");
    let builder = mail.lab.domain(name).policy(&policy("enforce", &[&host]));
    let builder = match identity(mail.lab.pki(), &host) {
        Some(identity) => builder.identity(identity),
        None => builder.without_tls(),
    };
    let mut domain = builder.start();
    let id = mail.sender.send(&format!("someone@{name}"));
    let failure = mail.sender.outcome(&id).deferred();
    assert!(failure.says(words), "{failure:?}");
    assert!(failure.dsn.starts_with("4.7."), "{failure:?}");
    assert_eq!(domain.mx().messages(), []);
    assert_eq!(mail.sigillo.ask(name), secure(&host));

    domain.start_mx(Some(&mail.lab.pki().issue(&[&host])));
    let delivery = mail.sender.retry(&id).delivered();
    assert_eq!(delivery.tls, Some(Tls::Verified));
    let received = domain.mx().message(&delivery.queued_as.unwrap());
    assert_eq!(domain.mx().messages(), [received]);
}

#[test]
fn starttls_is_stripped() {
    refuses(
        "stripped.test",
        |_, _| None,
        "TLS is required, but was not offered by host mx.stripped.test",
    );
}

#[test]
fn the_certificate_is_for_another_name() {
    let other = |pki: &Pki, _: &str| Some(pki.issue(&["mx.other.test"]));
    refuses("othername.test", other, "]:25: num=62:hostname mismatch");
}

#[test]
fn the_certificate_has_expired() {
    let expired = |pki: &Pki, host: &str| Some(pki.issue_expired(&[host]));
    refuses("expired.test", expired, "]:25: certificate has expired");
}

#[test]
fn nobody_trusts_the_authority() {
    let untrusted = |_: &Pki, host: &str| Some(Pki::new().issue(&[host]));
    refuses("untrusted.test", untrusted, "certificate verification failed for mx.untrusted.test[");
}

#[test]
fn the_certificate_signs_for_itself() {
    let own = |_: &Pki, host: &str| Some(Identity::self_signed(&[host], |_| {}));
    refuses("selfsigned.test", own, "]:25: self-signed certificate");
}

/// A host of somebody else that the DNS was made to name, with a good certificate for its own name.
#[test]
fn the_policy_does_not_name_the_host() {
    let Some(mail) = Mail::shared() else { return };
    let text = policy("enforce", &["mx.unnamed.test"]);
    let domain = mail.lab.domain("unnamed.test").policy(&text).start();
    let address = own_address();
    let foreign = Postfix::builder(address, "foreign.unnamed.test")
        .identity(&mail.lab.pki().issue(&["foreign.unnamed.test"]))
        .receives_for("unnamed.test")
        .port(25)
        .start();
    mail.lab.edit("unnamed.test", |zone| {
        zone.remove("@", "MX").mx(10, "foreign").a("foreign", address);
    });
    let id = mail.sender.send("someone@unnamed.test");
    let failure = mail.sender.outcome(&id).deferred();
    assert_eq!(failure.reason, "Server certificate not verified");
    assert!(failure.says("]:25: num=62:hostname mismatch"), "{failure:?}");

    mail.lab.edit("unnamed.test", |zone| {
        zone.remove("@", "MX").mx(10, "mx");
    });
    let delivery = mail.sender.retry(&id).delivered();
    assert_eq!(delivery.tls, Some(Tls::Verified));
    let received = domain.mx().message(&delivery.queued_as.unwrap());
    assert_eq!((domain.mx().messages(), foreign.messages()), (vec![received], vec![]));
}
