use sigillo_findings::{Finding, Findings};
use sigillo_formats::DomainName;
use sigillo_language::Language;

/// The findings as the rules raise them, each once, and the texts that they point into.
#[derive(Debug)]
pub(crate) struct Raised {
    domain: DomainName,
    findings: Findings,
    pub(crate) texts: Texts,
}

/// The texts that were parsed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Texts {
    pub(crate) record: Option<Vec<u8>>,
    pub(crate) policy: Option<Vec<u8>>,
    pub(crate) tls_rpt: Option<Vec<u8>>,
    pub(crate) dmarc: Option<Vec<u8>>,
}

impl Raised {
    /// Nothing yet about the domain.
    pub(crate) fn about(domain: &DomainName) -> Self {
        Self { domain: domain.clone(), findings: Findings::default(), texts: Texts::default() }
    }

    /// Adds a finding, unless the very same is there: several addresses often have one fault.
    pub(crate) fn push(&mut self, finding: Finding) {
        let finding = about(finding, &self.domain);
        if self.findings.iter().all(|present| *present != finding) {
            self.findings.push(finding);
        }
    }

    /// Adds a finding about a text that is not kept, unless the same was said about another.
    pub(crate) fn push_without_place(&mut self, finding: Finding) {
        let words = |finding: &Finding| finding.message(Language::English);
        let is_said = self
            .findings
            .iter()
            .any(|other| other.code() == finding.code() && words(other) == words(&finding));
        if !is_said {
            self.findings.push(about(finding, &self.domain).without_place());
        }
    }

    /// All findings, most urgent first; within a severity in the order of a message's way.
    pub(crate) fn into_findings(self) -> (Vec<Finding>, Texts) {
        let mut findings: Vec<Finding> = self.findings.iter().cloned().collect();
        findings.sort_by_key(Finding::severity);
        (findings, self.texts)
    }
}

/// A finding whose remedy speaks of the domain.
pub(crate) fn about(finding: Finding, domain: &DomainName) -> Finding {
    finding.with("own", domain.as_str())
}

impl Extend<Finding> for Raised {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }
}
