//! The lab's certificates as this crate takes them, and what all tests agree on.

use jiff::Timestamp;
use sigillo_formats::DomainName;
pub(crate) use sigillo_lab::certificates::{Identity, Pki, ca_issuers, window};
pub(crate) use sigillo_lab::server::{Server, Step, say};
use sigillo_net::tls::{PresentedChain, Trust};

/// The time at which certificates are judged, unless a test says otherwise.
pub(crate) fn now() -> Timestamp {
    "2026-06-15T12:00:00Z".parse().unwrap()
}

pub(crate) fn name(text: &str) -> DomainName {
    DomainName::parse(text).unwrap()
}

/// Authorities to trust.
pub(crate) trait Roots {
    fn trust(&self) -> Trust;
}

impl Roots for Pki {
    fn trust(&self) -> Trust {
        Trust::none().with_pem(self.root_pem().as_bytes()).unwrap()
    }
}

/// A chain as a server presents it.
pub(crate) trait Presents {
    fn presented(&self) -> PresentedChain;
}

impl Presents for Identity {
    fn presented(&self) -> PresentedChain {
        PresentedChain::new(&self.chain[0], &self.chain[1..])
    }
}
