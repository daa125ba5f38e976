use crate::{Code, Finding, Severity, Span};

/// How many findings of one code are listed; the last of them counts the rest.
pub const LISTED_PER_CODE: usize = 20;

/// Findings as the rules raise them, bounded: hostile input can't make the list long.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    list: Vec<Finding>,
    /// Codes that were raised, how often, and where the last listed one of each stands.
    raised: Vec<(Code, usize, usize)>,
    /// The worst severity of all that was pushed, listed or only counted.
    worst: Option<Severity>,
}

impl Findings {
    /// No findings yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { list: Vec::new(), raised: Vec::new(), worst: None }
    }

    /// Adds a finding, or counts it where its code was raised [`LISTED_PER_CODE`] times already.
    pub fn push(&mut self, finding: Finding) {
        let severity = finding.severity();
        self.worst = Some(self.worst.map_or(severity, |worst| worst.min(severity)));
        let index = self.list.len();
        match self.raised.iter_mut().find(|(code, ..)| *code == finding.code()) {
            Some((_, count, last)) if *count >= LISTED_PER_CODE => {
                if let Some(last) = self.list.get_mut(*last) {
                    last.count_more(1 + finding.more());
                }
            }
            Some((_, count, last)) => {
                *count += 1;
                *last = index;
                self.list.push(finding);
            }
            None => {
                self.raised.push((finding.code(), 1, index));
                self.list.push(finding);
            }
        }
    }

    /// Adds all of other findings.
    pub fn append(&mut self, others: Self) {
        self.extend(others.list);
    }

    /// Whether nothing was found.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether any finding is an error.
    #[must_use]
    pub fn has_error(&self) -> bool {
        self.worst() == Some(Severity::Error)
    }

    /// The worst severity; none if nothing was found.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.worst
    }

    /// The findings in the order in which they were raised.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.list.iter()
    }

    /// The same with the places of all findings put elsewhere.
    #[must_use]
    pub fn map_spans(mut self, place: impl Fn(Span) -> Span) -> Self {
        self.list = self.list.into_iter().map(|finding| finding.map_spans(&place)).collect();
        self
    }

    /// The findings in the order of the text, those about the whole first.
    #[must_use]
    pub fn into_text_order(mut self) -> Vec<Finding> {
        self.list.sort_by_key(Finding::span);
        self.list
    }
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twentieth_of_a_code_counts_the_rest() {
        let mut findings = Findings::new();
        for offset in 0..50 {
            findings.push(Finding::new(Code::PolicyBlankLine, Span::at(offset)));
        }
        findings.push(Finding::new(Code::PolicyModeMissing, Span::at(0)));
        assert_eq!(findings.iter().count(), 21);
        assert_eq!(findings.iter().nth(19).map(Finding::more), Some(30));
        assert!(findings.has_error());
        assert_eq!(findings.worst(), Some(Severity::Error));
    }
}
