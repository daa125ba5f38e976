use std::fmt;

use sigillo_formats::{DomainName, MxPattern};

use super::form::{Form, add};
use super::{Proposal, ProposalError, Provider};
use crate::live_mx::considered;

/// A provider chosen by name, for one of its regions, countries or data centres where it has some.
///
/// ```
/// # use sigillo_generate::provider::Preset;
/// let preset = Preset::find("Zoho-EU")?;
/// let proposal = preset.proposal(&[]).unwrap();
/// assert_eq!(proposal.patterns()[0].to_string(), "mx.zoho.eu");
///
/// let error = Preset::find("gogle-workspace").unwrap_err();
/// assert_eq!(error.nearest, ["google-workspace"]);
/// # Ok::<(), sigillo_generate::provider::UnknownProvider>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Preset {
    provider: &'static Provider,
    variant: Option<&'static str>,
}

impl Preset {
    /// Every preset, in the order of the data file: each provider, then its variants.
    pub fn all() -> impl Iterator<Item = Self> {
        Provider::all().iter().flat_map(|provider| {
            let alone = std::iter::once(None);
            let variants = alone.chain(provider.variants().map(Some));
            variants.map(move |variant| Self { provider, variant })
        })
    }

    /// The provider as a whole.
    #[must_use]
    pub const fn of(provider: &'static Provider) -> Self {
        Self { provider, variant: None }
    }

    /// The preset of a name, in any case: the provider's `id` or one of its other names, and
    /// behind a hyphen the variant. Of a variant such as `co.uk` the last part is enough.
    ///
    /// # Errors
    /// No preset has this name.
    pub fn find(name: &str) -> Result<Self, UnknownProvider> {
        if name.len() > LONGEST_NAME {
            return Err(UnknownProvider::default());
        }
        let name = name.to_ascii_lowercase();
        let mut nearest = Vec::new();
        for provider in Provider::all() {
            for known in std::iter::once(&provider.id).chain(&provider.aliases) {
                let Some(rest) = name.strip_prefix(known.as_str()) else {
                    continue;
                };
                if rest.is_empty() {
                    return Ok(Self::of(provider));
                }
                let Some(wanted) = rest.strip_prefix('-') else {
                    continue;
                };
                if let Some(variant) = provider.variant(wanted) {
                    return Ok(Self { provider, variant: Some(variant) });
                }
                nearest.extend(provider.preset_names());
            }
        }
        if nearest.is_empty() {
            nearest.extend(most_similar(&name));
        }
        Err(UnknownProvider { nearest })
    }

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> String {
        match self.variant {
            None => self.provider.id.clone(),
            Some(variant) => self.provider.preset_name(variant),
        }
    }

    /// The provider.
    #[must_use]
    pub const fn provider(self) -> &'static Provider {
        self.provider
    }

    /// What to publish: the patterns for those live hosts that are this provider's, or, if none
    /// is, those that hold for any of its customers. An empty list is an MX that is not known.
    ///
    /// The first [`LIVE_MX_HOSTS`](crate::LIVE_MX_HOSTS) hosts are looked at. Hosts of others are
    /// not covered: compare with [`Difference`](crate::difference::Difference).
    ///
    /// # Errors
    /// No live host is this provider's, and without one it can't be said how they are called.
    pub fn proposal(self, live_mx: &[DomainName]) -> Result<Proposal, ProposalError> {
        if let Some(proposal) = Proposal::for_hosts(self, considered(live_mx)) {
            return Ok(proposal);
        }
        let mut patterns: Vec<MxPattern> = Vec::new();
        for form in self.forms().filter(|form| self.means(form)) {
            for pattern in form.patterns_without_mx() {
                add(&mut patterns, pattern);
            }
        }
        if !patterns.is_empty() {
            return Ok(Proposal::without_hosts(self.provider, patterns));
        }
        let presets: Vec<String> = self.provider.preset_names().collect();
        let provider = self.provider.name();
        Err(if presets.is_empty() {
            ProposalError::LiveMxNeeded { provider }
        } else {
            ProposalError::VariantNeeded { provider, presets }
        })
    }

    /// The forms in which live hosts may be.
    pub(super) fn forms(self) -> impl Iterator<Item = &'static Form> {
        self.provider
            .forms
            .iter()
            .filter(move |form| self.variant.is_none() || form.variant() == self.variant)
    }

    /// Whether a form is meant for a domain whose MX is not known.
    fn means(self, form: &Form) -> bool {
        self.variant.is_some() || form.variant.is_none()
    }
}

impl Provider {
    /// The names of the presets of its variants.
    pub(super) fn preset_names(&self) -> impl Iterator<Item = String> {
        self.variants().map(|variant| self.preset_name(variant))
    }

    /// The variant of this name, or the one whose last part it is.
    fn variant(&self, wanted: &str) -> Option<&str> {
        self.variants()
            .find(|variant| *variant == wanted)
            .or_else(|| self.variants().find(|variant| variant.rsplit('.').next() == Some(wanted)))
    }
}

/// No provider has this name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownProvider {
    /// The presets that may be meant: the most similar one, or all of a provider that was named
    /// with a variant it has not; empty if none resembles it.
    pub nearest: Vec<String>,
}

impl fmt::Display for UnknownProvider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("no provider has this name")?;
        if self.nearest.is_empty() {
            return Ok(());
        }
        write!(formatter, "; did you mean {}?", self.nearest.join(", "))
    }
}

impl std::error::Error for UnknownProvider {}

/// The longest text that is compared with the names, in bytes: twice as long as the longest name.
const LONGEST_NAME: usize = 64;

/// How similar a name must be to be suggested, from 0 to 1.
const SIMILAR: f64 = 0.8;

/// The preset whose name resembles the text most, if one does.
fn most_similar(text: &str) -> Option<String> {
    let aliases = Provider::all().iter().flat_map(|provider| {
        let aliases = provider.aliases.iter();
        aliases.map(|alias| (alias.clone(), provider.id.clone()))
    });
    Preset::all()
        .map(|preset| (preset.name(), preset.name()))
        .chain(aliases)
        .map(|(known, name)| (strsim::jaro_winkler(text, &known), name))
        .filter(|(similarity, _)| *similarity >= SIMILAR)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_found_by_its_name() {
        for preset in Preset::all() {
            let found = Preset::find(&preset.name().to_uppercase()).unwrap();
            assert_eq!(found.name(), preset.name());
            assert!(preset.name().len() <= LONGEST_NAME / 2);
        }
    }

    #[test]
    fn other_names_and_the_last_part_of_a_variant() {
        for (name, expected) in [
            ("amazon-ses", "amazon-workmail"),
            ("amazon-ses-eu-west-1", "amazon-workmail-eu-west-1"),
            ("mailbox-org", "mailbox.org"),
            ("ionos-uk", "ionos-co.uk"),
            ("ionos-co.uk", "ionos-co.uk"),
            ("zoho-com", "zoho-com"),
            ("zoho-au", "zoho-com.au"),
            ("proofpoint-essentials-eu1", "proofpoint-essentials-eu1"),
        ] {
            assert_eq!(Preset::find(name).unwrap().name(), expected, "{name}");
        }
    }

    #[test]
    fn an_unknown_name_brings_what_may_be_meant() {
        let nearest = |name: &str| Preset::find(name).unwrap_err().nearest;
        assert_eq!(nearest("microsoft-365"), ["microsoft365"]);
        assert_eq!(nearest("google"), ["google-workspace"]);
        assert_eq!(nearest("fast-mail"), ["fastmail"]);
        assert_eq!(nearest("zoo"), ["zoho"]);
        assert_eq!(
            nearest("mimecast-xx"),
            ["mimecast-us", "mimecast-usb", "mimecast-eu", "mimecast-de", "mimecast-au"]
        );
        for name in ["", "-", "qqqq", "zoho\0", &"zoho-".repeat(100_000)] {
            assert!(!Preset::find(name).unwrap_err().to_string().is_empty());
        }
    }
}
