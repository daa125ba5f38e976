//! Who sends, and whom it asks.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use sigillo_lab::mail::MailLab;
use sigillo_lab::postfix::{Outcome, SendingPostfix};

use crate::daemon::{Builder, Sigillo};

/// A Postfix that sends, and the program that it asks for policies.
#[derive(Debug)]
pub(crate) struct Mail {
    pub(crate) sender: SendingPostfix,
    pub(crate) sigillo: Sigillo,
    pub(crate) lab: Arc<MailLab>,
}

impl Mail {
    /// One for tests that leave the program alone, each with domains of its own. None if the tests may do
    /// without.
    pub(crate) fn shared() -> Option<Arc<Self>> {
        static SHARED: Mutex<Weak<Mail>> = Mutex::new(Weak::new());
        let lab = MailLab::shared()?;
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        let mail =
            shared.upgrade().unwrap_or_else(|| Arc::new(Self::start(lab, |sigillo| sigillo)));
        *shared = Arc::downgrade(&mail);
        Some(mail)
    }

    /// One that no other test uses. None if the tests may do without.
    pub(crate) fn alone(with: impl FnOnce(Builder) -> Builder) -> Option<Self> {
        MailLab::shared().map(|lab| Self::start(lab, with))
    }

    fn start(lab: Arc<MailLab>, with: impl FnOnce(Builder) -> Builder) -> Self {
        let sigillo = with(Builder::new(Arc::clone(&lab))).start();
        let sender = lab.sender().policy_map(&sigillo.map()).start();
        Self { sender, sigillo, lab }
    }

    /// Sends to a domain and says what the first try came to.
    pub(crate) fn to(&self, domain: &str) -> Outcome {
        self.sender.deliver(&format!("someone@{domain}"))
    }
}

/// A policy that lasts for a week.
pub(crate) fn policy(mode: &str, mx: &[&str]) -> String {
    let mx: Vec<String> = mx.iter().map(|pattern| format!("mx: {pattern}\n")).collect();
    format!("version: STSv1\nmode: {mode}\n{}max_age: 604800\n", mx.concat())
}

/// What Postfix is told of a policy that enforces.
pub(crate) fn secure(mx: &str) -> String {
    format!("OK secure match={mx} servername=hostname")
}

/// What it is told where there is no policy that enforces.
pub(crate) const NOTHING: &str = "NOTFOUND ";

/// What it says of a message that has to wait because of what it was told.
pub(crate) const NOT_TOLD: &str = "client TLS configuration problem";
