use sigillo_findings::{Finding, Severity};

use crate::Verdict;
use crate::facts::Facts;
use crate::observation::Observation;
use crate::rules;

/// What an observation comes to.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Everything there is to say, most urgent first.
    pub findings: Vec<Finding>,
}

impl Judgement {
    /// Judges an observation; beside an earlier one it also says what changed.
    #[must_use]
    pub fn of(observation: &Observation, earlier: Option<&Observation>) -> Self {
        let facts = Facts::of(observation);
        let earlier = earlier.map(Facts::of);
        let (findings, mx_fails) = rules::judge(&facts, earlier.as_ref());
        let mut findings: Vec<Finding> = findings.iter().cloned().collect();
        // A stable sort: within a severity the rules' order, which is that of a message's way.
        findings.sort_by_key(Finding::severity);
        Self { verdict: Verdict::of(&facts, mx_fails), findings }
    }

    /// The worst severity; none if there is nothing to say.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.first().map(Finding::severity)
    }
}
