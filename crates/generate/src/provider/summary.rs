use schemars::JsonSchema;
use serde::Serialize;
use sigillo_formats::MxPattern;
use sigillo_language::Language;

use super::{Evidence, Preset, Provider};

/// All providers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProviderList {
    /// The version of this layout: 1.
    pub schema: u32,
    /// The providers.
    pub providers: Vec<ProviderSummary>,
}

impl ProviderList {
    /// All of them, in the order of the data file.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self { schema: 1, providers: Provider::summaries(language).collect() }
    }
}

/// A provider in a list of all, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ProviderSummary {
    /// The name on the command line.
    pub id: &'static str,
    /// The name for people.
    pub name: &'static str,
    /// The names on the command line for its regions, countries or data centres.
    pub variants: Vec<String>,
    /// What is proposed without looking at the MX of the domain; empty if a variant must be named
    /// or only the live MX tells.
    pub patterns: Vec<MxPattern>,
    /// What is proposed for live MX hosts, with `{gaps}` that these fill.
    pub from_live_mx: Vec<&'static str>,
    /// How well the names are known.
    pub evidence: Evidence,
    /// Where they are known from.
    pub source: &'static str,
    /// What to know before using them.
    pub note: Option<&'static str>,
}

impl Provider {
    /// All providers as a list for people and programs.
    pub fn summaries(language: Language) -> impl Iterator<Item = ProviderSummary> {
        Self::all().iter().map(move |provider| {
            let alone = Preset::of(provider).proposal(&[]);
            ProviderSummary {
                id: provider.id(),
                name: provider.name(),
                variants: provider.preset_names().collect(),
                patterns: alone.map_or_else(|_| Vec::new(), |it| it.patterns().to_vec()),
                from_live_mx: provider.from_live_mx.iter().map(String::as_str).collect(),
                evidence: provider.evidence(),
                source: provider.source(language),
                note: provider.note(language),
            }
        })
    }
}
