//! A domain that does everything right.

use sigillo_check::observation::{DnsOutcome, NameMatch, Trust, Validity};
use sigillo_probe::{Progress, ProgressSender};

use crate::internet::{Internet, MX, POLICY};
use crate::raising::cases;

cases! {
    a_healthy_domain_is_enforced_and_nothing_is_wrong: [],
}

async fn a_healthy_domain_is_enforced_and_nothing_is_wrong() {
    let (sender, mut steps) = ProgressSender::channel();
    let seen = Internet::healthy().look_telling(&sender).await;
    seen.comes_to("enforced", 0, &[]);

    let observation = &seen.observation;
    assert_eq!(observation.record.outcome, DnsOutcome::Found);
    let fetch = &observation.policy_host.fetches[0];
    assert_eq!(fetch.http.as_ref().unwrap().body, POLICY);
    assert!(observation.policy_host.other_paths.is_empty());
    let session = &observation.mail_hosts[0].sessions[0];
    assert_eq!(session.greeting, ["mx.good.example ESMTP"]);
    for tls in [&fetch.tls, &session.tls] {
        let tls = tls.as_ref().unwrap();
        let judged = (tls.trust, tls.name, tls.validity);
        assert_eq!(judged, (Trust::Trusted, NameMatch::Match, Validity::Valid));
        assert_eq!(tls.chain.len(), 2);
    }

    let mut told = Vec::new();
    while let Ok(step) = steps.try_recv() {
        told.push(step);
    }
    let policy_host = Progress::PolicyHost { address: "127.0.0.10".to_owned(), answered: true };
    let mail_host =
        Progress::MailHost { host: MX.to_owned(), address: "127.0.0.20".to_owned(), secured: true };
    assert!(told.contains(&policy_host) && told.contains(&mail_host), "{told:?}");
}
