//! Several messages at once, to a domain of which nothing is known.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sigillo_lab::dns::ScriptedDns;
use sigillo_lab::mail::MailLab;
use sigillo_lab::postfix::Tls;

use crate::mail::{Mail, policy};

#[test]
fn several_messages_at_once_cost_one_question_and_one_fetch() {
    let Some(lab) = MailLab::shared() else { return };
    let questions = Arc::<Mutex<Vec<(String, String)>>>::default();
    let (asked, server) = (Arc::clone(&questions), lab.resolver_address());
    let front = ScriptedDns::start(move |query| {
        asked.lock().unwrap().push((query.name(), query.kind()));
        query.pass_on(server)
    });
    let Some(mail) = Mail::alone(|it| it.resolver(front.address())) else { return };
    let text = policy("enforce", &["mx.crowd.test"]);
    let domain = mail.lab.domain("crowd.test").policy(&text).start();
    // Slow enough for all to come before anything is known.
    front.set_delay(Duration::from_millis(500));
    let ids: Vec<_> = (0..8).map(|_| mail.sender.send("someone@crowd.test")).collect();
    for id in &ids {
        let delivery = mail.sender.outcome(id).delivered();
        assert_eq!(delivery.tls, Some(Tls::Verified));
        let _message = domain.mx().message(&delivery.queued_as.unwrap());
    }
    assert_eq!(domain.mx().messages().len(), ids.len());
    assert!(mail.sigillo.metric("sigillo_sender_misses_total") > 1, "they came one by one");
    let questions = questions.lock().unwrap();
    for (name, kind) in [
        ("_mta-sts.crowd.test", "TXT"),
        ("mta-sts.crowd.test", "A"),
        ("crowd.test", "MX"),
        ("_25._tcp.mx.crowd.test", "TLSA"),
    ] {
        let times = questions.iter().filter(|it| **it == (name.to_owned(), kind.to_owned()));
        assert_eq!(times.count(), 1, "{name} {kind}: {questions:?}");
    }
    assert_eq!(domain.policy_host().requests(), 1);
    let fetches = "sigillo_sender_fetches_total{outcome=\"enforce\"}";
    assert_eq!(mail.sigillo.metric(fetches), 1);
}
