//! CAA records that would not let the authority of the present certificate issue the next one
//! (RFC 8659 §4).

use sigillo_findings::{Code, Finding};

use super::Raised;
use crate::facts::Facts;
use crate::observation::CertificateLook;

pub(super) fn judge(facts: &Facts<'_>, raised: &mut Raised) {
    let host = &facts.seen.policy_host;
    let Some(caa) = &host.caa else { return };
    let shown = facts.fetch.or_else(|| host.fetches.iter().find(|fetch| fetch.tls.is_some()));
    let Some(own) = shown.and_then(|fetch| fetch.tls.as_ref()?.chain.first()) else { return };
    let Some(names) = authority(&own.issuer) else { return };
    let allowed = allowed(&caa.records, is_by_wildcard(own, &host.name));
    if !allowed.is_empty() && !allowed.iter().any(|allowed| names.contains(&allowed.as_str())) {
        raised.push(
            Finding::without_span(Code::PolicyHostCaa)
                .with("host", host.name.as_str())
                .with("issuer", own.issuer.as_str()),
        );
    }
}

/// Whether the certificate names the host only by a wildcard.
fn is_by_wildcard(certificate: &CertificateLook, host: &str) -> bool {
    let is_wildcard = |name: &String| name.starts_with("*.");
    !certificate.names.iter().any(|name| name.eq_ignore_ascii_case(host))
        && certificate.names.iter().any(is_wildcard)
}

/// The authorities that records of the form `TAG VALUE` allow; empty where they restrict nothing,
/// and an empty name where they allow none.
fn allowed(records: &[String], for_wildcard: bool) -> Vec<String> {
    let of_tag = |wanted: &str| -> Vec<String> {
        records
            .iter()
            .map(|record| record.trim().split_once(' ').unwrap_or_else(|| (record.trim(), "")))
            .filter(|(tag, _)| tag.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.trim().trim_matches('"'))
            .map(|value| value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
            .collect()
    };
    // For wildcard certificates `issuewild` replaces `issue` where it is there (RFC 8659 §4.3).
    let wild = if for_wildcard { of_tag("issuewild") } else { Vec::new() };
    if wild.is_empty() { of_tag("issue") } else { wild }
}

/// The names by which CAA records allow the authority behind an issuer's name; none where it is
/// not known.
fn authority(issuer: &str) -> Option<&'static [&'static str]> {
    let issuer = issuer.to_ascii_lowercase();
    AUTHORITIES.iter().find(|(mark, _)| issuer.contains(mark)).map(|(_, names)| *names)
}

/// Marks of widely used authorities in an issuer's name, and the names that they accept in CAA
/// records.
const AUTHORITIES: [(&str, &[&str]); 11] = [
    ("let's encrypt", &["letsencrypt.org"]),
    ("google trust services", &["pki.goog", "google.com"]),
    (
        "digicert",
        &[
            "digicert.com",
            "www.digicert.com",
            "thawte.com",
            "geotrust.com",
            "rapidssl.com",
            "symantec.com",
            "digicert.ne.jp",
        ],
    ),
    (
        "sectigo",
        &["sectigo.com", "comodo.com", "comodoca.com", "usertrust.com", "trust-provider.com"],
    ),
    (
        "zerossl",
        &[
            "zerossl.com",
            "sectigo.com",
            "comodo.com",
            "comodoca.com",
            "usertrust.com",
            "trust-provider.com",
        ],
    ),
    ("amazon", &["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"]),
    ("globalsign", &["globalsign.com"]),
    ("godaddy", &["godaddy.com", "starfieldtech.com"]),
    ("buypass", &["buypass.com", "buypass.no"]),
    ("ssl.com", &["ssl.com"]),
    ("actalis", &["actalis.it"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_the_tag_that_counts() {
        let records = ["issue letsencrypt.org; validationmethods=dns-01", "issuewild ;", "iodef x"]
            .map(str::to_owned);
        assert_eq!(allowed(&records, false), ["letsencrypt.org"]);
        assert_eq!(allowed(&records, true), [""]);
        assert_eq!(allowed(&records[..1], true), ["letsencrypt.org"]);
        assert!(allowed(&records[2..], false).is_empty());
    }

    #[test]
    fn authorities_are_known_by_their_issuers() {
        assert_eq!(authority("C=US, O=Let's Encrypt, CN=R11"), Some(&["letsencrypt.org"][..]));
        assert_eq!(authority("CN=Some Company CA"), None);
    }
}
