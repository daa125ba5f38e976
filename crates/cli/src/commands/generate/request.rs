//! From the arguments of `generate` to the options that are read everywhere.

use jiff::Timestamp;
use sigillo_formats::limits::POLICY_BYTES;
use sigillo_formats::policy;
use sigillo_generate::DeploymentRequest;
use sigillo_generate::options::DeploymentOptions;

use super::live_mx;
use crate::arguments::GenerateArguments;
use crate::commands::Context;
use crate::failure::Failure;
use crate::input;

/// Reads the arguments, the policy to start from, and the live MX where it is to be looked up.
pub(super) fn read(
    context: &Context<'_>,
    arguments: &GenerateArguments,
) -> Result<DeploymentRequest, Failure> {
    let mut options = options(arguments);
    // What is looked up has to be about a domain.
    let domain =
        options.policy_domain().map_err(|error| Failure::of_option(&error, context.language))?;
    if let Some(file) = &arguments.from_policy {
        options.from_policy = Some(earlier_policy(context, file)?);
    }
    let is_from_dns = arguments.from_dns && options.live_mx.is_empty();
    let looked_up = if is_from_dns || options.needs_live_mx() {
        live_mx::read(context, &domain, &arguments.network)?
    } else {
        Vec::new()
    };
    options
        .read(Timestamp::now(), &looked_up)
        .map_err(|errors| Failure::of_option(errors.first(), context.language))
}

fn options(arguments: &GenerateArguments) -> DeploymentOptions {
    DeploymentOptions {
        domain: arguments.domain.clone(),
        mode: arguments.mode.clone(),
        mx: arguments.mx.clone(),
        provider: arguments.provider.clone(),
        from_policy: None,
        live_mx: arguments.live_mx.clone(),
        max_age: arguments.max_age.clone(),
        id: arguments.id.clone(),
        tls_rpt: arguments.tls_rpt.clone(),
        policy_host: arguments.policy_host.clone(),
        recipe: arguments.recipe.clone(),
        zone: arguments.zone.clone(),
        ttl: arguments.ttl.clone(),
        dns_format: arguments.dns_format.clone(),
    }
}

/// The text of an earlier policy. Of one that is not valid the file is named.
fn earlier_policy(context: &Context<'_>, file: &str) -> Result<String, Failure> {
    let input = input::read_file(file, POLICY_BYTES, context.language)?;
    if policy::parse(&input.text).is_valid() {
        // What is no UTF-8 in a valid policy is a repeated field, which does not count.
        Ok(String::from_utf8_lossy(&input.text).into_owned())
    } else {
        let path = input.name.as_str();
        Err(context.failure("earlier-invalid", &[("path", path.into())]))
    }
}
