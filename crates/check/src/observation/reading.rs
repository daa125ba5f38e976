//! Reading what was saved, perhaps by another version.

use std::fmt;

use serde::Deserialize as _;
use serde_json::Value;

use super::{Observation, SCHEMA};

/// Why something saved can't be read as an observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObservationError {
    /// Its layout is newer than this version knows: a newer Sigillo reads it.
    Newer {
        /// Its layout.
        schema: u64,
    },
    /// It is no observation.
    Invalid {
        /// What is wrong with it, in the words of the JSON reader.
        reason: String,
    },
}

impl Observation {
    /// Reads a saved observation, of this layout or an older one.
    ///
    /// # Errors
    /// If it is of a newer layout, or no observation at all.
    pub fn from_saved(value: &Value) -> Result<Self, ObservationError> {
        let schema = value.get("schema").and_then(Value::as_u64).unwrap_or_default();
        if schema > SCHEMA.into() {
            return Err(ObservationError::Newer { schema });
        }
        Self::deserialize(value)
            .map_err(|error| ObservationError::Invalid { reason: error.to_string() })
    }
}

impl fmt::Display for ObservationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer { schema } => write!(
                formatter,
                "the observation is of layout {schema}, and this version knows {SCHEMA} at most: \
                 update Sigillo"
            ),
            Self::Invalid { reason } => write!(formatter, "no observation: {reason}"),
        }
    }
}

impl std::error::Error for ObservationError {}
