//! The values of `mode` and `max_age`: reading them, and what was meant by wrong ones.

use sigillo_findings::{Code, Finding, Span};

use super::{MaxAge, Mode};
use crate::duration;
use crate::misspelling::nearest;

/// One to ten digits (RFC 8461 §3.2).
pub(super) fn seconds(value: &[u8]) -> Option<u64> {
    if !(1..=10).contains(&value.len()) {
        return None;
    }
    value.iter().try_fold(0, |seconds, byte| {
        byte.is_ascii_digit().then(|| seconds * 10 + u64::from(byte - b'0'))
    })
}

/// What is wrong with a value of `max_age` that is no number of seconds.
pub(super) fn explain_max_age(value: &[u8], span: Span) -> Finding {
    let finding = Finding::new(Code::PolicyMaxAgeInvalid, span).with_bytes("value", value);
    match meant_seconds(value) {
        Some(seconds) => finding.fixed_by(span, seconds.to_string()),
        None => finding,
    }
}

/// The seconds that a text such as `1w`, `7 days`, `"604800"` or `604,800` means.
fn meant_seconds(value: &[u8]) -> Option<u64> {
    let text = str::from_utf8(value).ok().filter(|text| text.len() <= 40)?;
    let text = text.trim_matches(|c: char| "\"';,.()[]{}".contains(c)).trim();
    let joined: String = text.chars().filter(|c| !",._' ".contains(*c)).collect();
    let seconds = duration::seconds(&joined)?;
    Some(seconds).filter(|seconds| MaxAge::from_seconds(*seconds).is_ok())
}

/// What is wrong with a value of `mode` that is none.
pub(super) fn explain_mode(value: &[u8], span: Span) -> Finding {
    let finding = Finding::new(Code::PolicyModeInvalid, span).with_bytes("value", value);
    match meant_mode(value) {
        Some(mode) => finding.fixed_by(span, mode),
        None => finding,
    }
}

fn meant_mode(value: &[u8]) -> Option<&'static str> {
    let text = str::from_utf8(value).ok().filter(|text| text.len() <= 40)?;
    let word = text.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_ascii_lowercase();
    // `report` was the name of the testing mode in drafts of the standard.
    match word.as_str() {
        "report" | "report-only" | "test" | "monitor" => Some(Mode::Testing.name()),
        "enforced" | "enforcing" | "enforcement" => Some(Mode::Enforce.name()),
        "off" | "disabled" => Some(Mode::None.name()),
        word => Mode::ALL
            .into_iter()
            .map(Mode::name)
            .find(|name| *name == word)
            .or_else(|| nearest(word, &Mode::ALL.map(Mode::name))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_have_one_to_ten_digits() {
        assert_eq!(seconds(b"0"), Some(0));
        assert_eq!(seconds(b"0086400"), Some(86_400));
        assert_eq!(seconds(b"9999999999"), Some(9_999_999_999));
        for bad in ["", "12345678901", "-1", "+1", "1.0", "1e3", "0x10", "86400 "] {
            assert_eq!(seconds(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn what_was_meant_by_a_wrong_max_age() {
        for (text, meant) in [
            ("1w", 604_800),
            ("7 days", 604_800),
            ("604,800", 604_800),
            ("604.800", 604_800),
            ("\"604800\"", 604_800),
            ("604800s", 604_800),
            ("604800;", 604_800),
        ] {
            assert_eq!(meant_seconds(text.as_bytes()), Some(meant), "{text}");
        }
        for text in ["", "soon", "99999999999", "-1", "5y", "\u{fffd}"] {
            assert_eq!(meant_seconds(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn what_was_meant_by_a_wrong_mode() {
        for (text, meant) in [
            ("Enforce", "enforce"),
            ("enforced", "enforce"),
            ("TESTING", "testing"),
            ("[testing]", "testing"),
            ("report", "testing"),
            ("tesing", "testing"),
            ("None", "none"),
        ] {
            assert_eq!(meant_mode(text.as_bytes()), Some(meant), "{text}");
        }
        for text in ["", "MODE", "[enforce|testing|none]", "\u{fffd}"] {
            assert_eq!(meant_mode(text.as_bytes()), None, "{text}");
        }
    }
}
