//! Putting the help texts of a language into the definitions.

use clap::{Arg, Command};
use sigillo_language::{Language, Messages};

use crate::words;

/// The commands whose exit status depends on how severe the findings are.
const WITH_FINDINGS: [&str; 5] = ["check", "generate", "validate", "dmarc", "tls-rpt"];

/// The definitions with all help in a language, `width` columns wide.
pub(super) fn localize(command: Command, language: Language, width: usize) -> Command {
    let messages = words::help(language);
    let mut command = localize_command(command, "help", messages, width);
    // Usage lines exist only once the whole is built.
    command.build();
    let command = command.mut_subcommands(|subcommand| {
        let has_findings = WITH_FINDINGS.contains(&subcommand.get_name());
        if has_findings { subcommand } else { hide_fail_on(subcommand) }
    });
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
    // The last is what manual pages have in a section of their own.
    let after: Vec<String> = ["examples", "exit"]
        .into_iter()
        .filter_map(|part| section_behind(&format!("{name}-{part}"), part, messages))
        .collect();
    if !after.is_empty() {
        command = command.after_help(after.join("\n\n"));
    }
    if has_subcommands {
        command.subcommand_required(true).arg_required_else_help(true)
    } else {
        command
    }
}

/// A section behind the options, if there is such a message: its heading, and its lines.
fn section_behind(name: &str, part: &str, messages: &Messages) -> Option<String> {
    let heading = messages.text(&format!("help-heading-{part}"));
    let indented = |text: String, line: &str| text + "\n  " + line.trim();
    messages.has(name).then(|| messages.text(name).lines().fold(heading, indented))
}

/// Hides the option about findings where there are none; it is taken there all the same.
fn hide_fail_on(command: Command) -> Command {
    command
        .mut_args(|argument| {
            let is_hidden = argument.is_hide_set() || argument.get_id() == "fail_on";
            argument.hide(is_hidden)
        })
        .mut_subcommands(hide_fail_on)
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
