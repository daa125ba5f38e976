//! Mail that is delivered at once.

use std::net::TcpStream;

use sigillo_lab::postfix::Tls;
use sigillo_lab::{Postfix, own_address};

use crate::client;
use crate::mail::{Mail, NOTHING, policy, secure};

#[test]
fn a_policy_that_enforces_is_met() {
    let Some(mail) = Mail::shared() else { return };
    let text = policy("enforce", &["mx.enforced.test"]);
    let domain = mail.lab.domain("enforced.test").policy(&text).start();
    let delivery = mail.to("enforced.test").delivered();
    assert_eq!(delivery.tls, Some(Tls::Verified));
    let received = domain.mx().message(&delivery.queued_as.unwrap());
    assert_eq!(received.to, "someone@enforced.test");
    assert_eq!(domain.mx().messages(), [received]);
    assert_eq!(domain.policy_host().requests(), 1);
    for (key, answer) in [
        ("enforced.test", secure("mx.enforced.test").as_str()),
        ("ENFORCED.Test.", &secure("mx.enforced.test")),
        (".enforced.test", NOTHING),
        ("[mx.enforced.test]", NOTHING),
        ("sub.enforced.test", NOTHING),
    ] {
        assert_eq!(mail.sigillo.ask(key), answer, "{key}");
    }
}

#[test]
fn over_tcp_it_is_the_same() {
    let Some(mail) = Mail::shared() else { return };
    let text = policy("enforce", &["mx.overtcp.test"]);
    let _domain = mail.lab.domain("overtcp.test").policy(&text).start();
    let sender = mail.lab.sender().policy_map(&mail.sigillo.inet_map()).start();
    let delivery = sender.deliver("someone@overtcp.test").delivered();
    assert_eq!(delivery.tls, Some(Tls::Verified));
    let connection = TcpStream::connect(mail.sigillo.inet()).unwrap();
    assert_eq!(client::ask(connection, "postfix", "overtcp.test"), secure("mx.overtcp.test"));
}

#[test]
fn a_pattern_covers_a_host() {
    let Some(mail) = Mail::shared() else { return };
    let text = policy("enforce", &["*.pattern.test"]);
    let _domain = mail.lab.domain("pattern.test").policy(&text).start();
    assert_eq!(mail.to("pattern.test").delivered().tls, Some(Tls::Verified));
    assert_eq!(mail.sigillo.ask("pattern.test"), secure(".pattern.test"));
}

/// Whatever a host shows, or doesn't: as without a policy.
#[test]
fn policies_that_do_not_enforce_and_no_policy() {
    let Some(mail) = Mail::shared() else { return };
    for (name, text) in [
        ("testing.test", Some(policy("testing", &["mx.testing.test"]))),
        ("none.test", Some("version: STSv1\nmode: none\nmax_age: 604800\n".to_owned())),
        ("nopolicy.test", None),
    ] {
        let builder = mail.lab.domain(name).without_tls();
        let builder = match &text {
            Some(text) => builder.policy(text),
            None => builder,
        };
        let mut domain = builder.start();
        assert_eq!(mail.to(name).delivered().tls, None, "{name}");
        let host = format!("mx.{name}");
        domain.start_mx(Some(&sigillo_lab::certificates::Pki::new().issue(&[&host])));
        assert_eq!(mail.to(name).delivered().tls, Some(Tls::Untrusted), "{name}");
        assert_eq!(mail.sigillo.ask(name), NOTHING, "{name}");
        let fetches = if text.is_some() { domain.policy_host().requests() } else { 1 };
        assert_eq!(fetches, 1, "{name}");
    }
}

#[test]
fn of_two_hosts_the_one_that_the_policy_names_gets_it() {
    let Some(mail) = Mail::shared() else { return };
    let text = policy("enforce", &["mx.twohosts.test"]);
    let domain = mail.lab.domain("twohosts.test").policy(&text).start();
    let address = own_address();
    let other = Postfix::builder(address, "other.twohosts.test")
        .identity(&mail.lab.pki().issue(&["other.twohosts.test"]))
        .receives_for("twohosts.test")
        .port(25)
        .start();
    mail.lab.edit("twohosts.test", |zone| {
        zone.mx(5, "other").a("other", address);
    });
    let delivery = mail.to("twohosts.test").delivered();
    assert_eq!(delivery.tls, Some(Tls::Verified));
    assert!(delivery.relay.starts_with("mx.twohosts.test["), "{}", delivery.relay);
    let received = domain.mx().message(&delivery.queued_as.unwrap());
    assert_eq!((domain.mx().messages(), other.messages()), (vec![received], vec![]));
}
