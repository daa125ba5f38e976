//! `sigillo config show`: the value that every key has in the end, and where it comes from.

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_findings::LineIndex;

use crate::commands::{Answer, Context};
use crate::configuration::{
    Configuration, Place, Setting, Sources, USUAL_FILE, Value, keys_of, sections,
};
use crate::output::Status;
use crate::page::{ASIDE, LITERAL, Page};
use crate::words;

/// The configuration as it counts in the end.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::commands) struct ShownConfiguration {
    /// The version of this layout: 1.
    schema: u32,
    /// The file; null if there is none, so that only defaults and the environment count.
    file: Option<String>,
    /// The roles that run.
    roles: Vec<&'static str>,
    /// The keys of the sections that are in use, in their order.
    settings: Vec<ShownSetting>,
}

/// The value that a key has in the end. Passwords are left out.
#[derive(Debug, Serialize, JsonSchema)]
struct ShownSetting {
    /// The section.
    section: &'static str,
    /// The key.
    key: &'static str,
    /// Its value as in the file; null if it has none.
    value: serde_json::Value,
    /// Where the value comes from.
    origin: Origin,
}

/// Where a value comes from.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Origin {
    /// It is the default.
    Default,
    /// The file.
    File {
        /// The line, from 1.
        line: usize,
    },
    /// The environment.
    Environment {
        /// The variable.
        variable: String,
    },
    /// A credential of the service manager.
    Credential {
        /// Its name.
        name: &'static str,
    },
}

pub(super) fn run(context: &Context<'_>, sources: &Sources) -> Answer {
    let (configuration, settings) = Configuration::read_with_settings(sources)
        .map_err(|errors| context.configuration_invalid(sources, &errors))?;
    let lines = LineIndex::new(sources.text());
    let shown = ShownConfiguration {
        schema: 1,
        file: sources.file.as_ref().map(|file| file.name.clone()),
        roles: configuration.roles(),
        settings: settings.iter().map(|setting| shown(setting, &lines)).collect(),
    };
    Ok(context.answer(&shown, Status::Fine, || page(context, &shown, &settings)))
}

fn shown(setting: &Setting, lines: &LineIndex<'_>) -> ShownSetting {
    ShownSetting {
        section: setting.key.section,
        key: setting.key.name,
        value: setting.value.as_ref().map_or(serde_json::Value::Null, Value::to_json),
        origin: match &setting.place {
            Place::Default => Origin::Default,
            Place::File(span) => Origin::File { line: lines.position(span.start()).line },
            Place::Variable { name, .. } => Origin::Environment { variable: name.clone() },
            Place::Credential { name } => Origin::Credential { name },
        },
    }
}

/// The configuration as a file that says the same.
fn page(context: &Context<'_>, configuration: &ShownConfiguration, settings: &[Setting]) -> Page {
    let words = words::configuration(context.language);
    let mut page = context.page();
    let head = match &configuration.file {
        Some(file) => words.format("config-file", &[("path", file.as_str().into())]),
        None => words.format("config-no-file", &[("path", USUAL_FILE.into())]),
    };
    comment(&mut page, &head);
    for section in sections() {
        let of_section = |(setting, _): &(&Setting, _)| setting.key.section == section;
        let rows: Vec<_> =
            settings.iter().zip(&configuration.settings).filter(of_section).collect();
        page.blank();
        if rows.is_empty() {
            let name = format!("[{section}]");
            let off = words.format("config-section-off", &[("section", name.into())]);
            comment(&mut page, &off);
            continue;
        }
        page.line(format_args!("{LITERAL}[{section}]{LITERAL:#}"));
        let longest = keys_of(section).map(|key| key.name.len()).max().unwrap_or(0);
        for (setting, shown) in rows {
            let name = setting.key.name;
            let Some(value) = &setting.value else {
                page.line(format_args!("{ASIDE}# {name}: {}{ASIDE:#}", words.text("config-unset")));
                continue;
            };
            let value = page.shown(&value.to_toml()).into_owned();
            let origin = origin(context, configuration, &shown.origin);
            let origin = page.shown(&origin).into_owned();
            page.line(format_args!("{name:longest$} = {value}  {ASIDE}# {origin}{ASIDE:#}"));
        }
    }
    page
}

/// A remark that a file can have in it.
fn comment(page: &mut Page, text: &str) {
    let mut remark = Page::new(page.width().saturating_sub(2), page.is_utf8());
    remark.paragraph("", text);
    for line in remark.into_text().lines() {
        page.line(format_args!("{ASIDE}# {line}{ASIDE:#}"));
    }
}

fn origin(context: &Context<'_>, configuration: &ShownConfiguration, origin: &Origin) -> String {
    let words = words::configuration(context.language);
    match origin {
        Origin::Default => words.text("config-origin-default"),
        Origin::File { line } => {
            format!("{}:{line}", configuration.file.as_deref().unwrap_or_default())
        }
        Origin::Environment { variable } => variable.clone(),
        Origin::Credential { name } => {
            words.format("config-origin-credential", &[("name", (*name).into())])
        }
    }
}
