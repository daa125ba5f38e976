//! What is wrong with the usage, in one clear line of the reader's language.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use sigillo_generate::options::Fault;
use sigillo_language::{Argument, Language};

use crate::failure::Failure;
use crate::words;

/// Puts an error of the argument parser into words.
pub(crate) fn failure(error: &clap::Error, language: Language) -> Failure {
    let words = words::says(language);
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        Some(ContextValue::StyledStr(text)) => Some(text.to_string()),
        _ => None,
    };
    let argument = context(ContextKind::InvalidArg).unwrap_or_default();
    let value = context(ContextKind::InvalidValue).unwrap_or_default();
    let say = |name: &str, arguments: &[(&str, Argument<'_>)]| words.format(name, arguments);
    let with_argument = [("argument", argument.as_str().into())];
    let message = match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            say("say-usage-unknown-argument", &with_argument)
        }
        ErrorKind::UnknownArgument => say("say-usage-surplus", &with_argument),
        ErrorKind::InvalidSubcommand => {
            let name = context(ContextKind::InvalidSubcommand).unwrap_or_default();
            say("say-usage-unknown-command", &[("command", name.into())])
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            say("say-usage-value-missing", &with_argument)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let arguments = [("argument", argument.into()), ("value", value.into())];
            say("say-usage-value-invalid", &arguments)
        }
        ErrorKind::MissingRequiredArgument if argument.starts_with("<DOMAIN>") => {
            let fault = Fault::NoDomain;
            return Failure::usage(fault.message(language, "domain"), fault.help(language));
        }
        ErrorKind::MissingRequiredArgument => say("say-usage-argument-missing", &with_argument),
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg).unwrap_or_default();
            if other == argument {
                let message = say("say-usage-twice", &with_argument);
                return Failure::usage(message, words.text("say-usage-see-help"));
            }
            let arguments = [("argument", argument.into()), ("other", other.into())];
            say("say-usage-conflict", &arguments)
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            words.text("say-usage-command-missing")
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            say("say-usage-value-count", &with_argument)
        }
        ErrorKind::InvalidUtf8 => words.text("say-usage-not-utf8"),
        _ => words.text("say-usage-wrong"),
    };
    let suggestion =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
            .into_iter()
            .find_map(context);
    let valid = context(ContextKind::ValidValue).filter(|values| !values.is_empty());
    let help = match (suggestion, valid) {
        (Some(suggestion), _) => {
            say("say-usage-did-you-mean", &[("suggestion", suggestion.into())])
        }
        (None, Some(values)) => say("say-usage-valid-values", &[("values", values.into())]),
        (None, None) => words.text("say-usage-see-help"),
    };
    Failure::usage(message, help)
}

/// Turns `sigillo help COMMAND…` into `sigillo COMMAND… --help`.
pub(crate) fn help_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
    if arguments.get(1).is_some_and(|first| first == "help") {
        arguments.remove(1);
        arguments.push("--help".into());
    }
    arguments
}
