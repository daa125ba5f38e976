//! The public behaviour of the parser and writer of TLS-RPT reports.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "the helpers of a test are tests too"
)]

mod hostile;
mod inputs;
mod meaning;
mod properties;
mod quirks;

use std::collections::BTreeSet;

use sigillo_findings::{Code, Finding, Severity, Span};
use sigillo_formats::report::{self, ParsedReport, Report};
use sigillo_language::Language;

/// A report without any fault.
const GOOD: &str = r#"{
  "organization-name": "Example Mail",
  "date-range": {
    "start-datetime": "2026-03-01T00:00:00Z",
    "end-datetime": "2026-03-01T23:59:59Z"
  },
  "contact-info": "tls@mail.example",
  "report-id": "2026-03-01_example.com",
  "policies": [{
    "policy": {
      "policy-type": "sts",
      "policy-string": ["version: STSv1", "mode: enforce", "mx: mx.example.com", "max_age: 604800"],
      "policy-domain": "example.com",
      "mx-host": ["mx.example.com"]
    },
    "summary": {"total-successful-session-count": 5, "total-failure-session-count": 2},
    "failure-details": [{
      "result-type": "certificate-expired",
      "sending-mta-ip": "192.0.2.1",
      "receiving-mx-hostname": "mx.example.com",
      "receiving-mx-helo": "mx",
      "receiving-ip": "2001:db8::1",
      "failed-session-count": 2,
      "additional-information": "https://mail.example/why",
      "failure-reason-code": "X509_V_ERR_CERT_HAS_EXPIRED"
    }]
  }]
}"#;

/// The lines of its policy, and the MX hosts that it gives.
const LINES: &str =
    r#"["version: STSv1", "mode: enforce", "mx: mx.example.com", "max_age: 604800"]"#;
const HOSTS: &str = r#"["mx.example.com"]"#;

fn changed(from: &str, to: &str) -> String {
    assert_eq!(GOOD.matches(from).count(), 1, "{from} should be in the report once");
    GOOD.replace(from, to)
}

fn codes(parsed: &ParsedReport) -> Vec<Code> {
    parsed.findings().iter().map(Finding::code).collect()
}

fn value(text: &str) -> Report {
    report::parse(text.as_bytes()).value().clone()
}

/// What holds for every input: places lie in the text, and a report is valid unless an error says
/// otherwise.
fn check_invariants(parsed: &ParsedReport) {
    for finding in parsed.findings() {
        let end = finding.span().map_or(0, Span::end);
        assert!(end <= parsed.text().len(), "{finding:?}");
    }
    let has_error = parsed.findings().iter().any(|finding| finding.severity() == Severity::Error);
    assert_eq!(parsed.is_valid(), !has_error);
    let is_usable = parsed.value().usable_policies().next().is_some();
    assert!(is_usable || !parsed.is_valid());
}

/// No sentence lacks a value.
fn check_sentences(parsed: &ParsedReport) {
    for finding in parsed.findings() {
        for language in Language::ALL {
            for text in [finding.message(language), finding.help(language)] {
                assert!(!text.contains(['{', '}']), "{finding:?}: {text}");
            }
        }
    }
}

#[test]
fn a_report_without_a_fault() {
    let parsed = report::parse(GOOD.as_bytes());
    assert!(parsed.findings().is_empty(), "{:?}", parsed.findings());
    assert!(parsed.is_valid());
    assert_eq!(parsed.text(), GOOD.as_bytes());
    let json: serde_json::Value = serde_json::from_str(GOOD).unwrap();
    assert_eq!(serde_json::to_value(parsed.value()).unwrap(), json);
    assert_eq!(parsed.value().to_json(), json.to_string());
}

#[test]
fn every_code_of_reports_is_raised_by_a_test() {
    let mut raised = BTreeSet::new();
    for (from, to, ..) in quirks::CASES {
        raised.extend(codes(&report::parse(changed(from, to).as_bytes())));
    }
    for (bytes, ..) in inputs::inputs() {
        raised.extend(codes(&report::parse(&bytes)));
    }
    let known = Code::ALL.iter().filter(|code| code.name().starts_with("report-"));
    let missing: Vec<_> = known.filter(|code| !raised.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_schema_has_the_keys_of_the_standard() {
    let schema = serde_json::to_value(schemars::schema_for!(Report)).unwrap();
    let definitions = schema["$defs"].as_object().unwrap();
    assert!(definitions.contains_key("ReportedPolicyType"));
    let mut described = BTreeSet::new();
    for object in definitions.values().chain([&schema]) {
        if let Some(properties) = object["properties"].as_object() {
            described.extend(properties.keys().cloned());
        }
    }
    let mut used = BTreeSet::new();
    collect_keys(&serde_json::from_str(GOOD).unwrap(), &mut used);
    assert_eq!(described, used);
}

fn collect_keys(value: &serde_json::Value, keys: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(members) => {
            for (key, value) in members {
                keys.insert(key.clone());
                collect_keys(value, keys);
            }
        }
        serde_json::Value::Array(elements) => {
            for element in elements {
                collect_keys(element, keys);
            }
        }
        _ => {}
    }
}
