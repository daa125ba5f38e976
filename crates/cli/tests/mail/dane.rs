//! DANE (RFC 7672), which comes before MTA-STS (RFC 8461 §2).

use sigillo_lab::certificates::Identity;
use sigillo_lab::dns::{Fault, Signing};
use sigillo_lab::postfix::Tls;
use sigillo_lab::{Postfix, own_address};

use crate::mail::{Mail, NOT_TOLD, policy, secure};

#[test]
fn a_record_that_fits_needs_no_authority() {
    let Some(mail) = Mail::shared() else { return };
    for (name, text) in [
        ("danefits.test", None),
        ("danefits2.test", Some(policy("enforce", &["mx.danefits2.test"]))),
    ] {
        let builder = mail.lab.domain(name).identity(Identity::self_signed(&["any.test"], |_| {}));
        let builder = match &text {
            Some(text) => builder.policy(text),
            None => builder,
        };
        let domain = builder.fitting_tlsa().start();
        assert_eq!(mail.to(name).delivered().tls, Some(Tls::Verified), "{name}");
        assert_eq!(mail.sigillo.ask(name), "OK dane-only", "{name}");
        drop(domain);
    }
}

/// A certificate that is good enough for the policy is not for the TLSA record.
#[test]
fn a_record_that_does_not_fit_comes_before_a_policy_that_is_met() {
    let Some(mail) = Mail::shared() else { return };
    let text = policy("enforce", &["mx.misfits.test"]);
    let announced = mail.lab.pki().issue(&["mx.misfits.test"]);
    let builder = mail.lab.domain("misfits.test").policy(&text);
    let mut domain = builder.tlsa(announced.public_key_digest()).start();
    let id = mail.sender.send("someone@misfits.test");
    let failure = mail.sender.outcome(&id).deferred();
    assert_eq!(failure.reason, "Server certificate not verified");
    assert!(failure.says("]:25: num=65:no matching DANE TLSA records"), "{failure:?}");
    assert_eq!(domain.mx().messages(), []);
    assert_eq!(mail.sigillo.ask("misfits.test"), "OK dane-only");

    domain.start_mx(Some(&announced));
    let delivery = mail.sender.retry(&id).delivered();
    assert_eq!(delivery.tls, Some(Tls::Verified));
    assert_eq!(domain.mx().message(&delivery.queued_as.unwrap()).to, "someone@misfits.test");
}

/// Nobody knows whether there is one, so that the policy must not do (RFC 8461 §2).
#[test]
fn a_record_that_is_bogus() {
    let Some(mail) = Mail::shared() else { return };
    let identity = mail.lab.pki().issue(&["mx.daneforged.test"]);
    let digest = identity.public_key_digest();
    let text = policy("enforce", &["mx.daneforged.test"]);
    let domain = mail.lab.domain("daneforged.test").identity(identity).policy(&text).start();
    mail.lab.add("forged.test", Signing::Bogus(Fault::WrongKey), |zone| {
        zone.tlsa("tlsa", 3, 1, 1, &digest);
    });
    mail.lab.edit("daneforged.test", |zone| {
        zone.cname("_25._tcp.mx", "tlsa.forged.test.");
    });
    let id = mail.sender.send("someone@daneforged.test");
    let failure = mail.sender.outcome(&id).deferred();
    assert_eq!((failure.reason.as_str(), failure.dsn.as_str()), (NOT_TOLD, "4.7.5"));
    assert!(failure.says("socketmap server temporary error"), "{failure:?}");
    assert_eq!(domain.mx().messages(), []);
    assert!(mail.sigillo.ask("daneforged.test").starts_with("TEMP "));

    mail.lab.edit("daneforged.test", |zone| {
        zone.remove("_25._tcp.mx", "CNAME").tlsa("_25._tcp.mx", 3, 1, 1, &digest);
    });
    mail.sigillo.wait_for_answer("daneforged.test", "OK dane-only");
    assert_eq!(mail.sender.retry(&id).delivered().tls, Some(Tls::Verified));
}

#[test]
fn a_zone_that_is_bogus() {
    let Some(mail) = Mail::shared() else { return };
    let bogus = Signing::Bogus(Fault::Stripped);
    let domain = mail.lab.domain("mail.bogus.example").signing(bogus).start();
    let failure = mail.to("mail.bogus.example").deferred();
    assert_eq!((failure.dsn.as_str(), failure.relay.as_str()), ("4.4.3", "none"));
    assert!(mail.sigillo.ask("mail.bogus.example").starts_with("TEMP "));
    assert_eq!(domain.mx().messages(), []);
}

/// Two hosts, of which only the second has a TLSA record. Postfix takes one policy for both.
#[test]
fn records_of_some_hosts_only() {
    let Some(mail) = Mail::shared() else { return };
    for (name, text) in
        [("somedane.test", Some(policy("enforce", &["*.somedane.test"]))), ("somedane2.test", None)]
    {
        let builder = mail.lab.domain(name);
        let builder = match &text {
            Some(text) => builder.policy(text),
            None => builder,
        };
        let mut domain = builder.without_tls().start();
        let (address, host) = (own_address(), format!("second.{name}"));
        let identity = mail.lab.pki().issue(&[&host]);
        let second = Postfix::builder(address, &host)
            .identity(&identity)
            .receives_for(name)
            .port(25)
            .start();
        mail.lab.edit(name, |zone| {
            zone.mx(20, "second").a("second", address);
            zone.tlsa("_25._tcp.second", 3, 1, 1, &identity.public_key_digest());
        });
        let delivery = mail.to(name).delivered();
        if text.is_none() {
            // Nothing is known about the first.
            assert_eq!(mail.sigillo.ask(name), "OK dane");
            assert_eq!((delivery.tls, second.messages()), (None, vec![]));
            continue;
        }
        assert_eq!(mail.sigillo.ask(name), secure(&format!(".{name}")));
        assert!(delivery.relay.starts_with("second."), "{}", delivery.relay);
        assert_eq!((delivery.tls, domain.mx().messages()), (Some(Tls::Verified), vec![]));
        // Certificates count for both, as the policy says.
        domain.start_mx(Some(&mail.lab.pki().issue(&[&format!("mx.{name}")])));
        let delivery = mail.to(name).delivered();
        assert!(delivery.relay.starts_with("mx."), "{}", delivery.relay);
        assert_eq!(delivery.tls, Some(Tls::Verified));
    }
}
