//! What distinguishes a list of MX patterns from the MX hosts that are live.

use sigillo_findings::{Code, Finding, Severity};
use sigillo_formats::{DomainName, MxPattern};

use crate::live_mx::considered;

/// What distinguishes the patterns of a policy from the MX hosts of its domain (RFC 8461 §4.1).
///
/// A domain whose MX is not known has no difference: don't compare with an empty list, to which
/// every pattern is unused.
///
/// ```
/// # use sigillo_formats::{DomainName, MxPattern};
/// # use sigillo_generate::difference::Difference;
/// let patterns = [MxPattern::parse("*.mx.microsoft")?];
/// let live_mx = [DomainName::parse("contoso-com.a-v1.mx.microsoft").unwrap()];
/// let difference = Difference::between(&patterns, &live_mx);
/// assert_eq!(difference.uncovered, live_mx);
/// assert_eq!(difference.unused, patterns);
/// assert_eq!(difference.too_shallow, [(patterns[0].clone(), live_mx[0].clone())]);
/// # Ok::<(), sigillo_formats::MxPatternError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Live hosts that no pattern matches: with mode `enforce` senders don't deliver to them.
    pub uncovered: Vec<DomainName>,
    /// Patterns that match no live host.
    pub unused: Vec<MxPattern>,
    /// Wildcards that miss an uncovered host only because it stands more than one label below
    /// their name; for each host the wildcard that comes nearest.
    pub too_shallow: Vec<(MxPattern, DomainName)>,
}

impl Difference {
    /// Compares patterns with the live MX, of which the first
    /// [`LIVE_MX_HOSTS`](crate::LIVE_MX_HOSTS) are looked at.
    #[must_use]
    pub fn between(patterns: &[MxPattern], live_mx: &[DomainName]) -> Self {
        let hosts = considered(live_mx);
        let uncovered: Vec<&DomainName> = hosts
            .iter()
            .copied()
            .filter(|host| !patterns.iter().any(|pattern| pattern.matches(host)))
            .collect();
        let too_shallow = uncovered
            .iter()
            .filter_map(|host| {
                let pattern = nearest_above(patterns, host)?;
                Some((pattern.clone(), DomainName::clone(host)))
            })
            .collect();
        let unused = patterns
            .iter()
            .filter(|pattern| !hosts.iter().any(|host| pattern.matches(host)))
            .cloned()
            .collect();
        Self { uncovered: uncovered.into_iter().cloned().collect(), unused, too_shallow }
    }

    /// Whether every live host is covered and every pattern used.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.uncovered.is_empty() && self.unused.is_empty()
    }

    /// The difference as findings; a wildcard that is too shallow is not called unused as well.
    ///
    /// `uncovered` is how bad a host without a pattern is: an error in
    /// mode `enforce`, where mail to it is lost, a warning otherwise.
    #[must_use]
    pub fn findings(&self, uncovered: Severity) -> Vec<Finding> {
        let uncovered = self.uncovered.iter().map(|host| {
            Finding::without_span(Code::GenerateMxNotCovered)
                .with_severity(uncovered)
                .with("host", host.as_str())
        });
        let too_shallow = self.too_shallow.iter().map(|(pattern, host)| {
            Finding::without_span(Code::GenerateWildcardDepth)
                .with("pattern", pattern.to_string())
                .with("host", host.as_str())
        });
        // To delete a wildcard that only stands at the wrong depth would be the wrong advice.
        let unused = self
            .unused
            .iter()
            .filter(|pattern| !self.too_shallow.iter().any(|(shallow, _)| shallow == *pattern))
            .map(|pattern| {
                Finding::without_span(Code::GeneratePatternUnused)
                    .with("pattern", pattern.to_string())
            });
        uncovered.chain(too_shallow).chain(unused).collect()
    }
}

/// The wildcard with the longest name above a host that none matches.
fn nearest_above<'a>(patterns: &'a [MxPattern], host: &DomainName) -> Option<&'a MxPattern> {
    patterns
        .iter()
        .filter(|pattern| {
            pattern.is_wildcard() && pattern.name() != host && host.is_within(pattern.name())
        })
        .max_by_key(|pattern| pattern.name().as_str().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(texts: &[&str]) -> Vec<MxPattern> {
        texts.iter().map(|text| MxPattern::parse(text).unwrap()).collect()
    }

    fn hosts(texts: &[&str]) -> Vec<DomainName> {
        texts.iter().map(|text| DomainName::parse(text).unwrap()).collect()
    }

    #[test]
    fn what_is_covered_and_used_makes_no_difference() {
        let difference = Difference::between(
            &patterns(&["*.example.com", "mail.example.net"]),
            &hosts(&["a.example.com", "MAIL.example.net.", "b.example.com"]),
        );
        assert_eq!(difference, Difference::default());
        assert!(difference.is_empty());
        assert!(difference.findings(Severity::Error).is_empty());
    }

    #[test]
    fn hosts_without_a_pattern_and_patterns_without_a_host() {
        let difference = Difference::between(
            &patterns(&["old.example.com", "*.example.net"]),
            &hosts(&["new.example.com", "a.example.net", "new.example.com"]),
        );
        assert_eq!(difference.uncovered, hosts(&["new.example.com"]));
        assert_eq!(difference.unused, patterns(&["old.example.com"]));
        assert!(difference.too_shallow.is_empty());
    }

    #[test]
    fn the_nearest_wildcard_above_a_host_is_too_shallow() {
        let shallow = patterns(&["*.microsoft", "*.mx.microsoft", "*.x-v1.mx.microsoft"]);
        let host = hosts(&["contoso-com.a-v1.mx.microsoft"]);
        let difference = Difference::between(&shallow, &host);
        assert_eq!(difference.too_shallow, [(shallow[1].clone(), host[0].clone())]);
    }

    #[test]
    fn a_wildcard_is_not_too_shallow_for_a_host_that_another_covers() {
        let difference = Difference::between(
            &patterns(&["*.example.com", "*.b.example.com"]),
            &hosts(&["a.example.com", "a.b.example.com"]),
        );
        assert!(difference.is_empty());
        assert!(difference.too_shallow.is_empty());
    }

    #[test]
    fn the_name_of_a_wildcard_is_not_below_it() {
        let difference =
            Difference::between(&patterns(&["*.example.com"]), &hosts(&["example.com"]));
        assert_eq!(difference.uncovered, hosts(&["example.com"]));
        assert!(difference.too_shallow.is_empty());
    }

    #[test]
    fn findings_fill_their_messages_and_take_the_severity_of_the_mode() {
        let difference = Difference::between(
            &patterns(&["*.mx.microsoft", "mail.example.com"]),
            &hosts(&["contoso-com.a-v1.mx.microsoft"]),
        );
        for severity in [Severity::Error, Severity::Warning] {
            let findings = difference.findings(severity);
            let codes: Vec<Code> = findings.iter().map(Finding::code).collect();
            assert_eq!(
                codes,
                [
                    Code::GenerateMxNotCovered,
                    Code::GenerateWildcardDepth,
                    Code::GeneratePatternUnused
                ]
            );
            assert_eq!(findings[0].severity(), severity);
            for finding in &findings {
                for language in sigillo_language::Language::ALL {
                    assert!(!finding.message(language).contains('{'));
                    assert_eq!(finding.span(), None);
                }
            }
        }
    }
}
