use std::fmt;

use sigillo_findings::{Code, Finding};
use sigillo_formats::{DomainName, MxPattern};

use super::form::add;
use super::{Evidence, Preset, Provider};

/// The MX patterns to publish for a domain whose mail a provider receives.
#[derive(Debug, Clone)]
pub struct Proposal {
    provider: &'static Provider,
    hosts: Vec<DomainName>,
    patterns: Vec<MxPattern>,
}

impl Proposal {
    /// From the live hosts that the preset recognises; none if there is no such host.
    pub(super) fn for_hosts<'a>(
        preset: Preset,
        live_mx: impl IntoIterator<Item = &'a DomainName>,
    ) -> Option<Self> {
        let mut hosts = Vec::new();
        let mut patterns = Vec::new();
        for host in live_mx {
            let Some(proposed) = preset.forms().find_map(|form| form.patterns_for(host)) else {
                continue;
            };
            hosts.push(host.clone());
            for pattern in proposed {
                add(&mut patterns, pattern);
            }
        }
        (!hosts.is_empty()).then_some(Self { provider: preset.provider(), hosts, patterns })
    }

    /// Without a live host that is recognised.
    pub(super) const fn without_hosts(
        provider: &'static Provider,
        patterns: Vec<MxPattern>,
    ) -> Self {
        Self { provider, hosts: Vec::new(), patterns }
    }

    /// The provider.
    #[must_use]
    pub const fn provider(&self) -> &'static Provider {
        self.provider
    }

    /// The live MX hosts in which the provider was recognised, all of them covered; empty if the
    /// patterns are those that hold for any of its customers.
    #[must_use]
    pub fn hosts(&self) -> &[DomainName] {
        &self.hosts
    }

    /// What to publish: at least one pattern, none of them twice.
    #[must_use]
    pub fn patterns(&self) -> &[MxPattern] {
        &self.patterns
    }

    /// Whether the patterns are to be compared with the live MX before mode `enforce`, since the
    /// evidence for them is weak.
    #[must_use]
    pub fn is_to_be_verified(&self) -> bool {
        self.provider.evidence() == Evidence::Weak
    }

    /// The finding that says so, if they are.
    #[must_use]
    pub fn finding(&self) -> Option<Finding> {
        self.is_to_be_verified().then(|| {
            Finding::without_span(Code::GenerateProviderVerify)
                .with("provider", self.provider.name())
        })
    }
}

/// Why no pattern can be proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProposalError {
    /// Only the live MX of the domain tells the host names: look them up, or name the patterns.
    LiveMxNeeded {
        /// The name of the provider, for people.
        provider: &'static str,
    },
    /// The host names depend on a region, country or data centre, and none was named.
    VariantNeeded {
        /// The name of the provider, for people.
        provider: &'static str,
        /// The presets to choose from.
        presets: Vec<String>,
    },
}

impl fmt::Display for ProposalError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LiveMxNeeded { provider } => {
                write!(formatter, "the MX hosts of {provider} differ from customer to customer")
            }
            Self::VariantNeeded { provider, presets } => {
                let presets = presets.join(", ");
                write!(
                    formatter,
                    "the MX hosts of {provider} depend on the place: one of {presets}"
                )
            }
        }
    }
}

impl std::error::Error for ProposalError {}
