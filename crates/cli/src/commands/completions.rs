//! `sigillo completions`: what a shell needs to complete commands and options.

use std::process::ExitCode;

use clap_complete::aot;
use schemars::JsonSchema;
use serde::Serialize;

use super::Context;
use crate::arguments::{self, CompletionsArguments, Shell};
use crate::output::{self, Status};

/// Completions for a shell.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Completions {
    /// The version of this layout: 1.
    schema: u32,
    /// The shell.
    shell: &'static str,
    /// What the shell reads.
    script: String,
}

pub(super) fn run(context: &Context<'_>, arguments: &CompletionsArguments) -> ExitCode {
    let (name, shell) = match arguments.shell {
        Shell::Bash => ("bash", aot::Shell::Bash),
        Shell::Elvish => ("elvish", aot::Shell::Elvish),
        Shell::Fish => ("fish", aot::Shell::Fish),
        Shell::Power => ("powershell", aot::Shell::PowerShell),
        Shell::Zsh => ("zsh", aot::Shell::Zsh),
    };
    let mut command = arguments::command(context.language, context.environment.width);
    let mut script = Vec::new();
    aot::generate(shell, &mut command, "sigillo", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    if context.json {
        let completions = Completions { schema: 1, shell: name, script };
        return output::print_json(&completions, Status::Fine);
    }
    output::print_text(&script, Status::Fine)
}
