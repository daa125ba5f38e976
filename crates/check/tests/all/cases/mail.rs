//! Cases of the MX hosts.

use super::{Case, case, handshake};
use crate::domain::*;
use sigillo_check::observation::*;

pub(super) const MX: &[Case] = &[
    case("mx-absent", "WWW", |seen| {
        seen.mx = no_data("example.com", "MX");
        seen.mail_hosts =
            vec![MailHostLook { preference: None, ..mail_host("example.com", 0, 25) }];
    }),
    case("mx-null", "HHH", |seen| set_mx(seen, &[""])),
    case("mx-null", "WWW", |seen| set_mx(seen, &["", "mx1.example.com"])),
    case("mx-not-covered", "EW-", |seen| set_mx(seen, &["mx.provider.example"])),
    case("mx-not-covered", "EW-", |seen| set_mx(seen, &["mx_1.example.com"])),
    case("mx-wildcard-depth", "EW-", |seen| {
        set_mx(seen, &["a.b.provider.example"]);
        each_answer(seen, |http| {
            http.body = http.body.replace("mx1.example.com", "*.provider.example");
        });
    }),
    case("mx-pattern-stale", "HH-", |seen| set_mx(seen, &["mx1.example.com"])),
    case("mx-alias", "WWW", |seen| {
        seen.mail_hosts[0].ipv4.aliases = vec!["host.example.net".to_owned()];
    }),
    case("mx-no-address", "EEE", |seen| {
        let host = &mut seen.mail_hosts[0];
        host.ipv4 = missing("mx1.example.com", "A");
        host.ipv6 = missing("mx1.example.com", "AAAA");
        host.sessions.clear();
    }),
    case("mx-ipv6-fails", "HHH", |seen| {
        let session = &mut seen.mail_hosts[0].sessions[1];
        session.connect_failure = Some(ConnectFailure::Timeout);
        session.tls = None;
    }),
    case("mx-verification-host", "WWW", |seen| {
        seen.mx.records.push(mx(32_767, "ms12345678.msv1.invalid"));
        let mut host = mail_host("ms12345678.msv1.invalid", 32_767, 27);
        host.ipv4 = missing("ms12345678.msv1.invalid", "A");
        host.ipv6 = missing("ms12345678.msv1.invalid", "AAAA");
        host.sessions.clear();
        seen.mail_hosts.push(host);
    }),
    case("mx-address-differs", "WWW", |seen| {
        seen.mail_hosts[0].sessions[1].tls.as_mut().unwrap().name = NameMatch::Mismatch;
    }),
];

pub(super) const SMTP: &[Case] = &[
    case("smtp-unreachable", "HHH", |seen| {
        each_session(seen, |session| {
            session.connect_failure = Some(ConnectFailure::Timeout);
            session.tls = None;
        });
    }),
    case("smtp-unreachable", "HHH", |seen| {
        fail_sessions(seen, &SmtpFailure::Closed { stage: SmtpStage::Greeting });
    }),
    case("smtp-greeting", "WWW", |seen| {
        let line = "450 4.7.1 greylisted".to_owned();
        fail_sessions(seen, &SmtpFailure::Refused { stage: SmtpStage::Greeting, line });
    }),
    case("smtp-malformed", "EWW", |seen| {
        let reason = "a line without a code".to_owned();
        fail_sessions(seen, &SmtpFailure::Malformed { stage: SmtpStage::Ehlo, reason });
    }),
    case("starttls-missing", "EWW", |seen| fail_sessions(seen, &SmtpFailure::StarttlsMissing)),
    case("starttls-refused", "EWW", |seen| {
        let line = "454 4.7.0 TLS not available due to local problem".to_owned();
        fail_sessions(seen, &SmtpFailure::Refused { stage: SmtpStage::Starttls, line });
    }),
    case("starttls-handshake-failed", "EWW", |seen| {
        each_session(seen, |session| {
            session.tls = None;
            session.tls_failure = Some(handshake());
        });
    }),
    case("starttls-handshake-failed", "EWW", |seen| {
        fail_sessions(seen, &SmtpFailure::Closed { stage: SmtpStage::Starttls });
    }),
    case("starttls-version-old", "EWW", |seen| {
        each_session(seen, |session| {
            session.tls = None;
            session.tls_failure = Some(TlsFailure::OldVersion);
        });
    }),
    case("starttls-injection", "EWW", |seen| fail_sessions(seen, &SmtpFailure::Injection)),
];

pub(super) const MX_CERTIFICATE: &[Case] = &[
    case("mx-certificate-untrusted", "EWH", |seen| {
        each_mx_certificate(seen, |tls| tls.trust = Trust::Other);
    }),
    case("mx-certificate-self-signed", "EWH", |seen| {
        each_mx_certificate(seen, |tls| tls.trust = Trust::SelfSigned);
    }),
    case("mx-certificate-intermediate-missing", "EWH", |seen| {
        each_mx_certificate(seen, |tls| tls.trust = Trust::MissingIntermediate);
    }),
    case("mx-certificate-wrong-name", "EWH", |seen| {
        each_mx_certificate(seen, |tls| tls.name = NameMatch::Mismatch);
    }),
    case("mx-certificate-expired", "EWH", |seen| {
        each_mx_certificate(seen, |tls| tls.validity = Validity::Expired);
    }),
    case("mx-certificate-not-yet-valid", "EWH", |seen| {
        each_mx_certificate(seen, |tls| tls.validity = Validity::NotYetValid);
    }),
    case("mx-certificate-expires-soon", "WWH", |seen| {
        each_mx_certificate(seen, |tls| tls.chain[0].not_after = NOW + DAY);
    }),
    // What is said inside of TLS comes after the certificate.
    case("mx-certificate-expired", "EWH", |seen| {
        each_session(seen, |session| {
            session.failure = Some(SmtpFailure::Timeout { stage: SmtpStage::EhloInTls });
            session.tls.as_mut().unwrap().validity = Validity::Expired;
        });
    }),
];

pub(super) const DANE: &[Case] = &[
    case("dane-unsigned", "WWW", |seen| {
        set_dane(seen);
        seen.mail_hosts[0].tlsa.as_mut().unwrap().security = Security::Insecure;
    }),
    case("dane-mismatch", "EEE", |seen| {
        set_dane(seen);
        seen.mail_hosts[0].dane = Some(DaneLook::Mismatch);
    }),
    case("dane-mismatch", "WWW", |seen| {
        set_dane(seen);
        seen.mx.security = Security::Insecure;
        seen.mail_hosts[0].dane = Some(DaneLook::Mismatch);
    }),
    case("dane-unusable", "WWW", |seen| {
        set_dane(seen);
        seen.mail_hosts[0].dane = Some(DaneLook::Unusable);
    }),
    case("dane-lookup-failed", "EEE", |seen| {
        set_dane(seen);
        let name = "_25._tcp.mx1.example.com";
        seen.mail_hosts[0].tlsa = Some(look(name, "TLSA", DnsOutcome::ServerFailure, Vec::new()));
    }),
    case("dane-partial", "HHH", |seen| {
        set_dane(seen);
        seen.mail_hosts[0].tlsa = None;
        seen.mail_hosts[0].dane = None;
    }),
    case("dane-single", "HHH", |seen| {
        set_dane(seen);
        seen.mail_hosts[0].tlsa.as_mut().unwrap().records.truncate(1);
    }),
    case("dane-and-sts", "HH-", set_dane),
];
