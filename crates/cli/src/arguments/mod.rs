//! The commands and their options, in one folder: parsing, help, completions and man pages are all
//! made from these definitions.
//!
//! Help texts are not here but in the message files, under the names of commands and options.

mod definitions;
mod localize;
mod network;
mod sending;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};
pub(crate) use definitions::{
    CheckArguments, CheckFormat, Command, CompletionsArguments, ConfigArguments, ConfigCommand,
    DmarcArguments, DmarcCommand, ExplainArguments, GenerateArguments, ManArguments, ScanArguments,
    SchemaArguments, ServeArguments, Shell, TlsRptArguments, TlsRptCommand, ValidateCommand,
};
pub(crate) use network::{DnssecMode, NetworkArguments};
pub(crate) use sending::{
    CacheCommand, ForeignCache, ImportArguments, PurgeArguments, QueryArguments, ServiceArguments,
};
use sigillo_findings::Severity;
use sigillo_language::Language;

use crate::ascii::ascii;
use crate::environment::Environment;
use crate::output::{self, Status};
use crate::usage;

/// What every command is told, found before anything can go wrong with the rest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Intent {
    /// Whether a program reads the answer.
    pub(crate) json: bool,
    /// The language of the answer.
    pub(crate) language: Language,
}

impl Intent {
    /// Looks through the arguments; the environment's language is the default.
    pub(crate) fn of(arguments: &[OsString], environment_language: Language) -> Self {
        let mut intent = Self { json: false, language: environment_language };
        let mut arguments = arguments.iter().skip(1).map(|argument| argument.to_string_lossy());
        while let Some(argument) = arguments.next() {
            if argument == "--" {
                break;
            }
            if matches!(argument.as_ref(), "--json" | "--format=json") {
                intent.json = true;
            }
            if argument == "--format" && arguments.clone().next().as_deref() == Some("json") {
                intent.json = true;
            }
            let language = match argument.strip_prefix("--lang") {
                Some("") => arguments.next().and_then(|language| language.parse().ok()),
                Some(rest) => rest.strip_prefix('=').and_then(|language| language.parse().ok()),
                None => None,
            };
            intent.language = language.unwrap_or(intent.language);
        }
        intent
    }
}

/// A command that is to be run.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) command: Command,
    /// From which severity on findings give exit status 1.
    pub(crate) fail_on: Severity,
}

/// Why no command is run: help was asked for, or the usage is wrong.
#[derive(Debug)]
pub(crate) struct Stopped {
    error: clap::Error,
    intent: Intent,
}

/// The definitions with their help in a language, `width` columns wide.
pub(crate) fn command(language: Language, width: usize) -> clap::Command {
    localize::localize(definitions::Cli::command(), language, width)
}

/// Reads the arguments, the name of the program first.
pub(crate) fn parse(
    arguments: Vec<OsString>,
    intent: Intent,
    environment: &Environment,
) -> Result<Parsed, Stopped> {
    let mut command = command(intent.language, environment.width);
    let read = command
        .try_get_matches_from_mut(arguments)
        .and_then(|matches| definitions::Cli::from_arg_matches(&matches));
    match read {
        Ok(cli) => Ok(Parsed { command: cli.command, fail_on: cli.fail_on.into() }),
        Err(error) => Err(Stopped { error, intent }),
    }
}

impl Stopped {
    /// Shows the help that was asked for, or what is wrong.
    pub(crate) fn show(self, environment: &Environment) -> ExitCode {
        use clap::error::ErrorKind;

        let help = self.error.render().ansi().to_string();
        let help = if environment.utf8 { help.into() } else { ascii(&help) };
        match self.error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                output::print_styled(&help, Status::Fine)
            }
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand if !self.intent.json => {
                output::say_styled(&help);
                ExitCode::from(2)
            }
            _ => usage::failure(&self.error, self.intent.language).show(
                self.intent.json,
                self.intent.language,
                environment,
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intent(arguments: &[&str]) -> (bool, Language) {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        let intent = Intent::of(&arguments, Language::English);
        (intent.json, intent.language)
    }

    #[test]
    fn language_and_json_are_known_whatever_else_is_wrong() {
        assert_eq!(intent(&["sigillo", "x", "--json", "--lang", "it"]), (true, Language::Italian));
        assert_eq!(intent(&["sigillo", "--lang=it", "--nonsense"]), (false, Language::Italian));
        assert_eq!(intent(&["sigillo", "x", "--format", "json"]), (true, Language::English));
        assert_eq!(intent(&["sigillo", "x", "--format", "text"]), (false, Language::English));
        assert_eq!(intent(&["sigillo", "--lang", "fr"]), (false, Language::English));
        assert_eq!(intent(&["sigillo", "--", "--json"]), (false, Language::English));
    }

    #[test]
    fn the_definitions_are_sound_in_both_languages() {
        for language in Language::ALL {
            command(language, 80).debug_assert();
        }
    }
}
