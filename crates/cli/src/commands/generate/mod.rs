//! `sigillo generate`: a policy, its records, a recipe for the web server, and the steps.

mod files;
mod lists;
mod live_mx;
mod page;
mod request;

pub(super) use lists::{ProviderList, RecipeList};
use schemars::JsonSchema;
use serde::Serialize;
use sigillo_generate::{Deployment, DeploymentError};

use super::options::dns_format;
use super::{Answer, Context};
use crate::arguments::GenerateArguments;

/// The answer of `generate`.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Generated {
    /// What to publish, and how.
    #[serde(flatten)]
    deployment: Deployment,
    /// The records as the program of `--dns-format` reads them.
    #[serde(skip_serializing_if = "Option::is_none")]
    dns_text: Option<String>,
    /// The files that were written, below the folder of `--out`.
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<Vec<String>>,
}

pub(super) fn run(context: &Context<'_>, arguments: &GenerateArguments) -> Answer {
    if arguments.provider.iter().any(|name| name == "list") {
        return Ok(lists::providers(context));
    }
    if arguments.recipe.as_deref() == Some("list") {
        return Ok(lists::recipes(context));
    }
    let request = request::read(context, arguments)?;
    let deployment = Deployment::new(&request, context.language).map_err(|error| match error {
        DeploymentError::NoMx => context.failure("no-mx", &[]),
        DeploymentError::DomainTooLong => {
            let domain = request.domain.to_string();
            context.failure("domain-too-long", &[("domain", domain.into())])
        }
    })?;
    let format = dns_format(arguments.dns_format.as_deref());
    let written = match &arguments.out {
        Some(folder) => Some(files::write(context, folder, arguments.force, &deployment, format)?),
        None => None,
    };
    let dns_text = arguments
        .dns_format
        .as_ref()
        .map(|_| context.write_zones(&deployment.zone, format, &deployment.dns));
    let generated = Generated { deployment, dns_text, written };
    let status = context.status(&generated.deployment.findings);
    Ok(context.answer(&generated, status, || {
        page::page(context, &generated.deployment, generated.written.as_deref(), format)
    }))
}
