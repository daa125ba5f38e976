//! Durations as people write them: on the command line and in the configuration.

/// The seconds of a number with an optional unit: `s`, `m`, `h`, `d`, `w` or `y` (365 days), or the
/// unit's English name; without a unit the number is seconds. None for anything else and above
/// what a `u64` holds.
///
/// ```
/// # use sigillo_formats::duration;
/// assert_eq!(duration::seconds("1d"), Some(86_400));
/// assert_eq!(duration::seconds("1y"), Some(31_536_000));
/// assert_eq!(duration::seconds("604800"), Some(604_800));
/// assert_eq!(duration::seconds("1 day or so"), None);
/// ```
#[must_use]
pub fn seconds(text: &str) -> Option<u64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits)?;
    let unit: u64 = match unit.trim_start().to_ascii_lowercase().as_str() {
        "" | "s" | "sec" | "second" | "seconds" => 1,
        "m" | "min" | "minute" | "minutes" => 60,
        "h" | "hour" | "hours" => 3_600,
        "d" | "day" | "days" => 86_400,
        "w" | "week" | "weeks" => 604_800,
        "y" | "year" | "years" => 31_536_000,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_and_their_bounds() {
        for (text, expected) in
            [("0", 0), ("90m", 5_400), ("12h", 43_200), ("2W", 1_209_600), ("3 days", 259_200)]
        {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
        for text in ["", "d", "-1", "1x", "1.5d", "99999999999999999999", "9999999999999999y"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }
}
