//! What the documents publish is what the program does: the schemas of all outputs.

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::Value;

use crate::run::{command, run, run_with};

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schemas")
}

#[test]
fn the_published_schemas_are_those_of_the_program() {
    let names = run(&["schema"]).stdout;
    for name in names.lines() {
        let path = schemas().join(format!("{name}.json"));
        let published = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            published,
            run(&["schema", name]).stdout,
            "{}: write it anew with scripts/update-docs",
            path.display()
        );
    }
    let published = fs::read_dir(schemas()).unwrap().count();
    assert_eq!(published, names.lines().count(), "a schema of nothing");
    assert_eq!(run(&["schema", "nonsense"]).status, 2);
}

#[test]
fn every_output_follows_its_schema() {
    let outputs: [(&str, &[&str]); 14] = [
        ("completions", &["completions", "bash"]),
        ("dmarc-generate", &["dmarc", "generate", "example.com", "--rua", "a@example.net"]),
        ("error", &["generate", "example.com"]),
        ("explain", &["explain", "policy-empty"]),
        ("explain-list", &["explain", "--list"]),
        ("generate", &["generate", "example.com", "--provider", "gandi", "--recipe", "haproxy"]),
        ("man", &["man"]),
        ("provider-list", &["generate", "--provider", "list"]),
        ("recipe-list", &["generate", "--recipe", "list"]),
        ("schema", &["schema"]),
        ("tls-rpt-generate", &["tls-rpt", "generate", "example.com", "--rua", "a@example.com"]),
        ("validate", &["validate", "record", "\"v=STSv1; id=-\""]),
        (
            "validate",
            &["validate", "dmarc", "v=DMARC1; p=none; pct=5; rua=mailto:a@example.com!5m"],
        ),
        ("validate", &["validate", "tls-rpt", "rua=x"]),
    ];
    for (name, arguments) in outputs {
        let output = run(&[arguments, &["--json"]].concat()).json();
        assert_follows(name, &output);
    }
    let policy = run_with(command(&["validate", "policy", "-", "--json"]), b"mode: x\nmx: *\n");
    assert_follows("validate", &policy.json());
    let report = br#"{"policies":[{"policy":{"policy-type":"sts","mx-host":"a"},"summary":{"total-failure-session-count":"1"},"failure-details":[{"result-type":"other","sending-mta-ip":"x"}]}]}"#;
    let report = run_with(command(&["validate", "report", "-", "--json"]), report);
    assert_follows("validate", &report.json());
}

fn assert_follows(name: &str, output: &Value) {
    let schema = run(&["schema", name]).json();
    let validator = Validator::new(&schema).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(output)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{name}: {faults:?}\n{output:#}");
    assert_eq!(output["schema"], 1, "{name}");
}
