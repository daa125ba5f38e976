//! A mail host: its name, its addresses, STARTTLS and its certificate (RFC 8461 §4.2).

use sigillo_findings::{Code, Finding, Severity};

use super::mx::is_verification;
use super::{Raised, connect_reason, tls_reason, unknown_answer};
use crate::certificate::{self, CertificateCodes};
use crate::facts::{Facts, is_ours};
use crate::observation::{
    ConnectFailure, DaneLook, MailHostLook, SmtpFailure, SmtpLook, SmtpStage, TlsFailure, TlsLook,
};

const CODES: CertificateCodes = CertificateCodes {
    untrusted: Code::MxCertificateUntrusted,
    self_signed: Code::MxCertificateSelfSigned,
    intermediate_missing: Code::MxCertificateIntermediateMissing,
    wrong_name: Code::MxCertificateWrongName,
    expired: Code::MxCertificateExpired,
    not_yet_valid: Code::MxCertificateNotYetValid,
    expires_soon: Code::MxCertificateExpiresSoon,
};

/// Whether a host, or an address of it, is as a policy asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passes {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// It could not be looked at from here.
    Unknown,
}

/// Judges a host; a host of which one address fails does not pass: senders may meet that one.
pub(super) fn judge(facts: &Facts<'_>, host: &MailHostLook, raised: &mut Raised) -> Passes {
    judge_name(facts, host, raised);
    let outcomes: Vec<(&SmtpLook, Passes)> = host
        .sessions
        .iter()
        .map(|session| (session, judge_session(facts, host, session, raised)))
        .collect();
    let any = |wanted| outcomes.iter().any(|(_, passes)| *passes == wanted);
    if any(Passes::Yes) && any(Passes::No) {
        for (session, _) in outcomes.iter().filter(|(_, passes)| *passes == Passes::No) {
            raised.push(
                Finding::without_span(Code::MxAddressDiffers)
                    .with("host", host.name.as_str())
                    .with("address", session.address.to_string()),
            );
        }
    }
    match (any(Passes::No), any(Passes::Yes)) {
        (true, _) => Passes::No,
        (false, true) => Passes::Yes,
        (false, false) => Passes::Unknown,
    }
}

fn judge_name(facts: &Facts<'_>, host: &MailHostLook, raised: &mut Raised) {
    let name = host.name.as_str();
    if is_verification(name) {
        return;
    }
    raised.extend(unknown_answer(&host.ipv4));
    raised.extend(unknown_answer(&host.ipv6));
    // Aliases in a circle lead nowhere, and have been spoken of.
    let mut known = [&host.ipv4, &host.ipv6].into_iter().filter(|look| look.is_known());
    let target = known.find_map(|look| look.aliases.last());
    // The domain itself as its own MX may well be an alias of a web server.
    if let Some(target) = target.filter(|_| host.preference.is_some()) {
        raised.push(
            Finding::without_span(Code::MxAlias).with("host", name).with("target", target.as_str()),
        );
    }
    if host.ipv4.is_absent() && host.ipv6.is_absent() {
        let finding = Finding::without_span(Code::MxNoAddress).with("host", name);
        // Without MX records nobody may have meant the domain to receive mail.
        let is_implicit = facts.seen.mx.is_absent();
        let severity = if is_implicit { Severity::Warning } else { finding.severity() };
        raised.push(finding.with_severity(severity));
    }
}

fn judge_session(
    facts: &Facts<'_>,
    host: &MailHostLook,
    session: &SmtpLook,
    raised: &mut Raised,
) -> Passes {
    if let Some(failure) = &session.connect_failure {
        raised.extend(unreachable(facts, host, session, failure));
        return Passes::Unknown;
    }
    let mut passes = Passes::Unknown;
    let severity = facts.mx_severity(Severity::Warning);
    match starttls_fault(host, session) {
        Fault::None => {}
        Fault::Fails(finding) => {
            raised.push(finding.with_severity(severity));
            passes = Passes::No;
        }
        Fault::NotJudged(finding) => raised.push(finding),
    }
    let Some(tls) = &session.tls else { return passes };
    judge_certificate(facts, host, tls, raised);
    match (passes, certificate::is_good(tls)) {
        (Passes::Unknown, true) => Passes::Yes,
        _ => Passes::No,
    }
}

/// What went wrong before the certificate could be looked at.
enum Fault {
    None,
    /// A sender that asks for TLS does not deliver.
    Fails(Finding),
    /// Nothing about TLS can be told.
    NotJudged(Finding),
}

fn starttls_fault(host: &MailHostLook, session: &SmtpLook) -> Fault {
    let about = |code| Finding::without_span(code).with("host", host.name.as_str());
    let broken_off = |stage: SmtpStage, reason: &'static str| match stage {
        SmtpStage::Greeting | SmtpStage::Ehlo => {
            Fault::NotJudged(not_reached(host, session, reason))
        }
        SmtpStage::Starttls => {
            Fault::Fails(about(Code::StarttlsHandshakeFailed).with("reason", reason))
        }
        // What TLS came to is known by then.
        SmtpStage::EhloInTls => Fault::None,
    };
    let of_handshake = || match &session.tls_failure {
        None => Fault::None,
        Some(TlsFailure::OldVersion) => Fault::Fails(about(Code::StarttlsVersionOld)),
        Some(failure) => {
            Fault::Fails(about(Code::StarttlsHandshakeFailed).with("reason", tls_reason(failure)))
        }
    };
    match &session.failure {
        None => of_handshake(),
        Some(SmtpFailure::Refused { stage, line }) => match stage {
            SmtpStage::Starttls => {
                Fault::Fails(about(Code::StarttlsRefused).with("line", line.as_str()))
            }
            // Greylisting, blocklists and busy servers.
            _ => Fault::NotJudged(about(Code::SmtpGreeting).with("line", line.as_str())),
        },
        Some(SmtpFailure::StarttlsMissing) => Fault::Fails(about(Code::StarttlsMissing)),
        Some(SmtpFailure::Injection) => Fault::Fails(about(Code::StarttlsInjection)),
        Some(SmtpFailure::Malformed { reason, .. }) => {
            Fault::Fails(about(Code::SmtpMalformed).with("reason", reason.as_str()))
        }
        Some(SmtpFailure::Timeout { stage }) => broken_off(*stage, "timeout"),
        Some(SmtpFailure::Closed { stage }) => broken_off(*stage, "connection closed"),
    }
}

fn judge_certificate(facts: &Facts<'_>, host: &MailHostLook, tls: &TlsLook, raised: &mut Raised) {
    let severity = facts.mx_severity(Severity::Hint);
    // Without a policy nobody checks the certificate but by DANE, and that is content.
    if severity == Severity::Hint && host.dane == Some(DaneLook::Match) {
        return;
    }
    for finding in certificate::judge(&host.name, tls, facts.now, &CODES) {
        // Advice never loses mail today.
        let severity = severity.max(finding.code().severity());
        raised.push(finding.with_severity(severity));
    }
}

fn unreachable(
    facts: &Facts<'_>,
    host: &MailHostLook,
    session: &SmtpLook,
    failure: &ConnectFailure,
) -> Option<Finding> {
    let is_ipv6 = session.address.is_ipv6();
    let reached_ipv4 = host
        .sessions
        .iter()
        .any(|other| other.address.is_ipv4() && other.connect_failure.is_none());
    if is_ours(facts.seen, is_ipv6, failure) && is_ipv6 {
        return None;
    }
    let reason = connect_reason(failure);
    if is_ipv6 && reached_ipv4 {
        return Some(
            Finding::without_span(Code::MxIpv6Fails)
                .with("host", host.name.as_str())
                .with("address", session.address.to_string())
                .with("reason", reason),
        );
    }
    Some(not_reached(host, session, reason))
}

fn not_reached(host: &MailHostLook, session: &SmtpLook, reason: &str) -> Finding {
    Finding::without_span(Code::SmtpUnreachable)
        .with("host", host.name.as_str())
        .with("address", session.address.to_string())
        .with("reason", reason)
}
