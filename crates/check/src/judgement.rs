use sigillo_findings::{Code, Finding, Severity};
use sigillo_language::Language;

use crate::Verdict;
use crate::facts::Facts;
use crate::observation::Observation;
use crate::report::CheckReport;
use crate::rules::{self, HostOutcome, Ruled, Texts};
use crate::stem::Stem;
use crate::summary::Summary;

/// What an observation comes to.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Everything there is to say, most urgent first.
    pub findings: Vec<Finding>,
    texts: Texts,
    hosts: Vec<HostOutcome>,
    summary: Summary,
}

impl Judgement {
    /// Judges an observation; beside an earlier one of the same domain it also says what changed.
    #[must_use]
    pub fn of(observation: &Observation, earlier: Option<&Observation>) -> Self {
        let facts = Facts::of(observation);
        let earlier = earlier.filter(|earlier| earlier.domain == observation.domain).map(Facts::of);
        let Ruled { raised, hosts } = rules::judge(&facts, earlier.as_ref());
        let (findings, texts) = raised.into_findings();
        let verdict = Verdict::of(&facts, hosts.iter().any(HostOutcome::fails));
        let summary = Summary::of(&facts, verdict, &hosts, &findings);
        Self { verdict, findings, texts, hosts, summary }
    }

    /// The worst severity; none if there is nothing to say.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.first().map(Finding::severity)
    }

    /// The exit status of the command line: 2 for `unknown`; 1 for `broken`, for `failing`, and
    /// with a finding as bad as `fail_on` (an error unless told otherwise) or worse; else 0.
    #[must_use]
    pub fn exit_status(&self, fail_on: Severity) -> u8 {
        match self.verdict {
            Verdict::Unknown => 2,
            Verdict::Broken | Verdict::Failing => 1,
            _ => u8::from(self.worst().is_some_and(|worst| worst.reaches(fail_on))),
        }
    }

    /// What senders do today with mail for the domain, in one sentence.
    ///
    /// It names what the network said, so escape it for where it goes.
    #[must_use]
    pub fn summary(&self, language: Language) -> String {
        self.summary.text(language)
    }

    /// The policy that was judged, as it came: the text that the spans of `policy-…` findings
    /// count in. None where nothing could be read.
    #[must_use]
    pub fn policy_text(&self) -> Option<&[u8]> {
        self.texts.policy.as_deref()
    }

    /// The text that a finding's span counts in: the policy, or the MTA-STS, TLS-RPT or DMARC
    /// record that was judged. None for a finding without a span.
    #[must_use]
    pub fn text_of(&self, finding: &Finding) -> Option<&[u8]> {
        if finding.span().is_none() && finding.fix().is_none() {
            return None;
        }
        self.text_of_code(finding.code())
    }

    fn text_of_code(&self, code: Code) -> Option<&[u8]> {
        let text = match Stem::of(code)? {
            Stem::Record => &self.texts.record,
            Stem::Policy => &self.texts.policy,
            Stem::TlsRpt => &self.texts.tls_rpt,
            Stem::Dmarc => &self.texts.dmarc,
            _ => return None,
        };
        text.as_deref()
    }

    /// The judgement in words, with the list of checks and the observation that was judged, which
    /// has to be given again.
    #[must_use]
    pub fn report(&self, observation: &Observation, language: Language) -> CheckReport {
        CheckReport::full(self, observation, language)
    }

    /// The judgement in words without the checks and the observation, as `scan` writes it.
    #[must_use]
    pub fn brief_report(&self, observation: &Observation, language: Language) -> CheckReport {
        CheckReport::brief(self, observation, language)
    }

    pub(crate) fn record_text(&self) -> Option<&[u8]> {
        self.texts.record.as_deref()
    }

    pub(crate) fn tls_rpt_text(&self) -> Option<&[u8]> {
        self.texts.tls_rpt.as_deref()
    }

    pub(crate) fn dmarc_text(&self) -> Option<&[u8]> {
        self.texts.dmarc.as_deref()
    }

    /// What each host that receives mail comes to, in the order of their records.
    #[must_use]
    pub fn hosts(&self) -> &[HostOutcome] {
        &self.hosts
    }
}
