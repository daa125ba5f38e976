use sigillo_formats::policy::MaxAge;
use sigillo_formats::record::ReportUriError;
use sigillo_formats::{DomainName, DomainNameError, MxPatternError};
use sigillo_language::{Argument, Language};

use super::{OptionName, VALUES_PER_OPTION};
use crate::recipe::RecipeName;
use crate::words;

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Names below the domain would be longer than names can be.
    DomainTooLong {
        /// The domain.
        domain: DomainName,
    },
    /// The policy to start from is not valid.
    EarlierInvalid,
    /// Only the live MX tells what the provider's hosts are called.
    LiveMxNeeded {
        /// The name of the provider, for people.
        provider: &'static str,
    },
    /// Longer than a policy may live.
    MaxAgeTooLarge {
        /// What was given.
        value: String,
    },
    /// Nowhere for reports to go.
    NoAddress,
    /// Nothing to generate for.
    NoDomain,
    /// The mode needs patterns of MX hosts, and there are none.
    NoMx,
    /// None of the values that the option has.
    NotAChoice {
        /// What was given.
        value: String,
        /// What may be given.
        choices: Vec<&'static str>,
    },
    /// No domain name.
    NotADomain {
        /// What was given.
        value: String,
        /// Why it is none.
        error: DomainNameError,
    },
    /// No duration, or one too long.
    NotADuration {
        /// What was given.
        value: String,
    },
    /// No mail address. Reports about DMARC go to no other (RFC 9989 §4.7).
    NotAMailbox {
        /// What was given.
        value: String,
    },
    /// No MX pattern.
    NotAPattern {
        /// What was given.
        value: String,
        /// Why it is none.
        error: MxPatternError,
    },
    /// No address for reports.
    NotAnAddress {
        /// What was given.
        value: String,
        /// Why it is none.
        error: ReportUriError,
    },
    /// No id of a record.
    NotAnId {
        /// What was given.
        value: String,
    },
    /// No value of DMARC's `fo`.
    NotFailureOptions {
        /// What was given.
        value: String,
    },
    /// It has no effect without another option.
    OptionNeeded {
        /// The other option.
        other: OptionName,
    },
    /// A name beside another target, or a second address of one family.
    PolicyHostClash {
        /// What was given.
        value: String,
    },
    /// More values than are read ([`VALUES_PER_OPTION`]).
    TooMany,
    /// No provider that is known.
    UnknownProvider {
        /// What was given.
        name: String,
        /// Those that may be meant.
        nearest: Vec<String>,
    },
    /// No recipe that there is.
    UnknownRecipe {
        /// What was given.
        name: String,
        /// The one that may be meant.
        nearest: Option<RecipeName>,
    },
    /// The provider's hosts depend on a region, and none was named.
    VariantNeeded {
        /// The name of the provider, for people.
        provider: &'static str,
        /// The presets to choose from.
        presets: Vec<String>,
    },
    /// The zone is not above the domain.
    ZoneElsewhere {
        /// The domain.
        domain: DomainName,
        /// The zone.
        zone: DomainName,
    },
}

impl Fault {
    /// Every code that there is.
    pub const CODES: [&'static str; 22] = [
        "domain-too-long",
        "earlier-invalid",
        "live-mx-needed",
        "max-age-too-large",
        "no-address",
        "no-domain",
        "no-mx",
        "not-a-choice",
        "not-a-domain",
        "not-a-duration",
        "not-a-mailbox",
        "not-a-pattern",
        "not-an-address",
        "not-an-id",
        "not-failure-options",
        "option-needed",
        "policy-host-clash",
        "too-many",
        "unknown-provider",
        "unknown-recipe",
        "variant-needed",
        "zone-elsewhere",
    ];

    /// A name for it that never changes its meaning; its messages have it too.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::DomainTooLong { .. } => "domain-too-long",
            Self::EarlierInvalid => "earlier-invalid",
            Self::LiveMxNeeded { .. } => "live-mx-needed",
            Self::MaxAgeTooLarge { .. } => "max-age-too-large",
            Self::NoAddress => "no-address",
            Self::NoDomain => "no-domain",
            Self::NoMx => "no-mx",
            Self::NotAChoice { .. } => "not-a-choice",
            Self::NotADomain { .. } => "not-a-domain",
            Self::NotADuration { .. } => "not-a-duration",
            Self::NotAMailbox { .. } => "not-a-mailbox",
            Self::NotAPattern { .. } => "not-a-pattern",
            Self::NotAnAddress { .. } => "not-an-address",
            Self::NotAnId { .. } => "not-an-id",
            Self::NotFailureOptions { .. } => "not-failure-options",
            Self::OptionNeeded { .. } => "option-needed",
            Self::PolicyHostClash { .. } => "policy-host-clash",
            Self::TooMany => "too-many",
            Self::UnknownProvider { .. } => "unknown-provider",
            Self::UnknownRecipe { .. } => "unknown-recipe",
            Self::VariantNeeded { .. } => "variant-needed",
            Self::ZoneElsewhere { .. } => "zone-elsewhere",
        }
    }

    /// What is wrong, in one clause; `option` is what the option is called there: the name of the
    /// field, the option on the command line, or the label in a form.
    #[must_use]
    pub fn message(&self, language: Language, option: &str) -> String {
        let mut arguments = self.arguments(language);
        arguments.push(("option", option.into()));
        words::options(language).format(self.code(), &arguments)
    }

    /// What to do: what may be meant, where something is near, else the usual advice.
    #[must_use]
    pub fn help(&self, language: Language) -> String {
        self.suggestion(language).unwrap_or_else(|| {
            let name = format!("{}-help", self.code());
            words::options(language).format(&name, &self.arguments(language))
        })
    }

    /// What may be meant, where something is near: a whole sentence.
    #[must_use]
    pub fn suggestion(&self, language: Language) -> Option<String> {
        let suggestion = match self {
            Self::NotADomain { value, .. } => meant_domain(value)?.to_string(),
            Self::UnknownProvider { nearest, .. } if !nearest.is_empty() => nearest.join(", "),
            Self::UnknownRecipe { nearest, .. } => (*nearest)?.name().to_owned(),
            _ => return None,
        };
        let arguments = [("suggestion", suggestion.into())];
        Some(words::options(language).format("did-you-mean", &arguments))
    }

    /// The values that its messages mention, for whoever has an advice of its own.
    #[must_use]
    pub fn arguments(&self, language: Language) -> Vec<(&'static str, Argument<'_>)> {
        match self {
            Self::DomainTooLong { domain } => vec![("domain", domain.as_str().into())],
            Self::EarlierInvalid | Self::NoAddress | Self::NoDomain | Self::NoMx => Vec::new(),
            Self::LiveMxNeeded { provider } => vec![("provider", (*provider).into())],
            Self::MaxAgeTooLarge { value } => {
                vec![
                    ("value", value.as_str().into()),
                    ("limit", MaxAge::MAXIMUM.to_string().into()),
                ]
            }
            Self::NotAChoice { value, choices } => {
                vec![("value", value.as_str().into()), ("choices", choices.join(", ").into())]
            }
            Self::NotADomain { value, error } => {
                vec![
                    ("value", value.as_str().into()),
                    ("reason", no_domain(*error, language).into()),
                ]
            }
            Self::NotAPattern { value, error } => {
                vec![
                    ("value", value.as_str().into()),
                    ("reason", no_pattern(*error, language).into()),
                ]
            }
            Self::NotAnAddress { value, error } => {
                let reason = match error {
                    ReportUriError::Scheme => "reason-scheme",
                    _ => "reason-not-an-address",
                };
                vec![
                    ("value", value.as_str().into()),
                    ("reason", words::options(language).text(reason).into()),
                ]
            }
            Self::NotADuration { value }
            | Self::NotAMailbox { value }
            | Self::NotAnId { value }
            | Self::NotFailureOptions { value }
            | Self::PolicyHostClash { value } => vec![("value", value.as_str().into())],
            Self::OptionNeeded { other } => vec![("other", other.name().into())],
            Self::TooMany => vec![("limit", VALUES_PER_OPTION.to_string().into())],
            Self::UnknownProvider { name, .. } | Self::UnknownRecipe { name, .. } => {
                vec![("name", name.as_str().into())]
            }
            Self::VariantNeeded { provider, presets } => {
                vec![("provider", (*provider).into()), ("presets", presets.join(", ").into())]
            }
            Self::ZoneElsewhere { domain, zone } => {
                vec![("domain", domain.as_str().into()), ("zone", zone.as_str().into())]
            }
        }
    }
}

/// Why a text is no MX pattern.
fn no_pattern(error: MxPatternError, language: Language) -> String {
    match error {
        MxPatternError::Name(error) => no_domain(error, language),
        _ => words::options(language).text("reason-wildcard"),
    }
}

/// Why a text is no domain name.
fn no_domain(error: DomainNameError, language: Language) -> String {
    let words = words::options(language);
    match error {
        DomainNameError::Empty => words.text("reason-empty"),
        DomainNameError::Hyphen => words.text("reason-hyphen"),
        DomainNameError::InvalidCharacter { character, .. } => {
            let character = character.escape_debug().to_string();
            words.format("reason-character", &[("character", character.into())])
        }
        DomainNameError::IpAddress => words.text("reason-address"),
        DomainNameError::LabelEmpty => words.text("reason-label-empty"),
        DomainNameError::LabelTooLong => words.text("reason-label-long"),
        DomainNameError::NameTooLong => words.text("reason-name-long"),
        DomainNameError::Underscore { .. } => words.text("reason-underscore"),
        _ => words.text("reason-unicode"),
    }
}

/// The domain of a text that holds more: the address of a page or a mailbox.
fn meant_domain(text: &str) -> Option<DomainName> {
    let behind_scheme = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = behind_scheme.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.trim();
    // What stands before a domain in the names of records.
    let labels = host.split('.').skip_while(|label| label.starts_with(['_', '*']));
    let host = labels.collect::<Vec<_>>().join(".");
    DomainName::parse(&host).ok().filter(|domain| !domain.is_single_label())
}
