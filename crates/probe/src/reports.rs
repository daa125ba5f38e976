//! Where reports go: TLS-RPT and DMARC records, and the domains of the addresses in them.

use futures_util::future::join_all;
use sigillo_check::observation::{DnsLook, ReportDomainLook, TxtRecord};
use sigillo_formats::record::ReportUri;
use sigillo_formats::record::selection::{RecordKind as TextKind, Selection};
use sigillo_formats::{DomainName, dmarc, tls_rpt_record};

use crate::Look;
use crate::limits::{DMARC_WALK, REPORT_DOMAINS};

/// What was seen about reports.
pub(crate) struct Reports {
    pub(crate) tls_rpt: DnsLook<TxtRecord>,
    pub(crate) dmarc: Vec<DnsLook<TxtRecord>>,
    pub(crate) domains: Vec<ReportDomainLook>,
}

pub(crate) async fn look(look: &Look<'_>) -> Reports {
    let tls_rpt_name = format!("_smtp._tls.{}", look.domain);
    let names = dmarc_names(look.domain);
    let (tls_rpt, dmarc) = tokio::join!(
        look.txt(&tls_rpt_name),
        // All names of the walk at once: nearly always the first decides, and it costs no wait.
        join_all(names.iter().map(|name| look.txt(name))),
    );
    let dmarc = up_to_the_first(dmarc);
    let mut targets: Vec<(DomainName, bool)> = Vec::new();
    for uri in tls_rpt_addresses(&tls_rpt) {
        add(&mut targets, &uri, false);
    }
    for uri in dmarc_addresses(&dmarc) {
        add(&mut targets, &uri, true);
    }
    targets.truncate(REPORT_DOMAINS);
    let domains = join_all(targets.iter().map(|(domain, dmarc)| look_target(look, domain, *dmarc)));
    Reports { tls_rpt, domains: domains.await, dmarc }
}

/// The names of the walk up the tree, the domain's own first (RFC 9989 §4.10).
fn dmarc_names(domain: &DomainName) -> Vec<String> {
    let mut names = vec![format!("_dmarc.{domain}")];
    let mut rest = domain.as_str();
    while let Some((_, parent)) = rest.split_once('.') {
        // Of a deep name the walk leaves the middle out.
        if parent.split('.').count() < DMARC_WALK {
            names.push(format!("_dmarc.{parent}"));
        }
        rest = parent;
    }
    names.truncate(DMARC_WALK);
    names
}

/// The looks up to the first that found a record or failed: those behind it don't count.
fn up_to_the_first(looks: Vec<DnsLook<TxtRecord>>) -> Vec<DnsLook<TxtRecord>> {
    let mut kept = Vec::new();
    for look in looks {
        let decides = !look.is_known() || selection(TextKind::Dmarc, &look) != Selection::None;
        kept.push(look);
        if decides {
            break;
        }
    }
    kept
}

fn selection(kind: TextKind, look: &DnsLook<TxtRecord>) -> Selection {
    let texts: Vec<Vec<u8>> = look.records.iter().map(TxtRecord::bytes).collect();
    kind.select(&texts)
}

fn selected(kind: TextKind, look: &DnsLook<TxtRecord>) -> Option<Vec<u8>> {
    match selection(kind, look) {
        Selection::One(index) => look.records.get(index).map(TxtRecord::bytes),
        _ => None,
    }
}

fn tls_rpt_addresses(look: &DnsLook<TxtRecord>) -> Vec<ReportUri> {
    let text = selected(TextKind::TlsRpt, look);
    let record = text.and_then(|text| tls_rpt_record::parse(&text).into_record());
    record.map(|record| record.rua().to_vec()).unwrap_or_default()
}

fn dmarc_addresses(looks: &[DnsLook<TxtRecord>]) -> Vec<ReportUri> {
    let text = looks.iter().find_map(|look| selected(TextKind::Dmarc, look));
    let record = text.and_then(|text| dmarc::parse(&text).into_record());
    record.map(|record| [record.rua, record.ruf].concat()).unwrap_or_default()
}

fn add(targets: &mut Vec<(DomainName, bool)>, uri: &ReportUri, dmarc: bool) {
    let Some(domain) = uri.mailbox_domain() else { return };
    match targets.iter_mut().find(|(known, _)| known == domain) {
        Some((_, known)) => *known |= dmarc,
        None => targets.push((domain.clone(), dmarc)),
    }
}

async fn look_target(look: &Look<'_>, domain: &DomainName, dmarc: bool) -> ReportDomainLook {
    let is_foreign = domain.registrable() != look.domain.registrable();
    let authorisation = async {
        if dmarc && is_foreign {
            let name = format!("{}._report._dmarc.{domain}", look.domain);
            Some(look.txt(&name).await)
        } else {
            None
        }
    };
    let mail = async {
        let mx = look.mx(domain.as_str()).await;
        let addresses =
            if mx.is_absent() { Some(look.any_address(domain.as_str()).await) } else { None };
        (mx, addresses)
    };
    let (dmarc_authorisation, (mx, addresses)) = tokio::join!(authorisation, mail);
    ReportDomainLook { domain: domain.clone(), mx, addresses, dmarc_authorisation }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_walk_goes_up_to_the_top() {
        let names = |domain: &str| dmarc_names(&DomainName::parse(domain).unwrap());
        assert_eq!(
            names("mail.example.com"),
            ["_dmarc.mail.example.com", "_dmarc.example.com", "_dmarc.com"]
        );
        let deep = names("a.b.c.d.e.f.g.h.i.j.example");
        assert_eq!(deep.len(), 8);
        assert_eq!(deep[0], "_dmarc.a.b.c.d.e.f.g.h.i.j.example");
        assert_eq!(deep[1], "_dmarc.e.f.g.h.i.j.example");
    }
}
