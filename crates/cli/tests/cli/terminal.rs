//! Output on terminals of every kind.

use std::io::Read as _;
use std::process::Stdio;

use crate::run::{command, run, run_with};

/// Commands whose pages have much text.
const PAGES: [&[&str]; 6] = [
    &["generate", "example.com", "--provider", "microsoft365", "--id", "1", "--mode", "enforce"],
    &["generate", "--provider", "list"],
    &["explain", "policy-max-age-short"],
    &["explain", "--list"],
    &["dmarc", "generate", "example.com", "--rua", "dmarc@example.net"],
    &["validate", "record", "v=STSv1; id=2026-01-01; x=é"],
];

#[test]
fn the_locale_chooses_the_language() {
    for (variables, italian) in [
        (&[("LANG", "it_IT.UTF-8")][..], true),
        (&[("LANG", "it_IT.UTF-8"), ("LC_ALL", "en_GB.UTF-8")], false),
        (&[("LANG", "en_GB.UTF-8"), ("LC_MESSAGES", "it_IT.UTF-8")], true),
        (&[("LANG", "de_DE.UTF-8")], false),
        (&[], false),
    ] {
        let mut command = command(&["explain", "policy-empty"]);
        command.env_remove("LANG").envs(variables.iter().copied());
        let outcome = run_with(command, b"");
        assert_eq!(outcome.stdout.contains("Che cosa fare"), italian, "{variables:?}");
    }
    let mut chosen = command(&["explain", "policy-empty", "--lang", "en"]);
    chosen.env("LANG", "it_IT.UTF-8");
    assert!(run_with(chosen, b"").stdout.contains("What to do"));
}

#[test]
fn a_terminal_without_utf8_gets_ascii() {
    for page in PAGES {
        for language in ["en", "it"] {
            let mut command = command(&[page, &["--lang", language]].concat());
            command.env("LANG", "C");
            let outcome = run_with(command, b"");
            assert!(outcome.stdout.is_ascii(), "{page:?} {language}");
            assert!(!outcome.stdout.is_empty());
        }
    }
}

#[test]
fn json_is_utf8_whatever_the_terminal() {
    let mut command = command(&["explain", "policy-empty", "--json", "--lang", "it"]);
    command.env("LANG", "C");
    let json = run_with(command, b"").json();
    assert_eq!(json["title"], "Il file della policy è vuoto");
}

#[test]
fn text_fits_sixty_columns_but_for_what_must_not_be_broken() {
    for page in PAGES {
        for language in ["en", "it"] {
            let mut command = command(&[page, &["--lang", language]].concat());
            command.env("COLUMNS", "60");
            let outcome = run_with(command, b"");
            for line in outcome.stdout.lines() {
                // Addresses, records, commands and codes stay whole.
                let words = line.trim_start_matches([' ', '=']).split(": ").last().unwrap_or(line);
                let whole = !words.trim().contains(' ')
                    || line.contains('`')
                    || line.contains(" IN ")
                    || line.contains("v=")
                    || line.contains('[')
                    || line.starts_with("  ");
                assert!(line.chars().count() <= 60 || whole, "{page:?} {language}: {line}");
            }
            let long = outcome.stdout.lines().filter(|line| line.chars().count() > 60).count();
            let all = outcome.stdout.lines().count();
            assert!(
                long * 10 <= all.max(40),
                "{page:?} {language}: {long} of {all} lines are long"
            );
        }
    }
}

#[test]
fn colour_is_for_terminals_only() {
    for page in PAGES {
        assert!(!run(page).stdout.contains('\x1b'), "{page:?}");
    }
    let mut forced = command(PAGES[0]);
    forced.env("CLICOLOR_FORCE", "1");
    assert!(run_with(forced, b"").stdout.contains('\x1b'));
    let mut refused = command(PAGES[0]);
    refused.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
    assert!(!run_with(refused, b"").stdout.contains('\x1b'));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = command(&["explain", "--list", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 1];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn results_go_to_standard_output_and_messages_to_standard_error() {
    let fine = run(&["validate", "record", "v=STSv1; id=-"]);
    assert!(fine.stderr.is_empty() && !fine.stdout.is_empty());
    let failed = run(&["validate", "policy", "/no/such/file"]);
    assert!(failed.stdout.is_empty() && !failed.stderr.is_empty());
    let first = failed.stderr.lines().next().unwrap();
    assert_eq!(first, "error: \"/no/such/file\" can't be read: no such file");
}

#[test]
fn help_and_version_are_results() {
    for arguments in [&["--help"][..], &["-h"], &["generate", "--help"], &["--version"], &["-V"]] {
        let outcome = run(arguments);
        assert_eq!(outcome.status, 0, "{arguments:?}");
        assert!(outcome.stderr.is_empty() && !outcome.stdout.is_empty(), "{arguments:?}");
    }
}
