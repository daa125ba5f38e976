//! Where reports go: TLS-RPT (RFC 8460 §3) and DMARC (RFC 9989 §4.10).

use sigillo_findings::{Code, Finding, Findings, Severity};
use sigillo_formats::DomainName;
use sigillo_formats::policy::Mode;
use sigillo_formats::record::ReportUri;
use sigillo_formats::record::selection::{RecordKind, Selection};
use sigillo_formats::{dmarc, tls_rpt_record};

use super::unknown_answer;
use crate::facts::Facts;
use crate::observation::{DnsLook, ReportDomainLook, TxtRecord};

pub(super) fn judge(facts: &Facts<'_>, findings: &mut Findings) {
    tls_rpt(facts, findings);
    dmarc(facts, findings);
}

fn select(kind: RecordKind, look: &DnsLook<TxtRecord>) -> (Selection, Vec<Vec<u8>>) {
    let texts: Vec<Vec<u8>> = look.records.iter().map(TxtRecord::bytes).collect();
    (kind.select(&texts), texts)
}

fn tls_rpt(facts: &Facts<'_>, findings: &mut Findings) {
    let look = &facts.seen.tls_rpt;
    if let Some(unknown) = unknown_answer(look) {
        return findings.push(unknown);
    }
    let (selection, texts) = select(RecordKind::TlsRpt, look);
    let mut rua: Vec<ReportUri> = Vec::new();
    match &selection {
        Selection::None => {
            if facts.mode() != Some(Mode::Enforce) {
                findings.push(
                    Finding::without_span(Code::TlsRptAbsent).with("name", look.name.as_str()),
                );
            }
        }
        Selection::Several(several) => {
            findings.push(Finding::without_span(Code::TlsRptSeveral).with("count", several.len()))
        }
        Selection::One(index) => {
            if let Some(text) = texts.get(*index) {
                let parsed = tls_rpt_record::parse(text);
                findings.extend(parsed.findings());
                rua = parsed.into_record().map(|record| record.rua().to_vec()).unwrap_or_default();
            }
        }
    }
    if rua.is_empty() && facts.mode() == Some(Mode::Enforce) {
        findings.push(Finding::without_span(Code::EnforceWithoutReports));
    }
    for uri in &rua {
        let Some(domain) = uri.mailbox_domain() else { continue };
        if let Some(look) = cannot_receive(facts, domain) {
            findings.push(
                Finding::without_span(Code::TlsRptRuaNoMail)
                    .with("value", uri.as_str())
                    .with("domain", look.domain.as_str()),
            );
        }
        if *domain == facts.seen.domain && facts.mode() == Some(Mode::Enforce) {
            findings
                .push(Finding::without_span(Code::TlsRptRuaSameDomain).with("value", uri.as_str()));
        }
    }
}

fn dmarc(facts: &Facts<'_>, findings: &mut Findings) {
    for look in &facts.seen.dmarc {
        if let Some(unknown) = unknown_answer(look) {
            return findings.push(unknown);
        }
        let (selection, texts) = select(RecordKind::Dmarc, look);
        match &selection {
            Selection::None => {}
            Selection::Several(several) => {
                let finding = Finding::without_span(Code::DmarcSeveral);
                return findings.push(finding.with("count", several.len()));
            }
            Selection::One(index) => {
                let own = format!("_dmarc.{}", facts.seen.domain);
                if look.name != own {
                    findings.push(
                        Finding::without_span(Code::DmarcInherited)
                            .with("name", look.name.as_str()),
                    );
                }
                if let Some(text) = texts.get(*index) {
                    dmarc_record(facts, text, findings);
                }
                return;
            }
        }
    }
    let domain = facts.seen.domain.as_str();
    findings.push(Finding::without_span(Code::DmarcAbsent).with("domain", domain));
}

fn dmarc_record(facts: &Facts<'_>, text: &[u8], findings: &mut Findings) {
    let parsed = dmarc::parse(text);
    // DMARC is looked at beside MTA-STS: a faulty record is no error of the latter.
    findings.extend(parsed.findings().into_iter().map(|finding| match finding.severity() {
        Severity::Error => finding.with_severity(Severity::Warning),
        _ => finding,
    }));
    let effective = parsed.effective();
    for uri in effective.rua.iter().chain(&effective.ruf) {
        let Some(domain) = uri.mailbox_domain() else { continue };
        if cannot_receive(facts, domain).is_some() {
            findings.push(
                Finding::without_span(Code::DmarcRuaNoMail)
                    .with("value", uri.as_str())
                    .with("domain", domain.as_str()),
            );
        }
        let unauthorised = look_of(facts, domain)
            .and_then(|look| look.dmarc_authorisation.as_ref())
            .filter(|look| look.is_known())
            .filter(|look| select(RecordKind::Dmarc, look).0 == Selection::None);
        if let Some(look) = unauthorised {
            findings.push(
                Finding::without_span(Code::DmarcExternalUnauthorized)
                    .with("value", uri.as_str())
                    .with("name", look.name.as_str()),
            );
        }
    }
}

fn look_of<'a>(facts: &Facts<'a>, domain: &DomainName) -> Option<&'a ReportDomainLook> {
    facts.seen.report_domains.iter().find(|look| look.domain == *domain)
}

/// The look at a domain that certainly receives no mail: a null MX, or neither MX nor address.
fn cannot_receive<'a>(facts: &Facts<'a>, domain: &DomainName) -> Option<&'a ReportDomainLook> {
    look_of(facts, domain).filter(|look| {
        let null = look.mx.records.iter().any(|record| record.host.is_empty());
        let nothing = look.mx.is_absent()
            && look.addresses.as_ref().is_some_and(|addresses| addresses.is_absent());
        null || nothing
    })
}
