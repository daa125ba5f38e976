//! Forgetting what is remembered.

use hyper::Method;
use sigillo_formats::DomainName;
use sigillo_sender::admin::CachePurge;

use crate::arguments::PurgeArguments;
use crate::commands::service::part_of_path;
use crate::commands::{Answer, Context};
use crate::failure::Failure;
use crate::output::{self, Status};
use crate::page::Page;

pub(super) fn run(context: &Context<'_>, arguments: &PurgeArguments) -> Answer {
    if arguments.domain.is_empty() && !arguments.all {
        let words = context.words();
        let (message, help) = ("say-usage-purge-nothing", "say-usage-purge-nothing-help");
        return Err(Failure::usage(words.text(message), words.text(help)));
    }
    let domains = arguments.domain.iter().map(|text| context.domain(text));
    let domains: Vec<DomainName> = domains.collect::<Result<_, _>>()?;
    let service = context.needed_service(arguments.service.config.as_deref())?;
    let mut paths: Vec<String> = domains
        .iter()
        .map(|domain| format!("/v1/cache/{}", part_of_path(domain.as_str())))
        .collect();
    if arguments.all {
        paths.push("/v1/cache".to_owned());
    }
    let purged = context.run_to_end(async {
        let mut purged = Vec::new();
        for path in paths {
            let path = format!("{path}?dry_run={}", arguments.dry_run);
            purged.push(service.ask::<CachePurge>(context, Method::DELETE, &path).await?);
        }
        Ok::<_, Failure>(purged)
    })??;
    if context.json {
        return Ok(output::print_all_json(&purged, Status::Fine));
    }
    let mut page = context.page();
    for purged in &purged {
        add(context, &mut page, purged);
    }
    Ok(output::show(page, context.environment, Status::Fine))
}

fn add(context: &Context<'_>, page: &mut Page, purged: &CachePurge) {
    let words = context.words();
    let name = match (&purged.domain, purged.purged, purged.dry_run) {
        (None, _, true) => "say-purge-all-dry",
        (None, _, false) => "say-purge-all",
        (Some(_), 0, _) => "say-purge-nothing",
        (Some(_), _, true) => "say-purge-dry",
        (Some(_), _, false) => "say-purge",
    };
    let domain = purged.domain.as_deref().unwrap_or_default();
    let about = [("domain", domain.into()), ("count", purged.purged.into())];
    let mut text = words.format(name, &about);
    if purged.protected == Some(true) {
        text.push(' ');
        text += &words.text("say-purge-protected");
    }
    page.paragraph("", &text);
}
