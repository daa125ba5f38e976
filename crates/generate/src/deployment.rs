//! Everything that a domain has to publish for MTA-STS.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};
use sigillo_findings::{Code, Finding, LineIndex, RenderedFinding, Severity};
use sigillo_formats::mta_sts_record::{MtaStsRecord, PolicyId};
use sigillo_formats::policy::{self, Extension, MaxAge, Mode, Policy, PolicyError};
use sigillo_formats::record::ReportUri;
use sigillo_formats::tls_rpt_record::TlsRptRecord;
use sigillo_formats::{DomainName, MxPattern};
use sigillo_language::Language;

use crate::difference::Difference;
use crate::provider::Proposal;
use crate::recipe::{Recipe, RecipeContext, RecipeName};
use crate::{DnsFormat, DnsRecord, PointerTarget, Zone, words};

/// What is wanted for a domain.
#[derive(Debug, Clone)]
pub struct DeploymentRequest {
    /// The policy domain.
    pub domain: DomainName,
    /// The zone of the records; where it is not known, the domain that one registers.
    pub zone: Option<DomainName>,
    /// The mode.
    pub mode: Mode,
    /// The patterns of MX hosts, the providers' among them.
    pub mx: Vec<MxPattern>,
    /// The lifetime; where not given, a day, and in `enforce` a week.
    pub max_age: Option<MaxAge>,
    /// Fields that the standard does not define, to be kept from an earlier policy.
    pub extensions: Vec<Extension>,
    /// The id of the record.
    pub id: IdChoice,
    /// The time to live of the records in seconds; where not given, 300 in `testing`, else 3600.
    pub ttl: Option<u32>,
    /// Where TLS reports go; none means no TLS-RPT record.
    pub tls_rpt: Vec<ReportUri>,
    /// Where the policy host leads, if its records are wanted too; they are left out with a recipe
    /// whose host creates its own ([`RecipeName::creates_address`]).
    pub policy_host: Vec<PointerTarget>,
    /// The server for which a recipe is wanted.
    pub recipe: Option<RecipeName>,
    /// The live MX hosts, as far as they are known, to compare with.
    pub live_mx: Vec<DomainName>,
    /// The providers from which patterns come.
    pub proposals: Vec<Proposal>,
    /// How the records are also written, if that is wanted.
    pub dns_format: Option<DnsFormat>,
}

/// How the id of the record is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdChoice {
    /// This one, such as one made of the time.
    Given(PolicyId),
    /// One made of the policy's text, so that it changes exactly when the policy does.
    Content,
}

/// What to publish, and how.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Deployment {
    /// The version of this layout: 1.
    pub schema: u32,
    /// The policy domain.
    pub domain: DomainName,
    /// The zone to which the relative names of the records refer.
    pub zone: DomainName,
    /// The id of the record.
    pub id: PolicyId,
    /// The policy.
    pub policy: PolicyFile,
    /// The records.
    pub dns: Vec<DnsRecord>,
    /// The files for the web server, if they were asked for.
    pub recipe: Option<Recipe>,
    /// The providers from which patterns come.
    pub providers: Vec<ProviderNote>,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// What is risky or could be better about it.
    pub findings: Vec<RenderedFinding>,
}

/// The policy file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PolicyFile {
    /// Its text, with LF line ends.
    pub text: String,
    /// Where it must be served.
    pub url: String,
    /// Its mode.
    pub mode: Mode,
    /// Its patterns.
    pub mx: Vec<MxPattern>,
    /// Its lifetime in seconds.
    pub max_age: MaxAge,
}

/// What is known about a provider whose patterns were proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProviderNote {
    /// The name on the command line.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// Whether the patterns are to be compared with the live MX before mode `enforce`.
    pub verify: bool,
    /// Where its host names are known from.
    pub source: String,
    /// What to know before using the patterns.
    pub note: Option<String>,
}

impl Deployment {
    /// Makes what the request wants.
    ///
    /// # Errors
    /// The domain is too long for its records, or the mode needs patterns and there are none.
    pub fn new(request: &DeploymentRequest, language: Language) -> Result<Self, DeploymentError> {
        let domain = &request.domain;
        let policy_host =
            domain.with_prefix("mta-sts").map_err(|_| DeploymentError::DomainTooLong)?;
        if domain.as_str().len() > LONGEST_DOMAIN {
            return Err(DeploymentError::DomainTooLong);
        }
        let policy = policy(request)?;
        let text = policy.to_string();
        let url = format!("https://{policy_host}/.well-known/mta-sts.txt");
        let id = match &request.id {
            IdChoice::Given(id) => id.clone(),
            IdChoice::Content => content_id(&text),
        };
        let usual_ttl = if policy.mode() == Mode::Testing { 300 } else { 3600 };
        let zone = Zone {
            name: request
                .zone
                .clone()
                .filter(|zone| domain.is_within(zone))
                .unwrap_or_else(|| domain.registrable()),
            ttl: request.ttl.unwrap_or(usual_ttl),
        };
        let context = RecipeContext { policy_host_given: !request.policy_host.is_empty() };
        let recipe =
            request.recipe.map(|name| Recipe::build(name, domain, &text, context, language));
        Ok(Self {
            schema: 1,
            domain: domain.clone(),
            zone: zone.name.clone(),
            dns: dns_records(request, &zone, &policy_host, &id),
            recipe,
            providers: request
                .proposals
                .iter()
                .map(|proposal| provider_note(proposal, language))
                .collect(),
            steps: steps(request, &policy, &zone, &policy_host, &url, language),
            findings: findings(request, &policy, &text, language),
            policy: PolicyFile {
                url,
                mode: policy.mode(),
                mx: policy.mx().to_vec(),
                max_age: policy.max_age(),
                text,
            },
            id,
        })
    }

    /// The files to put into one folder, each text under its path there: the policy, the records as zone
    /// lines and in `format`, and what the recipe has.
    #[must_use]
    pub fn files(&self, format: DnsFormat) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        files.insert(".well-known/mta-sts.txt".to_owned(), self.policy.text.clone());
        for format in [DnsFormat::Zone, format] {
            // All of them are below the domain, so none belongs to another zone.
            files.insert(format.file_name().to_owned(), format.write(&self.zone, &self.dns));
        }
        for file in self.recipe.iter().flat_map(|recipe| &recipe.files) {
            files.insert(file.path.clone(), file.text.clone());
        }
        files
    }
}

/// The longest domain below which `_mta-sts.` and `_smtp._tls.` still fit into a name.
const LONGEST_DOMAIN: usize = 253 - "_smtp._tls.".len();

/// Why nothing can be made of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeploymentError {
    /// The names below the domain would be longer than names can be.
    DomainTooLong,
    /// The mode needs patterns of MX hosts, and there are none.
    NoMx,
}

impl fmt::Display for DeploymentError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DomainTooLong => {
                write!(formatter, "the domain is longer than {LONGEST_DOMAIN} bytes")
            }
            Self::NoMx => formatter.write_str("the mode needs patterns of MX hosts"),
        }
    }
}

impl std::error::Error for DeploymentError {}

fn policy(request: &DeploymentRequest) -> Result<Policy, DeploymentError> {
    let max_age = request.max_age.unwrap_or(match request.mode {
        Mode::Enforce => MaxAge::WEEK,
        Mode::Testing | Mode::None => MaxAge::DAY,
    });
    let policy = Policy::new(request.mode, max_age, request.mx.clone())
        .map_err(|_| DeploymentError::NoMx)?;
    let add = |policy: Policy, extension: &Extension| {
        policy.clone().with_extension(extension.clone()).or_else(|error| match error {
            // Readers ignore the second of a name, so nothing is lost without it.
            PolicyError::DuplicateExtension { .. } => Ok(policy),
            _ => Err(DeploymentError::NoMx),
        })
    };
    request.extensions.iter().try_fold(policy, add)
}

/// An id of 32 hexadecimal digits, the beginning of the SHA-256 of the policy.
fn content_id(policy: &str) -> PolicyId {
    let digest = Sha256::digest(policy.as_bytes());
    let digits = digest.iter().take(16).fold(String::new(), |mut digits, byte| {
        digits.extend(
            [byte >> 4, byte & 15].map(|four| char::from_digit(four.into(), 16).unwrap_or('0')),
        );
        digits
    });
    PolicyId::parse(&digits).unwrap_or_else(|_| unreachable!("32 hexadecimal digits are an id"))
}

fn dns_records(
    request: &DeploymentRequest,
    zone: &Zone,
    policy_host: &DomainName,
    id: &PolicyId,
) -> Vec<DnsRecord> {
    let domain = &request.domain;
    let is_created = request.recipe.is_some_and(RecipeName::creates_address);
    let mut records: Vec<DnsRecord> = request
        .policy_host
        .iter()
        .filter(|_| !is_created)
        .map(|target| zone.pointer(policy_host.as_str(), target))
        .collect();
    let record = MtaStsRecord::new(id.clone());
    records.push(zone.txt(&format!("_mta-sts.{domain}"), &record.to_string()));
    if let Some(record) = TlsRptRecord::new(request.tls_rpt.clone()) {
        records.push(zone.txt(&format!("_smtp._tls.{domain}"), &record.to_string()));
    }
    records
}

fn provider_note(proposal: &Proposal, language: Language) -> ProviderNote {
    let provider = proposal.provider();
    ProviderNote {
        id: provider.id().to_owned(),
        name: provider.name().to_owned(),
        verify: proposal.is_to_be_verified(),
        source: provider.source(language).to_owned(),
        note: provider.note(language).map(str::to_owned),
    }
}

fn steps(
    request: &DeploymentRequest,
    policy: &Policy,
    zone: &Zone,
    policy_host: &DomainName,
    url: &str,
    language: Language,
) -> Vec<String> {
    let words = words::steps(language);
    let domain = request.domain.as_str();
    let host = policy_host.as_str();
    let record_name = format!("_mta-sts.{domain}");
    let mut steps = Vec::new();
    let is_on = policy.mode() != Mode::None;
    if is_on {
        // What senders will demand of the MX hosts has to be true before they do.
        if request.live_mx.is_empty() {
            steps.push(words.format("compare-mx", &[("domain", domain.into())]));
        }
        steps.push(words.text("mx-hosts"));
        if policy.mode() == Mode::Enforce {
            steps.push(words.text("before-enforce"));
        }
        steps.push(if request.tls_rpt.is_empty() {
            words.text("tls-rpt-missing")
        } else {
            words.format("tls-rpt-record", &[("name", format!("_smtp._tls.{domain}").into())])
        });
    }
    if let Some(recipe) = request.recipe {
        // The recipe says when the name of the policy host may lead there.
        steps.push(words.format("policy-recipe", &[("name", recipe.title().into())]));
    } else {
        if is_on {
            steps.push(if request.policy_host.is_empty() {
                let zone = zone.name.as_str();
                words.format("policy-host", &[("host", host.into()), ("zone", zone.into())])
            } else {
                words.format("policy-host-given", &[("host", host.into())])
            });
        }
        steps.push(words.format("policy-file", &[("host", host.into()), ("url", url.into())]));
    }
    steps.push(words.format("mta-sts-record", &[("name", record_name.as_str().into())]));
    steps.push(words.text("mta-sts-record-changed"));
    match policy.mode() {
        Mode::Testing => steps.push(words.text("from-testing")),
        Mode::Enforce => {
            let max_age = policy.max_age().to_string();
            steps.push(words.format("in-enforce", &[("max_age", max_age.into())]));
        }
        Mode::None => {
            steps.push(words.format("none-wait", &[("ttl", zone.ttl.to_string().into())]));
            let arguments = [("name", record_name.as_str().into()), ("host", host.into())];
            steps.push(words.format("none-remove", &arguments));
        }
    }
    steps
}

fn findings(
    request: &DeploymentRequest,
    policy: &Policy,
    text: &str,
    language: Language,
) -> Vec<RenderedFinding> {
    let mut findings = policy::parse(text.as_bytes()).findings();
    if policy.mode() == Mode::Enforce && request.tls_rpt.is_empty() {
        findings.push(
            Finding::without_span(Code::GenerateEnforceWithoutReports)
                .with("own", request.domain.as_str()),
        );
    }
    if policy.mode() == Mode::Testing && policy.max_age() > MaxAge::WEEK {
        findings.push(
            Finding::without_span(Code::GenerateLongMaxAgeInTesting)
                .with("value", policy.max_age().seconds()),
        );
    }
    findings.extend(request.proposals.iter().filter_map(Proposal::finding));
    if !request.live_mx.is_empty() && policy.mode() != Mode::None {
        let difference = Difference::between(policy.mx(), &request.live_mx);
        findings.extend(difference.findings(match policy.mode() {
            Mode::Enforce => Severity::Error,
            Mode::Testing | Mode::None => Severity::Warning,
        }));
    }
    // A stable sort: the most urgent first, else as they came.
    findings.sort_by_key(Finding::severity);
    let lines = LineIndex::new(text.as_bytes());
    findings.iter().map(|finding| finding.render(language, &lines)).collect()
}
