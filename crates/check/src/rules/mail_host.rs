//! A mail host: its name, its addresses, STARTTLS and its certificate (RFC 8461 §4.2).

use sigillo_findings::{Code, Finding, Findings, Severity};

use super::{connect_reason, tls_reason, unknown_answer};
use crate::certificate::{self, CertificateCodes};
use crate::facts::Facts;
use crate::observation::{
    ConnectFailure, MailHostLook, SmtpFailure, SmtpLook, SmtpStage, TlsFailure,
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

/// What an address comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Passes {
    Yes,
    No,
    /// It could not be looked at from here.
    Unknown,
}

/// Judges a host; says whether it fails what an enforced policy asks of it.
pub(super) fn judge(facts: &Facts<'_>, host: &MailHostLook, findings: &mut Findings) -> bool {
    judge_name(host, findings);
    let mut outcomes = Vec::new();
    for session in &host.sessions {
        let mut of_session = Vec::new();
        let passes = judge_session(facts, host, session, &mut of_session);
        outcomes.push((session, passes));
        for finding in of_session {
            // The same fault at every address is said once.
            if findings.iter().all(|present| *present != finding) {
                findings.push(finding);
            }
        }
    }
    let any = |wanted| outcomes.iter().any(|(_, passes)| *passes == wanted);
    if any(Passes::Yes) && any(Passes::No) {
        for (session, _) in outcomes.iter().filter(|(_, passes)| *passes == Passes::No) {
            findings.push(
                Finding::without_span(Code::MxAddressDiffers)
                    .with("host", host.name.as_str())
                    .with("address", session.address.to_string()),
            );
        }
    }
    any(Passes::No)
}

fn judge_name(host: &MailHostLook, findings: &mut Findings) {
    let name = host.name.as_str();
    findings.extend(unknown_answer(&host.ipv4));
    findings.extend(unknown_answer(&host.ipv6));
    let aliases = [&host.ipv4.aliases, &host.ipv6.aliases];
    if let Some(target) = aliases.into_iter().find_map(|aliases| aliases.last()) {
        findings.push(
            Finding::without_span(Code::MxAlias).with("host", name).with("target", target.as_str()),
        );
    }
    if host.ipv4.is_absent() && host.ipv6.is_absent() {
        findings.push(Finding::without_span(Code::MxNoAddress).with("host", name));
    }
}

fn judge_session(
    facts: &Facts<'_>,
    host: &MailHostLook,
    session: &SmtpLook,
    findings: &mut Vec<Finding>,
) -> Passes {
    let about = |code| Finding::without_span(code).with("host", host.name.as_str());
    if let Some(failure) = &session.connect_failure {
        findings.extend(unreachable(host, session, failure));
        return Passes::Unknown;
    }
    let severity = facts.mx_severity(Severity::Warning);
    match &session.failure {
        None => {}
        Some(SmtpFailure::Refused { stage: SmtpStage::Starttls, line }) => {
            let finding = about(Code::StarttlsRefused).with("line", line.as_str());
            findings.push(finding.with_severity(severity));
            return Passes::No;
        }
        Some(SmtpFailure::Refused { line, .. }) => {
            // Greylisting, blocklists and busy servers: nothing about TLS can be told.
            findings.push(about(Code::SmtpGreeting).with("line", line.as_str()));
            return Passes::Unknown;
        }
        Some(SmtpFailure::StarttlsMissing) => {
            findings.push(about(Code::StarttlsMissing).with_severity(severity));
            return Passes::No;
        }
        Some(SmtpFailure::Injection) => {
            findings.push(about(Code::StarttlsInjection).with_severity(severity));
            return Passes::No;
        }
        Some(SmtpFailure::Malformed { reason, .. }) => {
            let finding = about(Code::SmtpMalformed).with("reason", reason.as_str());
            findings.push(finding.with_severity(severity));
            return Passes::No;
        }
        Some(SmtpFailure::Timeout { .. } | SmtpFailure::Closed { .. }) if session.tls.is_none() => {
            findings.push(unreachable_session(host, session, "no answer"));
            return Passes::Unknown;
        }
        Some(SmtpFailure::Timeout { .. } | SmtpFailure::Closed { .. }) => {}
    }
    if let Some(failure) = &session.tls_failure {
        let finding = match failure {
            TlsFailure::OldVersion => about(Code::StarttlsVersionOld),
            failure => about(Code::StarttlsHandshakeFailed).with("reason", tls_reason(failure)),
        };
        findings.push(finding.with_severity(severity));
        return Passes::No;
    }
    let Some(tls) = &session.tls else { return Passes::Unknown };
    let severity = facts.mx_severity(Severity::Hint);
    for finding in certificate::judge(&host.name, tls, facts.now, &CODES) {
        let is_advice = finding.code() == Code::MxCertificateExpiresSoon;
        findings.push(if is_advice { finding } else { finding.with_severity(severity) });
    }
    if certificate::is_good(tls) { Passes::Yes } else { Passes::No }
}

fn unreachable(
    host: &MailHostLook,
    session: &SmtpLook,
    failure: &ConnectFailure,
) -> Option<Finding> {
    let reached_ipv4 = host
        .sessions
        .iter()
        .any(|other| other.address.is_ipv4() && other.connect_failure.is_none());
    match failure {
        ConnectFailure::NoRoute => None,
        failure if session.address.is_ipv6() && reached_ipv4 => Some(
            Finding::without_span(Code::MxIpv6Fails)
                .with("host", host.name.as_str())
                .with("address", session.address.to_string())
                .with("reason", connect_reason(failure)),
        ),
        failure => Some(unreachable_session(host, session, connect_reason(failure))),
    }
}

fn unreachable_session(host: &MailHostLook, session: &SmtpLook, reason: &str) -> Finding {
    Finding::without_span(Code::SmtpUnreachable)
        .with("host", host.name.as_str())
        .with("address", session.address.to_string())
        .with("reason", reason)
}
