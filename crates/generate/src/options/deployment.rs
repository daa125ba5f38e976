use std::net::IpAddr;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sigillo_formats::policy::{self, Mode, PolicyValue};
use sigillo_formats::{DomainName, MxPattern};

use super::reader::Reader;
use super::{Fault, OptionError, OptionErrors, OptionName, VALUES_PER_OPTION, values};
use crate::provider::{Preset, Proposal, ProposalError, Recognition};
use crate::recipe::RecipeName;
use crate::{DeploymentRequest, IdChoice, PointerTarget, each_once};

/// What is wanted for MTA-STS. A list has at most 100 values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("required" = ["domain"]))]
pub struct DeploymentOptions {
    /// The mail domain, which must be given: the part of its addresses behind the @. At most 242
    /// characters as A-labels.
    pub domain: Option<String>,
    /// What senders do when validation fails: `testing` (deliver and report, the default), `enforce`
    /// (don't deliver) or `none` (as without a policy).
    pub mode: Option<String>,
    /// MX hosts that may receive mail, or `*.NAME` for all with one label more.
    #[schemars(length(max = VALUES_PER_OPTION))]
    pub mx: Vec<String>,
    /// Mail providers whose patterns are taken, such as `microsoft365` or `zoho-eu`.
    #[schemars(length(max = VALUES_PER_OPTION))]
    pub provider: Vec<String>,
    /// The text of a valid policy to start from, of at most 65,536 bytes: its mode, its patterns,
    /// its lifetime and its other fields hold where nothing else is given.
    pub from_policy: Option<String>,
    /// MX hosts that are in the DNS now: what is made is compared with them, and made from them
    /// where neither patterns nor a provider nor a policy is given.
    #[schemars(length(max = VALUES_PER_OPTION))]
    pub live_mx: Vec<String>,
    /// How long senders keep the policy: seconds, or a number with `s`, `m`, `h`, `d`, `w` or `y`;
    /// at most 31557600 seconds. By default a day, and in `enforce` a week.
    pub max_age: Option<String>,
    /// The id of the record: 1 to 32 letters and digits, or `content` to derive it from the policy.
    /// By default the time in UTC as `YYYYMMDDHHMMSS`.
    pub id: Option<String>,
    /// Where TLS reports go, each a mail address or an `https:` URI: adds the TLS-RPT record.
    #[schemars(length(max = VALUES_PER_OPTION))]
    pub tls_rpt: Vec<String>,
    /// Where `mta-sts.DOMAIN` leads: an IPv4 and an IPv6 address, or a name. Adds its records.
    #[schemars(length(max = VALUES_PER_OPTION))]
    pub policy_host: Vec<String>,
    /// The server or host, such as `nginx`, for which a configuration is added.
    pub recipe: Option<String>,
    /// The zone that holds the records, for names relative to it: the domain or one above it. By
    /// default the domain that one registers.
    pub zone: Option<String>,
    /// How long resolvers keep the records: a duration of at most 2147483647 seconds. By default
    /// five minutes in `testing`, else an hour.
    pub ttl: Option<String>,
    /// How the records are also written: `zone`, `nsupdate`, `octodns` or `terraform`.
    pub dns_format: Option<String>,
}

/// The options that say what the patterns are.
const PATTERN_OPTIONS: [OptionName; 5] = [
    OptionName::Mode,
    OptionName::Mx,
    OptionName::Provider,
    OptionName::FromPolicy,
    OptionName::LiveMx,
];

impl DeploymentOptions {
    /// The mail domain, for whoever has to look something up before the rest is read.
    ///
    /// # Errors
    /// It is missing, no domain name or too long.
    pub fn policy_domain(&self) -> Result<DomainName, OptionError> {
        // The longest labels that are put in front of it.
        values::given_domain("_smtp._tls", self.domain.as_deref())
    }

    /// Whether the live MX is all that could say what the patterns are: the mode asks for some, and
    /// no option says any.
    #[must_use]
    pub fn needs_live_mx(&self) -> bool {
        self.mode.as_deref() != Some(Mode::None.name())
            && !self.names_patterns()
            && self.live_mx.is_empty()
    }

    /// Whether the options say what the patterns are.
    fn names_patterns(&self) -> bool {
        !self.mx.is_empty() || !self.provider.is_empty() || self.from_policy.is_some()
    }

    /// Reads the options. `now` makes the id where none is given; `looked_up` are the MX hosts that
    /// the DNS has, where somebody asked it, and count where no live MX is given.
    ///
    /// # Errors
    /// All that is wrong.
    pub fn read(
        &self,
        now: Timestamp,
        looked_up: &[DomainName],
    ) -> Result<DeploymentRequest, OptionErrors> {
        let mut reader = Reader::default();
        let domain = self.policy_domain();
        let earlier =
            reader.one(OptionName::FromPolicy, self.from_policy.as_deref(), earlier_policy);
        let mode = reader
            .one(OptionName::Mode, self.mode.as_deref(), |text| {
                values::choice(text, Mode::ALL, Mode::name)
            })
            .or_else(|| earlier.as_ref().and_then(|policy| policy.mode))
            .unwrap_or(Mode::Testing);
        let mut live_mx = reader.each(OptionName::LiveMx, &self.live_mx, values::domain);
        if self.live_mx.is_empty() {
            live_mx = looked_up.to_vec();
        }
        let (mut mx, proposals) = self.patterns(&mut reader, &live_mx);
        if mx.is_empty() {
            mx = each_once(earlier.as_ref().map(|policy| policy.mx.clone()).unwrap_or_default());
        }
        if mode != Mode::None && mx.is_empty() && reader.accepts(&PATTERN_OPTIONS) {
            reader.refuse(OptionName::Mx, Fault::NoMx);
        }
        let max_age = reader
            .one(OptionName::MaxAge, self.max_age.as_deref(), values::max_age)
            .or_else(|| {
                // A lifetime was chosen for its mode: another mode has its own default.
                earlier.as_ref().filter(|policy| policy.mode == Some(mode))?.max_age
            });
        let tls_rpt = each_once(reader.each(OptionName::TlsRpt, &self.tls_rpt, values::report_uri));
        let zone = reader.zone(domain.as_ref().ok(), self.zone.as_deref());
        let id = values::id(now, self.id.as_deref()).unwrap_or_else(|fault| {
            reader.refuse(OptionName::Id, fault);
            IdChoice::Content
        });
        let ttl = reader.one(OptionName::Ttl, self.ttl.as_deref(), values::ttl);
        let policy_host = policy_host(&mut reader, &self.policy_host);
        let recipe = reader.one(OptionName::Recipe, self.recipe.as_deref(), recipe);
        let dns_format =
            reader.one(OptionName::DnsFormat, self.dns_format.as_deref(), values::dns_format);
        Ok(DeploymentRequest {
            domain: reader.finish(domain)?,
            zone,
            mode,
            mx,
            max_age,
            extensions: earlier.map(|policy| policy.extensions).unwrap_or_default(),
            id,
            ttl,
            tls_rpt,
            policy_host,
            recipe,
            live_mx,
            proposals,
            dns_format,
        })
    }

    /// The patterns that are given and the providers', or without either those that the live MX
    /// asks for.
    fn patterns(
        &self,
        reader: &mut Reader,
        live_mx: &[DomainName],
    ) -> (Vec<MxPattern>, Vec<Proposal>) {
        let given = reader.each(OptionName::Mx, &self.mx, values::mx_pattern);
        // Of hosts of which some were not understood a provider may be missing.
        let live_mx_is_known = reader.accepts(&[OptionName::LiveMx]);
        let proposals = reader.each(OptionName::Provider, &self.provider, |name| {
            let preset = preset(name)?;
            match preset.proposal(live_mx) {
                Err(_) if !live_mx_is_known => Ok(None),
                proposal => proposal.map(Some).map_err(unproposed),
            }
        });
        if !self.names_patterns() && !live_mx.is_empty() {
            let recognition = Recognition::of(live_mx);
            return (recognition.patterns(), recognition.proposals().to_vec());
        }
        let proposals: Vec<Proposal> = proposals.into_iter().flatten().collect();
        let proposed = proposals.iter().flat_map(|proposal| proposal.patterns().iter().cloned());
        (each_once(given.into_iter().chain(proposed).collect()), proposals)
    }
}

/// What an earlier policy says. An invalid one is refused: what can't be understood of it, such as
/// a host, would be lost without a word.
fn earlier_policy(text: &str) -> Result<PolicyValue, Fault> {
    let parsed = policy::parse(text.as_bytes());
    if parsed.is_valid() { Ok(parsed.value()) } else { Err(Fault::EarlierInvalid) }
}

fn preset(name: &str) -> Result<Preset, Fault> {
    Preset::find(name).map_err(|unknown| Fault::UnknownProvider {
        name: name.to_owned(),
        nearest: unknown.nearest,
    })
}

fn unproposed(error: ProposalError) -> Fault {
    match error {
        ProposalError::LiveMxNeeded { provider } => Fault::LiveMxNeeded { provider },
        ProposalError::VariantNeeded { provider, presets } => {
            Fault::VariantNeeded { provider, presets }
        }
    }
}

/// Where the policy host leads: one address of each family, or one name.
fn policy_host(reader: &mut Reader, targets: &[String]) -> Vec<PointerTarget> {
    let mut earlier: Vec<PointerTarget> = Vec::new();
    reader.each(OptionName::PolicyHost, targets, |text| {
        let pointer = match text.parse::<IpAddr>() {
            Ok(address) => PointerTarget::Address(address),
            Err(_) => PointerTarget::Name(values::domain(text)?),
        };
        let clashes = earlier.iter().any(|other| match (other, &pointer) {
            (PointerTarget::Address(one), PointerTarget::Address(other)) => {
                one.is_ipv4() == other.is_ipv4()
            }
            // A CNAME stands alone (RFC 1034 §3.6.2).
            _ => true,
        });
        if clashes {
            return Err(Fault::PolicyHostClash { value: text.to_owned() });
        }
        earlier.push(pointer.clone());
        Ok(pointer)
    })
}

fn recipe(name: &str) -> Result<RecipeName, Fault> {
    name.parse::<RecipeName>().map_err(|unknown| Fault::UnknownRecipe {
        name: name.to_owned(),
        nearest: unknown.suggestion,
    })
}
