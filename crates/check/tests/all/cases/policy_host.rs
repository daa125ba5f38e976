//! Cases of the policy host and the policy.

use super::{Case, case, handshake};
use crate::domain::*;
use sigillo_check::observation::*;

pub(super) const HOST: &[Case] = &[
    case("policy-host-missing", "EEE", |seen| {
        set_record(seen, &["v=STSv1; id=1"]);
        seen.policy_host = without_policy().policy_host;
    }),
    case("policy-host-alias-dangling", "EEE", |seen| {
        set_record(seen, &["v=STSv1; id=1"]);
        seen.policy_host = without_policy().policy_host;
        seen.policy_host.ipv4 = dangling("mta-sts.example.com", "A", "gone.provider.example");
    }),
    case("policy-host-internal-address", "EE-", |seen| {
        each_fetch(seen, |fetch| unconnected(fetch, guarded()));
    }),
    case("policy-host-by-wildcard", "WW-", |seen| {
        let mut answer = seen.policy_host.ipv4.clone();
        "sigillo-1.example.com".clone_into(&mut answer.name);
        seen.wildcard_address = Some(answer);
    }),
    case("policy-host-unreachable", "EE-", |seen| {
        each_fetch(seen, |fetch| unconnected(fetch, ConnectFailure::Refused));
    }),
    // Senders try the next address.
    case("policy-host-unreachable", "WW-", |seen| {
        add_address(seen);
        if let Some(last) = seen.policy_host.fetches.last_mut() {
            unconnected(last, ConnectFailure::Timeout);
        }
    }),
    case("policy-host-address-differs", "WW-", |seen| {
        if let Some(last) = seen.policy_host.fetches.last_mut() {
            last.http = Some(http(b"version: STSv1\nmode: none\nmax_age: 86400\n"));
        }
    }),
    case("policy-host-ipv6-fails", "WW-", |seen| {
        if let Some(last) = seen.policy_host.fetches.last_mut() {
            unconnected(last, ConnectFailure::Timeout);
        }
    }),
    case("policy-host-caa", "WW-", |seen| {
        let records = vec!["issue digicert.com".to_owned(), "iodef mailto:a@b.example".to_owned()];
        if !seen.policy_host.fetches.is_empty() {
            seen.policy_host.caa = Some(found("example.com", "CAA", records));
        }
    }),
];

pub(super) const CERTIFICATE: &[Case] = &[
    case("certificate-untrusted", "EE-", |seen| {
        each_certificate(seen, |tls| tls.trust = Trust::UnknownIssuer);
    }),
    case("certificate-self-signed", "EE-", |seen| {
        each_certificate(seen, |tls| tls.trust = Trust::SelfSigned);
    }),
    case("certificate-intermediate-missing", "EE-", |seen| {
        each_certificate(seen, |tls| tls.trust = Trust::MissingIntermediate);
    }),
    case("certificate-wrong-name", "EE-", |seen| {
        each_certificate(seen, |tls| tls.name = NameMatch::Mismatch);
    }),
    case("certificate-expired", "EE-", |seen| {
        each_certificate(seen, |tls| {
            tls.validity = Validity::Expired;
            tls.chain[0].not_after = NOW - 2 * DAY;
        });
    }),
    case("certificate-not-yet-valid", "EE-", |seen| {
        each_certificate(seen, |tls| {
            tls.validity = Validity::NotYetValid;
            tls.chain[0].not_before = NOW + 2 * DAY;
        });
    }),
    case("certificate-expires-soon", "WW-", |seen| {
        each_certificate(seen, |tls| tls.chain[0].not_after = NOW + 13 * DAY);
    }),
    case("tls-handshake-failed", "EE-", |seen| {
        each_fetch(seen, |fetch| without_tls(fetch, handshake()));
    }),
    case("tls-name-unrecognized", "EE-", |seen| {
        each_fetch(seen, |fetch| without_tls(fetch, TlsFailure::UnrecognizedName));
    }),
    case("tls-version-old", "EE-", |seen| {
        each_fetch(seen, |fetch| without_tls(fetch, TlsFailure::OldVersion));
    }),
];

pub(super) const HTTP: &[Case] = &[
    case("http-redirect", "EE-", |seen| {
        each_answer(seen, |http| {
            http.status = 301;
            http.location = Some("https://www.example.com/".to_owned());
        });
    }),
    case("http-not-found", "EE-", |seen| each_answer(seen, |http| http.status = 404)),
    case("http-wrong-path", "EE-", |seen| {
        each_answer(seen, |http| http.status = 404);
        if !seen.policy_host.fetches.is_empty() {
            seen.policy_host.other_paths = vec![PathLook {
                url: "https://mta-sts.example.com/mta-sts.txt".to_owned(),
                status: 200,
                is_policy: true,
            }];
        }
    }),
    case("http-blocked", "EE-", |seen| {
        each_answer(seen, |http| {
            http.status = 403;
            http.blocked_by = Some("Cloudflare".to_owned());
        });
    }),
    case("http-status", "EE-", |seen| each_answer(seen, |http| http.status = 500)),
    case("http-failed", "EE-", |seen| {
        each_fetch(seen, |fetch| {
            fetch.http = None;
            fetch.http_failure = Some(HttpFailure::Closed);
        });
    }),
    case("http-type-missing", "WW-", |seen| {
        each_answer(seen, |http| http.content_type = None);
    }),
    case("http-type", "WW-", |seen| {
        each_answer(seen, |http| http.content_type = Some("application/octet-stream".to_owned()));
    }),
    case("http-type", "EE-", |seen| {
        each_answer(seen, |http| http.content_type = Some("Text/HTML; charset=utf-8".to_owned()));
    }),
    case("http-type", "EE-", |seen| {
        each_answer(seen, |http| http.content_type = Some("image/png".to_owned()));
    }),
    case("http-compressed", "EE-", |seen| {
        each_answer(seen, |http| http.content_encoding = Some("gzip".to_owned()));
    }),
    case("http-too-large", "EE-", |seen| each_answer(seen, |http| http.truncated = true)),
    case("http-slow", "WW-", |seen| {
        if let Some(first) = seen.policy_host.fetches.first_mut() {
            first.elapsed_ms = 11_000;
        }
    }),
];

pub(super) const POLICY: &[Case] = &[
    case("mode-testing", "HH-", |seen| set_policy(seen, &policy("testing"))),
    case("mode-none", "HHH", |seen| *seen = leaving()),
    // What the parser of policies says comes through, about bytes that are no text too.
    case("policy-mode-invalid", "EE-", |seen| set_policy(seen, &policy("enforced"))),
    case("policy-not-utf8", "EE-", |seen| {
        let text = b"version: STSv1\nmode: enforce\nmx: mx1.example.com\nnote: \xe8\nmax_age: 9\n";
        each_fetch(seen, |fetch| fetch.http = Some(http(text)));
    }),
    case("enforce-without-reports", "W--", |seen| {
        seen.tls_rpt = missing("_smtp._tls.example.com", "TXT");
    }),
    case("enforce-without-reports", "W--", |seen| seen.tls_rpt.records = vec![txt("v=TLSRPTv1;")]),
    case("subdomain-not-covered", "HH-", |seen| {
        seen.subdomains = vec![found("lists.example.com", "MX", vec![mx(10, "mx.example.net")])];
    }),
];

fn unconnected(fetch: &mut FetchLook, failure: ConnectFailure) {
    fetch.connect_failure = Some(failure);
    fetch.tls = None;
    fetch.http = None;
}

fn without_tls(fetch: &mut FetchLook, failure: TlsFailure) {
    fetch.tls_failure = Some(failure);
    fetch.tls = None;
    fetch.http = None;
}

fn guarded() -> ConnectFailure {
    ConnectFailure::Guarded { reason: "private".to_owned() }
}

/// A second IPv4 address of the policy host.
fn add_address(seen: &mut Observation) {
    if !seen.policy_host.fetches.is_empty() {
        seen.policy_host.ipv4.records.push("192.0.2.81".to_owned());
        seen.policy_host.fetches.push(fetch("192.0.2.81"));
    }
}
