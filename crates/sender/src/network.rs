//! The network, as far as discovery needs it.

mod dane;
mod fetch;
mod record;

use std::net::IpAddr;
use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use sigillo_formats::DomainName;
use sigillo_net::address_guard::AddressGuard;
use sigillo_net::dns::{DnssecStatus, Resolver};
use sigillo_net::tls::Trust;

use crate::NextHop;
use crate::facts::{
    DaneLook, DaneOutcome, FailureKind, FetchFailure, FetchedPolicy, RecordLook, RecordOutcome,
};

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

    /// Whether the DNS's signatures are validated.
    fn validates_dnssec(&self) -> bool {
        true
    }
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

/// A network of which nobody knows the name servers yet: every look fails, as with name servers
/// that don't answer.
#[derive(Debug, Clone)]
pub struct Unready {
    reason: String,
}

impl Unready {
    /// The network that can't be looked at for this reason.
    #[must_use]
    pub const fn new(reason: String) -> Self {
        Self { reason }
    }
}

impl Network for Unready {
    fn record<'a>(&'a self, _: &'a DomainName) -> BoxFuture<'a, RecordLook> {
        let outcome = RecordOutcome::Failed(self.reason.clone());
        Box::pin(async move { RecordLook { outcome, ttl: None } })
    }

    fn policy<'a>(
        &'a self,
        _: &'a DomainName,
        _: Timestamp,
    ) -> BoxFuture<'a, Result<FetchedPolicy, FetchFailure>> {
        let failure = FetchFailure { kind: FailureKind::Fetch, reason: self.reason.clone() };
        Box::pin(async move { Err(failure) })
    }

    fn dane<'a>(&'a self, _: &'a NextHop) -> BoxFuture<'a, DaneLook> {
        let outcome = DaneOutcome::MxFailed(self.reason.clone());
        Box::pin(async move { DaneLook { outcome, ttl: None, hosts: Vec::new() } })
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

    fn validates_dnssec(&self) -> bool {
        let status = self.resolver.dnssec_status();
        matches!(status, DnssecStatus::Validating | DnssecStatus::TrustingAd)
    }
}
