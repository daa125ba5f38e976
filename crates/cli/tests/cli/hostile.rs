//! Input that means harm: nothing raw on a terminal, nothing slow, no panic.

use crate::run::{command, run, run_with};

/// What a terminal would obey or hide.
const HOSTILE: &str = "a\u{1b}[31mb\u{7}\u{9b}2J\u{202e}c\u{200b}\u{feff}";

fn assert_harmless(text: &str) {
    for character in text.chars() {
        let fine = character == '\n' || !character.is_control();
        let hidden = ['\u{202e}', '\u{200b}', '\u{feff}'].contains(&character);
        assert!(fine && !hidden, "{character:?} in {text:?}");
    }
}

#[test]
fn nothing_is_printed_raw() {
    let texts: [Vec<&str>; 10] = [
        vec!["validate", "record", HOSTILE],
        vec!["validate", "tls-rpt", HOSTILE],
        vec!["validate", "dmarc", HOSTILE],
        vec!["validate", "policy", HOSTILE],
        vec!["generate", HOSTILE],
        vec!["generate", "example.com", "--mx", HOSTILE],
        vec!["generate", "example.com", "--mx", "a.example", "--tls-rpt", HOSTILE],
        vec!["generate", "example.com", "--provider", HOSTILE],
        vec!["explain", HOSTILE],
        vec![HOSTILE],
    ];
    for arguments in texts {
        for language in ["en", "it"] {
            let outcome = run(&[&arguments[..], &["--lang", language]].concat());
            assert_ne!(outcome.status, 0);
            assert_harmless(&outcome.stdout);
            assert_harmless(&outcome.stderr);
        }
    }
    let policies = [
        format!("version: STSv1\nmode: none\nmax_age: 1\nnote: {HOSTILE}\n"),
        format!("version: {HOSTILE}\nmode: {HOSTILE}\nmx: {HOSTILE}\nmax_age: {HOSTILE}\n"),
        format!("{HOSTILE}: x\n{HOSTILE}\n"),
    ];
    for policy in policies {
        let outcome = run_with(command(&["validate", "policy", "-"]), policy.as_bytes());
        assert_harmless(&outcome.stdout);
    }
    let report = format!(
        r#"{{"organization-name":{:?},"report-id":"\u001b[2J","policies":[{{"policy":{{"policy-type":"\u009b","policy-domain":"x\u202e"}},"summary":{{"total-failure-session-count":1}}}}]}}"#,
        "\u{202e}"
    );
    let outcome = run_with(command(&["validate", "report", "-"]), report.as_bytes());
    assert_harmless(&outcome.stdout);
}

#[test]
fn large_input_is_cut_and_said_to_be() {
    let large = b"mx: *.example.com\n".repeat(10 * 1024 * 1024 / 18);
    let outcome = run_with(command(&["validate", "policy", "-", "--json"]), &large);
    assert_eq!(outcome.status, 1);
    let codes: Vec<String> = outcome.findings().into_iter().map(|(code, _)| code).collect();
    assert!(codes.contains(&"policy-too-large".to_owned()));
    let listed = codes.iter().filter(|code| *code == "policy-mx-duplicate").count();
    assert_eq!(listed, 20);
    let json = outcome.json();
    let last = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .rfind(|finding| finding["code"] == "policy-mx-duplicate")
        .unwrap();
    assert!(last["more"].as_u64().is_some_and(|more| more > 3000));
}

#[test]
fn any_bytes_are_answered() {
    for bytes in [
        &b"\xff\xfe\x00\x01"[..],
        b"\x00\x00\x00\x00",
        b"\xef\xbb\xbf",
        b"\r\r\r",
        b"\x1f\x8b\x08",
        b"PK\x03\x04",
    ] {
        for kind in ["policy", "record", "tls-rpt", "dmarc", "report"] {
            let outcome = run_with(command(&["validate", kind, "-"]), bytes);
            assert_eq!(outcome.status, 1, "{kind} {bytes:?}: {}", outcome.stderr);
            assert_harmless(&outcome.stdout);
        }
    }
}
