//! The TLS-RPT record of a domain.

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_findings::{LineIndex, RenderedFinding};
use sigillo_formats::DomainName;
use sigillo_formats::tls_rpt_record::{self, TlsRptRecord};
use sigillo_language::Language;

use crate::{DnsRecord, Zone, words};

/// A TLS-RPT record and how to publish it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TlsReporting {
    /// The version of this layout: 1.
    pub schema: u32,
    /// The domain whose deliveries are reported.
    pub domain: DomainName,
    /// The zone to which the relative name refers.
    pub zone: DomainName,
    /// The text of the record.
    pub record: String,
    /// The record.
    pub dns: Vec<DnsRecord>,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// What is risky or could be better about it.
    pub findings: Vec<RenderedFinding>,
}

impl TlsReporting {
    /// Publishes `record` for `domain` in `zone`. No authorisation of a foreign address is needed
    /// (unlike DMARC, RFC 8460 has none).
    #[must_use]
    pub fn new(
        domain: &DomainName,
        zone: &Zone,
        record: &TlsRptRecord,
        language: Language,
    ) -> Self {
        let text = record.to_string();
        let name = format!("_smtp._tls.{domain}");
        let lines = LineIndex::new(text.as_bytes());
        let findings = tls_rpt_record::parse(text.as_bytes())
            .findings()
            .iter()
            .map(|finding| finding.render(language, &lines))
            .collect();
        Self {
            schema: 1,
            domain: domain.clone(),
            zone: zone.name.clone(),
            dns: vec![zone.txt(&name, &text)],
            steps: vec![
                words::steps(language).format("tls-rpt-record", &[("name", name.as_str().into())]),
            ],
            record: text,
            findings,
        }
    }
}
