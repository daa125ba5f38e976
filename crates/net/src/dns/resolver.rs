use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use domain::base::{Name, Rtype};

use super::answer::{Answer, Outcome, ResponseCode, Security};
use super::cache::AnswerCache;
use super::chain::ChainFailure;
use super::lookup::{Lookup, Mode};
use super::query_name::QueryName;
use super::reading::{MAXIMUM_ALIASES, text};
use super::record::{RecordKind, Records};
use super::servers::Servers;
use super::settings::{Dnssec, ResolverSettings, system_servers};
use super::trust_anchor::TrustAnchor;
use super::validator::{Validator, Verdict, is_signed};

/// Asks recursive servers, and judges what they say. Cheap to clone; all clones share servers,
/// keys and remembered answers. It needs a Tokio runtime.
#[derive(Clone)]
pub struct Resolver {
    inner: Arc<Inner>,
}

struct Inner {
    lookup: Lookup,
    status: DnssecStatus,
    cache: Option<AnswerCache>,
}

/// Who looks at signatures, as it turned out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DnssecStatus {
    /// This resolver.
    Validating,
    /// The servers.
    TrustingAd,
    /// Nobody, as asked for.
    Off,
    /// Nobody, though it was wanted: [`Dnssec::Auto`] found servers that don't allow it.
    FellBack {
        /// What the servers did.
        reason: String,
    },
}

impl fmt::Display for DnssecStatus {
    /// The setting that comes to the same, and why it was fallen back to.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Validating => formatter.write_str("validate"),
            Self::TrustingAd => formatter.write_str("trust-ad"),
            Self::Off => formatter.write_str("off"),
            Self::FellBack { reason } => write!(formatter, "off ({reason})"),
        }
    }
}

impl fmt::Debug for Resolver {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Resolver")
            .field("servers", &self.servers())
            .field("dnssec_status", self.dnssec_status())
            .finish_non_exhaustive()
    }
}

/// Why a resolver can't be set up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResolverError {
    /// No server answered the question for the trust anchor's keys. This may pass.
    #[error("the resolver {server} can't be asked: {reason}")]
    NoReply {
        /// The server, or one of them.
        server: SocketAddr,
        /// What happened.
        reason: String,
    },
    /// The server failed to get the trust anchor's keys. This may pass.
    #[error("the resolver {server} answers {rcode} when asked for the keys of {zone:?}")]
    ServerFailure {
        /// The server.
        server: SocketAddr,
        /// What it said.
        rcode: ResponseCode,
        /// The trust anchor's zone; `.` is the root.
        zone: String,
    },
    /// The server doesn't pass signatures on, so that nothing could be validated.
    #[error("the resolver passes no DNSSEC signatures on: {reason}")]
    NoSignatures {
        /// What it did.
        reason: String,
    },
    /// The text of the trust anchor isn't one.
    #[error("the trust anchor can't be read: {reason}")]
    TrustAnchorUnreadable {
        /// What is wrong with it.
        reason: String,
    },
    /// The keys that the server gives for the trust anchor's zone aren't those of the anchor.
    #[error("the keys of {zone:?} don't match the trust anchor: {reason}")]
    TrustAnchorMismatch {
        /// The trust anchor's zone; `.` is the root.
        zone: String,
        /// Why they don't.
        reason: String,
    },
    /// The AD bit of a server on another machine is not to be trusted, because what is between
    /// can forge it.
    #[error("the resolver is not on this machine, so its AD bit can't be trusted")]
    RemoteAd,
}

impl Resolver {
    /// Sets a resolver up. To validate, it asks for the keys of the trust anchor at once.
    ///
    /// # Errors
    /// If what was asked for can't be done; see [`ResolverError`]. That servers can't be reached
    /// is an error where validation is wanted, and otherwise the outcome of each lookup.
    pub async fn new(settings: ResolverSettings) -> Result<Self, ResolverError> {
        let listed =
            if settings.servers.is_empty() { system_servers() } else { settings.servers.clone() };
        let (first, others) = match listed.split_first() {
            Some((first, others)) => (*first, others),
            None => (SocketAddr::from(([127, 0, 0, 1], 53)), [].as_slice()),
        };
        let servers = Arc::new(Servers::new(first, others, &settings));
        let (mode, status) = match settings.dnssec {
            Dnssec::Off => (Mode::Plain, DnssecStatus::Off),
            Dnssec::TrustAd if servers.are_local() || settings.trust_remote_ad => {
                (Mode::TrustAd, DnssecStatus::TrustingAd)
            }
            Dnssec::TrustAd => return Err(ResolverError::RemoteAd),
            Dnssec::Validate => (
                Mode::Validate(start_validator(&settings, &servers).await?),
                DnssecStatus::Validating,
            ),
            Dnssec::Auto => match start_validator(&settings, &servers).await {
                Ok(validator) => (Mode::Validate(validator), DnssecStatus::Validating),
                Err(ResolverError::NoSignatures { reason }) => {
                    (Mode::Plain, DnssecStatus::FellBack { reason })
                }
                Err(error) => return Err(error),
            },
        };
        let cache = (settings.cache > 0).then(|| AnswerCache::new(settings.cache));
        Ok(Self { inner: Arc::new(Inner { lookup: Lookup { servers, mode }, status, cache }) })
    }

    /// The servers that are asked, the preferred first.
    #[must_use]
    pub fn servers(&self) -> &[SocketAddr] {
        self.inner.lookup.servers.list()
    }

    /// Who looks at signatures.
    #[must_use]
    pub fn dnssec_status(&self) -> &DnssecStatus {
        &self.inner.status
    }

    /// Asks for the records of a name. The answer may be one that is remembered; it comes in a
    /// time that the settings bound.
    pub async fn lookup(&self, name: &QueryName, kind: RecordKind) -> Answer {
        // Long futures are kept off the stack of whoever waits for them.
        let asking = Box::pin(self.inner.lookup.answer(name, kind));
        match &self.inner.cache {
            Some(cache) => cache.get(name, kind, asking).await,
            None => asking.await,
        }
    }

    /// Asks for the records of a name that nobody has asked for, such as the next of a long list:
    /// nothing is looked up among what is remembered, and only records are remembered, not that
    /// there are none.
    pub async fn lookup_first(&self, name: &QueryName, kind: RecordKind) -> Answer {
        let answer = Box::pin(self.inner.lookup.answer(name, kind)).await;
        if let (Some(cache), Some(_)) = (&self.inner.cache, answer.records()) {
            cache.put(&answer).await;
        }
        answer
    }
}

impl Resolver {
    /// Finds out whether a server failed because of aliases that lead back to one of them, or go
    /// on for too long: resolvers call both just a failure. The answer is then that, with the
    /// aliases; otherwise it stays as it is. It costs a lookup for each alias.
    pub async fn explain(&self, mut answer: Answer) -> Answer {
        if !matches!(answer.outcome, Outcome::ServerFailure { .. }) {
            return answer;
        }
        let mut aliases: Vec<String> = Vec::new();
        let mut name = answer.name.clone();
        while aliases.len() <= MAXIMUM_ALIASES {
            let step = self.lookup(&name, RecordKind::Cname).await;
            let Some(Records::Cname(targets)) = step.records() else {
                return answer;
            };
            let Some(target) = targets.first().and_then(|target| QueryName::parse(target).ok())
            else {
                return answer;
            };
            let met = target == answer.name || aliases.iter().any(|alias| alias == target.as_str());
            aliases.push(target.to_string());
            if met {
                answer.outcome = Outcome::AliasLoop;
                answer.aliases = aliases;
                return answer;
            }
            name = target;
        }
        answer.outcome = Outcome::TooManyAliases;
        answer.aliases = aliases;
        answer
    }
}

/// Makes a validator, if the servers give signed keys that match the anchor.
async fn start_validator(
    settings: &ResolverSettings,
    servers: &Arc<Servers>,
) -> Result<Box<Validator>, ResolverError> {
    let anchor = TrustAnchor::parse(settings.trust_anchor.as_deref())
        .map_err(|reason| ResolverError::TrustAnchorUnreadable { reason })?;
    let validator = Box::new(Validator::new(anchor, Arc::clone(servers), settings.prefetch));
    for zone in validator.zones() {
        let mut keys = validator
            .chain()
            .fetch(zone.clone(), Rtype::DNSKEY)
            .await
            .map_err(|failure| no_keys(&failure, zone))?;
        if !is_signed(&keys, Rtype::DNSKEY) {
            let reason = format!("the keys of {:?} come without any", text(zone));
            return Err(ResolverError::NoSignatures { reason });
        }
        let zone = text(zone);
        match validator.validate(&mut keys, &[]).await {
            Verdict::Sound(Security::Secure) => {}
            Verdict::Bogus(reason) | Verdict::Malformed(reason) => {
                return Err(ResolverError::TrustAnchorMismatch { zone, reason });
            }
            other => {
                let reason = format!("{other:?}");
                return Err(ResolverError::TrustAnchorMismatch { zone, reason });
            }
        }
    }
    Ok(validator)
}

fn no_keys(failure: &ChainFailure, zone: &Name<Bytes>) -> ResolverError {
    match failure {
        ChainFailure::NoReply(no_reply) => {
            ResolverError::NoReply { server: no_reply.server, reason: no_reply.failure.to_string() }
        }
        ChainFailure::Refusal(reply) => {
            let (server, zone) = (reply.server, text(zone));
            let rcode = reply.message.opt_rcode();
            match ResponseCode::new(rcode) {
                rcode @ ResponseCode::ServFail => {
                    ResolverError::ServerFailure { server, rcode, zone }
                }
                rcode => ResolverError::NoSignatures {
                    reason: format!("{server} answers {rcode} when asked for the keys of {zone:?}"),
                },
            }
        }
    }
}
