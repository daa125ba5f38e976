//! `sigillo cache`: what the running service remembers.

mod export;
mod foreign;
mod import;
mod list;
mod purge;

use hyper::Method;
use sigillo_formats::DomainName;
use sigillo_sender::query::Query;

pub(super) use self::export::ExportedCache;
use super::query::Looked;
use super::service::part_of_path;
use super::{Answer, Context};
use crate::arguments::{CacheCommand, ServiceArguments};
use crate::failure::Failure;

pub(super) fn run(context: &Context<'_>, command: &CacheCommand) -> Answer {
    match command {
        CacheCommand::List(service) => list::list(context, service),
        CacheCommand::Show { domain, service } => list::show(context, domain, service),
        CacheCommand::Refresh { domain, service } => refresh(context, domain, service),
        CacheCommand::Purge(arguments) => purge::run(context, arguments),
        CacheCommand::Export { out, force, service } => {
            export::run(context, out.as_deref(), *force, service)
        }
        CacheCommand::Import(arguments) => import::run(context, arguments),
    }
}

fn refresh(context: &Context<'_>, domains: &[String], service: &ServiceArguments) -> Answer {
    let domains = domains.iter().map(|text| context.domain(text));
    let domains: Vec<DomainName> = domains.collect::<Result<_, _>>()?;
    let service = context.needed_service(service.config.as_deref())?;
    let queries = context.run_to_end(async {
        let mut queries = Vec::new();
        for domain in &domains {
            let path = format!("/v1/cache/{}/refresh", part_of_path(domain.as_str()));
            queries.push(service.ask::<Query>(context, Method::POST, &path).await?);
        }
        Ok::<_, Failure>(queries)
    })??;
    Ok(context.show_queries(&queries, Looked::Service))
}
