use tokio::sync::mpsc;

use crate::limits::PROGRESS_STEPS;

/// A step of a look that has come to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// A question to the DNS was answered, or not.
    Dns {
        /// The name.
        name: String,
        /// The type of records.
        kind: String,
        /// Whether there is an answer, if only that there is nothing.
        answered: bool,
    },
    /// An address of the policy host was looked at.
    PolicyHost {
        /// The address.
        address: String,
        /// Whether it gave an answer.
        answered: bool,
    },
    /// An address of a mail host was looked at.
    MailHost {
        /// The host.
        host: String,
        /// The address.
        address: String,
        /// Whether TLS was reached.
        secured: bool,
    },
}

/// Where steps are told. Whoever is too slow to take them misses some; nobody waits.
#[derive(Debug, Clone, Default)]
pub struct ProgressSender(Option<mpsc::Sender<Progress>>);

impl ProgressSender {
    /// Tells nobody.
    #[must_use]
    pub const fn none() -> Self {
        Self(None)
    }

    /// A sender and where its steps come out.
    #[must_use]
    pub fn channel() -> (Self, mpsc::Receiver<Progress>) {
        let (sender, receiver) = mpsc::channel(PROGRESS_STEPS);
        (Self(Some(sender)), receiver)
    }

    pub(crate) fn tell(&self, progress: Progress) {
        if let Some(sender) = &self.0 {
            // Full or closed: showing progress is no reason to wait or to stop.
            let _ = sender.try_send(progress);
        }
    }
}
