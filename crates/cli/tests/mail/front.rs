//! Name servers that can go away.

use std::net::SocketAddr;
use std::sync::Arc;

use sigillo_lab::dns::ScriptedDns;
use sigillo_lab::mail::MailLab;

/// A name server in front of the lab's, at an address of its own.
#[derive(Debug)]
pub(crate) struct Front {
    address: SocketAddr,
    /// It goes on for as long as this one does.
    lab: Arc<MailLab>,
    running: Option<ScriptedDns>,
}

impl Front {
    /// None if the tests may do without.
    pub(crate) fn start() -> Option<Self> {
        let lab = MailLab::shared()?;
        let behind = lab.resolver_address();
        let running = ScriptedDns::start(move |query| query.pass_on(behind));
        Some(Self { address: running.address(), lab, running: Some(running) })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Nothing listens any more.
    pub(crate) fn stop(&mut self) {
        drop(self.running.take());
    }

    /// Nothing is answered any more.
    pub(crate) fn fall_silent(&mut self) {
        self.stop();
        self.running = Some(ScriptedDns::start_at(self.address, |_| None));
    }

    /// It answers again.
    pub(crate) fn start_again(&mut self) {
        self.stop();
        let behind = self.lab.resolver_address();
        self.running = Some(ScriptedDns::start_at(self.address, move |it| it.pass_on(behind)));
    }
}
