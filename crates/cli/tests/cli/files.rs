//! Files that are written: `--out`, manual pages, completions.

use std::process::Command;
use std::{fs, iter};

use crate::run::run;

#[test]
fn out_writes_everything_and_overwrites_only_when_forced() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    let out = out.to_str().unwrap();
    let arguments = [
        "generate",
        "example.com",
        "--mx",
        "mail.example.com",
        "--id",
        "1",
        "--recipe",
        "nginx",
        "--dns-format",
        "octodns",
        "--out",
        out,
    ];
    let outcome = run(&arguments);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    let read = |path: &str| fs::read_to_string(format!("{out}/{path}")).unwrap();
    assert_eq!(
        read(".well-known/mta-sts.txt"),
        "version: STSv1\nmode: testing\nmx: mail.example.com\nmax_age: 86400\n"
    );
    assert_eq!(read("zone.txt"), "_mta-sts.example.com. 300 IN TXT \"v=STSv1; id=1;\"\n");
    assert!(read("octodns.yaml").contains("v=STSv1"));
    let json = run(&[&arguments[..], &["--force", "--json"]].concat()).json();
    for path in json["written"].as_array().unwrap() {
        assert!(!read(path.as_str().unwrap()).is_empty());
    }
    assert!(json["written"].as_array().unwrap().len() >= 4);

    fs::write(format!("{out}/zone.txt"), "mine").unwrap();
    fs::remove_file(format!("{out}/octodns.yaml")).unwrap();
    let refused = run(&arguments);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("is there already"));
    assert_eq!(read("zone.txt"), "mine");
    assert!(!fs::exists(format!("{out}/octodns.yaml")).unwrap(), "all or nothing");
    assert_eq!(run(&[&arguments[..], &["--force"]].concat()).status, 0);
    assert_ne!(read("zone.txt"), "mine");
}

#[test]
fn the_policy_is_at_the_top_wherever_the_recipe_keeps_it() {
    for (recipe, own) in [
        ("netlify", Some("public/.well-known/mta-sts.txt")),
        ("gitlab-pages", Some("public/.well-known/mta-sts.txt")),
        ("cloudflare-worker", None),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().to_str().unwrap();
        let outcome = run(&[
            "generate",
            "example.com",
            "--mx",
            "mail.example.com",
            "--recipe",
            recipe,
            "--out",
            out,
            "--json",
        ]);
        assert_eq!(outcome.status, 0, "{}", outcome.stderr);
        let json = outcome.json();
        let written = json["written"].as_array().unwrap();
        for path in iter::once(".well-known/mta-sts.txt").chain(own) {
            assert!(written.contains(&path.into()), "{recipe}: {path}");
            let text = fs::read_to_string(folder.path().join(path)).unwrap();
            assert_eq!(text, json["policy"]["text"].as_str().unwrap(), "{recipe}: {path}");
        }
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let out = file.join("below");
    let arguments =
        ["generate", "example.com", "--mx", "a.example", "--out", out.to_str().unwrap()];
    assert_eq!(run(&arguments).status, 2);
    assert_eq!(run(&["man", "--out", out.to_str().unwrap()]).status, 2);
}

#[test]
fn manual_pages_exist_for_every_command_in_both_languages() {
    for (language, heading) in [("en", ".SH NAME"), ("it", ".SH NOME")] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().to_str().unwrap();
        assert_eq!(run(&["man", "--out", out, "--lang", language]).status, 0);
        let mut names: Vec<String> = fs::read_dir(out)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert!(names.contains(&"sigillo.1".to_owned()));
        assert!(names.contains(&"sigillo-validate-tls-rpt.1".to_owned()));
        for name in &names {
            let page = fs::read_to_string(format!("{out}/{name}")).unwrap();
            assert!(page.contains(heading), "{name}");
        }
        let alone = run(&["man", "validate", "policy", "--lang", language]);
        let page = fs::read_to_string(format!("{out}/sigillo-validate-policy.1")).unwrap();
        assert_eq!(alone.stdout, page);
        // What the statuses mean stands once, in the section about them.
        let query = fs::read_to_string(format!("{out}/sigillo-query.1")).unwrap();
        let (before, status) = query.rsplit_once(".SH").unwrap().0.rsplit_once(".SH").unwrap();
        assert!(status.contains("2: ") && !before.contains("2: "), "{query}");
    }
    assert_eq!(run(&["man", "no-such-command"]).status, 2);
}

#[test]
fn completions_are_what_the_shells_read() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let outcome = run(&["completions", shell]);
        assert_eq!(outcome.status, 0);
        for word in ["generate", "validate", "provider", "tls-rpt"] {
            assert!(outcome.stdout.contains(word), "{shell}: {word}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("sigillo");
    fs::write(&script, run(&["completions", "bash"]).stdout).unwrap();
    let checked = Command::new("bash").arg("-n").arg(&script).status().unwrap();
    assert!(checked.success());
}
