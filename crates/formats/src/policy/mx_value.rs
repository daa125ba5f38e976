//! What is wrong with the value of an `mx` field, and what was meant.

use std::net::{IpAddr, SocketAddr};

use sigillo_findings::{Code, Finding, Span};

use crate::text::{self, character_at};
use crate::{DomainNameError, MxPattern, MxPatternError};

/// Names the fault of a value that is no MX pattern, most telling first.
#[cold]
pub(super) fn explain(value: &[u8], span: Span, error: MxPatternError) -> Finding {
    if let Some(hidden) = text::hidden_fault(value, Span::new(0, value.len()), &text::POLICY) {
        return hidden.map_spans(|part| part.shifted(span.start()));
    }
    let finding = |code| Finding::new(code, span).with_bytes("value", value);
    let text = str::from_utf8(value).unwrap_or_default();
    if error == MxPatternError::Name(DomainNameError::IpAddress) || holds_address(text) {
        return finding(Code::PolicyMxIpAddress);
    }
    if let Some((code, meant)) = meant(text) {
        return finding(code).fixed_by(span, meant);
    }
    match error {
        MxPatternError::WildcardMisplaced => finding(Code::PolicyMxWildcardMisplaced),
        MxPatternError::Name(error) => match error {
            // `*.` alone, since an empty value is a fault of its own.
            DomainNameError::Empty => finding(Code::PolicyMxWildcardMisplaced),
            DomainNameError::LabelEmpty => finding(Code::PolicyMxLabelEmpty),
            DomainNameError::LabelTooLong => finding(Code::PolicyMxLabelTooLong),
            DomainNameError::NameTooLong => finding(Code::PolicyMxNameTooLong),
            DomainNameError::Hyphen => finding(Code::PolicyMxHyphen),
            DomainNameError::Underscore { .. } => finding(Code::PolicyMxUnderscore),
            _ => invalid_character(value, span),
        },
    }
}

/// What a well-known slip means, and its code.
fn meant(text: &str) -> Option<(Code, String)> {
    // No pattern of 253 bytes grows longer than this by a slip; a list of hosts may.
    if text.len() > 4096 {
        return None;
    }
    let is_pattern = |text: &str| MxPattern::from_ascii(text.as_bytes()).is_ok();
    if let Some(name) = text.strip_suffix('.')
        && is_pattern(name)
    {
        return Some((Code::PolicyMxTrailingDot, name.to_owned()));
    }
    if text.starts_with('.') && is_pattern(&format!("*{text}")) {
        return Some((Code::PolicyMxLeadingDot, format!("*{text}")));
    }
    if let Some((name, port)) = text.rsplit_once(':')
        && !port.is_empty()
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && is_pattern(name)
    {
        return Some((Code::PolicyMxWithPort, name.to_owned()));
    }
    if !text.is_ascii()
        && let Ok(pattern) = MxPattern::parse(text)
    {
        return Some((Code::PolicyMxULabel, pattern.to_string()));
    }
    if let Some(name) = without_priority(text) {
        return Some((Code::PolicyMxWithPriority, name));
    }
    several_hosts(text)
}

/// The host of `10 mail.example.com`, `10 mail.example.com.` or `Priority 10: mail.example.com`.
fn without_priority(text: &str) -> Option<String> {
    let (before, host) = text.rsplit_once([' ', '\t', ':'])?;
    let pattern = MxPattern::parse(host).ok()?;
    let mut words = before.split([' ', '\t', ':', '=']).filter(|word| !word.is_empty());
    let priority = words.all(|word| {
        word.bytes().all(|byte| byte.is_ascii_digit())
            || ["priority", "prio", "preference", "pref", "mx"]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(word))
    });
    (priority && before.bytes().any(|byte| byte.is_ascii_digit())).then(|| pattern.to_string())
}

/// Several hosts on one line, as a line each; numbers between them are priorities.
fn several_hosts(text: &str) -> Option<(Code, String)> {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = parts(text).collect();
    let hosts: Vec<MxPattern> = parts
        .iter()
        .filter(|part| !is_number(part))
        .map(|part| MxPattern::parse(part).ok())
        .collect::<Option<_>>()?;
    let (first, others) = hosts.split_first()?;
    if others.is_empty() && hosts.len() < parts.len() {
        return Some((Code::PolicyMxWithPriority, first.to_string()));
    }
    let mut lines = first.to_string();
    for other in others {
        lines += "\nmx: ";
        lines += &other.to_string();
    }
    Some((Code::PolicyMxSeveralHosts, lines))
}

/// What stands between commas, semicolons and blanks.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', ' ', '\t']).filter(|part| !part.is_empty())
}

/// Whether an IP address is among the hosts of a value, also with a final dot or a port.
fn holds_address(text: &str) -> bool {
    parts(text).take(MOST_HOSTS).any(|part| {
        let part = part.strip_suffix('.').unwrap_or(part);
        part.parse::<IpAddr>().is_ok() || part.parse::<SocketAddr>().is_ok()
    })
}

/// How many hosts of one line are looked at for addresses.
const MOST_HOSTS: usize = 32;

/// The first character that no name has.
fn invalid_character(value: &[u8], span: Span) -> Finding {
    let offset = value
        .iter()
        .position(|byte| !(byte.is_ascii_alphanumeric() || b"-.*".contains(byte)))
        .unwrap_or(0);
    let (character, length) = character_at(value, offset);
    let start = span.start() + offset;
    Finding::new(Code::PolicyMxInvalidCharacter, Span::new(start, start + length))
        .with_bytes("value", value)
        .with("character", character)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name of the code and the fix of a value.
    fn fault(value: &str) -> (&'static str, Option<String>) {
        let error = MxPattern::from_ascii(value.as_bytes()).unwrap_err();
        let finding = explain(value.as_bytes(), Span::new(4, 4 + value.len()), error);
        (finding.code().name(), finding.fix().map(|fix| fix.replacement.clone()))
    }

    #[test]
    fn slips_with_a_plain_meaning_have_a_fix() {
        for (value, code, fix) in [
            ("mail.example.com.", "policy-mx-trailing-dot", "mail.example.com"),
            ("*.example.com.", "policy-mx-trailing-dot", "*.example.com"),
            (".example.com", "policy-mx-leading-dot", "*.example.com"),
            ("mail.example.com:25", "policy-mx-with-port", "mail.example.com"),
            ("bücher.example", "policy-mx-u-label", "xn--bcher-kva.example"),
            ("*.bücher.example", "policy-mx-u-label", "*.xn--bcher-kva.example"),
            ("10 mail.example.com", "policy-mx-with-priority", "mail.example.com"),
            ("10 mail.example.com.", "policy-mx-with-priority", "mail.example.com"),
            (
                "Priority 5: ALT1.ASPMX.L.GOOGLE.COM",
                "policy-mx-with-priority",
                "alt1.aspmx.l.google.com",
            ),
            ("10 bücher.example.", "policy-mx-with-priority", "xn--bcher-kva.example"),
            ("a.example, b.example", "policy-mx-several-hosts", "a.example\nmx: b.example"),
            ("a.example b.example.", "policy-mx-several-hosts", "a.example\nmx: b.example"),
            ("a.example;", "policy-mx-several-hosts", "a.example"),
            ("10 a.example, 20 b.example", "policy-mx-several-hosts", "a.example\nmx: b.example"),
            ("a.example 10", "policy-mx-with-priority", "a.example"),
        ] {
            assert_eq!(fault(value), (code, Some(fix.to_owned())), "{value}");
        }
    }

    #[test]
    fn other_faults_are_named() {
        for (value, code) in [
            ("192.0.2.1", "policy-mx-ip-address"),
            ("[192.0.2.1]", "policy-mx-ip-address"),
            ("192.0.2.1.", "policy-mx-ip-address"),
            ("192.0.2.1:25", "policy-mx-ip-address"),
            ("10 192.0.2.1", "policy-mx-ip-address"),
            ("2001:db8::25", "policy-mx-ip-address"),
            ("*", "policy-mx-wildcard-misplaced"),
            ("*.", "policy-mx-wildcard-misplaced"),
            ("mail.*.example", "policy-mx-wildcard-misplaced"),
            ("mx*.example", "policy-mx-wildcard-misplaced"),
            ("*.*.example", "policy-mx-wildcard-misplaced"),
            ("a..example", "policy-mx-label-empty"),
            ("-a.example", "policy-mx-hyphen"),
            ("PRIMARY_HOSTNAME", "policy-mx-underscore"),
            ("<mail.example>", "policy-mx-invalid-character"),
            ("https://mail.example", "policy-mx-invalid-character"),
            ("me@mail.example", "policy-mx-invalid-character"),
            ("a\tb\u{1}", "policy-control-character"),
        ] {
            assert_eq!(fault(value).0, code, "{value}");
        }
        assert_eq!(fault(&format!("{}.example", "a".repeat(64))).0, "policy-mx-label-too-long");
        assert_eq!(fault(&"abcdefg.".repeat(40).replace(".a", ".b")).0, "policy-mx-label-empty");
        assert_eq!(fault(&format!("{}x", "abcdefg.".repeat(40))).0, "policy-mx-name-too-long");
    }
}
