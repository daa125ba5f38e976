//! The program ends, in good order or not, and is back.

use sigillo_lab::postfix::Tls;

use crate::daemon::Sigillo;
use crate::mail::{Mail, NOT_TOLD, policy, secure};

/// A policy that mail was held to once still counts after `end` and another start, though nothing of it is
/// published any more.
fn survives(name: &str, end: impl FnOnce(&mut Sigillo)) {
    let Some(mut mail) = Mail::alone(|it| it) else { return };
    let lab = mail.lab.clone();
    let host = format!("mx.{name}");
    let mut domain = lab.domain(name).policy(&policy("enforce", &[&host])).start();
    assert_eq!(mail.to(name).delivered().tls, Some(Tls::Verified));
    end(&mut mail.sigillo);
    domain.remove_record();
    domain.stop_policy_host();
    domain.start_mx(None);
    mail.sigillo.start();

    let id = mail.sender.send(&format!("someone@{name}"));
    let failure = mail.sender.outcome(&id).deferred();
    assert!(failure.says("TLS is required, but was not offered"), "{failure:?}");
    assert_eq!(mail.sigillo.ask(name), secure(&host));
    domain.start_mx(Some(&lab.pki().issue(&[&host])));
    assert_eq!(mail.sender.retry(&id).delivered().tls, Some(Tls::Verified));
}

#[test]
fn a_policy_survives_a_restart() {
    survives("restarted.test", Sigillo::stop);
}

#[test]
fn a_policy_survives_a_kill_right_after_the_first_delivery() {
    survives("killed.test", Sigillo::kill);
}

/// All mail waits, since nobody says what has none.
#[test]
fn while_it_is_away_mail_waits() {
    let Some(mut mail) = Mail::alone(|it| it) else { return };
    let lab = mail.lab.clone();
    let text = policy("enforce", &["mx.away.test"]);
    let domains = [lab.domain("away.test").policy(&text).start(), lab.domain("away2.test").start()];
    mail.sigillo.kill();
    let ids = ["someone@away.test", "someone@away2.test"].map(|it| mail.sender.send(it));
    for id in &ids {
        let failure = mail.sender.outcome(id).deferred();
        assert_eq!((failure.reason.as_str(), failure.dsn.as_str()), (NOT_TOLD, "4.7.5"));
    }
    mail.sigillo.start();
    for ((id, domain), tls) in ids.iter().zip(domains).zip([Tls::Verified, Tls::Trusted]) {
        let delivery = mail.sender.retry(id).delivered();
        assert_eq!(delivery.tls, Some(tls), "{}", domain.name());
        let received = domain.mx().message(&delivery.queued_as.unwrap());
        assert_eq!(domain.mx().messages(), [received]);
    }
}
