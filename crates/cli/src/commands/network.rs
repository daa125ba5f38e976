//! From the options of a command that looks to what looks.

use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::{BuildHasher as _, Hasher as _};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use sigillo_formats::DomainName;
use sigillo_net::address_guard::AddressGuard;
use sigillo_net::dns::{Dnssec, Resolver, ResolverError, ResolverSettings};
use sigillo_net::pace::RateLimit;
use sigillo_net::tls::Trust;
use sigillo_probe::{ProbeSettings, Prober};
use sigillo_scan::Rates;

use super::Context;
use crate::arguments::{DnssecMode, NetworkArguments};
use crate::failure::Failure;
use crate::input;

/// How long a look may take in all, in seconds: as long as the standard lets a sender wait for a
/// policy (RFC 8461 §3.3). And the longest that can be asked for.
const USUAL_TIMEOUT: u64 = 60;
const LONGEST_TIMEOUT: u64 = 3600;

/// How large a file with roots or trust anchors may be, in bytes.
const TRUST_BYTES: usize = 4 * 1024 * 1024;

/// The name to greet mail hosts with where this machine has none of its own.
const NAMELESS: &str = "localhost.localdomain";

impl Context<'_> {
    /// What looks at domains, as the options say; `purpose` is what policy hosts are told.
    pub(super) async fn prober(
        &self,
        arguments: &NetworkArguments,
        smtp: bool,
        purpose: &str,
    ) -> Result<Prober, Failure> {
        let rates = Rates { per_resolver: None, per_policy_host: None };
        self.paced_prober(arguments, smtp, purpose, rates, Duration::ZERO).await
    }

    /// The same that asks no more often than `rates` say; each domain may take longer by the time
    /// that it spends waiting for its turns.
    pub(super) async fn paced_prober(
        &self,
        arguments: &NetworkArguments,
        smtp: bool,
        purpose: &str,
        rates: Rates,
        waiting: Duration,
    ) -> Result<Prober, Failure> {
        let settings = ProbeSettings {
            timeout: self.timeout(arguments.timeout.as_deref())? + waiting,
            https_port: arguments.https_port.unwrap_or(443),
            smtp_port: arguments.smtp_port.unwrap_or(25),
            smtp,
            helo_name: match &arguments.helo {
                Some(name) => self.domain(name)?,
                None => own_name(),
            },
            user_agent: format!("sigillo/{} ({purpose})", env!("CARGO_PKG_VERSION")),
            guard: if arguments.internal { AddressGuard::Off } else { AddressGuard::Public },
            trust: self.trust(arguments.ca_file.as_deref())?,
        };
        let resolver = self.paced_resolver(arguments, rates.per_resolver).await?;
        let prober = Prober::new(resolver, settings);
        Ok(match rates.per_policy_host {
            Some(limit) => prober.with_policy_host_limit(limit),
            None => prober,
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

    /// The resolver that the options name.
    async fn paced_resolver(
        &self,
        arguments: &NetworkArguments,
        rate: Option<RateLimit>,
    ) -> Result<Resolver, Failure> {
        let servers = arguments.resolver.iter().map(|text| self.server(text));
        let trust_anchor = match &arguments.trust_anchor {
            Some(path) => {
                let file = input::read_file(path, TRUST_BYTES, self.language)?;
                Some(String::from_utf8_lossy(&file.text).into_owned())
            }
            None => None,
        };
        let settings = ResolverSettings {
            servers: servers.collect::<Result<_, _>>()?,
            dnssec: match arguments.dnssec {
                None | Some(DnssecMode::Auto) => Dnssec::Auto,
                Some(DnssecMode::Validate) => Dnssec::Validate,
                Some(DnssecMode::TrustAd) => Dnssec::TrustAd,
                Some(DnssecMode::Off) => Dnssec::Off,
            },
            trust_anchor,
            rate,
            ..ResolverSettings::default()
        };
        Resolver::new(settings).await.map_err(|error| self.resolver_failure(&error))
    }

    fn resolver_failure(&self, error: &ResolverError) -> Failure {
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
            ResolverError::TrustAnchorUnreadable { .. }
            | ResolverError::TrustAnchorMismatch { .. } => {
                self.failure("trust-anchor-unusable", &reason)
            }
            ResolverError::RemoteAd => self.failure("resolver-elsewhere", &[]),
            _ => self.failure("resolver-unusable", &reason),
        }
    }

    fn server(&self, text: &str) -> Result<SocketAddr, Failure> {
        let with_port = text.parse::<SocketAddr>();
        let bare = || text.parse::<IpAddr>().map(|address| SocketAddr::new(address, 53));
        with_port
            .or_else(|_| bare())
            .map_err(|_| self.failure("not-a-resolver", &[("value", text.into())]))
    }

    /// How long a look may take.
    pub(super) fn timeout(&self, text: Option<&str>) -> Result<Duration, Failure> {
        let Some(text) = text else { return Ok(Duration::from_secs(USUAL_TIMEOUT)) };
        match self.seconds("--timeout", text)? {
            seconds @ 1..=LONGEST_TIMEOUT => Ok(Duration::from_secs(seconds)),
            _ => Err(self.failure("not-a-timeout", &[("value", text.into())])),
        }
    }

    fn trust(&self, path: Option<&str>) -> Result<Trust, Failure> {
        let bundled = Trust::bundled();
        let Some(path) = path else { return Ok(bundled) };
        let file = input::read_file(path, TRUST_BYTES, self.language)?;
        bundled.with_pem(&file.text).map_err(|error| {
            let reason = error.to_string();
            self.failure("not-certificates", &[("path", path.into()), ("reason", reason.into())])
        })
    }
}

/// The name of this machine, if it is a whole one.
fn own_name() -> DomainName {
    let name = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let own = DomainName::parse(name.trim()).ok().filter(|name| !name.is_single_label());
    #[expect(clippy::expect_used, reason = "the constant is a domain name")]
    own.unwrap_or_else(|| DomainName::parse(NAMELESS).expect("a domain name"))
}

/// A number that nobody can guess: the keys of a new hasher are random.
pub(super) fn nonce() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_has_a_name_to_greet_with() {
        assert!(!own_name().is_single_label());
    }

    #[test]
    fn nonces_differ() {
        assert_ne!(nonce(), nonce());
    }
}
