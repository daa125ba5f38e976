//! Name servers that are down.

use std::time::Duration;

use sigillo_lab::available;
use sigillo_lab::postfix::Tls;

use crate::daemon::Builder;
use crate::front::Front;
use crate::mail::{Mail, NOT_TOLD, policy, secure};

/// As an attacker could have it who wants no policy to be found: Postfix itself finds names.
#[test]
fn the_name_servers_of_the_program_alone() {
    if !available(&["faketime"]) {
        return;
    }
    let Some(mut front) = Front::start() else { return };
    let address = front.address();
    let with = |it: Builder| it.resolver(address).with_movable_clocks();
    let Some(mut mail) = Mail::alone(with) else { return };
    let lab = mail.lab.clone();
    let domain = |name: &str| {
        let text = policy("enforce", &[&format!("mx.{name}")]);
        lab.domain(name).policy(&text).start()
    };
    let mut known = domain("known.test");
    let unknown = domain("unknown.test");
    let good = lab.pki().issue(&["mx.known.test"]);
    assert_eq!(mail.to("known.test").delivered().tls, Some(Tls::Verified));
    front.stop();
    assert!(mail.sigillo.ask("unknown.test").starts_with("TEMP "));
    let held = mail.sender.send("someone@unknown.test");
    for restarted in [false, true] {
        if restarted {
            mail.sigillo.restart();
            assert!(mail.sigillo.log().contains("the name servers don't answer"));
        } else {
            mail.sigillo.move_clocks(Duration::from_mins(2));
        }
        known.start_mx(None);
        let id = mail.sender.send("someone@known.test");
        let failure = mail.sender.outcome(&id).deferred();
        assert!(failure.says("TLS is required, but was not offered"), "{failure:?}");
        assert_eq!(mail.sigillo.ask("known.test"), secure("mx.known.test"));
        known.start_mx(Some(&good));
        assert_eq!(mail.sender.retry(&id).delivered().tls, Some(Tls::Verified));

        let outcome = if restarted { mail.sender.retry(&held) } else { mail.sender.outcome(&held) };
        let failure = outcome.deferred();
        assert_eq!((failure.reason.as_str(), failure.dsn.as_str()), (NOT_TOLD, "4.7.5"));
        assert!(mail.sigillo.ask("unknown.test").starts_with("TEMP "));
        if !restarted {
            assert!(mail.sigillo.log().contains("no name server answers"));
        }
    }
    assert_eq!(unknown.mx().messages(), []);

    front.start_again();
    mail.sigillo.wait_for_answer("unknown.test", &secure("mx.unknown.test"));
    assert_eq!(mail.sender.retry(&held).delivered().tls, Some(Tls::Verified));

    // What is remembered is told without waiting for an answer that may never come.
    front.fall_silent();
    mail.sigillo.move_clocks(Duration::from_mins(4));
    assert_eq!(mail.sigillo.ask("known.test"), secure("mx.known.test"));
}

#[test]
fn the_name_servers_of_all() {
    let Some(mut front) = Front::start() else { return };
    let Some(mail) = Mail::alone(|it| it.resolver(front.address())) else { return };
    let text = policy("enforce", &["mx.nodns.test"]);
    let _domain = mail.lab.domain("nodns.test").policy(&text).start();
    front.stop();
    mail.sender.resolver().set_delay(Duration::from_secs(30));
    let id = mail.sender.send("someone@nodns.test");
    let failure = mail.sender.outcome(&id).deferred();
    assert_eq!((failure.dsn.as_str(), failure.relay.as_str()), ("4.4.3", "none"));

    front.start_again();
    mail.sender.resolver().set_delay(Duration::ZERO);
    assert_eq!(mail.sender.retry(&id).delivered().tls, Some(Tls::Verified));
}
