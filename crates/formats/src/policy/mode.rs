use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What senders do with a host that fails validation (RFC 8461 §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Never deliver to it.
    Enforce,
    /// Deliver all the same, and report the failure.
    Testing,
    /// As if there were no policy.
    None,
}

impl Mode {
    /// All modes, from the strictest.
    pub const ALL: [Self; 3] = [Self::Enforce, Self::Testing, Self::None];

    /// The name in the policy file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Testing => "testing",
            Self::None => "none",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Mode {
    type Err = UnknownMode;

    /// Reads the exact name: case counts (RFC 8461 §3.2).
    fn from_str(name: &str) -> Result<Self, UnknownMode> {
        Self::ALL.into_iter().find(|mode| mode.name() == name).ok_or(UnknownMode)
    }
}

/// The text is none of `enforce`, `testing` and `none`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownMode;

impl fmt::Display for UnknownMode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the mode is enforce, testing or none")
    }
}

impl std::error::Error for UnknownMode {}
