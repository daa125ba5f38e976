use std::fmt;
use std::iter;

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_language::Language;

use super::Fault;

/// An option whose value can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the field of this name, which says what it is")]
pub enum OptionName {
    Compatible,
    DnsFormat,
    Domain,
    Fo,
    FromPolicy,
    Id,
    LiveMx,
    MaxAge,
    Mode,
    Mx,
    NonexistentPolicy,
    Policy,
    PolicyHost,
    Provider,
    Psd,
    Recipe,
    Rua,
    Ruf,
    SubdomainPolicy,
    Test,
    TlsRpt,
    Ttl,
    Zone,
}

impl OptionName {
    /// All of them, in alphabetical order.
    pub const ALL: [Self; 23] = [
        Self::Compatible,
        Self::DnsFormat,
        Self::Domain,
        Self::Fo,
        Self::FromPolicy,
        Self::Id,
        Self::LiveMx,
        Self::MaxAge,
        Self::Mode,
        Self::Mx,
        Self::NonexistentPolicy,
        Self::Policy,
        Self::PolicyHost,
        Self::Provider,
        Self::Psd,
        Self::Recipe,
        Self::Rua,
        Self::Ruf,
        Self::SubdomainPolicy,
        Self::Test,
        Self::TlsRpt,
        Self::Ttl,
        Self::Zone,
    ];

    /// The name of the field; with hyphens for underscores, that of the option on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::DnsFormat => "dns_format",
            Self::Domain => "domain",
            Self::Fo => "fo",
            Self::FromPolicy => "from_policy",
            Self::Id => "id",
            Self::LiveMx => "live_mx",
            Self::MaxAge => "max_age",
            Self::Mode => "mode",
            Self::Mx => "mx",
            Self::NonexistentPolicy => "nonexistent_policy",
            Self::Policy => "policy",
            Self::PolicyHost => "policy_host",
            Self::Provider => "provider",
            Self::Psd => "psd",
            Self::Recipe => "recipe",
            Self::Rua => "rua",
            Self::Ruf => "ruf",
            Self::SubdomainPolicy => "subdomain_policy",
            Self::Test => "test",
            Self::TlsRpt => "tls_rpt",
            Self::Ttl => "ttl",
            Self::Zone => "zone",
        }
    }
}

impl fmt::Display for OptionName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// What is wrong with an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionError {
    option: OptionName,
    index: Option<usize>,
    fault: Fault,
}

impl OptionError {
    /// About an option as a whole.
    #[must_use]
    pub const fn new(option: OptionName, fault: Fault) -> Self {
        Self { option, index: None, fault }
    }

    /// About the value at `index`, from 0, of an option that has several.
    #[must_use]
    pub const fn at(option: OptionName, index: usize, fault: Fault) -> Self {
        Self { option, index: Some(index), fault }
    }

    /// The option.
    #[must_use]
    pub const fn option(&self) -> OptionName {
        self.option
    }

    /// Which of the option's values it is, from 0; none if it is about the option as a whole.
    #[must_use]
    pub const fn index(&self) -> Option<usize> {
        self.index
    }

    /// What is wrong.
    #[must_use]
    pub const fn fault(&self) -> &Fault {
        &self.fault
    }

    /// A name for what is wrong; it never changes its meaning.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.fault.code()
    }

    /// What is wrong, in one clause that calls the option by its name.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        self.fault.message(language, self.option.name())
    }

    /// What to do.
    #[must_use]
    pub fn help(&self, language: Language) -> String {
        self.fault.help(language)
    }

    /// The error in words.
    #[must_use]
    pub fn render(&self, language: Language) -> RenderedOptionError {
        RenderedOptionError {
            option: self.option,
            index: self.index,
            code: self.code(),
            message: self.message(language),
            help: self.help(language),
        }
    }
}

impl fmt::Display for OptionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message(Language::English))
    }
}

impl std::error::Error for OptionError {}

/// What is wrong with an option, put into words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RenderedOptionError {
    /// The option.
    pub option: OptionName,
    /// Which of its values it is, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<usize>,
    /// A name for what is wrong; it never changes its meaning.
    pub code: &'static str,
    /// What is wrong, in one clause.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// All that is wrong with options, in the order of reading: at least one thing, and of an option not
/// many more than it may have values ([`VALUES_PER_OPTION`](super::VALUES_PER_OPTION)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionErrors {
    first: OptionError,
    rest: Vec<OptionError>,
}

impl OptionErrors {
    pub(super) const fn new(first: OptionError, rest: Vec<OptionError>) -> Self {
        Self { first, rest }
    }

    /// The first of them.
    #[must_use]
    pub const fn first(&self) -> &OptionError {
        &self.first
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &OptionError> {
        iter::once(&self.first).chain(&self.rest)
    }
}

impl From<OptionError> for OptionErrors {
    fn from(error: OptionError) -> Self {
        Self::new(error, Vec::new())
    }
}

impl fmt::Display for OptionErrors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(formatter)?;
        self.rest.iter().try_for_each(|error| write!(formatter, "; {error}"))
    }
}

impl std::error::Error for OptionErrors {}
