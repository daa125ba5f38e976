//! A proxy that makes any name server slow.

use std::net::SocketAddr;
use std::time::Duration;

use super::scripted::ScriptedDns;

/// Passes queries on to a name server, over UDP and TCP, and waits before each answer.
#[derive(Debug)]
pub struct DelayProxy {
    front: ScriptedDns,
}

impl DelayProxy {
    /// Starts in front of `server` on a free port.
    ///
    /// # Panics
    /// If it can't listen.
    #[must_use]
    pub fn start(server: SocketAddr, delay: Duration) -> Self {
        let front = ScriptedDns::start(move |query| query.pass_on(server));
        front.set_delay(delay);
        Self { front }
    }

    /// Starts in front of `server` at an address, without delay.
    ///
    /// # Panics
    /// If it can't listen there.
    #[must_use]
    pub fn start_at(address: SocketAddr, server: SocketAddr) -> Self {
        Self { front: ScriptedDns::start_at(address, move |query| query.pass_on(server)) }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.front.address()
    }

    /// Waits this long before each answer from now on.
    pub fn set_delay(&self, delay: Duration) {
        self.front.set_delay(delay);
    }

    /// How many queries have come.
    #[must_use]
    pub fn queries(&self) -> usize {
        self.front.queries()
    }
}
