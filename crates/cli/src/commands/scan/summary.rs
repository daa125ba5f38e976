//! The totals of a file of results.

use sigillo_scan::Totals;

use crate::commands::check::verdict_words;
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
    let counts = [("say-total-domains", totals.domains), ("say-total-adopted", totals.adopted)];
    let rows = counts.map(|(name, count)| (count, words.text(name)));
    show(&mut page, &rows);
    page.heading(&words.text("say-total-verdicts"));
    let rows = totals.verdicts.each();
    let rows = rows.map(|(verdict, count)| (count, words.text(verdict_words(verdict))));
    show(&mut page, &rows);
    if !totals.findings.is_empty() {
        page.heading(&words.text("say-total-findings"));
        let mut rows: Vec<(u64, String)> =
            totals.findings.iter().map(|(code, count)| (*count, code.clone())).collect();
        rows.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        show(&mut page, &rows);
    }
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

/// Numbers below each other, each with what it counts.
fn show(page: &mut Page, rows: &[(u64, String)]) {
    for (count, text) in rows {
        page.paragraph(&format!("{count:>10}  "), text);
    }
}
