//! What is wrong with a certificate, for the policy host and for mail hosts alike.

use sigillo_findings::{Code, Finding};
use sigillo_formats::report::Timestamp;

use crate::observation::{CertificateLook, NameMatch, TlsLook, Trust, Validity};

/// The codes for the faults of a certificate.
pub(crate) struct CertificateCodes {
    pub(crate) untrusted: Code,
    pub(crate) self_signed: Code,
    pub(crate) intermediate_missing: Code,
    pub(crate) wrong_name: Code,
    pub(crate) expired: Code,
    pub(crate) not_yet_valid: Code,
    pub(crate) expires_soon: Code,
}

/// From how many seconds before its end a certificate is said to end soon: 14 days, or the last
/// third of a certificate that is meant to live for days.
const SOON: i64 = 14 * 86_400;

/// How many names of a certificate are quoted.
const QUOTED_NAMES: usize = 5;

/// Whether a sender accepts the certificate.
pub(crate) fn is_good(tls: &TlsLook) -> bool {
    tls.trust == Trust::Trusted && tls.name == NameMatch::Match && tls.validity == Validity::Valid
}

/// The faults of a certificate, each on its own.
pub(crate) fn judge(host: &str, tls: &TlsLook, now: i64, codes: &CertificateCodes) -> Vec<Finding> {
    let own = tls.chain.first();
    let finding = |code| Finding::without_span(code).with("host", host);
    let named = |text: Option<&String>| match text.map_or("", String::as_str) {
        "" => "-".to_owned(),
        text => text.to_owned(),
    };
    let issuer = named(own.map(|certificate| &certificate.issuer));
    let mut findings = Vec::new();
    match tls.trust {
        Trust::Trusted => {}
        Trust::MissingIntermediate => {
            findings.push(finding(codes.intermediate_missing).with("issuer", issuer));
        }
        Trust::SelfSigned => {
            let subject = named(own.map(|certificate| &certificate.subject));
            findings.push(finding(codes.self_signed).with("subject", subject));
        }
        Trust::UnknownIssuer | Trust::Other => {
            findings.push(finding(codes.untrusted).with("issuer", issuer));
        }
    }
    if tls.name == NameMatch::Mismatch {
        findings.push(finding(codes.wrong_name).with("names", names(own)));
    }
    let dated = |code, time| finding(code).with("date", date(time));
    match (tls.validity, own) {
        (Validity::Expired, own) => {
            findings.push(dated(codes.expired, own.map_or(0, |own| own.not_after)));
        }
        (Validity::NotYetValid, own) => {
            findings.push(dated(codes.not_yet_valid, own.map_or(0, |own| own.not_before)));
        }
        // Where a new certificate is needed anyway, the old one's end is no news.
        (Validity::Valid, Some(own)) if is_good(tls) && ends_soon(own, now) => {
            let left = own.not_after.saturating_sub(now).max(0) / 86_400;
            let days = u64::try_from(left).unwrap_or(0);
            findings.push(dated(codes.expires_soon, own.not_after).with("days", days));
        }
        (Validity::Valid, _) => {}
    }
    findings
}

fn ends_soon(own: &CertificateLook, now: i64) -> bool {
    let lifetime = own.not_after.saturating_sub(own.not_before).max(0);
    own.not_after.saturating_sub(now) < SOON.min(lifetime / 3)
}

fn names(own: Option<&CertificateLook>) -> String {
    let names = own.map(|own| own.names.as_slice()).unwrap_or_default();
    let mut quoted = names.iter().take(QUOTED_NAMES).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > QUOTED_NAMES {
        quoted += ", …";
    }
    if quoted.is_empty() { "-".to_owned() } else { quoted }
}

/// The day of a moment in UTC, such as `2026-11-24`; a moment beyond the calendar as its number.
pub(crate) fn date(unix_seconds: i64) -> String {
    let Some(moment) = Timestamp::from_unix_seconds(unix_seconds) else {
        return unix_seconds.to_string();
    };
    let moment = moment.to_string();
    moment.split('T').next().unwrap_or(&moment).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_the_civil_calendar() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_795_564_799, "2026-11-24"),
            (4_102_444_800, "2100-01-01"),
            (-1, "-1"),
        ] {
            assert_eq!(date(seconds), expected);
        }
    }
}
