//! Mail providers: how the MX hosts of their customers are named, and the MX patterns to propose.
//!
//! The facts are in `data/providers.toml`. A [`Provider`] recognises live MX hosts;
//! [`Recognition`] asks all of them about the MX of a domain, and a [`Preset`] is one of them
//! chosen by its name, such as `google-workspace` or `zoho-eu`. Both end in a [`Proposal`]; what
//! then differs from the live MX is a [`Difference`](crate::difference::Difference).
//!
//! What is proposed for live hosts always covers these hosts. No pattern is proposed under which
//! anybody but the provider has hosts.

mod data;
mod form;
mod preset;
mod proposal;
mod recognition;
mod summary;
mod template;

use std::fmt;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sigillo_language::Language;

use form::Form;
pub use preset::{Preset, UnknownProvider};
pub use proposal::{Proposal, ProposalError};
pub use recognition::Recognition;
pub use summary::{ProviderList, ProviderSummary};

/// A mail provider.
pub struct Provider {
    id: String,
    aliases: Vec<String>,
    name: String,
    evidence: Evidence,
    source: Text,
    note: Option<Text>,
    forms: Vec<Form>,
    /// The patterns as the data file has them, gaps included, for those that need the live MX.
    from_live_mx: Vec<String>,
}

impl Provider {
    /// All providers, in the order of the data file.
    ///
    /// ```
    /// # use sigillo_generate::provider::Provider;
    /// assert!(Provider::all().iter().any(|provider| provider.id() == "microsoft365"));
    /// ```
    #[must_use]
    pub fn all() -> &'static [Self] {
        #[expect(
            clippy::expect_used,
            reason = "the file is part of the program; a test reads it through this function"
        )]
        static PROVIDERS: LazyLock<Vec<Provider>> = LazyLock::new(|| {
            data::read(include_str!("../../data/providers.toml")).expect("the providers are good")
        });
        &PROVIDERS
    }

    /// The name on the command line, lower-case.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name for people, a proper name in every language.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How well the names of its hosts are known.
    #[must_use]
    pub const fn evidence(&self) -> Evidence {
        self.evidence
    }

    /// Where the names of its hosts are known from.
    #[must_use]
    pub fn source(&self, language: Language) -> &str {
        self.source.choose(language)
    }

    /// What to know before using the patterns, where there is something.
    #[must_use]
    pub fn note(&self, language: Language) -> Option<&str> {
        self.note.as_ref().map(|note| note.choose(language))
    }

    /// The known regions, countries or data centres; empty where its hosts don't depend on one.
    pub fn variants(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().filter_map(Form::variant)
    }

    /// The name of the preset of one variant.
    fn preset_name(&self, variant: &str) -> String {
        format!("{}-{variant}", self.id)
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Provider({})", self.id)
    }
}

/// How well the host names of a provider are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// The provider publishes them.
    Documented,
    /// They were seen in the zones and policies of customers.
    Observed,
    /// From few or indirect sources: to be verified against the live MX before mode `enforce`.
    Weak,
}

impl Evidence {
    /// The word for people.
    #[must_use]
    pub fn label(self, language: Language) -> &'static str {
        match self {
            Self::Documented => language.choose("documented", "documentato"),
            Self::Observed => language.choose("observed", "osservato"),
            Self::Weak => language.choose("weak: verify", "debole: verificare"),
        }
    }
}

/// A text of the data file in both languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    en: String,
    it: String,
}

impl Text {
    fn choose(&self, language: Language) -> &str {
        language.choose(&self.en, &self.it)
    }
}
