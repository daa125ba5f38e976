//! Writing results and messages.

use std::io::{self, Write};
use std::process::ExitCode;

use serde::Serialize;

use crate::ascii::ascii;
use crate::environment::Environment;
use crate::page::Page;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// All is well.
    Fine,
    /// The answer is complete, and it is that the input has errors.
    Faulty,
    /// Wrong usage, unreadable input, or no answer.
    Failed,
}

impl Status {
    /// The exit status.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Faulty => 1,
            Self::Failed => 2,
        }
    }
}

/// Shows a page on standard output.
pub(crate) fn show(page: Page, environment: &Environment, status: Status) -> ExitCode {
    let text = page.into_text();
    let text = if environment.utf8 { text.into() } else { ascii(&text) };
    print_styled(&text, status)
}

/// Prints an object for programs on standard output: UTF-8 whatever the locale, as JSON is.
pub(crate) fn print_json<T: Serialize>(value: &T, status: Status) -> ExitCode {
    let mut text = match serde_json::to_string_pretty(value) {
        Ok(text) => text,
        Err(error) => return finish(Err(error.into()), status),
    };
    text.push('\n');
    print_text(&text, status)
}

/// The same on one line, for one of several objects.
pub(crate) fn print_json_line<T: Serialize>(value: &T, status: Status) -> ExitCode {
    match serde_json::to_string(value) {
        Ok(text) => print_text(&(text + "\n"), status),
        Err(error) => finish(Err(error.into()), status),
    }
}

/// Prints one object as [`print_json`] does, several as [`print_json_line`].
pub(crate) fn print_all_json<T: Serialize>(values: &[T], status: Status) -> ExitCode {
    if let [only] = values {
        return print_json(only, status);
    }
    for value in values {
        print_json_line(value, status);
    }
    status.code().into()
}

/// Prints a text as it is on standard output.
pub(crate) fn print_text(text: &str, status: Status) -> ExitCode {
    finish(io::stdout().lock().write_all(text.as_bytes()), status)
}

/// Prints a text with styles, which are left out where they are not wanted.
pub(crate) fn print_styled(text: &str, status: Status) -> ExitCode {
    finish(anstream::stdout().lock().write_all(text.as_bytes()), status)
}

/// The same on standard error.
pub(crate) fn say_styled(text: &str) {
    // There is nowhere left to complain to.
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Says something beside the result on standard error.
pub(crate) fn say(page: Page, environment: &Environment) {
    let text = page.into_text();
    let text = if environment.utf8 { text.into() } else { ascii(&text) };
    say_styled(&text);
}

fn finish(written: io::Result<()>, status: Status) -> ExitCode {
    match written.and_then(|()| io::stdout().lock().flush()) {
        Ok(()) => status.code().into(),
        // Whoever reads has seen enough: `sigillo … | head` is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => status.code().into(),
        Err(error) => {
            let _ = writeln!(io::stderr(), "sigillo: {error}");
            Status::Failed.code().into()
        }
    }
}
