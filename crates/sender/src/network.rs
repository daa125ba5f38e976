//! The network, as far as discovery needs it.

mod dane;
mod fetch;
mod record;

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use sigillo_formats::DomainName;
use sigillo_net::address_guard::AddressGuard;
use sigillo_net::dns::Resolver;
use sigillo_net::tls::Trust;
use std::net::IpAddr;
use std::time::Duration;

use crate::NextHop;
use crate::facts::{DaneLook, FetchFailure, FetchedPolicy, RecordLook};

/// Looks at the network. Every look ends in a bounded time.
pub trait Network: Send + Sync + 'static {
    /// Looks the record of a policy domain up (RFC 8461 §3.1).
    fn record<'a>(&'a self, domain: &'a DomainName) -> BoxFuture<'a, RecordLook>;

    /// Fetches the policy of a domain (RFC 8461 §3.3). `now` is when certificates are judged.
    fn policy<'a>(
        &'a self,
        domain: &'a DomainName,
        now: Timestamp,
    ) -> BoxFuture<'a, Result<FetchedPolicy, FetchFailure>>;

    /// Looks at what the MX hosts of a next hop have of DANE (RFC 7672 §2.2).
    fn dane<'a>(&'a self, next_hop: &'a NextHop) -> BoxFuture<'a, DaneLook>;
}

/// How the real network is looked at.
#[derive(Debug, Clone)]
pub struct NetworkSettings {
    /// How long fetching a policy may take in all: 60 seconds unless told, as RFC 8461 §3.3
    /// suggests.
    pub timeout: Duration,
    /// The port of policy hosts: 443.
    pub https_port: u16,
    /// Who asks policy hosts.
    pub user_agent: String,
    /// Which addresses may be connected to.
    pub guard: AddressGuard,
    /// The roots for the certificates of policy hosts.
    pub trust: Trust,
    /// The address to connect from, where it is of the same family; none: the system's choice.
    pub source: Option<IpAddr>,
    /// Whether DANE is looked for.
    pub dane: bool,
}

/// The real network.
#[derive(Debug, Clone)]
pub struct Internet {
    resolver: Resolver,
    settings: NetworkSettings,
}

impl Internet {
    /// The network as this resolver knows it.
    #[must_use]
    pub const fn new(resolver: Resolver, settings: NetworkSettings) -> Self {
        Self { resolver, settings }
    }
}

impl Network for Internet {
    fn record<'a>(&'a self, domain: &'a DomainName) -> BoxFuture<'a, RecordLook> {
        Box::pin(record::look(&self.resolver, domain))
    }

    fn policy<'a>(
        &'a self,
        domain: &'a DomainName,
        now: Timestamp,
    ) -> BoxFuture<'a, Result<FetchedPolicy, FetchFailure>> {
        Box::pin(fetch::fetch(self, domain, now))
    }

    fn dane<'a>(&'a self, next_hop: &'a NextHop) -> BoxFuture<'a, DaneLook> {
        Box::pin(dane::look(self, next_hop))
    }
}
