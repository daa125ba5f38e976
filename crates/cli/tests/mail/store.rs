//! A store that takes nothing: what is in it protects mail, and so does what is fetched meanwhile.

use sigillo_lab::Disk;
use sigillo_lab::postfix::Tls;

use crate::mail::{Mail, policy, secure};

const FAILING: &str = "sigillo_sender_store_failing";
const UNSAVED: &str = "sigillo_sender_unsaved_policies";

#[test]
fn a_store_that_can_only_be_read() {
    let Some(disk) = Disk::mount() else { return };
    let Some(mut mail) = Mail::alone(|it| it.store(&disk.file("sigillo.sqlite"))) else { return };
    let lab = mail.lab.clone();
    let text = policy("enforce", &["mx.stored.test"]);
    let mut stored = lab.domain("stored.test").policy(&text).start();
    assert_eq!(mail.to("stored.test").delivered().tls, Some(Tls::Verified));
    mail.sigillo.kill();
    stored.remove_record();
    stored.stop_policy_host();
    stored.start_mx(None);
    disk.make_read_only();
    mail.sigillo.start();
    assert!(mail.sigillo.log().contains("the database can only be read"));

    let id = mail.sender.send("someone@stored.test");
    let _failure = mail.sender.outcome(&id).deferred();
    assert_eq!(mail.sigillo.ask("stored.test"), secure("mx.stored.test"));
    stored.start_mx(Some(&lab.pki().issue(&["mx.stored.test"])));
    assert_eq!(mail.sender.retry(&id).delivered().tls, Some(Tls::Verified));

    let text = policy("enforce", &["mx.unstored.test"]);
    let mut unstored = lab.domain("unstored.test").policy(&text).start();
    assert_eq!(mail.to("unstored.test").delivered().tls, Some(Tls::Verified));
    unstored.start_mx(None);
    let id = mail.sender.send("someone@unstored.test");
    let _failure = mail.sender.outcome(&id).deferred();
    assert_eq!((mail.sigillo.metric(FAILING), mail.sigillo.metric(UNSAVED)), (1, 1));
    assert!(mail.sigillo.log().contains("policies can't be saved"));

    // Where the store may be written again, it is.
    mail.sigillo.stop();
    disk.make_writable();
    mail.sigillo.start();
    let _failure = mail.sender.retry(&id).deferred();
    mail.sigillo.kill();
    unstored.remove_record();
    unstored.stop_policy_host();
    mail.sigillo.start();
    let _failure = mail.sender.retry(&id).deferred();
    unstored.start_mx(Some(&lab.pki().issue(&["mx.unstored.test"])));
    assert_eq!(mail.sender.retry(&id).delivered().tls, Some(Tls::Verified));
}

/// How many policies there are to fetch: what the store has open may have room for a few.
const MANY: usize = 50;

#[test]
fn a_disk_that_is_full_and_has_room_again() {
    let Some(disk) = Disk::mount() else { return };
    let Some(mut mail) = Mail::alone(|it| it.store(&disk.file("sigillo.sqlite"))) else { return };
    let lab = mail.lab.clone();
    let names: Vec<String> = (0..MANY).map(|number| format!("{number}.full.test")).collect();
    let policy_hosts: Vec<String> = names.iter().map(|name| format!("mta-sts.{name}")).collect();
    let policy_hosts: Vec<&str> = policy_hosts.iter().map(String::as_str).collect();
    let full = lab
        .domain("full.test")
        .policy(&policy("enforce", &["mx.full.test"]))
        .policy_identity(lab.pki().issue(&policy_hosts))
        .start();
    let policy_address = *full.policy_host().address().ip();
    lab.edit("full.test", |zone| {
        for number in 0..MANY {
            zone.txt(&format!("_mta-sts.{number}"), "v=STSv1; id=1;");
            zone.a(&format!("mta-sts.{number}"), policy_address);
        }
    });
    let text = policy("enforce", &["mx.beforefull.test"]);
    let mut before = lab.domain("beforefull.test").policy(&text).start();
    assert_eq!(mail.to("beforefull.test").delivered().tls, Some(Tls::Verified));

    disk.fill();
    let fails = names.iter().any(|name| {
        assert_eq!(mail.sigillo.ask(name), secure("mx.full.test"), "{name}");
        mail.sigillo.metric(FAILING) == 1
    });
    assert!(fails, "the store has room for all");
    assert!(mail.sigillo.log().contains("policies can't be saved"));
    let text = policy("enforce", &["mx.whilefull.test"]);
    let mut meanwhile = lab.domain("whilefull.test").policy(&text).start();
    assert_eq!(mail.to("whilefull.test").delivered().tls, Some(Tls::Verified));
    assert!(mail.sigillo.metric(UNSAVED) > 0);
    before.start_mx(None);
    meanwhile.start_mx(None);
    let held = ["someone@beforefull.test", "someone@whilefull.test"].map(|it| mail.sender.send(it));
    for id in &held {
        let _failure = mail.sender.outcome(id).deferred();
    }

    disk.make_room();
    mail.sigillo.wait("all is saved", || mail.sigillo.metric(UNSAVED) == 0);
    assert_eq!(mail.sigillo.metric(FAILING), 0);
    assert!(mail.sigillo.log().contains("policies can be saved again"));
    mail.sigillo.kill();
    for domain in [&mut before, &mut meanwhile] {
        domain.remove_record();
        domain.stop_policy_host();
    }
    mail.sigillo.start();
    for (id, domain) in held.iter().zip([&mut before, &mut meanwhile]) {
        let _failure = mail.sender.retry(id).deferred();
        let host = format!("mx.{}", domain.name());
        domain.start_mx(Some(&lab.pki().issue(&[&host])));
        assert_eq!(mail.sender.retry(id).delivered().tls, Some(Tls::Verified));
    }
}
