//! Puts load on a daemon that answers Postfix's socketmap protocol, and plays what is around it:
//!
//! - `load` is many Postfix clients at once: it checks every reply and tells how long answers took and
//!   how much processor time the daemon spent;
//! - `first` waits for the first answer of a daemon that was just started;
//! - `echo` is a server that parses nothing, the floor to compare with;
//! - `dns` is the name server of all domains, and counts what it is asked;
//! - `policy-host` serves the policy of a domain that no cache has been filled with, and counts too;
//! - `seed` writes the policies that caches are filled with.
//!
//! `benches/sender/run` puts them together.

mod address;
mod connection;
mod dns;
mod echo;
mod failure;
mod first;
mod keys;
mod latency;
mod load;
mod names;
mod policy_host;
mod processor;
mod seed;
mod socketmap;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::failure::Failure;

/// Measures daemons that answer Postfix's socketmap protocol
#[derive(Debug, Parser)]
enum Command {
    /// Many Postfix clients at once
    Load(load::Arguments),
    /// The time until the first answer
    First(first::Arguments),
    /// A server that parses nothing
    Echo(echo::Arguments),
    /// The name server of all domains
    Dns(dns::Arguments),
    /// The policy host of a domain that no cache has been filled with
    PolicyHost(policy_host::Arguments),
    /// Policies to fill caches with
    Seed(seed::Arguments),
}

fn main() -> ExitCode {
    match run(Command::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Where even this can't be said, the code says it.
            let _ = writeln!(io::stderr(), "sigillo-load: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Failure> {
    let say = |line: String| writeln!(io::stdout(), "{line}").map_err(Failure::Output);
    match command {
        Command::Load(arguments) => load::run(&arguments).and_then(say),
        Command::First(arguments) => first::run(&arguments).and_then(say),
        Command::Echo(arguments) => echo::run(&arguments),
        Command::Dns(arguments) => dns::run(&arguments),
        Command::PolicyHost(arguments) => policy_host::run(&arguments),
        Command::Seed(arguments) => seed::run(&arguments),
    }
}
