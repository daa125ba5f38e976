//! The judgement where the record alone was asked for, as for the most of a long list of domains.
//!
//! What was not asked is not judged: no finding says that it is missing.

use sigillo_findings::LineIndex;
use sigillo_formats::DomainName;
use sigillo_language::Language;

use crate::facts::has_record;
use crate::observation::{DnsLook, TxtRecord};
use crate::report::CheckReport;
use crate::rules::{about, unknown_answer};
use crate::summary::Summary;
use crate::{Judgement, Verdict};

impl Judgement {
    /// What the answer at `_mta-sts.DOMAIN` comes to where nothing else was looked at: the verdict
    /// is `absent`, or `unknown` where there is no answer. A report like any other, without checks
    /// and observation.
    ///
    /// None where there is more to look at: a record, however faulty, or an alias that leads
    /// nowhere.
    #[must_use]
    pub fn of_record_alone(
        domain: &DomainName,
        record: &DnsLook<TxtRecord>,
        language: Language,
    ) -> Option<CheckReport> {
        if record.is_known() && (has_record(record) || record.dangles()) {
            return None;
        }
        let verdict = if record.is_known() { Verdict::Absent } else { Verdict::Unknown };
        let lines = LineIndex::new(b"");
        let findings = unknown_answer(record).map(|finding| about(finding, domain)).into_iter();
        Some(CheckReport {
            schema: 1,
            domain: domain.clone(),
            verdict,
            summary: Summary::of_record(domain, record).text(language),
            findings: findings.map(|finding| finding.render(language, &lines)).collect(),
            checks: None,
            observation: None,
            providers: Vec::new(),
            elapsed_ms: record.elapsed_ms,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::{DnsOutcome, Security};

    fn look(outcome: DnsOutcome, texts: &[&str], aliases: &[&str]) -> DnsLook<TxtRecord> {
        DnsLook {
            name: "_mta-sts.example.com".to_owned(),
            kind: "TXT".to_owned(),
            outcome,
            reason: None,
            records: texts.iter().map(|text| TxtRecord::new(text.as_bytes(), 1)).collect(),
            security: Security::Unchecked,
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            ttl: None,
            elapsed_ms: 7,
        }
    }

    fn verdict(look: &DnsLook<TxtRecord>) -> Option<Verdict> {
        let domain = DomainName::parse("example.com").unwrap();
        let report = Judgement::of_record_alone(&domain, look, Language::English)?;
        assert!(report.summary.contains("example.com"), "{}", report.summary);
        assert!(report.findings.is_empty() || report.verdict == Verdict::Unknown);
        Some(report.verdict)
    }

    #[test]
    fn only_where_there_is_no_record_is_there_nothing_to_look_at() {
        use DnsOutcome::{Found, NoData, NxDomain, ServerFailure, Timeout};

        for (outcome, texts, aliases, expected) in [
            (NxDomain, &[][..], &[][..], Some(Verdict::Absent)),
            (NoData, &[], &[], Some(Verdict::Absent)),
            (Found, &["v=spf1 -all"], &[], Some(Verdict::Absent)),
            (ServerFailure, &[], &[], Some(Verdict::Unknown)),
            (Timeout, &[], &[], Some(Verdict::Unknown)),
            (Found, &["v=STSv1; id=1;"], &[], None),
            (Found, &["v=STSv1; id=1;", "v=STSv1; id=2;"], &[], None),
            (NxDomain, &[], &["gone.example.net"], None),
        ] {
            assert_eq!(verdict(&look(outcome, texts, aliases)), expected, "{outcome:?} {texts:?}");
        }
    }
}
