//! Times in JSON.

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A time in JSON: RFC 3339, in UTC, to the millisecond, as it is remembered and stored.
///
/// ```
/// # use sigillo_sender::Time;
/// let time: Time = serde_json::from_str("\"2026-01-02T04:04:05.123987654+01:00\"")?;
/// assert_eq!(time.to_string(), "2026-01-02T03:04:05.123Z");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(Timestamp);

impl Time {
    /// A time without what is less than a millisecond.
    #[must_use]
    pub fn new(time: Timestamp) -> Self {
        Self::from_milliseconds(time.as_millisecond())
    }

    /// The same for calculations.
    #[must_use]
    pub const fn timestamp(self) -> Timestamp {
        self.0
    }

    /// A time in Unix milliseconds.
    pub(crate) fn from_milliseconds(milliseconds: i64) -> Self {
        let time = Timestamp::from_millisecond(milliseconds);
        Self(time.unwrap_or(if milliseconds < 0 { Timestamp::MIN } else { Timestamp::MAX }))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map(Self::new).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Time {
    fn schema_name() -> Cow<'static, str> {
        "Time".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_milliseconds_at_most() {
        for (time, shown) in [
            ("2026-11-24T10:00:47.770264039Z", "2026-11-24T10:00:47.77Z"),
            ("2026-11-24T10:00:47.000999999Z", "2026-11-24T10:00:47Z"),
            ("2026-11-24T10:00:47Z", "2026-11-24T10:00:47Z"),
        ] {
            let time = Time::new(time.parse().unwrap());
            assert_eq!(time.to_string(), shown);
            assert_eq!(serde_json::to_string(&time).unwrap(), format!("\"{shown}\""));
        }
    }
}
