//! Saved observations: one JSON object after the other.

use std::fs;

use sigillo_check::Observation;
use sigillo_check::observation::ObservationError;

use crate::commands::Context;
use crate::failure::Failure;
use crate::input::{self, io_reason};

/// How large a file of observations may be, in bytes: some thousands of domains.
const FILE_BYTES: usize = 64 * 1024 * 1024;

/// Reads what [`write()`] wrote, or the answers of `check --json`, which hold the same.
pub(super) fn read(context: &Context<'_>, path: &str) -> Result<Vec<Observation>, Failure> {
    let file = input::read_file(path, FILE_BYTES, context.language)?;
    let invalid = |reason: String| {
        context.failure("not-an-observation", &[("path", path.into()), ("reason", reason.into())])
    };
    if file.text.len() > FILE_BYTES {
        let limit = (FILE_BYTES / 1024 / 1024).to_string();
        return Err(context.failure("too-large", &[("path", path.into()), ("limit", limit.into())]));
    }
    let mut observations = Vec::new();
    for value in serde_json::Deserializer::from_slice(&file.text).into_iter::<serde_json::Value>() {
        let mut value = value.map_err(|error| invalid(error.to_string()))?;
        if let Some(observation) = value.get_mut("observation") {
            value = observation.take();
        }
        observations.push(Observation::from_saved(&value).map_err(|error| match error {
            ObservationError::Newer { .. } => {
                context.failure("observation-newer", &[("path", path.into())])
            }
            ObservationError::Invalid { reason } => invalid(reason),
        })?);
    }
    if observations.is_empty() {
        return Err(context.failure("no-observation", &[("path", path.into())]));
    }
    Ok(observations)
}

/// Writes observations, one a line.
pub(super) fn write(
    context: &Context<'_>,
    path: &str,
    observations: &[Observation],
) -> Result<(), Failure> {
    let write = || -> std::io::Result<()> {
        let mut text = Vec::new();
        for observation in observations {
            serde_json::to_writer(&mut text, observation)?;
            text.push(b'\n');
        }
        fs::write(path, text)
    };
    write().map_err(|error| {
        let reason = io_reason(&error, context.language);
        context.failure("unwritable", &[("path", path.into()), ("reason", reason.into())])
    })
}
