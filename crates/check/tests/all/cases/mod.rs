//! For every code of the live checker an observation that raises it, and how severely.

mod mail;
mod policy_host;

use mail::{DANE, MX, MX_CERTIFICATE, SMTP};
use policy_host::{CERTIFICATE, HOST, HTTP, POLICY};
use sigillo_check::Observation;
use sigillo_check::observation::*;

use crate::domain::*;

/// What is changed about a domain, and what must come of it.
pub(crate) struct Case {
    pub(crate) code: &'static str,
    /// The severity in enforce, in testing and without MTA-STS: `E`, `W`, `H`, or `-` for none.
    pub(crate) severities: &'static str,
    pub(crate) change: fn(&mut Observation),
}

const fn case(code: &'static str, severities: &'static str, change: fn(&mut Observation)) -> Case {
    Case { code, severities, change }
}

pub(crate) fn all() -> impl Iterator<Item = &'static Case> {
    [DNS, RECORD, HOST, CERTIFICATE, HTTP, POLICY, MX, SMTP, MX_CERTIFICATE, DANE, REPORTS]
        .into_iter()
        .flatten()
}

const DNS: &[Case] = &[
    case("dns-lookup-failed", "WWW", |seen| {
        seen.mx = look("example.com", "MX", DnsOutcome::Timeout, Vec::new());
        seen.mail_hosts.clear();
    }),
    case("dns-lookup-failed", "WWW", |seen| seen.record.outcome = DnsOutcome::ServerFailure),
    case("dns-bogus", "EEE", |seen| {
        seen.tls_rpt = look("_smtp._tls.example.com", "TXT", DnsOutcome::Bogus, Vec::new());
    }),
    case("dns-domain-absent", "--E", |seen| {
        seen.mx = missing("example.com", "MX");
        seen.misplaced.apex = Some(missing("example.com", "TXT"));
    }),
];

const RECORD: &[Case] = &[
    case("record-absent", "HHH", |seen| *seen = without_policy()),
    case("record-absent-with-policy", "EE-", |seen| {
        seen.record = missing("_mta-sts.example.com", "TXT");
    }),
    case("record-absent-with-policy", "HHH", |seen| {
        *seen = leaving();
        seen.record = no_data("_mta-sts.example.com", "TXT");
    }),
    case("record-several", "EEE", |seen| {
        set_record(seen, &["v=STSv1; id=1", "v=STSv1; id=2"]);
    }),
    case("record-unrelated", "WWW", |seen| {
        set_record(seen, &["v=STSv1; id=1", "google-site-verification=1"]);
    }),
    case("record-spf", "EEE", |seen| set_record(seen, &["v=spf1 -all"])),
    case("record-spf", "WWW", |seen| set_record(seen, &["V=SPF1 -all", "v=STSv1; id=1"])),
    case("record-spf", "WWW", |seen| {
        set_record(seen, &["v=spf1 -all"]);
        seen.wildcard_txt = Some(seen.record.clone());
    }),
    case("record-at-apex", "EEE", |seen| {
        seen.record = missing("_mta-sts.example.com", "TXT");
        let records = vec![txt("v=spf1 mx -all"), txt("v=STSv1; id=1")];
        seen.misplaced.apex = Some(found("example.com", "TXT", records));
    }),
    case("record-at-draft-name", "EEE", |seen| {
        seen.record = missing("_mta-sts.example.com", "TXT");
        let records = vec![txt("v=STSv1; id=1")];
        seen.misplaced.draft_name = Some(found("_mta_sts.example.com", "TXT", records));
    }),
    case("record-by-wildcard", "WWW", |seen| {
        set_record(seen, &["v=STSv1; id=1", "other"]);
        // Name servers turn the order of records.
        let records = vec![txt("other"), txt("v=STSv1; id=1")];
        seen.wildcard_txt = Some(found("_mta-sigillo-1.example.com", "TXT", records));
    }),
    case("record-alias", "HHH", |seen| {
        set_record(seen, &["v=STSv1; id=1"]);
        seen.record.aliases = vec!["example-com.provider.example".to_owned()];
    }),
    case("record-alias-dangling", "EEE", |seen| {
        seen.record = dangling("_mta-sts.example.com", "TXT", "gone.provider.example");
    }),
    case("record-ttl-long", "HHH", |seen| {
        set_record(seen, &["v=STSv1; id=1"]);
        seen.record.ttl = Some(86_401);
    }),
    // What the parser of records says comes through.
    case("record-id-invalid", "EEE", |seen| set_record(seen, &["v=STSv1; id=2026-11-24"])),
];

const REPORTS: &[Case] = &[
    case("tls-rpt-absent", "-HH", |seen| {
        seen.tls_rpt = no_data("_smtp._tls.example.com", "TXT");
    }),
    case("tls-rpt-several", "EEE", |seen| {
        let again = seen.tls_rpt.records[0].clone();
        seen.tls_rpt.records.push(again);
    }),
    case("tls-rpt-rua-no-mail", "WWW", |seen| {
        seen.report_domains[0].mx = found("reports.example.net", "MX", vec![mx(0, "")]);
    }),
    case("tls-rpt-rua-no-mail", "WWW", |seen| {
        seen.report_domains[0].mx = no_data("reports.example.net", "MX");
        seen.report_domains[0].addresses = Some(no_data("reports.example.net", "A"));
    }),
    case("tls-rpt-rua-same-domain", "H--", |seen| {
        seen.tls_rpt.records = vec![txt("v=TLSRPTv1; rua=mailto:tls@example.com")];
    }),
    // What the parser of records says comes through.
    case("tls-rpt-rua-missing", "EEE", |seen| seen.tls_rpt.records = vec![txt("v=TLSRPTv1; x=1")]),
    case("dmarc-absent", "WWW", |seen| {
        seen.dmarc = vec![missing("_dmarc.example.com", "TXT"), missing("_dmarc.com", "TXT")];
    }),
    case("dmarc-several", "EEE", |seen| {
        let again = seen.dmarc[0].records[0].clone();
        seen.dmarc[0].records.push(again);
    }),
    case("dmarc-inherited", "HHH", |seen| {
        let mut above = seen.dmarc[0].clone();
        "_dmarc.com".clone_into(&mut above.name);
        seen.dmarc = vec![missing("_dmarc.example.com", "TXT"), above];
    }),
    case("dmarc-external-unauthorized", "WWW", |seen| {
        let text = "v=DMARC1; p=reject; rua=mailto:d@reports.example.net";
        seen.dmarc[0].records = vec![txt(text)];
        let name = "example.com._report._dmarc.reports.example.net";
        seen.report_domains[0].dmarc_authorisation = Some(missing(name, "TXT"));
    }),
    case("dmarc-rua-no-mail", "WWW", |seen| {
        seen.report_domains[1].mx = missing("example.com", "MX");
    }),
    case("dmarc-policy-none", "HHH", |seen| {
        seen.dmarc[0].records = vec![txt("v=DMARC1; p=none; rua=mailto:dmarc@example.com")];
    }),
];

fn handshake() -> TlsFailure {
    TlsFailure::Handshake { reason: "handshake_failure".to_owned() }
}
