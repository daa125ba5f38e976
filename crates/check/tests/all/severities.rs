//! The severity of every code in enforce, in testing and without MTA-STS.

use sigillo_check::{Judgement, Observation};
use sigillo_findings::Severity;

use crate::cases;
use crate::domain::{healthy, testing, without_policy};

pub(crate) type Base = fn() -> Observation;

pub(crate) const BASES: [(&str, Base); 3] =
    [("enforce", healthy), ("testing", testing), ("without", without_policy)];

fn severity(seen: &Observation, code: &str) -> Option<Severity> {
    let judgement = Judgement::of(seen, None);
    let found = judgement.findings.iter().filter(|finding| finding.code().name() == code);
    found.map(sigillo_findings::Finding::severity).min()
}

#[test]
fn about_a_healthy_domain_there_is_nothing_to_say() {
    let codes = |seen: &Observation| -> Vec<&str> {
        Judgement::of(seen, None).findings.iter().map(|finding| finding.code().name()).collect()
    };
    assert_eq!(codes(&healthy()), [""; 0]);
    assert_eq!(codes(&testing()), ["mode-testing"]);
    assert_eq!(codes(&without_policy()), ["record-absent"]);
}

#[test]
fn every_case_has_its_severity_in_every_mode() {
    let mut wrong = Vec::new();
    for (number, case) in cases::all().enumerate() {
        for ((mode, base), expected) in BASES.into_iter().zip(case.severities.chars()) {
            let mut seen = base();
            (case.change)(&mut seen);
            let got = match severity(&seen, case.code) {
                Some(Severity::Error) => 'E',
                Some(Severity::Warning) => 'W',
                Some(Severity::Hint) => 'H',
                None => '-',
            };
            if got != expected {
                wrong.push(format!("{number} {} {mode}: {got}, not {expected}", case.code));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
