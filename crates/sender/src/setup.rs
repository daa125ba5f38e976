//! What a reload may change.

use std::fmt;
use std::sync::Arc;

use sigillo_formats::DomainName;

use crate::cache::rules::{Rule, Rules};
use crate::decision::Circumstances;
use crate::network::Network;
use crate::overrides::Overrides;
use crate::settings::SenderSettings;

/// What the sender runs by until the next reload.
#[derive(Clone)]
pub struct Setup {
    /// The network.
    pub network: Arc<dyn Network>,
    /// How it decides and remembers.
    pub settings: SenderSettings,
    /// What the operator decides for some domains.
    pub overrides: Overrides,
}

impl fmt::Debug for Setup {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Setup")
            .field("settings", &self.settings)
            .field("overrides", &self.overrides.len())
            .finish_non_exhaustive()
    }
}

/// A setup with the number of the reload that it came with.
#[derive(Debug)]
pub(crate) struct Numbered {
    pub(crate) setup: Setup,
    pub(crate) generation: u32,
}

impl Numbered {
    /// What entries of a policy domain are decided by.
    pub(crate) fn rules(&self, domain: &DomainName) -> Rules<'_> {
        Rules {
            rule: Rule(self.setup.overrides.for_domain(domain)),
            circumstances: Circumstances {
                dane_partial: self.setup.settings.dane_partial,
                ..Circumstances::default()
            },
            generation: self.generation,
        }
    }
}
