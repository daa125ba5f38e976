//! What must hold for any observation, however torn: saved ones come from files.

use proptest::prelude::*;
use serde_json::{Value, json};
use sigillo_check::{Judgement, Observation, Stem, Verdict};
use sigillo_findings::Severity;
use sigillo_language::Language;

use crate::cases;
use crate::severities::BASES;

/// A base with a few of the cases' changes, one on top of the other.
fn combined() -> impl Strategy<Value = Observation> {
    let count = cases::all().count();
    (0..BASES.len(), prop::collection::vec(0..count, 0..5)).prop_map(|(base, changes)| {
        let mut seen = BASES[base].1();
        for change in changes {
            let change = cases::all().nth(change).unwrap().change;
            let before = seen.clone();
            // A change may ask for something that an earlier one took away.
            seen = std::panic::catch_unwind(move || {
                let mut seen = seen;
                change(&mut seen);
                seen
            })
            .unwrap_or(before);
        }
        seen
    })
}

/// The same with some values replaced by others, as far as they still make an observation.
fn torn() -> impl Strategy<Value = Observation> {
    let values = [
        json!(null),
        json!(""),
        json!("\u{0}\r\n{name}"),
        json!("è".repeat(300)),
        json!(-1),
        json!(0),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(u32::MAX),
        json!(true),
        json!([]),
        json!("found"),
        json!("bogus"),
        json!("timeout"),
        json!("secure"),
        json!("mismatch"),
        json!("expired"),
        json!("::ffff:127.0.0.1"),
        json!("*.example.com"),
    ];
    let tears = prop::collection::vec((any::<prop::sample::Index>(), 0..values.len()), 0..6);
    (combined(), tears).prop_map(move |(seen, tears)| {
        let mut value = serde_json::to_value(&seen).unwrap();
        for (place, with) in tears {
            let mut torn = value.clone();
            let places = pointers(&torn);
            *torn.pointer_mut(&places[place.index(places.len())]).unwrap() = values[with].clone();
            if serde_json::from_value::<Observation>(torn.clone()).is_ok() {
                value = torn;
            }
        }
        serde_json::from_value(value).unwrap()
    })
}

fn pointers(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((path, value)) = open.pop() {
        match value {
            Value::Object(map) => {
                open.extend(map.iter().map(|(key, value)| (format!("{path}/{key}"), value)));
            }
            Value::Array(list) => {
                open.extend(
                    list.iter().enumerate().map(|(i, value)| (format!("{path}/{i}"), value)),
                );
            }
            _ => {}
        }
        if !path.is_empty() {
            found.push(path);
        }
    }
    found
}

fn check_judgement(seen: &Observation, earlier: &Observation) {
    let judgement = Judgement::of(seen, Some(earlier));
    let again = Judgement::of(seen, Some(earlier));
    assert_eq!(judgement.findings, again.findings);
    assert_eq!(judgement.verdict, again.verdict);
    assert!(judgement.findings.is_sorted_by_key(sigillo_findings::Finding::severity));

    let has_error = judgement.worst() == Some(Severity::Error);
    match judgement.verdict {
        Verdict::Broken | Verdict::Failing => assert!(has_error, "{seen:#?}"),
        _ => {}
    }
    for language in Language::ALL {
        let report = judgement.report(seen, language);
        assert!(report.checks.as_ref().unwrap().iter().map(|check| check.code).eq(Stem::ALL));
        assert!(report.summary.len() < 2000);
        assert_eq!(report.findings.len(), judgement.findings.len());
        for finding in &judgement.findings {
            if let Some(span) = finding.span() {
                let text = judgement.text_of(finding).expect("a span has a text");
                assert!(span.end() <= text.len(), "{}", finding.code());
            }
        }
        serde_json::to_string(&report).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_observation_is_judged(seen in torn(), earlier in combined()) {
        check_judgement(&seen, &earlier);
    }

    #[test]
    fn an_observation_survives_being_saved(seen in torn()) {
        let text = serde_json::to_string(&seen).unwrap();
        prop_assert_eq!(serde_json::from_str::<Observation>(&text).unwrap(), seen);
    }
}
