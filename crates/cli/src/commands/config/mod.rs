//! `sigillo config`: what the configuration of `sigillo serve` is, and what is wrong with it.

mod check;
mod faults;
mod overrides;
mod passwords;
mod show;

pub(super) use check::CheckedConfiguration;
pub(super) use show::ShownConfiguration;

use super::{Answer, Context};
use crate::arguments::{ConfigArguments, ConfigCommand};
use crate::configuration::Sources;
use crate::failure::Failure;
use crate::input;

pub(super) fn run(context: &Context<'_>, command: &ConfigCommand) -> Answer {
    match command {
        ConfigCommand::Check(arguments) => Ok(check::run(context, &gather(context, arguments)?)),
        ConfigCommand::Show(arguments) => show::run(context, &gather(context, arguments)?),
    }
}

fn gather(context: &Context<'_>, arguments: &ConfigArguments) -> Result<Sources, Failure> {
    let path = arguments.file.as_deref().or(arguments.config.as_deref());
    Sources::gather(path).map_err(|unreadable| match arguments.file {
        Some(_) => input::unreadable(&unreadable.path, &unreadable.error, context.language),
        None => context.configuration_unreadable(&unreadable),
    })
}
