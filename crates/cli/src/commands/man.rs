//! `sigillo man`: manual pages, made from the definitions of the commands.

use std::io::Write as _;
use std::path::Path;
use std::{fs, io};

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_language::Language;

use super::{Answer, Context};
use crate::arguments::{self, ManArguments};
use crate::input::io_reason;
use crate::output::{self, Status};
use crate::words;

/// Manual pages.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ManualPages {
    /// The version of this layout: 1.
    schema: u32,
    /// The pages.
    pages: Vec<ManualPage>,
}

/// A manual page.
#[derive(Debug, Serialize, JsonSchema)]
struct ManualPage {
    /// The name of its file, such as `sigillo-generate.1`.
    name: String,
    /// The page in roff.
    text: String,
}

pub(super) fn run(context: &Context<'_>, arguments: &ManArguments) -> Answer {
    let command = arguments::command(context.language, context.environment.width);
    let mut pages = Vec::new();
    collect(&command, "sigillo", context.language, &mut pages);
    if arguments.out.is_none() && !context.json || !arguments.command.is_empty() {
        let wanted = std::iter::once("sigillo")
            .chain(arguments.command.iter().map(String::as_str))
            .collect::<Vec<_>>()
            .join("-");
        pages.retain(|page| page.name == format!("{wanted}.1"));
    }
    if pages.is_empty() {
        let command = arguments.command.join(" ");
        return Err(context.failure("unknown-command", &[("command", command.into())]));
    }
    if let Some(folder) = &arguments.out {
        write(Path::new(folder), &pages).map_err(|(path, error)| {
            let reason = io_reason(&error, context.language);
            context.failure("unwritable", &[("path", path.into()), ("reason", reason.into())])
        })?;
    }
    if context.json {
        return Ok(output::print_json(&ManualPages { schema: 1, pages }, Status::Fine));
    }
    let text = match &arguments.out {
        Some(_) => String::new(),
        None => pages.iter().map(|page| page.text.as_str()).collect(),
    };
    Ok(output::print_text(&text, Status::Fine))
}

fn collect(command: &clap::Command, name: &str, language: Language, pages: &mut Vec<ManualPage>) {
    pages.push(ManualPage { name: format!("{name}.1"), text: render(command, name, language) });
    for subcommand in command.get_subcommands() {
        collect(subcommand, &format!("{name}-{}", subcommand.get_name()), language, pages);
    }
}

fn render(command: &clap::Command, name: &str, language: Language) -> String {
    let words = words::help(language);
    let mut command = command.clone().name(name.to_owned()).display_name(name.to_owned());
    let mut status = format!("help{}-exit", name.strip_prefix("sigillo").unwrap_or_default());
    if words.has(&status) {
        // It has a section of its own, in place of what holds of most commands.
        let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let own = after.rsplit_once(&words.text("help-heading-exit"));
        command = command.after_help(own.map_or("", |(before, _)| before.trim_end()).to_owned());
    } else {
        "help-man-status-text".clone_into(&mut status);
    }
    let manual = language.choose("Sigillo manual", "Manuale di Sigillo");
    let page = clap_mangen::Man::new(command)
        .title(name.to_uppercase())
        .source(concat!("sigillo ", env!("CARGO_PKG_VERSION")))
        .manual(manual);
    let mut text = Vec::new();
    let rendered: io::Result<()> = page.render(&mut text).and_then(|()| text.flush());
    debug_assert!(rendered.is_ok(), "writing to memory does not fail");
    let heading_of_examples = words.text("help-heading-examples");
    let page: String = String::from_utf8_lossy(&text)
        .lines()
        .filter(|line| *line != heading_of_examples)
        .map(|line| heading(line, language))
        .collect();
    let section =
        |name: &str, text: &str| format!(".SH {}\n{}\n", words.text(name), roff(&words.text(text)));
    let page = if page.contains(".nf\n") { page + ".fi\n" } else { page };
    page + &section("help-man-status", &status)
        + &section("help-man-environment", "help-man-environment-text")
}

/// A text of several lines for roff: each line on its own, nothing taken for a request.
fn roff(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| format!("\\&{}", line.trim().replace('\\', "\\e").replace('-', "\\-")));
    lines.collect::<Vec<_>>().join("\n.br\n")
}

/// A line with the heading in the language: the generator has its own, and in English only.
fn heading(line: &str, language: Language) -> String {
    let heading = match (line, language) {
        (".SH EXTRA", Language::English) => ".SH EXAMPLES\n.nf",
        (".SH Commands", Language::English) => ".SH COMMANDS",
        (".SH EXTRA", Language::Italian) => ".SH ESEMPI\n.nf",
        (".SH NAME", Language::Italian) => ".SH NOME",
        (".SH SYNOPSIS", Language::Italian) => ".SH SINTASSI",
        (".SH DESCRIPTION", Language::Italian) => ".SH DESCRIZIONE",
        (".SH OPTIONS", Language::Italian) => ".SH OPZIONI",
        (".SH SUBCOMMANDS" | ".SH Comandi", Language::Italian) => ".SH COMANDI",
        (".SH VERSION", Language::Italian) => ".SH VERSIONE",
        _ => line,
    };
    format!("{heading}\n")
}

/// Writes every page into a folder; on failure the path that could not be written.
fn write(folder: &Path, pages: &[ManualPage]) -> Result<(), (String, io::Error)> {
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |error| (path, error)
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    for page in pages {
        let path = folder.join(&page.name);
        fs::write(&path, &page.text).map_err(failed(&path))?;
    }
    Ok(())
}
