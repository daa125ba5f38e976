//! The catalogue and the rules say the same: no code of the formats is unused, and every finding
//! fills its texts.

use sigillo_findings::Code;
use sigillo_formats::Kind;
use sigillo_language::Language;

use crate::cases::{codes_raised, tables};

#[test]
fn every_code_of_the_formats_is_raised_by_a_case() {
    let raised = codes_raised();
    // The tests of reports have their own tables, and the same test for their codes.
    let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Report);
    let prefixes: Vec<String> = kinds.map(|kind| format!("{kind}-")).collect();
    let unused: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !code.is_live())
        .map(|code| code.name())
        .filter(|name| prefixes.iter().any(|prefix| name.starts_with(prefix)))
        .filter(|name| !raised.contains(name))
        .collect();
    assert!(unused.is_empty(), "in the catalogue, but raised by no case: {unused:?}");
}

#[test]
fn every_finding_fills_its_texts_in_both_languages() {
    for (kind, valid, invalid) in tables() {
        for (text, _) in valid.iter().chain(invalid) {
            for finding in kind.judge(text).findings {
                for language in Language::ALL {
                    for words in [finding.message(language), finding.help(language)] {
                        let gaps = words.contains("{value}")
                            || words.split('{').skip(1).any(|rest| {
                                rest.split_once('}').is_some_and(|(name, _)| {
                                    name.bytes().all(|byte| byte.is_ascii_lowercase())
                                        && !name.is_empty()
                                })
                            });
                        assert!(!gaps, "{} {language}: {words}", finding.code());
                    }
                }
            }
        }
    }
}
