//! The totals of a file of results.

use std::collections::BTreeMap;

use sigillo_generate::provider::Provider;
use sigillo_language::Messages;
use sigillo_scan::{ProviderTotals, Totals};

use crate::commands::{Answer, Context};
use crate::input;
use crate::output::Status;
use crate::page::Page;

pub(super) fn run(context: &Context<'_>, path: &str) -> Answer {
    let source = input::open(path, context.language)?;
    let totals =
        Totals::read(source).map_err(|error| input::unreadable(path, &error, context.language))?;
    let status = if totals.unreadable == 0 { Status::Fine } else { Status::Faulty };
    Ok(context.answer(&totals, status, || page(context, &totals)))
}

fn page(context: &Context<'_>, totals: &Totals) -> Page {
    let words = context.words();
    let mut page = context.page();
    let counts = [
        ("say-total-domains", totals.domains),
        ("say-total-adopted", totals.adopted),
        ("say-total-valid", totals.valid),
    ];
    let rows = counts.map(|(name, count)| (count, words.text(name)));
    show(&mut page, &rows);
    page.heading(&words.text("say-total-verdicts"));
    let rows = totals.verdicts.each();
    let rows = rows.map(|(verdict, count)| (count, verdict.title(context.language)));
    show(&mut page, &rows);
    show_codes(&mut page, &words.text("say-total-broken"), &totals.broken);
    show_codes(&mut page, &words.text("say-total-failing"), &totals.failing);
    if !totals.providers.is_empty() {
        page.heading(&words.text("say-total-providers"));
        let rows = totals.providers.iter().map(|it| (it.adopted, provider(words, it)));
        show(&mut page, &rows.collect::<Vec<_>>());
    }
    show_codes(&mut page, &words.text("say-total-findings"), &totals.findings);
    let counts =
        [("say-total-invalid", totals.invalid), ("say-total-unreadable", totals.unreadable)];
    let rows = counts.into_iter().filter(|(_, count)| *count > 0);
    let rows: Vec<(u64, String)> = rows.map(|(name, count)| (count, words.text(name))).collect();
    if !rows.is_empty() {
        page.blank();
        show(&mut page, &rows);
    }
    page
}

/// What the domains of a provider come to.
fn provider(words: &Messages, totals: &ProviderTotals) -> String {
    let known = |id: &str| Provider::all().iter().find(|provider| provider.id() == id);
    let name = match totals.provider.as_deref().and_then(known) {
        Some(provider) => provider.name().to_owned(),
        None => words.text("say-total-provider-none"),
    };
    let count = |count: u64| count.to_string().into();
    let verdicts = &totals.verdicts;
    words.format(
        "say-total-provider",
        &[
            ("name", name.into()),
            ("valid", count(totals.valid - verdicts.failing)),
            ("broken", count(verdicts.broken)),
            ("failing", count(verdicts.failing)),
        ],
    )
}

/// Codes by how many domains have them, the most frequent first.
fn show_codes(page: &mut Page, heading: &str, counts: &BTreeMap<String, u64>) {
    if counts.is_empty() {
        return;
    }
    page.heading(heading);
    let mut rows: Vec<(u64, String)> =
        counts.iter().map(|(code, count)| (*count, code.clone())).collect();
    rows.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    show(page, &rows);
}

/// Numbers below each other, each with what it counts.
fn show(page: &mut Page, rows: &[(u64, String)]) {
    for (count, text) in rows {
        page.paragraph(&format!("{count:>10}  "), text);
    }
}
