//! The configuration file and the environment, as their users meet them.

use std::fs;
use std::path::PathBuf;

use insta::assert_snapshot;
use sigillo_lab::dns::ScriptedDns;
use tempfile::TempDir;

use crate::run::{Outcome, command, run, run_with};

const GOOD: &str = "# What we run.\n[web]\nlisten = [\"127.0.0.1:8460\", \"unix:/run/sigillo/web\"]\n\
    public_url = \"https://mta-sts.example.net\"\ntrusted_proxies = [\"unix\"]\n\n\
    [store]\nurl = \"postgres://sigillo:hidden@db.example/sigillo\"\n\n\
    [dns]\nservers = [\"192.0.2.53\"]\n";

const FAULTY: &str = "listen = [\"127.0.0.1:8460\"]\n[web]\nlisten = \"127.0.0.1:8460\"\n\
    listne = [\"127.0.0.1:8460\"]\nchecks_at_once = 0\nbase_path = \"tools\"\ncolour = true\n\
    [store]\nurl = \"postgres://sigillo:hidden@db.example\"\nroots = \"system\"\n\
    [dns]\ndnssec = \"validat\"\ntrust_anchor_file = \"/no/such/file\"\n\
    [network]\ntimeout = \"2h\"\n[monitor]\ninterval = 60\n[logging]\n[nework]\n";

/// A file in a folder of its own.
fn file(text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sigillo.toml");
    fs::write(&path, text).unwrap();
    (folder, path)
}

/// A run with a file and variables, and the name of the file as it is everywhere.
fn with(arguments: &[&str], text: &str, variables: &[(&str, &str)]) -> Outcome {
    let (folder, path) = file(text);
    let mut command = command(arguments);
    command.env("SIGILLO_CONFIG", &path).envs(variables.iter().copied());
    let mut outcome = run_with(command, b"");
    let folder = folder.path().display().to_string();
    for text in [&mut outcome.stdout, &mut outcome.stderr] {
        *text = text.replace(&folder, "/etc/sigillo");
    }
    outcome
}

/// The same in both languages.
fn both(arguments: &[&str], text: &str, variables: &[(&str, &str)]) -> String {
    let transcript =
        |language| with(&[arguments, &["--lang", language]].concat(), text, variables).transcript();
    format!("{}\n=== it ===\n{}", transcript("en"), transcript("it"))
}

#[test]
fn a_good_configuration() {
    assert_snapshot!("config-check-good", both(&["config", "check"], GOOD, &[]));
    assert_snapshot!("config-check-no-role", both(&["config", "check"], "", &[]));
    let variables =
        [("SIGILLO_DNS_SERVERS", "192.0.2.1, 192.0.2.2:5353"), ("SIGILLO_LOG_LEVEL", "")];
    assert_snapshot!("config-show", both(&["config", "show"], GOOD, &variables));
}

#[test]
fn everything_that_is_wrong_is_explained() {
    let variables = [
        ("SIGILLO_WEB_CHECKS_AT_ONCE", "many"),
        ("SIGILLO_WEB_TRUSTED_PROXIES", "10.0.0.0/8, proxy.example"),
        ("SIGILLO_LOG_LEVLE", "debug"),
        ("SIGILLO_HOST_HTTPS", "on"),
        ("SIGILLO_CORPUS", "not ours"),
    ];
    assert_snapshot!("config-check-faulty", both(&["config", "check"], FAULTY, &variables));
    assert_snapshot!(
        "config-check-syntax",
        both(&["config", "check"], "[web]\nlisten = [127.0.0.1]\n", &[])
    );
    let json = with(&["config", "check", "--json"], FAULTY, &variables);
    assert_eq!(json.status, 1);
    assert_snapshot!("config-check-json", json.stdout);
}

const OVERRIDES: &str = "[[override]]\ndomain = \"example.com\"\nmta_st = \"skip\"\ncolour = 1\n\n\
    [[override]]\ndomain = \"Example.com.\"\npin = \"yes\"\n\n\
    [[override]]\nsuffix = \"*.example.net\"\nmta_sts = \"skpi\"\ndane = \"off\"\n\n\
    [[override]]\npolicy = { mode = \"enforce\", max_age = 1 }\npin = true\n\n\
    [[override]]\ndomain = \"a.example\"\nsuffix = \"a.example\"\n\
    policy = { mx = [\"mail.*\", 1] }\n\n[sender]\n";

#[test]
fn what_is_wrong_with_the_overrides_is_explained_too() {
    let (folder, path) = file(OVERRIDES);
    let path = path.display().to_string();
    let place = |text: String| text.replace(&folder.path().display().to_string(), "/etc/sigillo/o");
    let variables = [("SIGILLO_SENDER_OVERRIDES_FILE", path.as_str())];
    let file = "[sender]\ndane = \"preferred\"\n";
    let check = ["config", "check"];
    assert_snapshot!("config-check-overrides", place(both(&check, file, &variables)));
    let json = with(&["config", "check", "--json"], "[sender]", &variables);
    assert_eq!(json.status, 1);
    let json = json.json();
    assert_eq!((&json["valid"], &json["roles"]), (&false.into(), &serde_json::json!([])));
    assert_eq!(json["findings"][0]["overrides_file"], path);
    assert_eq!(json["findings"][0]["fix"]["replacement"], "mta_sts");
    assert_eq!(json["findings"][0]["span"]["line"], 3);

    // What can't be read at all is the fault of the key.
    let file = "[sender]\noverrides_file = \"/no/such/file\"\n";
    assert_snapshot!("config-check-overrides-unreadable", both(&check, file, &[]));
    let long = "#".repeat(1024 * 1024 + 1);
    for (text, code) in [
        (long.as_bytes(), "overrides-too-long"),
        (b"\xff", "overrides-not-utf8"),
        (b"[[override]", "overrides-syntax"),
    ] {
        fs::write(&path, text).unwrap();
        for language in ["en", "it"] {
            let shown = with(&["config", "check", "--lang", language], "[web]", &variables);
            assert_eq!(shown.status, 1);
            assert!(shown.stdout.contains(code), "{}", shown.stdout);
        }
    }
}

#[test]
fn the_sender_does_not_begin_with_faulty_overrides() {
    let (_folder, path) = file("[[override]]\n");
    let path = path.display().to_string();
    let faulty = with(
        &["serve", "--json"],
        "[sender]\n",
        &[("SIGILLO_SENDER_OVERRIDES_FILE", &path), ("SIGILLO_DNS_SERVERS", "127.0.0.1:9")],
    );
    assert_eq!(faulty.status, 2);
    let faulty = faulty.json();
    assert_eq!(faulty["error"]["code"], "overrides-invalid");
    let message = faulty["error"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains(&format!("{path}:1:1: ")), "{message}");
}

#[test]
fn a_path_that_is_too_long_for_a_socket_is_told_with_its_bounds() {
    let path = format!("/{}", "s".repeat(119));
    let file = format!("[sender]\nadmin = \"unix:{path}\"\n");
    for (language, words) in [("en", ["120 bytes", "107"]), ("it", ["120 byte", "107"])] {
        let mut command = command(&["config", "check", "-", "--lang", language]);
        command.env("COLUMNS", "400");
        let outcome = run_with(command, file.as_bytes());
        assert_eq!(outcome.status, 1);
        let shown = words.iter().all(|word| outcome.stdout.contains(word));
        assert!(shown && outcome.stdout.contains(&format!("\"{path}\"")), "{}", outcome.stdout);
    }
}

#[test]
fn standard_input_is_named_only_where_a_text_can_come_from_it() {
    let missing = "[sender]\noverrides_file = \"/no/such/file\"\n[dns]\ndnssec = \"off\"\n";
    let folder = tempfile::tempdir().unwrap();
    let data = [("XDG_DATA_HOME", folder.path().to_str().unwrap())];
    let serve = |language| with(&["serve", "--lang", language], missing, &data);
    for (outcome, expected) in [
        (serve("en"), "a relative path counts from the folder"),
        (serve("it"), "un percorso relativo parte dalla cartella"),
        (run(&["serve", "--config", "/no/such/file"]), "a relative path counts from the folder"),
        (run(&["query", "a.example", "--config", "/no/such/file"]), "a relative path counts"),
    ] {
        assert_eq!(outcome.status, 2);
        let said = outcome.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(expected) && !said.contains("standard input"), "{said}");
    }
    let named = run(&["config", "check", "/no/such/file"]);
    assert!(named.stderr.contains("`-` stands for standard input"), "{}", named.stderr);
}

#[test]
fn passwords_are_never_shown() {
    let secret = [("SIGILLO_STORE_URL", "postgres://u:secret@h")];
    for arguments in [&["config", "check"][..], &["config", "show"]] {
        for text in [
            GOOD,
            FAULTY,
            "[store]\nurl = \"postgres://u:hidden@h/d",
            "[store]\nurl = [\"postgres://u:hidden@h/d\"]",
        ] {
            for variables in [&[][..], &secret] {
                for format in [&[][..], &["--json"]] {
                    let shown = with(&[arguments, format].concat(), text, variables).transcript();
                    assert!(!shown.contains("hidden") && !shown.contains("secret@"), "{shown}");
                }
            }
        }
    }
    let (_folder, path) = file("postgres://u:hidden@h/d\n");
    let path = path.display().to_string();
    let shown = with(&["config", "show"], "", &[("SIGILLO_STORE_URL_SECRET_FILE", &path)]);
    assert!(shown.stdout.contains("\"postgres://u@h"), "{}", shown.stdout);
    assert!(!shown.stdout.contains("hidden"));
}

#[test]
fn which_file_is_read() {
    let (_folder, good) = file(GOOD);
    let good = good.display().to_string();
    for arguments in [["config", "check", &good], ["config", "show", &good]] {
        let outcome = with(&arguments, FAULTY, &[]);
        assert_eq!(outcome.status, 0, "what is named here counts: {}", outcome.transcript());
    }
    assert_eq!(with(&["config", "check", "--config", &good], FAULTY, &[]).status, 0);
    let show = with(&["config", "show", "--json"], FAULTY, &[]);
    assert_eq!(show.status, 2);
    assert_eq!(show.json()["error"]["code"], "config-invalid");
    for arguments in [["config", "check", "/no/such/file"], ["config", "show", "/"]] {
        let outcome = run(&arguments);
        assert_eq!((outcome.status, outcome.stdout.as_str()), (2, ""));
    }
    let mut named = command(&["config", "check"]);
    named.env("SIGILLO_CONFIG", "/no/such/file");
    assert_eq!(run_with(named, b"").status, 2);
    assert_eq!(run_with(command(&["config", "check", "-"]), b"[dns]\nserver = 1\n").status, 1);
}

#[test]
fn what_is_shown_says_the_same_as_a_file() {
    let shown = with(&["config", "show", "--lang", "it"], GOOD, &[]).stdout;
    let mut narrow = command(&["config", "show"]);
    narrow.env("COLUMNS", "40");
    for text in [shown, run_with(narrow, b"").stdout] {
        let again = run_with(command(&["config", "check", "-"]), text.as_bytes());
        assert_eq!(again.status, 0, "{text}\n{}", again.stdout);
    }
}

#[test]
fn commands_that_look_take_their_defaults_from_it() {
    let server = ScriptedDns::replying(|query, reply| {
        let name = query.name().trim_end_matches('.').to_owned();
        if (name.as_str(), query.kind().as_str()) == ("example.com", "MX") {
            return reply.mx("example.com", 10, "mail.example.com");
        }
        reply
    });
    let address = server.address();
    let text = format!("[dns]\nservers = [\"{address}\"]\ndnssec = \"off\"\n[web]\nlisten = []\n");
    let generate = ["generate", "example.com", "--json"];
    let json = with(&generate, &text, &[]).json();
    assert_eq!(json["policy"]["mx"], serde_json::json!(["mail.example.com"]));
    let json = with(&["check", "example.com", "--json"], &text, &[]).json();
    assert_eq!(json["verdict"], "absent");
    let (_folder, path) = file(&text);
    let path = path.display().to_string();
    let scan = run_with(command(&["scan", "-", "--config", &path]), b"example.com\n");
    assert!(scan.stdout.contains("\"verdict\":\"absent\""), "{}", scan.transcript());

    // Options override the environment, and that the file.
    let silent = "[dns]\nservers = [\"127.0.0.1:1\"]\n[network]\ntimeout = 1\n";
    let variables =
        [("SIGILLO_DNS_SERVERS", address.to_string()), ("SIGILLO_DNS_DNSSEC", "off".to_owned())];
    let variables = variables.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(with(&generate, silent, &variables).status, 0);
    let resolver = address.to_string();
    let option = [&generate[..], &["--resolver", &resolver, "--dnssec", "off"]].concat();
    assert_eq!(with(&option, silent, &[]).status, 0);
    assert_eq!(with(&generate, silent, &[]).status, 2);

    // What is wrong stops them.
    let outcome = with(&["check", "example.com", "--json"], "[dns]\nserver = []\n", &[]);
    assert_eq!(outcome.status, 2);
    let message = outcome.json()["error"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("/etc/sigillo/sigillo.toml:2:1"), "{message}");
    // An address that no machine has (RFC 5737).
    let elsewhere = format!("{text}[network]\nsource_address = \"192.0.2.1\"\n");
    let outcome = with(&["check", "example.com", "--json"], &elsewhere, &[]);
    assert_eq!(outcome.json()["error"]["code"], "source-unusable");
}

#[test]
fn help_names_the_variable_and_the_usual_file() {
    let help = run(&["config", "check", "--help"]).stdout;
    assert!(
        help.contains("SIGILLO_CONFIG") && help.contains("/etc/sigillo/sigillo.toml"),
        "{help}"
    );
}
