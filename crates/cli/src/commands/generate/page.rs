//! What was generated, for a person.

use sigillo_formats::policy::Mode;
use sigillo_generate::recipe::Recipe;
use sigillo_generate::{Deployment, DnsFormat};

use crate::commands::Context;
use crate::diagnostic::Source;
use crate::page::{LITERAL, Page};

pub(super) fn page(
    context: &Context<'_>,
    deployment: &Deployment,
    written: Option<&[String]>,
    format: DnsFormat,
) -> Page {
    let words = context.words();
    let mut page = context.page();
    let title = [
        ("domain", deployment.domain.as_str().into()),
        ("mode", deployment.policy.mode.name().into()),
    ];
    page.heading(&words.format("say-generate-title", &title));
    page.paragraph(
        "",
        &words.text(match deployment.policy.mode {
            Mode::Enforce => "say-mode-enforce",
            Mode::Testing => "say-mode-testing",
            Mode::None => "say-mode-none",
        }),
    );
    let source = Source { name: "mta-sts.txt", text: deployment.policy.text.as_bytes() };
    context.show_remarks(&mut page, &deployment.findings, &source);
    page.heading(&words.text("say-policy-file"));
    page.line(format_args!("  {LITERAL}{}{LITERAL:#}", deployment.policy.url));
    page.blank();
    page.block("    ", &deployment.policy.text);
    context.show_records(&mut page, &deployment.zone, format, &deployment.dns);
    if let Some(recipe) = &deployment.recipe {
        show_recipe(context, &mut page, recipe);
        if written.is_none() {
            show_files(&mut page, recipe);
        }
    } else {
        page.heading(&words.text("say-web-server"));
        page.paragraph("  ", &words.text("say-recipe-hint"));
    }
    context.show_steps(&mut page, &deployment.steps);
    show_providers(context, &mut page, deployment);
    if let Some(written) = written {
        page.heading(&words.text("say-written"));
        for path in written {
            page.block("  ", path);
        }
    }
    page
}

fn show_recipe(context: &Context<'_>, page: &mut Page, recipe: &Recipe) {
    let title = [("name", recipe.name.title().into())];
    page.heading(&context.words().format("say-recipe-title", &title));
    for (index, note) in recipe.notes.iter().enumerate() {
        page.paragraph(&format!("{:>2}. ", index + 1), &note.text);
        for command in &note.commands {
            page.block("      ", command);
        }
    }
}

fn show_files(page: &mut Page, recipe: &Recipe) {
    for file in &recipe.files {
        page.blank();
        page.line(format_args!("  {LITERAL}{}{LITERAL:#}", file.path));
        page.blank();
        page.block("    ", &file.text);
    }
}

fn show_providers(context: &Context<'_>, page: &mut Page, deployment: &Deployment) {
    let words = context.words();
    for provider in &deployment.providers {
        page.heading(
            &words.format("say-about-provider", &[("name", provider.name.as_str().into())]),
        );
        if let Some(note) = &provider.note {
            page.paragraph("  ", note);
        }
        page.paragraph(
            "  ",
            &words.format("say-names-from", &[("source", provider.source.as_str().into())]),
        );
    }
}
