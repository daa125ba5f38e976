//! What is remembered: all of it in short, or one domain in full.

use std::process::ExitCode;

use anstyle::Style;
use hyper::Method;
use sigillo_findings::{Severity, visible};
use sigillo_sender::admin::{CacheEntry, CacheItem, CacheList};

use crate::arguments::ServiceArguments;
use crate::commands::query::{add_policy, to_the_second};
use crate::commands::service::part_of_path;
use crate::commands::{Answer, Context};
use crate::failure::Failure;
use crate::output::{self, Status};
use crate::page::{ASIDE, HEADING, LITERAL, Page, severity_style};

/// How many policies are asked for at a time.
const AT_A_TIME: u32 = 1_000;

pub(super) fn list(context: &Context<'_>, service: &ServiceArguments) -> Answer {
    let service = context.needed_service(service.config.as_deref())?;
    context.run_to_end(async {
        let (mut after, mut count) = (String::new(), 0_u64);
        loop {
            let path = format!("/v1/cache?limit={AT_A_TIME}{after}");
            let list: CacheList = service.ask(context, Method::GET, &path).await?;
            show_part(context, &list, count == 0);
            count += list.entries.len() as u64;
            match list.next {
                Some(next) => after = format!("&after={}", part_of_path(&next)),
                None => break,
            }
        }
        if !context.json {
            let mut page = context.page();
            let text = context.words().format("say-cache-count", &[("count", count.into())]);
            page.line(format_args!("{ASIDE}{text}{ASIDE:#}"));
            output::show(page, context.environment, Status::Fine);
        }
        Ok::<_, Failure>(ExitCode::SUCCESS)
    })?
}

/// A part of the list: a line of JSON each, or a line for people.
fn show_part(context: &Context<'_>, list: &CacheList, is_first: bool) {
    for unreadable in &list.unreadable {
        let (domain, reason) = (&unreadable.domain, &unreadable.reason);
        let about = [("domain", domain.as_str().into()), ("reason", reason.as_str().into())];
        context.failure("policy-unreadable", &about).warn(context.language, context.environment);
    }
    if context.json {
        for item in &list.entries {
            let entry = CacheEntry { schema: 1, item: item.clone(), text: None };
            output::print_json_line(&entry, Status::Fine);
        }
        return;
    }
    let words = context.words();
    let mut page = context.page();
    if is_first && !list.entries.is_empty() {
        let (mode, expires) = (words.text("say-cache-mode"), words.text("say-cache-expires"));
        let domain = words.text("say-cache-domain");
        page.line(format_args!("{HEADING}{mode:<8} {expires:<23} {domain}{HEADING:#}"));
    }
    for item in &list.entries {
        let Some(policy) = &item.policy else { continue };
        let expires = policy.expires_at.map(to_the_second).unwrap_or_default();
        let (mode, style) = (policy.mode.name(), style(item));
        let domain = visible(&item.domain);
        page.line(format_args!("{style}{mode:<8}{style:#} {expires:<23} {domain}"));
    }
    output::show(page, context.environment, Status::Fine);
}

/// How a policy looks: what counts no more, or can't be had, stands out.
fn style(item: &CacheItem) -> Style {
    match (item.counts, &item.failure) {
        (false, _) => ASIDE,
        (true, Some(_)) => severity_style(Severity::Warning),
        (true, None) => Style::new(),
    }
}

pub(super) fn show(context: &Context<'_>, domain: &str, service: &ServiceArguments) -> Answer {
    let domain = context.domain(domain)?;
    let service = context.needed_service(service.config.as_deref())?;
    let path = format!("/v1/cache/{}", part_of_path(domain.as_str()));
    let entry = context.run_to_end(service.ask::<CacheEntry>(context, Method::GET, &path))??;
    Ok(context.answer(&entry, Status::Fine, || page(context, &entry)))
}

fn page(context: &Context<'_>, entry: &CacheEntry) -> Page {
    let words = context.words();
    let CacheEntry { item, text, .. } = entry;
    let mut page = context.page();
    page.line(format_args!("{HEADING}{}{HEADING:#}", visible(&item.domain)));
    match &item.policy {
        Some(policy) => add_policy(context, &mut page, policy),
        None => page.paragraph("", &words.text("say-cache-no-policy")),
    }
    if item.policy.is_some() && !item.counts {
        page.paragraph("", &words.text("say-cache-expired"));
    }
    page.paragraph("", &words.text(&format!("say-cache-record-{}", item.record.name())));
    if let Some(failure) = &item.failure {
        let detail = item.detail.as_ref().map(|it| format!(": {it}")).unwrap_or_default();
        page.paragraph("  ", &format!("{failure}{detail}"));
    } else if let Some(detail) = &item.detail {
        page.paragraph("  ", detail);
    }
    if let Some(level) = &item.level {
        let until = item
            .expires
            .map(|time| words.format("say-query-until", &[("time", to_the_second(time).into())]));
        let label = words.text("say-cache-level");
        let until = page.shown(&until.unwrap_or_default()).into_owned();
        page.line(format_args!("{label}: {LITERAL}{level}{LITERAL:#}{until}"));
    }
    if let Some(used) = item.used_at {
        let used = [("time", to_the_second(used).into())];
        page.paragraph("", &words.format("say-cache-used", &used));
    }
    if let Some(text) = text {
        page.heading(&words.text("say-policy-file"));
        page.block("  ", text);
    }
    page
}
