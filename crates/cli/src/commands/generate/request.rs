//! Reading the options of `generate` into a request.

use std::net::IpAddr;

use sigillo_formats::limits::POLICY_BYTES;
use sigillo_formats::mta_sts_record::PolicyId;
use sigillo_formats::policy::{self, MaxAge, Mode, PolicyValue};
use sigillo_formats::{DomainName, MxPattern};
use sigillo_generate::provider::{Preset, Proposal, ProposalError, Recognition};
use sigillo_generate::recipe::RecipeName;
use sigillo_generate::{DeploymentRequest, IdChoice, PointerTarget};

use super::live_mx;
use crate::arguments::GenerateArguments;
use crate::commands::Context;
use crate::commands::options::each_once;
use crate::failure::Failure;
use crate::input;

/// Reads the options.
pub(super) fn read(
    context: &Context<'_>,
    arguments: &GenerateArguments,
) -> Result<DeploymentRequest, Failure> {
    let Some(domain) = &arguments.domain else {
        return Err(context.failure("no-domain", &[]));
    };
    let domain = context.domain(domain)?;
    let earlier = match &arguments.from_policy {
        Some(file) => Some(earlier_policy(context, file)?),
        None => None,
    };
    let mode = match &arguments.mode {
        // The definitions let only the three names pass.
        Some(mode) => mode.parse().unwrap_or(Mode::Testing),
        None => earlier.as_ref().and_then(|policy| policy.mode).unwrap_or(Mode::Testing),
    };
    let is_from_dns = arguments.from_dns || (mode != Mode::None && !is_chosen(arguments));
    let live_mx = if arguments.live_mx.is_empty() && is_from_dns {
        live_mx::read(context, &domain, &arguments.network)?
    } else {
        let hosts = arguments.live_mx.iter().map(|host| context.domain(host));
        hosts.collect::<Result<Vec<_>, _>>()?
    };
    let (mut mx, proposals) = patterns(context, arguments, &live_mx)?;
    if mx.is_empty() {
        mx = each_once(earlier.as_ref().map(|policy| policy.mx.clone()).unwrap_or_default());
    }
    if mode != Mode::None && mx.is_empty() {
        return Err(context.failure("no-mx", &[]));
    }
    let max_age = match &arguments.max_age {
        Some(text) => Some(max_age(context, text)?),
        // A lifetime was chosen for its mode: another mode has its own default.
        None => earlier
            .as_ref()
            .filter(|policy| policy.mode == Some(mode))
            .and_then(|policy| policy.max_age),
    };
    let tls_rpt = arguments
        .tls_rpt
        .iter()
        .map(|address| context.report_uri(address))
        .collect::<Result<Vec<_>, _>>()
        .map(each_once)?;
    Ok(DeploymentRequest {
        zone: context.zone(&domain, arguments.zone.as_deref())?,
        domain,
        mode,
        mx,
        max_age,
        extensions: earlier.map(|policy| policy.extensions).unwrap_or_default(),
        id: id(context, arguments.id.as_deref())?,
        ttl: arguments.ttl.as_deref().map(|ttl| context.ttl(ttl)).transpose()?,
        tls_rpt,
        policy_host: policy_host(context, &arguments.policy_host)?,
        recipe: arguments.recipe.as_deref().map(|name| recipe(context, name)).transpose()?,
        live_mx,
        proposals,
        dns_format: None,
    })
}

/// What an earlier policy says. An invalid one is refused: what can't be understood of it, such as
/// a host, would be lost without a word.
fn earlier_policy(context: &Context<'_>, file: &str) -> Result<PolicyValue, Failure> {
    let input = input::read_file(file, POLICY_BYTES, context.language)?;
    let parsed = policy::parse(&input.text);
    if parsed.is_valid() {
        Ok(parsed.value())
    } else {
        let path = input.name.as_str();
        Err(context.failure("earlier-invalid", &[("path", path.into())]))
    }
}

/// The patterns of `--mx` and `--provider`, or without either those that the live MX asks for.
fn patterns(
    context: &Context<'_>,
    arguments: &GenerateArguments,
    live_mx: &[DomainName],
) -> Result<(Vec<MxPattern>, Vec<Proposal>), Failure> {
    let mut patterns: Vec<MxPattern> = Vec::new();
    let mut proposals = Vec::new();
    for text in &arguments.mx {
        add(&mut patterns, context.mx_pattern(text)?);
    }
    for name in &arguments.provider {
        let proposal = proposal(context, name, live_mx)?;
        for pattern in proposal.patterns() {
            add(&mut patterns, pattern.clone());
        }
        proposals.push(proposal);
    }
    if !is_chosen(arguments) && !live_mx.is_empty() {
        let recognition = Recognition::of(live_mx);
        patterns = recognition.patterns();
        proposals = recognition.proposals().to_vec();
    }
    Ok((patterns, proposals))
}

/// Whether the options say by themselves what the patterns are.
fn is_chosen(arguments: &GenerateArguments) -> bool {
    !arguments.mx.is_empty() || !arguments.provider.is_empty() || arguments.from_policy.is_some()
}

fn add(patterns: &mut Vec<MxPattern>, pattern: MxPattern) {
    if !patterns.contains(&pattern) {
        patterns.push(pattern);
    }
}

fn proposal(
    context: &Context<'_>,
    name: &str,
    live_mx: &[DomainName],
) -> Result<Proposal, Failure> {
    let preset = Preset::find(name).map_err(|unknown| {
        let failure = context.failure("unknown-provider", &[("name", name.into())]);
        if unknown.nearest.is_empty() {
            return failure;
        }
        let nearest = unknown.nearest.join(", ");
        failure.with_help(
            context.words().format("say-usage-did-you-mean", &[("suggestion", nearest.into())]),
        )
    })?;
    preset.proposal(live_mx).map_err(|error| match error {
        ProposalError::VariantNeeded { provider, presets } => {
            let presets = presets.join(", ");
            let arguments = [("provider", provider.into()), ("presets", presets.into())];
            context.failure("variant-needed", &arguments)
        }
        ProposalError::LiveMxNeeded { provider } => {
            context.failure("live-mx-needed", &[("provider", provider.into())])
        }
    })
}

fn max_age(context: &Context<'_>, text: &str) -> Result<MaxAge, Failure> {
    let seconds = context.seconds("--max-age", text)?;
    MaxAge::from_seconds(seconds).map_err(|_| {
        let limit = MaxAge::MAXIMUM.to_string();
        context.failure("max-age-too-large", &[("value", text.into()), ("limit", limit.into())])
    })
}

/// The id: given, made of the policy, or by default the time in UTC as `YYYYMMDDHHMMSS`.
fn id(context: &Context<'_>, given: Option<&str>) -> Result<IdChoice, Failure> {
    let text = match given {
        Some("content") => return Ok(IdChoice::Content),
        Some(text) => text.to_owned(),
        None => jiff::Timestamp::now().strftime("%Y%m%d%H%M%S").to_string(),
    };
    PolicyId::parse(&text)
        .map(IdChoice::Given)
        .map_err(|_| context.failure("not-an-id", &[("value", text.into())]))
}

/// Where the policy host leads: one address of each family, or one name.
fn policy_host(context: &Context<'_>, targets: &[String]) -> Result<Vec<PointerTarget>, Failure> {
    let mut pointers: Vec<PointerTarget> = Vec::new();
    for text in targets {
        let pointer = match text.parse::<IpAddr>() {
            Ok(address) => PointerTarget::Address(address),
            Err(_) => PointerTarget::Name(context.domain(text)?),
        };
        let clashes = pointers.iter().any(|other| match (other, &pointer) {
            (PointerTarget::Address(one), PointerTarget::Address(other)) => {
                one.is_ipv4() == other.is_ipv4()
            }
            // A CNAME stands alone (RFC 1034 §3.6.2).
            _ => true,
        });
        if clashes {
            return Err(context.failure("policy-host-clash", &[("value", text.as_str().into())]));
        }
        pointers.push(pointer);
    }
    Ok(pointers)
}

fn recipe(context: &Context<'_>, name: &str) -> Result<RecipeName, Failure> {
    name.parse::<RecipeName>().map_err(|unknown| {
        let failure = context.failure("unknown-recipe", &[("name", name.into())]);
        match unknown.suggestion {
            Some(nearest) => failure.with_help(
                context
                    .words()
                    .format("say-usage-did-you-mean", &[("suggestion", nearest.name().into())]),
            ),
            None => failure,
        }
    })
}
