//! Where the lines go, and what they look like.

use std::io::{self, Write as _};
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_scan::{ResultError, ResultFile, Scanned, Selection};

use super::unwritable;
use crate::arguments::ScanArguments;
use crate::commands::Context;
use crate::failure::Failure;

/// The line of a text that is no domain name.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::commands) struct InvalidLine {
    /// The version of this layout: 1.
    schema: u32,
    /// The text as it was given.
    domain: String,
    /// What is wrong with it.
    error: LineError,
}

/// What is wrong with a text.
#[derive(Debug, Serialize, JsonSchema)]
struct LineError {
    /// A name for it that does not change: `not-a-domain` or `domain-too-long`.
    code: String,
    /// What is wrong, in words.
    message: String,
}

/// The line for what came of a domain.
pub(super) fn line(context: &Context<'_>, scanned: Scanned) -> io::Result<String> {
    let line = match scanned {
        Scanned::Report(report) => serde_json::to_string(&report)?,
        Scanned::Invalid(text) => {
            let error = context.domain_for("_mta-sts", &text).err().map(Failure::into_parts);
            let (code, message) =
                error.unwrap_or_else(|| ("not-a-domain".to_owned(), String::new()));
            let error = LineError { code, message };
            serde_json::to_string(&InvalidLine { schema: 1, domain: text, error })?
        }
    };
    Ok(line + "\n")
}

/// Where the lines go.
pub(super) enum Output {
    Standard,
    File { file: ResultFile, path: String },
}

impl Output {
    /// Opens what the options name; what a file to go on with holds is taken out of the selection.
    pub(super) fn open(
        context: &Context<'_>,
        arguments: &ScanArguments,
        selection: &mut Selection,
    ) -> Result<Self, Failure> {
        let Some(path) = &arguments.out else { return Ok(Self::Standard) };
        let file = if arguments.resume {
            ResultFile::resume(Path::new(path)).map(|(file, done)| {
                selection.done = done;
                file
            })
        } else {
            ResultFile::create(Path::new(path), arguments.force)
        };
        let file = file.map_err(|error| refused(context, path, error))?;
        Ok(Self::File { file, path: path.clone() })
    }

    /// Writes a line, its end included, so that it is there at once.
    pub(super) fn write(&mut self, line: &str) -> io::Result<()> {
        match self {
            Self::Standard => {
                let mut output = io::stdout().lock();
                output.write_all(line.as_bytes())?;
                output.flush()
            }
            Self::File { file, .. } => file.write(line),
        }
    }

    /// What to call it.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Standard => "-",
            Self::File { path, .. } => path,
        }
    }
}

/// Why a file can't take results.
fn refused(context: &Context<'_>, path: &str, error: ResultError) -> Failure {
    match error {
        ResultError::NotAResult(line) => {
            let arguments = [("path", path.into()), ("line", line.to_string().into())];
            context.failure("not-results", &arguments)
        }
        ResultError::InUse => context.failure("results-in-use", &[("path", path.into())]),
        ResultError::Io(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            context.failure("results-exist", &[("path", path.into())])
        }
        ResultError::Io(error) => unwritable(context, path, &error),
        error => unwritable(context, path, &io::Error::other(error)),
    }
}
