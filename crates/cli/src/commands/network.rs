//! What looks.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::net::UdpSocket;

use sigillo_net::address_guard::AddressGuard;
use sigillo_net::dns::{Resolver, ResolverError, ResolverSettings};
use sigillo_net::pace::RateLimit;
use sigillo_probe::Prober;
use sigillo_scan::Rates;

use super::Context;
use crate::configuration::Looking;
use crate::failure::Failure;
use crate::input::io_reason;

impl Context<'_> {
    /// What looks at domains so; `purpose` is what policy hosts are told.
    pub(super) async fn prober(
        &self,
        looking: &Looking,
        guard: AddressGuard,
        smtp: bool,
        purpose: &str,
    ) -> Result<Prober, Failure> {
        let rates = Rates { per_resolver: None, per_policy_host: None };
        self.paced_prober(looking, guard, smtp, purpose, rates).await
    }

    /// The same that asks no more often than `rates` say.
    pub(super) async fn paced_prober(
        &self,
        looking: &Looking,
        guard: AddressGuard,
        smtp: bool,
        purpose: &str,
        rates: Rates,
    ) -> Result<Prober, Failure> {
        self.try_source(looking)?;
        let settings = looking.probe_settings(guard, smtp, purpose);
        let prober = Prober::new(self.resolver(looking, rates.per_resolver).await?, settings);
        Ok(match rates.per_policy_host {
            Some(limit) => prober.with_policy_host_limit(limit),
            None => prober,
        })
    }

    /// Refuses an address to connect from that is none of this machine: every host would seem to be
    /// out of reach.
    pub(super) fn try_source(&self, looking: &Looking) -> Result<(), Failure> {
        let Some(address) = looking.network.source_address else { return Ok(()) };
        let tried = UdpSocket::bind((address, 0)).map(drop);
        tried.map_err(|error| {
            let reason = io_reason(&error, self.language);
            let about = [("address", address.to_string().into()), ("reason", reason.into())];
            self.failure("source-unusable", &about)
        })
    }

    /// Runs what waits for the network.
    pub(super) fn run_to_end<F: Future>(&self, future: F) -> Result<F::Output, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime
            .map_err(|error| self.failure("no-threads", &[("reason", error.to_string().into())]))?;
        let output = runtime.block_on(future);
        // What is still under way is of no use any more.
        runtime.shutdown_background();
        Ok(output)
    }

    /// The resolver that is asked, no more often than `rate` says.
    pub(super) async fn resolver(
        &self,
        looking: &Looking,
        rate: Option<RateLimit>,
    ) -> Result<Resolver, Failure> {
        self.resolver_by(ResolverSettings { rate, ..looking.dns.resolver_settings() }).await
    }

    /// A resolver with these settings.
    pub(super) async fn resolver_by(
        &self,
        settings: ResolverSettings,
    ) -> Result<Resolver, Failure> {
        let has_anchor = settings.trust_anchor.is_some();
        Resolver::new(settings).await.map_err(|error| self.resolver_failure(&error, has_anchor))
    }

    /// What is wrong with a resolver; whether somebody gave a trust anchor says whom it is up to.
    fn resolver_failure(&self, error: &ResolverError, has_anchor: bool) -> Failure {
        let reason = [("reason", error.to_string().into())];
        match error {
            ResolverError::NoReply { server, reason } => {
                let server = server.to_string();
                let arguments = [("server", server.into()), ("reason", reason.as_str().into())];
                self.failure("resolver-silent", &arguments)
            }
            ResolverError::ServerFailure { server, rcode, .. } => {
                let arguments =
                    [("server", server.to_string().into()), ("rcode", rcode.to_string().into())];
                self.failure("resolver-failing", &arguments)
            }
            ResolverError::NoSignatures { reason } => {
                self.failure("resolver-without-dnssec", &[("reason", reason.as_str().into())])
            }
            ResolverError::TrustAnchorMismatch { reason, .. } if !has_anchor => {
                let reason = [("reason", reason.as_str().into())];
                let failure = self.failure("trust-anchor-unusable", &reason);
                let words = self.words();
                failure
                    .with_message(words.format("say-root-unproven", &reason))
                    .with_help(words.text("say-root-unproven-help"))
            }
            ResolverError::TrustAnchorUnreadable { .. }
            | ResolverError::TrustAnchorMismatch { .. } => {
                self.failure("trust-anchor-unusable", &reason)
            }
            ResolverError::RemoteAd => self.failure("resolver-elsewhere", &[]),
            _ => self.failure("resolver-unusable", &reason),
        }
    }
}

/// A number that nobody can guess: the keys of a new hasher are random.
pub(super) fn nonce() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonces_differ() {
        assert_ne!(nonce(), nonce());
    }
}
