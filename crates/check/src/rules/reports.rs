//! Where reports go: TLS-RPT (RFC 8460 §3) and DMARC (RFC 9989 §4.10).

use sigillo_findings::{Code, Finding};
use sigillo_formats::DomainName;
use sigillo_formats::policy::Mode;
use sigillo_formats::record::ReportUri;
use sigillo_formats::record::selection::{RecordKind, Selection};
use sigillo_formats::{dmarc, tls_rpt_record};

use super::{Raised, unknown_answer};
use crate::facts::{Facts, select};
use crate::observation::{DnsLook, DnsOutcome, ReportDomainLook};

pub(super) fn judge(facts: &Facts<'_>, raised: &mut Raised) {
    tls_rpt(facts, raised);
    dmarc(facts, raised);
}

fn tls_rpt(facts: &Facts<'_>, raised: &mut Raised) {
    let look = &facts.seen.tls_rpt;
    if let Some(unknown) = unknown_answer(look) {
        return raised.push(unknown);
    }
    let (selection, texts) = select(RecordKind::TlsRpt, look);
    let is_enforced = facts.mode() == Some(Mode::Enforce);
    let mut rua: Vec<ReportUri> = Vec::new();
    match &selection {
        Selection::None => {
            // In enforce the lack weighs more and has its own code; without mail there is none.
            if !is_enforced && !facts.is_null_mx() {
                raised.push(
                    Finding::without_span(Code::TlsRptAbsent).with("name", look.name.as_str()),
                );
            }
        }
        Selection::Several(several) => {
            raised.push(Finding::without_span(Code::TlsRptSeveral).with("count", several.len()));
        }
        Selection::One(index) => {
            if let Some(text) = texts.into_iter().nth(*index) {
                let parsed = tls_rpt_record::parse(&text);
                raised.extend(parsed.findings());
                rua = parsed.into_record().map(|record| record.rua().to_vec()).unwrap_or_default();
                raised.texts.tls_rpt = Some(text);
            }
        }
    }
    if rua.is_empty() && is_enforced && !facts.is_null_mx() {
        raised.push(Finding::without_span(Code::EnforceWithoutReports));
    }
    for uri in &rua {
        let Some(domain) = uri.mailbox_domain() else { continue };
        if cannot_receive(facts, domain) {
            raised.push(
                Finding::without_span(Code::TlsRptRuaNoMail)
                    .with("value", uri.as_str())
                    .with("domain", domain.as_str()),
            );
        }
    }
    // One address elsewhere is enough to hear of a delivery that fails here.
    let is_own = |uri: &ReportUri| uri.mailbox_domain() == Some(&facts.seen.domain);
    if let Some(first) = rua.first().filter(|_| is_enforced && rua.iter().all(is_own)) {
        raised.push(Finding::without_span(Code::TlsRptRuaSameDomain).with("value", first.as_str()));
    }
}

fn dmarc(facts: &Facts<'_>, raised: &mut Raised) {
    for look in &facts.seen.dmarc {
        if let Some(unknown) = unknown_answer(look) {
            return raised.push(unknown);
        }
        let (selection, texts) = select(RecordKind::Dmarc, look);
        match &selection {
            Selection::None => {}
            Selection::Several(several) => {
                let finding = Finding::without_span(Code::DmarcSeveral);
                return raised.push(finding.with("count", several.len()));
            }
            Selection::One(index) => {
                let own = format!("_dmarc.{}", facts.seen.domain);
                if look.name != own {
                    raised.push(
                        Finding::without_span(Code::DmarcInherited)
                            .with("name", look.name.as_str()),
                    );
                }
                if let Some(text) = texts.into_iter().nth(*index) {
                    dmarc_record(facts, text, raised);
                }
                return;
            }
        }
    }
    let domain = facts.seen.domain.as_str();
    raised.push(Finding::without_span(Code::DmarcAbsent).with("domain", domain));
}

fn dmarc_record(facts: &Facts<'_>, text: Vec<u8>, raised: &mut Raised) {
    let parsed = dmarc::parse(&text);
    raised.extend(parsed.findings());
    let effective = parsed.effective();
    for uri in effective.rua.iter().chain(&effective.ruf) {
        let Some(domain) = uri.mailbox_domain() else { continue };
        if cannot_receive(facts, domain) {
            raised.push(
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
            raised.push(
                Finding::without_span(Code::DmarcExternalUnauthorized)
                    .with("value", uri.as_str())
                    .with("name", look.name.as_str()),
            );
        }
    }
    raised.texts.dmarc = Some(text);
}

fn look_of<'a>(facts: &Facts<'a>, domain: &DomainName) -> Option<&'a ReportDomainLook> {
    facts.seen.report_domains.iter().find(|look| look.domain == *domain)
}

/// Whether a domain certainly receives no mail: a null MX, or neither MX nor address.
fn cannot_receive(facts: &Facts<'_>, domain: &DomainName) -> bool {
    look_of(facts, domain).is_some_and(|look| {
        let null = look.mx.records.iter().any(|record| record.host.is_empty());
        let nothing =
            look.mx.is_absent() && look.addresses.as_ref().is_some_and(DnsLook::is_absent);
        null || nothing || look.mx.outcome == DnsOutcome::NxDomain
    })
}
