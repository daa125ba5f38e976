//! `[log]`: what is said while the program runs, and how.

use tracing::level_filters::LevelFilter;

use super::keys;
use super::reader::{Reader, Told};
use super::values;

/// What is said while the program runs, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LogConfiguration {
    /// The least important that is said.
    pub(crate) level: LevelFilter,
    /// How it is written.
    pub(crate) format: LogFormat,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// Lines for people, on standard error.
    Text,
    /// An object a line, on standard error.
    Json,
    /// To systemd's journal, with fields.
    Journald,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Result<LogConfiguration, Told> {
    let level = reader.value(&keys::LOG_LEVEL, &values::LEVEL);
    let format = reader.value(&keys::LOG_FORMAT, &values::LOG_FORMAT);
    Ok(LogConfiguration { level: level?, format: format? })
}
