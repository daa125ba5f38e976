//! `sigillo completions`: what a shell needs to complete commands and options.

use std::process::ExitCode;

use clap_complete::aot;
use schemars::JsonSchema;
use serde::Serialize;
use sigillo_findings::Code;
use sigillo_generate::provider::Preset;
use sigillo_generate::recipe::RecipeName;

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

/// The definitions with the values that are known, which shells then offer; to the program itself
/// others may be given too.
fn with_known_values(command: clap::Command) -> clap::Command {
    let values = |names: Vec<String>| clap::builder::PossibleValuesParser::new(names);
    let providers: Vec<String> =
        Preset::all().map(Preset::name).chain(["list".to_owned()]).collect();
    let recipes = RecipeName::ALL.iter().map(|recipe| recipe.name().to_owned());
    let recipes: Vec<String> = recipes.chain(["list".to_owned()]).collect();
    let codes: Vec<String> = Code::ALL.iter().map(|code| code.name().to_owned()).collect();
    command
        .mut_subcommand("generate", |generate| {
            generate
                .mut_arg("provider", |argument| argument.value_parser(values(providers)))
                .mut_arg("recipe", |argument| argument.value_parser(values(recipes)))
        })
        .mut_subcommand("explain", |explain| {
            explain.mut_arg("code", |argument| argument.value_parser(values(codes)))
        })
}

pub(super) fn run(context: &Context<'_>, arguments: &CompletionsArguments) -> ExitCode {
    let (name, shell) = match arguments.shell {
        Shell::Bash => ("bash", aot::Shell::Bash),
        Shell::Elvish => ("elvish", aot::Shell::Elvish),
        Shell::Fish => ("fish", aot::Shell::Fish),
        Shell::Power => ("powershell", aot::Shell::PowerShell),
        Shell::Zsh => ("zsh", aot::Shell::Zsh),
    };
    let command = arguments::command(context.language, context.environment.width);
    let mut command = with_known_values(command);
    let mut script = Vec::new();
    aot::generate(shell, &mut command, "sigillo", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    if context.json {
        let completions = Completions { schema: 1, shell: name, script };
        return output::print_json(&completions, Status::Fine);
    }
    output::print_text(&script, Status::Fine)
}
