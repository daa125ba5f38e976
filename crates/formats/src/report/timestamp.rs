use std::borrow::Cow;
use std::fmt;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

/// The longest text that can be a date and time, in bytes; nobody writes longer ones.
const LONGEST_TEXT: usize = 64;

const SECONDS_PER_DAY: i64 = 86_400;

/// Numbers from here on count milliseconds: as seconds they would lie beyond the year 5000.
const FIRST_MILLISECONDS: u64 = 100_000_000_000;

/// A moment, in whole seconds, from 1970 on; its text form is RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(jiff::Timestamp);

impl Timestamp {
    /// The moment so many seconds after 1970-01-01T00:00:00Z; none before it or beyond the year
    /// 9999.
    ///
    /// ```
    /// # use sigillo_formats::report::Timestamp;
    /// let moment = Timestamp::from_unix_seconds(1_704_758_400).unwrap();
    /// assert_eq!(moment.to_string(), "2024-01-09T00:00:00Z");
    /// ```
    #[must_use]
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        if seconds < 0 {
            return None;
        }
        jiff::Timestamp::from_second(seconds).ok().map(Self)
    }

    /// The seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.0.as_second()
    }

    /// Whether a day begins here in UTC.
    #[must_use]
    pub fn is_utc_midnight(self) -> bool {
        self.unix_seconds() % SECONDS_PER_DAY == 0
    }

    /// Reads a date and time in any form that senders were seen to write, and says in which.
    pub(super) fn read(text: &str) -> Option<(Self, Form)> {
        if text.len() > LONGEST_TEXT {
            return None;
        }
        let trimmed = text.trim();
        if trimmed != text {
            return Self::read(trimmed).map(|(moment, _)| (moment, Form::Other));
        }
        if let Ok(number) = text.parse() {
            return Self::read_number(number).map(|moment| (moment, Form::Number));
        }
        let (text, days_more) = without_hour_24(text);
        let (moment, form) = if let Ok(moment) = text.parse::<jiff::Timestamp>() {
            let form = if days_more == 0 && has_rfc3339_form(&text, true) {
                Form::Standard
            } else {
                Form::Other
            };
            (moment, form)
        } else {
            let local: DateTime = text.parse().ok()?;
            let form = if days_more == 0 && has_rfc3339_form(&text, false) {
                Form::WithoutZone
            } else {
                Form::Other
            };
            (TimeZone::UTC.to_timestamp(local).ok()?, form)
        };
        let seconds = moment.as_second().checked_add(days_more * SECONDS_PER_DAY)?;
        Self::from_unix_seconds(seconds).map(|moment| (moment, form))
    }

    /// Reads seconds, or milliseconds, since 1970.
    pub(super) fn read_number(number: u64) -> Option<Self> {
        let seconds = if number >= FIRST_MILLISECONDS { number / 1_000 } else { number };
        i64::try_from(seconds).ok().and_then(Self::from_unix_seconds)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Timestamp {
    fn schema_name() -> Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "format": "date-time",
            "description": "A moment in UTC (RFC 3339), in whole seconds.",
        })
    }
}

/// How a date and time was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As RFC 3339 has it.
    Standard,
    /// As RFC 3339 has it, but for the missing time zone.
    WithoutZone,
    /// As the number of seconds or milliseconds since 1970.
    Number,
    /// In a way that can be read all the same.
    Other,
}

/// `T24:00:00` is the midnight that ends the day; RFC 8460 itself speaks of "0000-2400".
fn without_hour_24(text: &str) -> (Cow<'_, str>, i64) {
    let parts = text.get(..11).zip(text.get(19..));
    match (text.get(11..19), parts) {
        (Some("24:00:00"), Some((date, zone))) => (format!("{date}00:00:00{zone}").into(), 1),
        _ => (text.into(), 0),
    }
}

/// Whether a text looks as RFC 3339 §5.6 asks, with or without its time zone; whether the numbers
/// are dates is not asked.
fn has_rfc3339_form(text: &str, with_zone: bool) -> bool {
    let matches = |text: &[u8], pattern: &[u8]| {
        text.len() == pattern.len()
            && text.iter().zip(pattern).all(|(byte, wanted)| match wanted {
                b'0' => byte.is_ascii_digit(),
                b'T' => byte.eq_ignore_ascii_case(wanted),
                _ => byte == wanted,
            })
    };
    let Some((moment, rest)) = text.as_bytes().split_at_checked(19) else {
        return false;
    };
    let rest = match rest.split_first() {
        Some((b'.', fraction)) => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit());
            match digits.count() {
                0 => return false,
                digits => fraction.get(digits..).unwrap_or_default(),
            }
        }
        _ => rest,
    };
    let zone = match rest {
        [] => false,
        b"Z" | b"z" => true,
        _ if matches(rest, b"+00:00") || matches(rest, b"-00:00") => true,
        _ => return false,
    };
    zone == with_zone && matches(moment, b"0000-00-00T00:00:00")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Form)> {
        Timestamp::read(text).map(|(moment, form)| (moment.to_string(), form))
    }

    fn good(text: &str, moment: &str, form: Form) {
        assert_eq!(read(text), Some((moment.to_owned(), form)), "{text}");
    }

    #[test]
    fn the_standard_form() {
        good("2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z", Form::Standard);
        good("2026-03-01t23:59:59z", "2026-03-01T23:59:59Z", Form::Standard);
        good("2026-03-01T01:00:00+01:00", "2026-03-01T00:00:00Z", Form::Standard);
        good("2026-03-01T00:00:00-00:00", "2026-03-01T00:00:00Z", Form::Standard);
        good("2026-03-01T23:59:59.999Z", "2026-03-01T23:59:59Z", Form::Standard);
        good("2026-03-01T23:59:60Z", "2026-03-01T23:59:59Z", Form::Standard);
    }

    #[test]
    fn other_forms_that_senders_write() {
        good("2026-03-01T00:00:00", "2026-03-01T00:00:00Z", Form::WithoutZone);
        good("2026-03-01T00:00:00.5", "2026-03-01T00:00:00Z", Form::WithoutZone);
        good("2026-03-01 00:00:00", "2026-03-01T00:00:00Z", Form::Other);
        good("2026-03-01 00:00:00Z", "2026-03-01T00:00:00Z", Form::Other);
        good("2026-03-01", "2026-03-01T00:00:00Z", Form::Other);
        good("2026-03-01T24:00:00Z", "2026-03-02T00:00:00Z", Form::Other);
        good("2026-03-01T24:00:00", "2026-03-02T00:00:00Z", Form::Other);
        good(" 2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z", Form::Other);
        good("1772323200", "2026-03-01T00:00:00Z", Form::Number);
        good("1772323200000", "2026-03-01T00:00:00Z", Form::Number);
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "yesterday",
            "2026-02-30T00:00:00Z",
            "2026-03-01T25:00:00Z",
            "0001-01-01T00:00:00Z",
            "-1",
            "18446744073709551615",
            "2026-03-0é",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read(&"2".repeat(1_000_000)), None);
    }

    #[test]
    fn midnight_is_counted_in_utc() {
        let midnight = Timestamp::from_unix_seconds(86_400).unwrap();
        assert!(midnight.is_utc_midnight());
        assert!(!Timestamp::from_unix_seconds(86_399).unwrap().is_utc_midnight());
        assert_eq!(Timestamp::from_unix_seconds(-1), None);
        assert_eq!(Timestamp::from_unix_seconds(i64::MAX), None);
    }
}
