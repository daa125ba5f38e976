//! Observations to judge: a healthy domain, which tests then change.

use std::net::IpAddr;

use sigillo_check::Observation;
use sigillo_check::observation::*;
use sigillo_formats::DomainName;

/// 2026-11-24T09:30:00Z.
pub(crate) const NOW: i64 = 1_795_512_600;
pub(crate) const DAY: i64 = 86_400;

/// A domain in mode enforce about which there is nothing to say.
pub(crate) fn healthy() -> Observation {
    Observation {
        schema: SCHEMA,
        domain: DomainName::parse("example.com").unwrap(),
        started: NOW,
        elapsed_ms: 812,
        means: Means {
            resolvers: vec!["192.0.2.53:53".to_owned()],
            dnssec: "validate".to_owned(),
            smtp: true,
            ipv6: true,
        },
        record: found("_mta-sts.example.com", "TXT", vec![txt("v=STSv1; id=20261124093000")]),
        misplaced: Misplaced {
            apex: Some(found("example.com", "TXT", vec![txt("v=spf1 mx -all")])),
            draft_name: Some(missing("_mta_sts.example.com", "TXT")),
        },
        wildcard_txt: Some(missing("_mta-sigillo-1.example.com", "TXT")),
        wildcard_address: Some(missing("sigillo-1.example.com", "A")),
        policy_host: PolicyHostLook {
            name: "mta-sts.example.com".to_owned(),
            ipv4: found("mta-sts.example.com", "A", vec!["192.0.2.80".to_owned()]),
            ipv6: found("mta-sts.example.com", "AAAA", vec!["2001:db8::80".to_owned()]),
            fetches: vec![fetch("192.0.2.80"), fetch("2001:db8::80")],
            left_out: 0,
            other_paths: Vec::new(),
            caa: Some(found(
                "mta-sts.example.com",
                "CAA",
                vec!["issue letsencrypt.org".to_owned()],
            )),
        },
        mx: found("example.com", "MX", vec![mx(10, "mx1.example.com"), mx(20, "mx2.example.com")]),
        mail_hosts: vec![
            mail_host("mx1.example.com", 10, 25),
            mail_host("mx2.example.com", 20, 26),
        ],
        mail_hosts_left_out: 0,
        subdomains: vec![missing("mail.example.com", "MX")],
        tls_rpt: found(
            "_smtp._tls.example.com",
            "TXT",
            vec![txt("v=TLSRPTv1; rua=mailto:tls@reports.example.net")],
        ),
        dmarc: vec![found(
            "_dmarc.example.com",
            "TXT",
            vec![txt("v=DMARC1; p=reject; rua=mailto:dmarc@example.com")],
        )],
        report_domains: vec![report_domain("reports.example.net"), report_domain("example.com")],
    }
}

/// The same in mode testing.
pub(crate) fn testing() -> Observation {
    let mut seen = healthy();
    set_policy(&mut seen, &policy("testing"));
    seen
}

/// The same in mode none.
pub(crate) fn leaving() -> Observation {
    let mut seen = healthy();
    set_policy(&mut seen, "version: STSv1\nmode: none\nmax_age: 86400\n");
    seen
}

/// The same without MTA-STS.
pub(crate) fn without_policy() -> Observation {
    let mut seen = healthy();
    seen.record = missing("_mta-sts.example.com", "TXT");
    seen.policy_host.ipv4 = missing("mta-sts.example.com", "A");
    seen.policy_host.ipv6 = missing("mta-sts.example.com", "AAAA");
    seen.policy_host.fetches.clear();
    seen.policy_host.caa = Some(no_data("mta-sts.example.com", "CAA"));
    seen
}

pub(crate) fn policy(mode: &str) -> String {
    format!(
        "version: STSv1\nmode: {mode}\nmx: mx1.example.com\nmx: mx2.example.com\nmax_age: 1209600\n"
    )
}

/// Serves a text at every address.
pub(crate) fn set_policy(seen: &mut Observation, text: &str) {
    for fetch in &mut seen.policy_host.fetches {
        fetch.http = Some(http(text.as_bytes()));
    }
}

pub(crate) fn set_record(seen: &mut Observation, texts: &[&str]) {
    let records = texts.iter().map(|text| txt(text)).collect();
    seen.record = found("_mta-sts.example.com", "TXT", records);
}

pub(crate) fn each_fetch(seen: &mut Observation, change: impl Fn(&mut FetchLook)) {
    seen.policy_host.fetches.iter_mut().for_each(change);
}

pub(crate) fn each_answer(seen: &mut Observation, change: impl Fn(&mut HttpLook)) {
    each_fetch(seen, |fetch| change(fetch.http.as_mut().unwrap()));
}

pub(crate) fn each_certificate(seen: &mut Observation, change: impl Fn(&mut TlsLook)) {
    each_fetch(seen, |fetch| change(fetch.tls.as_mut().unwrap()));
}

/// Changes every session with the first mail host.
pub(crate) fn each_session(seen: &mut Observation, change: impl Fn(&mut SmtpLook)) {
    seen.mail_hosts[0].sessions.iter_mut().for_each(change);
}

pub(crate) fn each_mx_certificate(seen: &mut Observation, change: impl Fn(&mut TlsLook)) {
    each_session(seen, |session| change(session.tls.as_mut().unwrap()));
}

/// Ends every session with the first mail host early.
pub(crate) fn fail_sessions(seen: &mut Observation, failure: &SmtpFailure) {
    each_session(seen, |session| {
        session.failure = Some(failure.clone());
        session.tls = None;
    });
}

/// Gives every mail host TLSA records that match.
pub(crate) fn set_dane(seen: &mut Observation) {
    for host in &mut seen.mail_hosts {
        let name = format!("_25._tcp.{}", host.name);
        let records = vec![tlsa(3, "aa"), tlsa(3, "bb")];
        host.tlsa = Some(secure(found(&name, "TLSA", records)));
        host.dane = Some(DaneLook::Match);
        host.ipv4.security = Security::Secure;
        host.ipv6.security = Security::Secure;
    }
    seen.mx.security = Security::Secure;
}

pub(crate) fn set_mx(seen: &mut Observation, hosts: &[&str]) {
    seen.mx = found("example.com", "MX", hosts.iter().map(|host| mx(10, host)).collect());
    let hosts = hosts.iter().filter(|host| !host.is_empty());
    seen.mail_hosts = hosts.map(|host| mail_host(host, 10, 25)).collect();
}

pub(crate) fn look<T>(name: &str, kind: &str, outcome: DnsOutcome, records: Vec<T>) -> DnsLook<T> {
    DnsLook {
        name: name.to_owned(),
        kind: kind.to_owned(),
        outcome,
        reason: None,
        records,
        security: Security::Insecure,
        aliases: Vec::new(),
        ttl: Some(3600),
        elapsed_ms: 12,
    }
}

pub(crate) fn found<T>(name: &str, kind: &str, records: Vec<T>) -> DnsLook<T> {
    look(name, kind, DnsOutcome::Found, records)
}

pub(crate) fn missing<T>(name: &str, kind: &str) -> DnsLook<T> {
    look(name, kind, DnsOutcome::NxDomain, Vec::new())
}

pub(crate) fn no_data<T>(name: &str, kind: &str) -> DnsLook<T> {
    look(name, kind, DnsOutcome::NoData, Vec::new())
}

pub(crate) fn dangling<T>(name: &str, kind: &str, target: &str) -> DnsLook<T> {
    DnsLook { aliases: vec![target.to_owned()], ..missing(name, kind) }
}

pub(crate) fn secure<T>(look: DnsLook<T>) -> DnsLook<T> {
    DnsLook { security: Security::Secure, ..look }
}

pub(crate) fn txt(text: &str) -> TxtRecord {
    TxtRecord::new(text.as_bytes(), 1)
}

pub(crate) fn mx(preference: u16, host: &str) -> MxRecord {
    MxRecord { preference, host: host.to_owned() }
}

pub(crate) fn tlsa(usage: u8, data: &str) -> TlsaRecord {
    TlsaRecord { usage, selector: 1, matching: 1, data: data.to_owned() }
}

pub(crate) fn tls(names: &[&str]) -> TlsLook {
    TlsLook {
        version: "TLSv1.3".to_owned(),
        cipher: "TLS_AES_256_GCM_SHA384".to_owned(),
        trust: Trust::Trusted,
        name: NameMatch::Match,
        validity: Validity::Valid,
        chain: vec![
            certificate(names[0], "C=US, O=Let's Encrypt, CN=R11", names),
            certificate("C=US, O=Let's Encrypt, CN=R11", "C=US, O=ISRG, CN=Root X1", &[]),
        ],
    }
}

fn certificate(subject: &str, issuer: &str, names: &[&str]) -> CertificateLook {
    CertificateLook {
        subject: subject.to_owned(),
        issuer: issuer.to_owned(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        not_before: NOW - 30 * DAY,
        not_after: NOW + 60 * DAY,
        key: "ECDSA P-256".to_owned(),
        sha256: "11".repeat(32),
        spki_sha256: "22".repeat(32),
    }
}

pub(crate) fn http(body: &[u8]) -> HttpLook {
    let (text, hex) = text_and_hex(body);
    HttpLook {
        status: 200,
        location: None,
        content_type: Some("text/plain; charset=utf-8".to_owned()),
        content_encoding: None,
        server: Some("nginx".to_owned()),
        blocked_by: None,
        // Not that hash, but as different as the bodies are.
        body_sha256: format!("{:064x}", body.iter().fold(7_u128, |sum, byte| mix(sum, *byte))),
        body: text,
        body_hex: hex,
        truncated: false,
    }
}

const fn mix(sum: u128, byte: u8) -> u128 {
    sum.wrapping_mul(0x0100_0000_01b3).wrapping_add(byte as u128)
}

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

pub(crate) fn fetch(at: &str) -> FetchLook {
    FetchLook {
        address: address(at),
        connect_failure: None,
        tls: Some(tls(&["mta-sts.example.com"])),
        tls_failure: None,
        http: Some(http(policy("enforce").as_bytes())),
        http_failure: None,
        elapsed_ms: 140,
    }
}

pub(crate) fn mail_host(name: &str, preference: u16, number: u8) -> MailHostLook {
    let (ipv4, ipv6) = (format!("192.0.2.{number}"), format!("2001:db8::{number}"));
    MailHostLook {
        name: name.to_owned(),
        preference: Some(preference),
        sessions: vec![session(name, &ipv4), session(name, &ipv6)],
        ipv4: found(name, "A", vec![ipv4]),
        ipv6: found(name, "AAAA", vec![ipv6]),
        tlsa: None,
        dane: None,
        left_out: 0,
    }
}

pub(crate) fn session(host: &str, at: &str) -> SmtpLook {
    SmtpLook {
        address: address(at),
        connect_failure: None,
        greeting: vec![format!("{host} ESMTP")],
        capabilities: vec![host.to_owned(), "STARTTLS".to_owned()],
        failure: None,
        tls: Some(tls(&[host])),
        tls_failure: None,
        elapsed_ms: 220,
    }
}

pub(crate) fn report_domain(domain: &str) -> ReportDomainLook {
    ReportDomainLook {
        domain: DomainName::parse(domain).unwrap(),
        mx: found(domain, "MX", vec![mx(10, "mx1.example.com")]),
        addresses: None,
        dmarc_authorisation: None,
    }
}
