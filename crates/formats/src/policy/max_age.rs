use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

/// How long a policy lives after its last successful fetch: 0 to 31,557,600 seconds
/// (RFC 8461 §3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct MaxAge(u32);

impl MaxAge {
    /// The longest, about a year.
    pub const MAXIMUM: Self = Self(31_557_600);
    /// One day.
    pub const DAY: Self = Self(86_400);
    /// One week.
    pub const WEEK: Self = Self(604_800);

    /// A lifetime in seconds.
    ///
    /// # Errors
    /// [`MaxAgeError`] above [`MAXIMUM`](Self::MAXIMUM).
    pub fn from_seconds(seconds: u64) -> Result<Self, MaxAgeError> {
        match u32::try_from(seconds) {
            Ok(seconds) if seconds <= Self::MAXIMUM.0 => Ok(Self(seconds)),
            _ => Err(MaxAgeError),
        }
    }

    /// The lifetime in seconds.
    #[must_use]
    pub const fn seconds(self) -> u32 {
        self.0
    }
}

impl fmt::Display for MaxAge {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A lifetime above 31,557,600 seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaxAgeError;

impl fmt::Display for MaxAgeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "max_age is at most {} seconds", MaxAge::MAXIMUM)
    }
}

impl std::error::Error for MaxAgeError {}
