//! What `--provider` and `--recipe` may be.

use std::process::ExitCode;

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_generate::provider::{Provider, ProviderSummary};
use sigillo_generate::recipe::RecipeName;

use crate::commands::Context;
use crate::output::Status;
use crate::page::{LITERAL, Page};

/// All providers.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::commands) struct ProviderList {
    /// The version of this layout: 1.
    schema: u32,
    /// The providers.
    providers: Vec<ProviderSummary>,
}

/// All recipes.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::commands) struct RecipeList {
    /// The version of this layout: 1.
    schema: u32,
    /// The recipes.
    recipes: Vec<RecipeSummary>,
}

/// A recipe in a list.
#[derive(Debug, Serialize, JsonSchema)]
struct RecipeSummary {
    /// The name on the command line.
    id: &'static str,
    /// The name for people.
    name: &'static str,
}

pub(super) fn providers(context: &Context<'_>) -> ExitCode {
    let providers = Provider::summaries(context.language).collect();
    let list = ProviderList { schema: 1, providers };
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
    let recipes = RecipeName::ALL
        .iter()
        .map(|recipe| RecipeSummary { id: recipe.name(), name: recipe.title() })
        .collect();
    let list = RecipeList { schema: 1, recipes };
    context.answer(&list, Status::Fine, || {
        let mut page = context.page();
        for recipe in &list.recipes {
            page.line(format_args!("{LITERAL}{:24}{LITERAL:#}{}", recipe.id, recipe.name));
        }
        page
    })
}
