//! DANE (RFC 7672): Postfix looks up TLSA records and believes what Unbound has validated.

use sigillo_lab::dns::{Fault, Signing};
use sigillo_lab::postfix::Tls;

use crate::Sending;

#[test]
fn a_record_that_fits() {
    let Some(sending) = Sending::shared() else { return };
    let identity = sigillo_lab::certificates::Identity::self_signed(&["anybody.test"], |_| {});
    let _domain = sending.lab.domain("fits.test").identity(identity).fitting_tlsa().start();
    for policy in ["dane-only", "dane"] {
        assert_eq!(sending.under(policy, "fits.test").delivered().tls, Some(Tls::Verified));
    }
}

#[test]
fn a_record_that_does_not_fit() {
    let Some(sending) = Sending::shared() else { return };
    let domain = sending.lab.domain("misfits.test").tlsa([1; 32]).start();
    for policy in ["dane-only", "dane"] {
        let failure = sending.under(policy, "misfits.test").deferred();
        assert_eq!(failure.reason, "Server certificate not verified");
        assert!(failure.says("]:25: num=65:no matching DANE TLSA records"), "{failure:?}");
    }
    assert_eq!(domain.mx().messages(), []);
}

#[test]
fn no_record() {
    let Some(sending) = Sending::shared() else { return };
    let _domain = sending.lab.domain("without.test").start();
    let failure = sending.under("dane-only", "without.test").deferred();
    assert_eq!(failure.dsn, "4.7.5", "{failure:?}");
    assert_eq!(sending.under("dane", "without.test").delivered().tls, Some(Tls::Trusted));
}

#[test]
fn a_record_that_nobody_signs() {
    let Some(sending) = Sending::shared() else { return };
    let unsigned = sending.lab.domain("unsigned.test").signing(Signing::Unsigned);
    let _domain = unsigned.fitting_tlsa().start();
    let failure = sending.under("dane-only", "unsigned.test").deferred();
    assert_eq!(failure.dsn, "4.7.5", "{failure:?}");
    assert_eq!(sending.under("dane", "unsigned.test").delivered().tls, Some(Tls::Trusted));
}

#[test]
fn a_record_that_is_bogus() {
    let Some(sending) = Sending::shared() else { return };
    let domain = sending.lab.domain("bogus.test").start();
    sending.lab.add("wrongkey.test", Signing::Bogus(Fault::WrongKey), |zone| {
        zone.tlsa("tlsa", 3, 1, 1, &[1; 32]);
    });
    sending.lab.edit("bogus.test", |zone| {
        zone.cname("_25._tcp.mx", "tlsa.wrongkey.test.");
    });
    for policy in ["dane-only", "dane"] {
        let failure = sending.under(policy, "bogus.test").deferred();
        assert!(failure.reason.contains("TLSA lookup error"), "{failure:?}");
    }
    assert_eq!(domain.mx().messages(), []);
}

#[test]
fn a_zone_that_is_bogus() {
    let Some(sending) = Sending::shared() else { return };
    let bogus = Signing::Bogus(Fault::Stripped);
    let domain = sending.lab.domain("mail.bogus.example").signing(bogus).start();
    for policy in ["dane-only", "dane", "may"] {
        let failure = sending.under(policy, "mail.bogus.example").deferred();
        assert_eq!((failure.dsn.as_str(), failure.relay.as_str()), ("4.4.3", "none"));
    }
    assert_eq!(domain.mx().messages(), []);
}
