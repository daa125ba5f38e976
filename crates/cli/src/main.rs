//! `sigillo`: MTA-STS end to end, on the command line.
//!
//! This crate alone reads arguments, the environment and files; what it does with them is in the
//! crates below it. A command turns its options into a question for them and the answer into a
//! page for a person or an object for a program.

mod arguments;
mod ascii;
mod commands;
mod configuration;
mod contact_url;
mod diagnostic;
mod environment;
mod failure;
mod input;
mod logging;
mod output;
mod page;
mod usage;
mod words;

use std::process::ExitCode;

use environment::Environment;

/// A service runs for months, and what it remembers comes and goes among what it needs for a
/// moment: the system's allocator was left with twice the memory that was in use.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let environment = Environment::read();
    let arguments = usage::help_command(std::env::args_os().collect());
    let intent = arguments::Intent::of(&arguments, environment.language);
    match arguments::parse(arguments, intent, &environment) {
        Ok(parsed) => {
            let context = commands::Context::new(&environment, intent, parsed.fail_on);
            commands::run(&context, parsed.command)
        }
        Err(stopped) => stopped.show(&environment),
    }
}
