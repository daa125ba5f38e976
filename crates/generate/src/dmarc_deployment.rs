//! The DMARC record of a domain, and the way to a stronger one.

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_findings::{Code, LineIndex, RenderedFinding};
use sigillo_formats::DomainName;
use sigillo_formats::dmarc::{self, Disposition, DmarcRecord, UnknownTag};
use sigillo_formats::record::ReportUri;
use sigillo_language::{Language, Messages};

use crate::{DnsRecord, Zone, words};

/// A DMARC record and how to publish it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DmarcDeployment {
    /// The version of this layout: 1.
    pub schema: u32,
    /// The domain that is protected.
    pub domain: DomainName,
    /// The zone to which the relative name of its record refers.
    pub zone: DomainName,
    /// The text of the record.
    pub record: String,
    /// The record, and behind it those that others have to publish, in zones of theirs.
    pub dns: Vec<DnsRecord>,
    /// The stages that are left on the way to `reject`, next one first.
    pub ramp_up: Vec<RampUpStage>,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// What is risky or could be better about it.
    pub findings: Vec<RenderedFinding>,
}

/// A stage on the way to `reject`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RampUpStage {
    /// When to take it, and what it does.
    pub advice: String,
    /// The text of the record then.
    pub record: String,
}

impl DmarcDeployment {
    /// Publishes `record` for `domain` in `zone`.
    ///
    /// With `compatible`, test mode is written also as readers of the standard's predecessor
    /// understand it: `pct=0` beside `t=y` (RFC 9989 §A.6).
    #[must_use]
    pub fn new(
        domain: &DomainName,
        zone: &Zone,
        record: &DmarcRecord,
        compatible: bool,
        language: Language,
    ) -> Self {
        let words = words::steps(language);
        let text = write(record, compatible);
        let name = format!("_dmarc.{domain}");
        let mut dns = vec![zone.txt(&name, &text)];
        let mut steps = vec![words.format("dmarc-record", &[("name", name.as_str().into())])];
        for target in foreign_targets(domain, record) {
            let zone = Zone { name: target.registrable(), ttl: zone.ttl };
            let name = format!("{domain}._report._dmarc.{target}");
            let arguments = [("target", target.as_str().into()), ("name", name.as_str().into())];
            steps.push(words.format("dmarc-external", &arguments));
            dns.push(zone.txt(&name, AUTHORISATION));
        }
        let ramp_up = ramp_up(record, compatible, words);
        let lines = LineIndex::new(text.as_bytes());
        let findings = dmarc::parse(text.as_bytes())
            .findings()
            .iter()
            // What was asked for knowingly needs no warning.
            .filter(|finding| !(compatible && finding.code() == Code::DmarcPctRemoved))
            .map(|finding| finding.render(language, &lines))
            .collect();
        Self {
            schema: 1,
            domain: domain.clone(),
            zone: zone.name.clone(),
            record: text,
            dns,
            ramp_up,
            steps,
            findings,
        }
    }
}

/// What the domain of an address publishes to accept the reports about another (RFC 9990 §4).
const AUTHORISATION: &str = "v=DMARC1;";

fn write(record: &DmarcRecord, compatible: bool) -> String {
    let mut record = record.clone();
    if compatible && record.t && record.unknown.iter().all(|tag| tag.name() != "pct") {
        record.unknown.extend(UnknownTag::new("pct", "0"));
    }
    record.to_string()
}

/// The domains of addresses outside the organizational domain, each once.
///
/// The organizational domain is found by a walk through the DNS (RFC 9989 §4.10), which is not
/// asked here: the list of public suffixes stands for it.
fn foreign_targets(domain: &DomainName, record: &DmarcRecord) -> Vec<DomainName> {
    let mut targets: Vec<DomainName> = Vec::new();
    for target in record.rua.iter().chain(&record.ruf).filter_map(ReportUri::mailbox_domain) {
        if target.registrable() != domain.registrable() && !targets.contains(target) {
            targets.push(target.clone());
        }
    }
    targets
}

fn ramp_up(record: &DmarcRecord, compatible: bool, words: &Messages) -> Vec<RampUpStage> {
    use Disposition::{Quarantine, Reject};

    let stages = [
        (Quarantine, true, "dmarc-quarantine-test"),
        (Quarantine, false, "dmarc-quarantine"),
        (Reject, true, "dmarc-reject-test"),
        (Reject, false, "dmarc-reject"),
    ];
    // Without reports nobody could tell when the next stage is due.
    if record.rua.is_empty() {
        return Vec::new();
    }
    let now = (record.p, !record.t && record.p != Disposition::None);
    let left = stages.into_iter().filter(|(p, test, _)| (*p, !*test) > now);
    let mut ramp_up: Vec<RampUpStage> = left
        .map(|(p, test, advice)| {
            let mut next = record.clone();
            (next.p, next.t) = (p, test);
            RampUpStage { advice: words.text(advice), record: write(&next, compatible) }
        })
        .collect();
    if record.p == Disposition::None {
        let collect = words.text("dmarc-none");
        if let Some(first) = ramp_up.first_mut() {
            first.advice = format!("{collect} {}", first.advice);
        }
    }
    ramp_up
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deploy(record: &DmarcRecord, compatible: bool) -> DmarcDeployment {
        let domain = DomainName::parse("example.com").unwrap();
        let zone = Zone { name: domain.clone(), ttl: 3600 };
        DmarcDeployment::new(&domain, &zone, record, compatible, Language::English)
    }

    /// The records of the stages, without the address for reports that each of them has.
    fn stages(record: &DmarcRecord) -> Vec<String> {
        let rua = vec![ReportUri::parse("mailto:a@example.com").unwrap()];
        let stages = deploy(&DmarcRecord { rua, ..record.clone() }, false).ramp_up;
        stages.iter().map(|stage| stage.record.replace("; rua=mailto:a@example.com", "")).collect()
    }

    #[test]
    fn without_reports_there_is_no_way() {
        assert!(deploy(&DmarcRecord::new(Disposition::None), false).ramp_up.is_empty());
    }

    #[test]
    fn the_way_to_reject_goes_through_test_mode() {
        assert_eq!(
            stages(&DmarcRecord::new(Disposition::None)),
            [
                "v=DMARC1; p=quarantine; t=y",
                "v=DMARC1; p=quarantine",
                "v=DMARC1; p=reject; t=y",
                "v=DMARC1; p=reject"
            ]
        );
        let testing = DmarcRecord { t: true, ..DmarcRecord::new(Disposition::Reject) };
        assert_eq!(stages(&testing), ["v=DMARC1; p=reject"]);
        assert!(stages(&DmarcRecord::new(Disposition::Reject)).is_empty());
    }

    #[test]
    fn pct_is_written_only_for_compatibility_and_test_mode() {
        let testing = DmarcRecord { t: true, ..DmarcRecord::new(Disposition::Reject) };
        assert_eq!(deploy(&testing, false).record, "v=DMARC1; p=reject; t=y");
        assert_eq!(deploy(&testing, true).record, "v=DMARC1; p=reject; t=y; pct=0");
        let strict = DmarcRecord::new(Disposition::Reject);
        assert_eq!(deploy(&strict, true).record, "v=DMARC1; p=reject");
    }

    #[test]
    fn an_address_elsewhere_needs_a_record_there() {
        let record = DmarcRecord {
            rua: [
                "mailto:a@example.com",
                "mailto:b@reports.example.net",
                "mailto:c@mail.example.com",
            ]
            .map(|uri| ReportUri::parse(uri).unwrap())
            .to_vec(),
            ruf: vec![ReportUri::parse("mailto:d@reports.example.net").unwrap()],
            ..DmarcRecord::new(Disposition::None)
        };
        let deployment = deploy(&record, false);
        assert_eq!(deployment.dns.len(), 2);
        assert_eq!(deployment.dns[1].name, "example.com._report._dmarc.reports.example.net");
        assert_eq!(deployment.dns[1].relative_name, "example.com._report._dmarc.reports");
        assert_eq!(deployment.dns[1].value, "v=DMARC1;");
        assert_eq!(deployment.steps.len(), 2);
    }
}
