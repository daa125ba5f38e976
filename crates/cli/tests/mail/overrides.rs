//! What the operator decides, changed while mail flows.

use sigillo_lab::postfix::Tls;

use crate::mail::{Mail, NOTHING, policy, secure};

const DECISIONS: &str = r#"
[[override]]
domain = "skipped.test"
mta_sts = "skip"

[[override]]
domain = "forced.test"
policy = { mode = "enforce", mx = ["mx.forced.test"] }
"#;

#[test]
fn overrides_change_while_mail_flows() {
    let Some(mail) = Mail::alone(|it| it) else { return };
    let text = policy("enforce", &["mx.flows.test"]);
    let domain = mail.lab.domain("flows.test").policy(&text).start();
    let mut flow = Vec::new();
    for round in 0..10 {
        flow.extend((0..3).map(|_| mail.sender.send("someone@flows.test")));
        mail.sigillo.reload(if round % 2 == 0 { DECISIONS } else { "" });
    }
    for id in &flow {
        assert_eq!(mail.sender.outcome(id).delivered().tls, Some(Tls::Verified));
    }
    assert_eq!(domain.policy_host().requests(), 1);
}

#[test]
fn a_domain_is_skipped_and_another_is_held_to_a_policy() {
    let Some(mail) = Mail::alone(|it| it) else { return };
    let text = policy("enforce", &["mx.skipped.test"]);
    let _skipped = mail.lab.domain("skipped.test").without_tls().policy(&text).start();
    let _forced = mail.lab.domain("forced.test").without_tls().start();
    let held = mail.sender.send("someone@skipped.test");
    let _failure = mail.sender.outcome(&held).deferred();
    assert_eq!(mail.to("forced.test").delivered().tls, None);

    mail.sigillo.reload(DECISIONS);
    assert_eq!(mail.sender.retry(&held).delivered().tls, None);
    assert_eq!(mail.sigillo.ask("skipped.test"), NOTHING);
    let held = mail.sender.send("someone@forced.test");
    let _failure = mail.sender.outcome(&held).deferred();
    assert_eq!(mail.sigillo.ask("forced.test"), secure("mx.forced.test"));

    mail.sigillo.reload("");
    assert_eq!(mail.sender.retry(&held).delivered().tls, None);
    assert_eq!(mail.sigillo.ask("skipped.test"), secure("mx.skipped.test"));
}
