//! What `--provider` and `--recipe` may be.

use std::process::ExitCode;

use sigillo_generate::provider::{ProviderList, ProviderSummary};
use sigillo_generate::recipe::RecipeList;

use crate::commands::Context;
use crate::output::Status;
use crate::page::{LITERAL, Page};

pub(super) fn providers(context: &Context<'_>) -> ExitCode {
    let list = ProviderList::new(context.language);
    context.answer(&list, Status::Fine, || {
        let mut page = context.page();
        for (index, provider) in list.providers.iter().enumerate() {
            if index > 0 {
                page.blank();
            }
            show_provider(context, &mut page, provider);
        }
        page
    })
}

fn show_provider(context: &Context<'_>, page: &mut Page, provider: &ProviderSummary) {
    let words = context.words();
    page.line(format_args!("{LITERAL}{}{LITERAL:#}  {}", provider.id, provider.name));
    let row = |page: &mut Page, name: &str, text: &str| {
        page.paragraph(&format!("    {} ", words.text(name)), text);
    };
    let join = |texts: Vec<String>| texts.join(", ");
    if !provider.patterns.is_empty() {
        let patterns = provider.patterns.iter().map(ToString::to_string).collect();
        row(page, "say-provider-patterns", &join(patterns));
    }
    if !provider.from_live_mx.is_empty() {
        let patterns = provider.from_live_mx.iter().map(ToString::to_string).collect();
        row(page, "say-provider-live", &join(patterns));
    }
    if !provider.variants.is_empty() {
        row(page, "say-provider-variants", &provider.variants.join(", "));
    }
    let source = format!("{} ({})", provider.source, provider.evidence.label(context.language));
    row(page, "say-provider-source", &source);
    if let Some(note) = provider.note {
        row(page, "say-provider-note", note);
    }
}

pub(super) fn recipes(context: &Context<'_>) -> ExitCode {
    let list = RecipeList::new();
    context.answer(&list, Status::Fine, || {
        let mut page = context.page();
        for recipe in &list.recipes {
            page.line(format_args!("{LITERAL}{:24}{LITERAL:#}{}", recipe.id, recipe.name));
        }
        page
    })
}
