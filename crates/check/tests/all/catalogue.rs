//! The catalogue and the rules say the same.

use std::collections::BTreeSet;

use sigillo_check::{Judgement, Stem};
use sigillo_findings::{Code, Finding};
use sigillo_language::Language;

use crate::cases;
use crate::severities::BASES;

#[test]
fn every_live_code_is_raised_by_a_case() {
    let raised: BTreeSet<&str> =
        cases::all().map(|case| case.code).chain(crate::sequel::CODES).collect();
    let live: Vec<&str> =
        Code::ALL.iter().filter(|code| code.is_live()).map(|code| code.name()).collect();
    let unused: Vec<&&str> = live.iter().filter(|name| !raised.contains(*name)).collect();
    assert!(unused.is_empty(), "in the catalogue, but raised by no case: {unused:?}");
}

#[test]
fn every_code_is_of_one_check_or_of_none_that_is_live() {
    for code in Code::ALL {
        let name = code.name();
        let is_elsewhere = name.starts_with("generate-") || name.starts_with("report-");
        let Some(stem) = Stem::of(*code) else {
            assert!(is_elsewhere, "{name} belongs to no check");
            continue;
        };
        assert!(!is_elsewhere, "{name}");
        let begins = |other: &Stem| name == other.name() || name.starts_with(&format!("{other}-"));
        // Of the stems that fit, each is a part of the one that has the code.
        for other in Stem::ALL.iter().filter(|other| begins(other)) {
            assert!(stem.name().starts_with(other.name()), "{name}: {stem} and {other}");
        }
    }
}

#[test]
fn a_stem_is_a_code_where_a_check_can_fail_in_one_way() {
    for stem in Stem::ALL {
        let codes: Vec<&str> = Code::ALL
            .iter()
            .filter(|code| Stem::of(**code) == Some(stem))
            .map(|code| code.name())
            .collect();
        assert!(!codes.is_empty(), "{stem}");
        assert!(codes.len() > 1 || codes == [stem.name()], "{stem}: {codes:?}");
    }
}

#[test]
fn every_finding_fills_its_texts_in_both_languages() {
    for case in cases::all() {
        for (_, base) in BASES {
            let mut seen = base();
            (case.change)(&mut seen);
            let judgement = Judgement::of(&seen, None);
            judgement.findings.iter().for_each(assert_filled);
        }
    }
}

pub(crate) fn assert_filled(finding: &Finding) {
    for language in Language::ALL {
        for words in [finding.message(language), finding.help(language)] {
            let gap = words.split('{').skip(1).any(|rest| {
                rest.split_once('}').is_some_and(|(name, _)| {
                    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase())
                })
            });
            assert!(!gap, "{} {language}: {words}", finding.code());
            assert!(!words.contains("``"), "{} {language}: {words}", finding.code());
        }
    }
}
