//! `sigillo config check`: everything that is wrong, each at its place.

use std::process::ExitCode;

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_findings::{LineIndex, Severity};

use super::faults::ConfigurationFinding;
use super::overrides::FaultyOverrides;
use crate::commands::Context;
use crate::configuration::{Configuration, Sources, USUAL_FILE};
use crate::output::Status;
use crate::page::{Page, severity_style};
use crate::words;

/// What `config check` found.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::commands) struct CheckedConfiguration {
    /// The version of this layout: 1.
    schema: u32,
    /// The file; null if there is none, so that only defaults and the environment count.
    file: Option<String>,
    /// Whether `sigillo serve` takes it.
    valid: bool,
    /// The roles that would run; empty if it is not valid.
    roles: Vec<&'static str>,
    /// Everything that is wrong.
    findings: Vec<ConfigurationFinding>,
}

pub(super) fn run(context: &Context<'_>, sources: &Sources) -> ExitCode {
    let (roles, mut errors) = match Configuration::read(sources) {
        Ok(configuration) => (configuration.roles(), Vec::new()),
        Err(errors) => (Vec::new(), errors),
    };
    let overrides = FaultyOverrides::read(sources).unwrap_or_else(|error| {
        errors.push(error);
        None
    });
    let lines = LineIndex::new(sources.text());
    let mut findings: Vec<ConfigurationFinding> =
        errors.iter().map(|error| context.finding_of(&lines, error)).collect();
    if let Some(faulty) = &overrides {
        let of_file = context.overrides_findings(faulty).into_iter();
        findings.extend(of_file.map(|it| ConfigurationFinding::of_overrides(it, &faulty.path)));
    }
    let valid = findings.is_empty();
    let roles = if valid { roles } else { Vec::new() };
    let file = sources.file.as_ref().map(|file| file.name.clone());
    let checked = CheckedConfiguration { schema: 1, file, valid, roles, findings };
    let status = if checked.valid { Status::Fine } else { Status::Faulty };
    context.answer(&checked, status, || {
        let mut page = context.page();
        context.show_configuration_errors(&mut page, sources, &errors);
        if let Some(faulty) = &overrides {
            context.show_overrides_errors(&mut page, faulty);
        }
        verdict(context, &mut page, &checked, checked.findings.len());
        page
    })
}

fn verdict(context: &Context<'_>, page: &mut Page, checked: &CheckedConfiguration, count: usize) {
    let words = words::configuration(context.language);
    let severity = if checked.valid { Severity::Hint } else { Severity::Error };
    let style = severity_style(severity);
    let verdict = if checked.valid {
        words.text("config-valid")
    } else {
        words.format("config-errors", &[("count", count.into())])
    };
    page.line(format_args!("{style}{verdict}{style:#}"));
    if checked.file.is_none() {
        page.paragraph("", &words.format("config-no-file", &[("path", USUAL_FILE.into())]));
    }
    if checked.valid {
        let roles = checked.roles.join(", ");
        page.paragraph(
            "",
            &match roles.as_str() {
                "" => words.text("config-no-role"),
                roles => words.format("config-roles", &[("roles", roles.into())]),
            },
        );
    }
}
