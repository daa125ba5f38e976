use sigillo_findings::Finding;
use sigillo_formats::{DomainName, MxPattern};

use super::form::add;
use super::{Preset, Proposal, Provider};
use crate::live_mx::considered;

/// Who receives the mail of a domain, as its live MX tells, and what to publish for it.
///
/// ```
/// # use sigillo_formats::DomainName;
/// # use sigillo_generate::provider::Recognition;
/// // In the middle of a move, with a backup of one's own.
/// let live_mx = [
///     DomainName::parse("contoso-com.mail.protection.outlook.com")?,
///     DomainName::parse("contoso-com.a-v1.mx.microsoft")?,
///     DomainName::parse("backup.contoso.com")?,
/// ];
/// let recognition = Recognition::of(&live_mx);
/// assert_eq!(recognition.proposals()[0].provider().id(), "microsoft365");
/// assert_eq!(recognition.unknown(), &live_mx[2..]);
/// let patterns: Vec<String> = recognition.patterns().iter().map(ToString::to_string).collect();
/// assert_eq!(
///     patterns,
///     ["*.mail.protection.outlook.com", "*.a-v1.mx.microsoft", "backup.contoso.com"]
/// );
/// # Ok::<(), sigillo_formats::DomainNameError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Recognition {
    proposals: Vec<Proposal>,
    unknown: Vec<DomainName>,
}

impl Recognition {
    /// Asks every provider about the live MX, of which the first
    /// [`LIVE_MX_HOSTS`](crate::LIVE_MX_HOSTS) are looked at.
    #[must_use]
    pub fn of(live_mx: &[DomainName]) -> Self {
        let mut unknown = considered(live_mx);
        let mut proposals = Vec::new();
        for provider in Provider::all() {
            let preset = Preset::of(provider);
            if let Some(proposal) = Proposal::for_hosts(preset, unknown.iter().copied()) {
                unknown.retain(|host| !proposal.hosts().contains(host));
                proposals.push(proposal);
            }
        }
        Self { proposals, unknown: unknown.into_iter().cloned().collect() }
    }

    /// A proposal for each provider that was recognised; several can serve one domain.
    #[must_use]
    pub fn proposals(&self) -> &[Proposal] {
        &self.proposals
    }

    /// The hosts that no provider knows.
    #[must_use]
    pub fn unknown(&self) -> &[DomainName] {
        &self.unknown
    }

    /// What to publish so that every host is covered: the patterns of the providers, and each
    /// unknown host by its own name. Empty only if there is no host.
    #[must_use]
    pub fn patterns(&self) -> Vec<MxPattern> {
        let mut patterns = Vec::new();
        for pattern in self.proposals.iter().flat_map(Proposal::patterns) {
            add(&mut patterns, pattern.clone());
        }
        for host in &self.unknown {
            add(&mut patterns, MxPattern::host(host.clone()));
        }
        patterns
    }

    /// The providers whose patterns are to be verified, as findings.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.proposals.iter().filter_map(Proposal::finding).collect()
    }
}
