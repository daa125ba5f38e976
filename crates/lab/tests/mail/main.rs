//! Real mail between real servers, and what Postfix makes of the policies that it is told.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod answers;
mod connections;
mod dane;
mod keys;
mod policy_host;
mod policy_server;
mod refusals;

use std::sync::{Arc, Mutex, PoisonError, Weak};

use policy_server::PolicyServer;
use sigillo_lab::mail::MailLab;
use sigillo_lab::postfix::{Outcome, SendingPostfix, Tls};

/// A Postfix that sends, and whom it asks; tests that run at the same time share them, each with
/// domains of its own.
struct Sending {
    lab: Arc<MailLab>,
    policies: PolicyServer,
    sender: SendingPostfix,
}

impl Sending {
    /// None if the tests may do without.
    fn shared() -> Option<Arc<Self>> {
        static SHARED: Mutex<Weak<Sending>> = Mutex::new(Weak::new());
        let lab = MailLab::shared()?;
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        let sending = shared.upgrade().unwrap_or_else(|| Arc::new(Self::start(lab)));
        *shared = Arc::downgrade(&sending);
        Some(sending)
    }

    /// One that no other test uses: what is no netstring may stay in a connection, and spoil the next
    /// answer too.
    fn alone() -> Option<Self> {
        MailLab::shared().map(Self::start)
    }

    fn start(lab: Arc<MailLab>) -> Self {
        let policies = PolicyServer::start();
        let sender = keys::routes()
            .into_iter()
            .fold(lab.sender(), |sender, (domain, next_hop)| sender.route(domain, next_hop));
        Self { sender: sender.policy_map(&policies.map()).start(), policies, lab }
    }

    /// Sends to a domain under a policy.
    fn under(&self, policy: &str, domain: &str) -> Outcome {
        self.policies.policy(domain, policy);
        self.to(domain)
    }

    fn to(&self, domain: &str) -> Outcome {
        self.sender.deliver(&format!("someone@{domain}"))
    }
}

#[test]
fn a_message_arrives_as_it_was_sent() {
    let Some(sending) = Sending::shared() else { return };
    let domain = sending.lab.domain("arrives.test").start();
    let id = sending.sender.send("someone@arrives.test");
    let delivery = sending.sender.outcome(&id).delivered();
    assert_eq!((delivery.tls, delivery.dsn.as_str()), (Some(Tls::Trusted), "2.0.0"));
    assert!(delivery.relay.starts_with("mx.arrives.test[127."), "{}", delivery.relay);
    let received = domain.mx().message(&delivery.queued_as.unwrap());
    assert!(received.message_id.ends_with(&format!(".{id}@sender.test")), "{received:?}");
    assert_eq!(
        (received.to.as_str(), received.tls),
        ("someone@arrives.test", Some(Tls::Anonymous))
    );
    assert_eq!(domain.mx().messages(), [received]);
}

#[test]
fn a_name_that_does_not_exist_is_sent_back() {
    let Some(sending) = Sending::shared() else { return };
    let failure = sending.to("nobody.test").bounced();
    assert_eq!((failure.dsn.as_str(), failure.relay.as_str()), ("5.4.4", "none"));
}
