use sigillo_formats::{DomainName, MxPattern};

use super::template::{Captures, Template};

/// One way in which a provider names its MX hosts, and the patterns that cover them.
pub(super) struct Form {
    pub(super) recognizers: Vec<Template>,
    pub(super) patterns: Vec<Template>,
    /// Whether it is proposed for live hosts only, whatever its patterns need.
    pub(super) only_live: bool,
    /// The region, country or data centre that it is about.
    pub(super) variant: Option<String>,
}

impl Form {
    /// The variant that it is about; none if it is about all or has none.
    pub(super) fn variant(&self) -> Option<&str> {
        self.variant.as_deref()
    }

    /// The patterns for a live host, which cover it; none if the host has another form.
    pub(super) fn patterns_for(&self, host: &DomainName) -> Option<Vec<MxPattern>> {
        let captures = self.recognizers.iter().find_map(|recognizer| recognizer.captures(host))?;
        let mut patterns = self.fill(&captures);
        if !patterns.iter().any(|pattern| pattern.matches(host)) {
            patterns.push(MxPattern::host(host.clone()));
        }
        Some(patterns)
    }

    /// The patterns for a domain whose MX is not known; empty if only the live MX tells.
    pub(super) fn patterns_without_mx(&self) -> Vec<MxPattern> {
        if self.only_live {
            return Vec::new();
        }
        self.fill(&Captures::new())
    }

    /// The patterns that can be filled from these texts.
    fn fill(&self, captures: &Captures<'_>) -> Vec<MxPattern> {
        self.patterns.iter().filter_map(|pattern| pattern.fill(captures)).collect()
    }
}

/// Adds a pattern unless it is covered already.
pub(super) fn add(patterns: &mut Vec<MxPattern>, pattern: MxPattern) {
    if !patterns.iter().any(|present| present.covers(&pattern)) {
        patterns.push(pattern);
    }
}
