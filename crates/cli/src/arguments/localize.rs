//! Putting the help texts of a language into the definitions.

use clap::{Arg, Command};
use sigillo_language::{Language, Messages};

use crate::words;

/// The definitions with all help in a language, `width` columns wide.
pub(super) fn localize(command: Command, language: Language, width: usize) -> Command {
    let messages = words::help(language);
    let mut command = localize_command(command, "help", messages, width);
    // Usage lines exist only once the whole is built.
    command.build();
    localize_usage(command, messages)
}

fn localize_command(command: Command, name: &str, messages: &Messages, width: usize) -> Command {
    let options = messages.text("help-heading-options");
    let positionals = messages.text("help-heading-arguments");
    let usage = messages.text("help-heading-usage");
    let has_subcommands = command.has_subcommands();
    let mut command = command
        .about(messages.text(name))
        .term_width(width)
        .help_template(format!(
            "{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"
        ))
        .subcommand_help_heading(messages.text("help-heading-commands"))
        .subcommand_value_name(messages.text("help-value-command"))
        .disable_help_subcommand(true)
        .mut_args(|argument| {
            let heading = if argument.is_positional() { &positionals } else { &options };
            let help = argument_help(&argument, name, messages);
            argument.help(help).help_heading(heading.clone())
        })
        .mut_subcommands(|subcommand| {
            let name = format!("{name}-{}", subcommand.get_name());
            localize_command(subcommand, &name, messages, width)
        });
    let examples = format!("{name}-examples");
    if messages.has(&examples) {
        let heading = messages.text("help-heading-examples");
        let examples: String = messages
            .text(&examples)
            .lines()
            .fold(String::new(), |text, line| text + "  " + line.trim() + "\n");
        command = command.after_help(format!("{heading}\n{}", examples.trim_end()));
    }
    if has_subcommands {
        command.subcommand_required(true).arg_required_else_help(true)
    } else {
        command
    }
}

fn argument_help(argument: &Arg, command: &str, messages: &Messages) -> String {
    let name = argument.get_id().as_str().replace('_', "-");
    let own = format!("{command}-{name}");
    messages.text(&if messages.has(&own) { own } else { shared(command, &name, messages) })
}

/// The help of an option that several commands have: those of one group, else all that look.
fn shared(command: &str, option: &str, messages: &Messages) -> String {
    // Of commands that stand alone the group would be all of them.
    let group = command.rsplit_once('-').filter(|(group, _)| *group != "help");
    group
        .map(|(group, _)| format!("{group}-{option}"))
        .filter(|name| messages.has(name))
        .unwrap_or_else(|| format!("help-network-{option}"))
}

fn localize_usage(mut command: Command, messages: &Messages) -> Command {
    let options = messages.text("help-value-options");
    let rendered = command.render_usage().to_string();
    let usage = rendered.split_once(": ").map_or(rendered.as_str(), |(_, usage)| usage);
    let usage = usage.trim().replace("[OPTIONS]", &format!("[{options}]"));
    command.override_usage(usage).mut_subcommands(|subcommand| localize_usage(subcommand, messages))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::super::definitions::Cli;
    use super::*;

    fn missing(command: &Command, name: &str, messages: &Messages, missing: &mut Vec<String>) {
        let arguments = command
            .get_arguments()
            .map(|argument| argument.get_id().as_str().replace('_', "-"))
            .filter(|option| !messages.has(&format!("help-network-{option}")))
            .map(|option| format!("{name}-{option}"));
        let names = std::iter::once(name.to_owned()).chain(arguments);
        missing.extend(names.filter(|name| !messages.has(name)));
        for subcommand in command.get_subcommands() {
            let name = format!("{name}-{}", subcommand.get_name());
            self::missing(subcommand, &name, messages, missing);
        }
    }

    #[test]
    fn every_command_and_option_has_help() {
        for language in Language::ALL {
            let mut names = Vec::new();
            missing(&Cli::command(), "help", words::help(language), &mut names);
            assert_eq!(names, Vec::<String>::new(), "{language}");
        }
    }
}
