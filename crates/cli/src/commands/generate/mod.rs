//! `sigillo generate`: a policy, its records, a recipe for the web server, and the steps.

mod files;
mod lists;
mod live_mx;
mod page;
mod request;

use super::{Answer, Context};
use crate::arguments::GenerateArguments;
use crate::failure::Failure;

pub(super) fn run(context: &Context<'_>, arguments: &GenerateArguments) -> Answer {
    if arguments.provider.iter().any(|name| name == "list") {
        return Ok(lists::providers(context));
    }
    if arguments.recipe.as_deref() == Some("list") {
        return Ok(lists::recipes(context));
    }
    let request = request::read(context, arguments)?;
    let mut generated = request
        .generate(context.language)
        .map_err(|error| Failure::of_option(&error, context.language))?;
    let format = request.dns_format.unwrap_or_default();
    if let Some(folder) = &arguments.out {
        let written =
            files::write(context, folder, arguments.force, &generated.deployment, format)?;
        generated.written = Some(written);
    }
    let status = context.status(&generated.deployment.findings);
    Ok(context.answer(&generated, status, || {
        page::page(context, &generated.deployment, generated.written.as_deref(), format)
    }))
}
