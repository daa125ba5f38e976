//! What a sender would do, on a page for a person.

use anstyle::Style;
use sigillo_findings::{Severity, visible};
use sigillo_sender::query::{Query, QueryDane, QueryPolicy};

use super::Looked;
use crate::commands::Context;
use crate::page::{ASIDE, HEADING, LITERAL, Page, severity_style};

/// How many names of a policy are shown in one go.
const NAMES: usize = 20;

/// Adds an answer to a page.
pub(in crate::commands) fn add(
    context: &Context<'_>,
    page: &mut Page,
    query: &Query,
    looked: Looked,
) {
    let words = context.words();
    let (title, style) = title(query);
    let title = page.shown(&words.text(title)).into_owned();
    let next_hop = visible(&query.next_hop);
    page.line(format_args!("{HEADING}{next_hop}{HEADING:#}: {style}{title}{style:#}"));
    for reason in &query.reason {
        page.paragraph("  - ", &reason.text);
        if let Some(detail) = &reason.detail {
            page.paragraph("    ", detail);
        }
    }
    page.blank();
    let answer = page.shown(&query.answer).into_owned();
    page.line(format_args!("{}: {LITERAL}{answer}{LITERAL:#}", words.text("say-query-answer")));
    if let Some(policy) = &query.policy {
        add_policy(context, page, policy);
    }
    if let Some(dane) = &query.dane {
        add_dane(context, page, dane);
    }
    // About what is no domain nobody looks.
    if query.dane.is_none() {
        return;
    }
    let mut line = words.text(match looked {
        _ if query.cached => "say-query-remembered",
        Looked::Service => "say-query-looked",
        Looked::Alone => "say-query-alone",
    });
    if let Some(expires) = query.expires {
        line += &words.format("say-query-until", &[("time", to_the_second(expires).into())]);
    }
    let line = page.shown(&line).into_owned();
    page.line(format_args!("{ASIDE}{line}{ASIDE:#}"));
}

/// What is done in a few words, and how that looks.
fn title(query: &Query) -> (&'static str, Style) {
    let level = query.answer.split(' ').next().unwrap_or_default();
    match level {
        "secure" => ("say-query-secure", severity_style(Severity::Hint)),
        "dane-only" => ("say-query-dane-only", severity_style(Severity::Hint)),
        "dane" => ("say-query-dane", severity_style(Severity::Hint)),
        "TEMP" => ("say-query-wait", severity_style(Severity::Error)),
        _ => ("say-query-no-policy", severity_style(Severity::Warning)),
    }
}

/// Adds a policy, its names below it.
pub(in crate::commands) fn add_policy(
    context: &Context<'_>,
    page: &mut Page,
    policy: &QueryPolicy,
) {
    let words = context.words();
    let mut parts = vec![
        words.format("say-query-policy", &[("mode", policy.mode.name().into())]),
        format!("max_age {}", policy.max_age),
    ];
    parts.extend(policy.id.as_ref().map(|id| format!("id {id}")));
    page.paragraph("", &parts.join(", "));
    let times =
        [("say-query-fetched", policy.fetched_at), ("say-query-expires", policy.expires_at)];
    let times: Vec<_> = times
        .into_iter()
        .filter_map(|(name, time)| {
            Some(words.format(name, &[("time", to_the_second(time?).into())]))
        })
        .collect();
    if !times.is_empty() {
        page.paragraph("  ", &times.join(", "));
    }
    let names = policy.mx.as_deref().unwrap_or_default();
    for name in names.iter().take(NAMES) {
        page.line(format_args!("  mx: {}", visible(name)));
    }
    if let more @ 1.. = names.len().saturating_sub(NAMES) {
        page.paragraph("  ", &words.format("say-rows-more", &[("count", more.into())]));
    }
}

fn add_dane(context: &Context<'_>, page: &mut Page, dane: &QueryDane) {
    let words = context.words();
    let outcome = words.text(&format!("say-dane-{}", dane.outcome.name()));
    page.paragraph("", &format!("DANE: {outcome}"));
    for host in dane.hosts.iter().flatten() {
        let outcome = words.text(&format!("say-dane-host-{}", host.outcome.name()));
        let detail = host.detail.as_ref().map(|it| format!(": {it}")).unwrap_or_default();
        page.paragraph("  ", &format!("{}: {outcome}{detail}", host.host));
    }
}

/// A time as people read it.
pub(in crate::commands) fn to_the_second(time: sigillo_sender::Time) -> String {
    time.timestamp().strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}
