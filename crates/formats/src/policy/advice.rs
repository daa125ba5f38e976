//! What is risky or could be better in a policy, beyond what makes it invalid.

use std::collections::{HashMap, HashSet};

use sigillo_findings::{Code, Finding, Findings, Span};

use super::extension::KNOWN_FIELDS;
use super::{MaxAge, Mode, ParsedPolicy};
use crate::misspelling::nearest;
use crate::{DomainName, MxPattern};

/// Up to how many patterns comparing each with each is faster than a set.
const FEW_PATTERNS: usize = 12;

/// How many extension fields are compared with the known names. Comparing is the slowest of the
/// rules, and no policy that a person wrote has more.
const COMPARED_EXTENSIONS: usize = 64;

/// Adds the advice about a policy.
pub(super) fn give(policy: &ParsedPolicy<'_>, findings: &mut Findings) {
    if policy.version_comes_late
        && let Some(version) = policy.version
    {
        findings.push(Finding::new(Code::PolicyVersionNotFirst, version));
    }
    if let Some((Some(max_age), span)) = policy.max_age {
        let mode = policy.mode.and_then(|(mode, _)| mode);
        findings.extend(about_max_age(max_age, mode, span));
    }
    for (pattern, span) in policy.mx.iter().zip(&policy.mx_spans) {
        findings.extend(about_pattern(pattern, *span));
    }
    if policy.mx.len() <= FEW_PATTERNS {
        about_few_patterns(policy, findings);
    } else {
        about_many_patterns(policy, findings);
    }
    let extensions = policy.extensions.iter().zip(&policy.extension_spans);
    for (extension, span) in extensions.take(COMPARED_EXTENSIONS) {
        if let Some(field) = nearest(extension.name(), &KNOWN_FIELDS) {
            let finding = Finding::new(Code::PolicyUnknownField, *span)
                .with("name", extension.name())
                .with("suggestion", field);
            // Where the known one is there too, to rename would only repeat it.
            let is_there = match field {
                "version" => policy.version.is_some(),
                "mode" => policy.mode.is_some(),
                "max_age" => policy.max_age.is_some(),
                _ => false,
            };
            findings.push(if is_there { finding } else { finding.fixed_by(*span, field) });
        }
    }
}

fn about_max_age(max_age: MaxAge, mode: Option<Mode>, span: Span) -> Option<Finding> {
    let code = match mode {
        _ if max_age.seconds() == 0 => Code::PolicyMaxAgeZero,
        // A short life is what RFC 8461 §8.3 wants of a policy that is on its way out.
        Some(Mode::None) => return None,
        _ if max_age < MaxAge::DAY => Code::PolicyMaxAgeShort,
        Some(Mode::Enforce) if max_age < MaxAge::WEEK => Code::PolicyMaxAgeUnderWeek,
        _ => return None,
    };
    Some(Finding::new(code, span).with("value", max_age.seconds()))
}

fn about_pattern(pattern: &MxPattern, span: Span) -> Option<Finding> {
    if pattern.is_wildcard() {
        pattern.name().is_public_suffix().then(|| {
            Finding::new(Code::PolicyMxPublicSuffix, span)
                .with("value", pattern.to_string())
                .with("suffix", pattern.name().as_str())
        })
    } else {
        pattern.name().is_single_label().then(|| {
            Finding::new(Code::PolicyMxSingleLabel, span).with("value", pattern.to_string())
        })
    }
}

fn about_few_patterns(policy: &ParsedPolicy<'_>, findings: &mut Findings) {
    for (index, (pattern, span)) in policy.mx.iter().zip(&policy.mx_spans).enumerate() {
        let mut before = policy.mx.iter().take(index);
        if before.any(|other| other == pattern) {
            findings.push(duplicate(pattern, *span));
        } else if let Some(other) =
            policy.mx.iter().find(|other| *other != pattern && other.covers(pattern))
        {
            findings.push(shadowed(pattern, other, *span));
        }
    }
}

/// The same as [`about_few_patterns`], in linear time for a file that is full of patterns.
fn about_many_patterns(policy: &ParsedPolicy<'_>, findings: &mut Findings) {
    let wildcards: HashMap<&str, &MxPattern> = policy
        .mx
        .iter()
        .filter(|pattern| pattern.is_wildcard())
        .map(|pattern| (pattern.name().as_str(), pattern))
        .collect();
    let mut seen: HashSet<&MxPattern> = HashSet::new();
    for (pattern, span) in policy.mx.iter().zip(&policy.mx_spans) {
        let parent = (!pattern.is_wildcard()).then(|| pattern.name()).and_then(DomainName::parent);
        if !seen.insert(pattern) {
            findings.push(duplicate(pattern, *span));
        } else if let Some(other) = parent.and_then(|parent| wildcards.get(parent)) {
            findings.push(shadowed(pattern, other, *span));
        }
    }
}

fn duplicate(pattern: &MxPattern, span: Span) -> Finding {
    Finding::new(Code::PolicyMxDuplicate, span).with("value", pattern.to_string())
}

fn shadowed(pattern: &MxPattern, by: &MxPattern, span: Span) -> Finding {
    Finding::new(Code::PolicyMxShadowed, span)
        .with("value", pattern.to_string())
        .with("pattern", by.to_string())
}
