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
    let outputs: [(&str, &[&str]); 18] = [
        ("completions", &["completions", "bash"]),
        ("config-check", &["config", "check"]),
        ("config-check", &["config", "check", "Cargo.toml"]),
        ("config-show", &["config", "show"]),
        ("dmarc-generate", &["dmarc", "generate", "example.com", "--rua", "a@example.net"]),
        ("error", &["generate", "example.com"]),
        ("explain", &["explain", "policy-empty"]),
        ("explain-list", &["explain", "--list"]),
        ("generate", &["generate", "example.com", "--provider", "gandi", "--recipe", "haproxy"]),
        ("man", &["man"]),
        ("provider-list", &["generate", "--provider", "list"]),
        ("query", &["query", "[192.0.2.1]"]),
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

pub(crate) fn assert_follows(name: &str, output: &Value) {
    let schema = run(&["schema", name]).json();
    let validator = Validator::new(&schema).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(output)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{name}: {faults:?}\n{output:#}");
    assert_eq!(output["schema"], 1, "{name}");
}

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/examples/sigillo.toml");
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/configuration.md");

/// Each key with its section and default, as the program has them.
fn keys() -> Vec<(String, String, Value)> {
    let mut all = command(&["config", "show", EXAMPLE, "--json"]);
    all.env("SIGILLO_METRICS_LISTEN", "127.0.0.1:8462").env("SIGILLO_SENDER_DRY_RUN", "false");
    let json = run_with(all, b"").json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let settings = json["settings"].as_array().unwrap().iter();
    settings.map(|it| (text(&it["section"]), text(&it["key"]), it["value"].clone())).collect()
}

/// A default as TOML writes it; none where it depends on the machine or there is none.
fn written(key: &str, value: &Value) -> Option<String> {
    let is_fixed = !value.is_null() && !["url", "admin"].contains(&key);
    is_fixed.then(|| value.to_string().replace("\",\"", "\", \""))
}

#[test]
fn the_example_of_a_configuration_has_every_key_with_its_default() {
    let checked = run(&["config", "check", EXAMPLE]);
    assert_eq!(checked.status, 0, "{}", checked.stdout);
    let text = fs::read_to_string(EXAMPLE).unwrap();
    let mut section = String::new();
    let mut found = Vec::new();
    // What stands behind `#` without a blank is a value that isn't the default's own.
    for line in text.lines().map(|line| line.strip_prefix('#').unwrap_or(line)) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            name.clone_into(&mut section);
        } else if let Some((name, value)) =
            line.split_once(" = ").filter(|_| !line.starts_with(' '))
        {
            found.push((section.clone(), name.to_owned(), value.to_owned()));
        }
    }
    let expected = keys();
    assert_eq!(found.len(), expected.len());
    for ((section, name, value), (of, key, default)) in found.iter().zip(&expected) {
        assert_eq!((section, name), (of, key));
        if let Some(default) = written(key, default) {
            assert_eq!(*value, default, "[{section}] {name}");
        }
    }
    // All that is commented out is good too.
    let all: String = text
        .lines()
        .map(|line| line.strip_prefix('#').filter(|it| !it.starts_with(' ')).unwrap_or(line))
        .filter(|line| !line.contains("_file = "))
        .map(|line| line.to_owned() + "\n")
        .collect();
    let all = run_with(command(&["config", "check", "-"]), all.as_bytes());
    assert_eq!(all.status, 0, "{}", all.stdout);
}

#[test]
fn the_page_about_the_configuration_has_every_key() {
    let text = fs::read_to_string(PAGE).unwrap();
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.contains("`SIGILLO_") && line.starts_with('|'))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    let expected = keys();
    assert_eq!(rows.len(), expected.len());
    for (row, (section, key, default)) in rows.iter().zip(&expected) {
        let variable = format!("SIGILLO_{section}_{key}").to_uppercase();
        assert_eq!(row[..2], [format!("`{key}`"), format!("`{variable}`")]);
        if let Some(default) = written(key, default) {
            assert_eq!(row[2], format!("`{default}`"), "{key}");
        }
        assert!(row[3].len() > 10, "{key}");
    }
}

#[test]
fn the_example_of_overrides_is_good() {
    let mut check = command(&["config", "check"]);
    let path = Path::new(EXAMPLE).with_file_name("overrides.toml");
    check.env("SIGILLO_SENDER_OVERRIDES_FILE", &path);
    let checked = run_with(check, b"");
    assert_eq!(checked.status, 0, "{}", checked.stdout);
}
