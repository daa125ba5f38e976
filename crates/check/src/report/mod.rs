//! A judgement in words, as programs and pages get it.

mod evidence;
mod mail;
mod markdown;
mod policy_host;

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use sigillo_findings::{Finding, LineIndex, RenderedFinding, Severity};
use sigillo_formats::DomainName;
use sigillo_generate::provider::Recognition;
use sigillo_language::Language;

use crate::facts::Facts;
use crate::observation::Observation;
use crate::stem::Stem;
use crate::words::{self, Phrase};
use crate::{Judgement, Verdict};

/// The outcome of a live check, as programs get it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CheckReport {
    /// The version of this layout: 1.
    pub schema: u32,
    /// The domain that was looked at.
    pub domain: DomainName,
    /// What its MTA-STS comes to.
    pub verdict: Verdict,
    /// What senders do today with mail for the domain, in one sentence.
    pub summary: String,
    /// Everything there is to say, most urgent first. The spans of `policy-…`, `record-…`,
    /// `tls-rpt-…` and `dmarc-…` findings count in the `content` of the check of that name.
    pub findings: Vec<RenderedFinding>,
    /// The checks, always all of them and in the same order; left out of a brief report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checks: Option<Vec<Check>>,
    /// What was seen; left out of a brief report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observation: Option<Box<Observation>>,
    /// Who receives the mail, as the names of the hosts that receive it tell: the presets of
    /// `generate`, several where mail is shared or on the move. Left out where nobody is
    /// recognised, or nobody looked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub providers: Vec<String>,
    /// How long the look took.
    pub elapsed_ms: u64,
}

/// A check and its outcome.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Check {
    /// What was checked.
    pub code: Stem,
    /// What came of it.
    pub status: Status,
    /// What was seen.
    pub evidence: Evidence,
}

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// All is well.
    Pass,
    /// There is an error.
    Fail,
    /// There is a warning.
    Warn,
    /// There was nothing to judge, or it could not be looked at.
    Skip,
}

impl Status {
    /// All outcomes.
    pub const ALL: [Self; 4] = [Self::Pass, Self::Fail, Self::Warn, Self::Skip];

    /// The name that programs use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Warn => "warn",
            Self::Skip => "skip",
        }
    }

    /// The word for people.
    #[must_use]
    pub fn word(self, language: Language) -> String {
        words::status(self, language)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// What a check saw: a sentence, and beside it the raw values.
///
/// Both hold what the network said, bounded but as it came: escape it for where it goes.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Evidence {
    /// What was seen, in one sentence.
    pub text: String,
    /// The raw values, by names that depend on the check and never change.
    #[serde(flatten)]
    pub values: Map<String, Value>,
}

/// What was seen of a check's object.
struct Seen {
    /// Whether there was something to judge.
    judged: bool,
    phrase: Phrase,
    values: Map<String, Value>,
}

impl CheckReport {
    /// The checks, if they tell more than the findings: some of them passed.
    #[must_use]
    pub fn telling_checks(&self) -> Option<&[Check]> {
        let checks = self.checks.as_deref()?;
        checks.iter().any(|check| check.status == Status::Pass).then_some(checks)
    }

    /// What stands above the checks.
    #[must_use]
    pub fn checks_title(language: Language) -> String {
        words::text("checks", language)
    }

    /// What MTA-STS is, for whoever may have to hear it: who has it in force knows.
    #[must_use]
    pub fn introduction(&self, language: Language) -> Option<String> {
        let is_needed = self.verdict != Verdict::Enforced && self.telling_checks().is_some();
        is_needed.then(|| words::text("about-mta-sts", language))
    }

    pub(crate) fn full(
        judgement: &Judgement,
        observation: &Observation,
        language: Language,
    ) -> Self {
        let facts = Facts::of(observation);
        let checks =
            Stem::ALL.into_iter().map(|stem| check(stem, judgement, &facts, language)).collect();
        Self {
            checks: Some(checks),
            observation: Some(Box::new(observation.clone())),
            ..Self::brief(judgement, observation, language)
        }
    }

    pub(crate) fn brief(
        judgement: &Judgement,
        observation: &Observation,
        language: Language,
    ) -> Self {
        let render = |finding: &Finding| {
            let lines = LineIndex::new(judgement.text_of(finding).unwrap_or_default());
            finding.render(language, &lines)
        };
        Self {
            schema: 1,
            domain: observation.domain.clone(),
            verdict: judgement.verdict,
            summary: judgement.summary(language),
            findings: judgement.findings.iter().map(render).collect(),
            checks: None,
            observation: None,
            providers: providers(&Facts::of(observation)),
            elapsed_ms: observation.elapsed_ms,
        }
    }
}

/// The presets of the providers that the mail hosts belong to.
fn providers(facts: &Facts<'_>) -> Vec<String> {
    let names = facts.mail_names().into_iter();
    let hosts: Vec<DomainName> = names.filter_map(|name| DomainName::parse(name).ok()).collect();
    let recognition = Recognition::of(&hosts);
    let proposals = recognition.proposals().iter();
    proposals.map(|proposal| proposal.provider().id().to_owned()).collect()
}

fn check(stem: Stem, judgement: &Judgement, facts: &Facts<'_>, language: Language) -> Check {
    let mut seen = evidence::of(stem, judgement, facts);
    if facts.is_nowhere() {
        seen.judged = false;
        seen.phrase = Phrase::new("check-nowhere");
    }
    let of_stem =
        || judgement.findings.iter().filter(move |finding| Stem::of(finding.code()) == Some(stem));
    // Findings come most urgent first.
    let worst = of_stem().next().filter(|finding| finding.severity() != Severity::Hint);
    let status = match worst.map(Finding::severity) {
        Some(Severity::Error) => Status::Fail,
        Some(_) => Status::Warn,
        None if seen.judged => Status::Pass,
        None => Status::Skip,
    };
    let text = match worst {
        None => seen.phrase.text(language),
        Some(worst) => {
            let message = worst.message(language);
            let more = of_stem().filter(|finding| finding.severity() != Severity::Hint).count() - 1;
            match more {
                0 => message,
                more => Phrase::new("check-and-more")
                    .count("count", more)
                    .whole("message", message)
                    .text(language),
            }
        }
    };
    Check { code: stem, status, evidence: Evidence { text, values: seen.values } }
}
