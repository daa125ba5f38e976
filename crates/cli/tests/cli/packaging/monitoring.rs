//! The dashboard and the alerts ask for what there is, and the dashboard shows all of it.

use std::collections::{BTreeMap, BTreeSet};

use saphyr::{LoadableYamlNode as _, Yaml};
use serde_json::Value;

use super::text;
use crate::serve::numbers_of_the_sender;

const PREFIX: &str = "sigillo_sender_";

/// What a running service counts for mail servers: the kind of each metric, and the whole text.
fn counted() -> (BTreeMap<String, String>, String) {
    let text = numbers_of_the_sender();
    let kind = |line: &str| {
        let (name, kind) = line.strip_prefix("# TYPE ")?.split_once(' ')?;
        name.starts_with(PREFIX).then(|| (name.to_owned(), kind.to_owned()))
    };
    (text.lines().filter_map(kind).collect(), text)
}

/// The metrics that a query names. Of a histogram that is one of its parts.
fn asked(query: &str, counted: &BTreeMap<String, String>) -> BTreeSet<String> {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let names = query.split(|letter| !is_name(letter)).filter(|word| word.starts_with("sigillo"));
    names
        .map(|name| {
            let base = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end));
            let histogram =
                base.filter(|base| counted.get(*base).is_some_and(|it| it == "histogram"));
            let name = histogram.unwrap_or(name);
            let kind = counted.get(name).unwrap_or_else(|| panic!("no {name}: {query}"));
            // Of what only grows nothing but its growth says anything, of the rest only itself.
            let grows = kind != "gauge";
            assert_eq!(grows, query.contains("rate(") || query.contains("increase("), "{query}");
            name.to_owned()
        })
        .collect()
}

/// Every value that a query wants a label to have is one that there is.
fn assert_has_labels(query: &str, counted: &str) {
    for matchers in query.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
        for matcher in matchers.split("\",") {
            let (label, values) = matcher.split_once('=').unwrap();
            let values = values.trim_start_matches('~').trim_matches('"');
            for value in values.split('|').filter(|value| !value.starts_with('$')) {
                let pair = format!("{{{label}=\"{value}\"}}");
                assert!(counted.contains(&pair), "no {pair}: {query}");
            }
        }
    }
}

/// All that a field with this name says, anywhere in a document.
fn find<'a>(name: &str, document: &'a Value, found: &mut Vec<&'a Value>) {
    match document {
        Value::Array(values) => values.iter().for_each(|value| find(name, value, found)),
        Value::Object(fields) => {
            for (key, value) in fields {
                if key == name {
                    found.push(value);
                }
                find(name, value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_dashboard_shows_every_number_and_no_other() {
    let (counted, text_of_all) = counted();
    let dashboard: Value = serde_json::from_str(&text("grafana/sigillo-sender.json")).unwrap();
    let mut shown = BTreeSet::new();
    let mut queries = Vec::new();
    find("expr", &dashboard, &mut queries);
    for query in queries {
        let query = query.as_str().unwrap();
        shown.extend(asked(query, &counted));
        assert_has_labels(query, &text_of_all);
    }
    let all: BTreeSet<String> = counted.into_keys().collect();
    assert_eq!(shown, all);
}

#[test]
fn the_dashboard_can_be_imported() {
    let dashboard: Value = serde_json::from_str(&text("grafana/sigillo-sender.json")).unwrap();
    assert!(dashboard["schemaVersion"].as_u64().is_some_and(|version| version >= 36));
    assert_eq!(dashboard["templating"]["list"][0]["type"], "datasource");
    let mut sources = Vec::new();
    find("datasource", &dashboard, &mut sources);
    assert!(sources.iter().all(|source| source["uid"] == "${datasource}"));
    let panels = dashboard["panels"].as_array().unwrap();
    let ids: BTreeSet<u64> = panels.iter().map(|panel| panel["id"].as_u64().unwrap()).collect();
    assert_eq!(ids.len(), panels.len());
    // Each cell of the 24 columns belongs to one panel.
    let mut taken = BTreeSet::new();
    for panel in panels {
        let place = |name: &str| panel["gridPos"][name].as_u64().unwrap();
        for x in place("x")..place("x") + place("w") {
            for y in place("y")..place("y") + place("h") {
                assert!(x < 24 && taken.insert((x, y)), "{}", panel["title"]);
            }
        }
    }
}

#[test]
fn every_alert_asks_for_what_there_is_and_says_what_to_do() {
    let (counted, text_of_all) = counted();
    let rules = text("prometheus/sigillo.rules.yml");
    let documents = Yaml::load_from_str(&rules).unwrap();
    let mut names = BTreeSet::new();
    for group in documents[0]["groups"].as_sequence().unwrap() {
        for rule in group["rules"].as_sequence().unwrap() {
            let say = |field: &Yaml<'_>| field.as_str().unwrap().to_owned();
            let name = say(&rule["alert"]);
            let query = say(&rule["expr"]);
            assert!(!asked(&query, &counted).is_empty(), "{name}");
            assert_has_labels(&query, &text_of_all);
            assert!(say(&rule["for"]).ends_with(['m', 'h']), "{name}");
            assert!(["critical", "warning"].contains(&say(&rule["labels"]["severity"]).as_str()));
            for annotation in ["summary", "description"] {
                assert!(say(&rule["annotations"][annotation]).len() > 20, "{name}: {annotation}");
            }
            assert!(names.insert(name), "an alert twice");
        }
    }
    assert!(names.len() > 5, "{names:?}");
}
