//! What looks at the network, against name servers on loopback.

use std::fs;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

use serde_json::{Value, json};
use sigillo_lab::dns::ScriptedDns;
use sigillo_lab::find;

use crate::run::{Outcome, run, run_with};

/// A server that knows a few domains, and no signatures.
fn server() -> ScriptedDns {
    ScriptedDns::replying(|query, reply| {
        let name = query.name().trim_end_matches('.').to_owned();
        match (name.as_str(), query.kind().as_str()) {
            ("example.com", "MX") => reply.mx("example.com", 20, "backup.example.com").mx(
                "example.com",
                10,
                "example-com.mail.protection.outlook.com",
            ),
            ("nomail.example", "MX") => reply.mx("nomail.example", 0, ""),
            ("odd.example", "MX") => reply.mx("odd.example", 10, "mail_1.odd.example"),
            ("_mta-sts.odd.example", "TXT") => {
                reply.txt("_mta-sts.odd.example", b"v=STSv1; id=\x1b[2J;")
            }
            ("_mta-sts.internal.example", "TXT") => {
                reply.txt("_mta-sts.internal.example", b"v=STSv1; id=1;")
            }
            ("mta-sts.internal.example", "A") => {
                reply.a("mta-sts.internal.example", Ipv4Addr::LOCALHOST)
            }
            (name, _) if name.ends_with("missing.example") => reply.rcode(3),
            ("failing.example" | "_mta-sts.failing.example", _) => reply.rcode(2),
            _ => reply,
        }
    })
}

fn ask(server: &ScriptedDns, arguments: &[&str]) -> Outcome {
    let address = server.address().to_string();
    run(&[arguments, &["--resolver", &address, "--dnssec", "off"]].concat())
}

fn codes(report: &Value) -> Vec<&str> {
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

#[test]
fn patterns_come_from_the_live_mx() {
    let server = server();
    for arguments in [&["--from-dns"][..], &[]] {
        let arguments = [&["generate", "Example.COM.", "--json"], arguments].concat();
        let json = ask(&server, &arguments).json();
        assert_eq!(
            json["policy"]["mx"],
            json!(["*.mail.protection.outlook.com", "backup.example.com"])
        );
        assert_eq!(json["providers"][0]["name"], "Microsoft 365");
    }
    // What is given is not looked up, and is compared where that is asked for.
    let before = server.queries();
    let given = ask(&server, &["generate", "example.com", "--mx", "*.example.com", "--json"]);
    assert_eq!(given.json()["policy"]["mx"], json!(["*.example.com"]));
    assert_eq!(server.queries(), before);
    let arguments =
        ["generate", "example.com", "--provider", "microsoft365", "--from-dns", "--json"];
    let compared = ask(&server, &arguments);
    assert_eq!(compared.json()["policy"]["mx"], json!(["*.mail.protection.outlook.com"]));
    assert!(compared.stdout.contains("backup.example.com"), "{}", compared.stdout);
}

#[test]
fn a_domain_without_live_mx_is_told_apart() {
    let server = server();
    for (domain, code) in [
        ("quiet.example", "mx-absent"),
        ("nomail.example", "mx-null"),
        ("missing.example", "domain-absent"),
        ("failing.example", "mx-unknown"),
        ("odd.example", "not-a-domain"),
    ] {
        let outcome = ask(&server, &["generate", domain, "--json"]);
        assert_eq!((outcome.status, outcome.json()["error"]["code"].as_str()), (2, Some(code)));
    }
    let silent = ScriptedDns::silent();
    let outcome = ask(&silent, &["generate", "example.com", "--timeout", "1", "--json"]);
    assert_eq!(outcome.json()["error"]["code"], "mx-unknown");
}

#[test]
fn verdicts_have_their_exit_statuses() {
    let server = server();
    for (domain, verdict, status) in [
        ("nomail.example", "absent", 0),
        ("odd.example", "broken", 1),
        ("failing.example", "unknown", 2),
    ] {
        let outcome = ask(&server, &["check", domain, "--json"]);
        let json = outcome.json();
        assert_eq!((json["verdict"].as_str(), outcome.status), (Some(verdict), status), "{domain}");
        assert_eq!(json["schema"], 1);
        assert_eq!(json["domain"], domain);
        assert_eq!(json["checks"].as_array().unwrap().len(), 17);
        assert_eq!(json["observation"]["domain"], domain);
        assert!(json["elapsed_ms"].is_u64());
        let text = ask(&server, &["check", domain]);
        assert_eq!(text.status, status);
        assert!(text.stdout.starts_with(&format!("{domain}: ")), "{}", text.stdout);
        assert!(!text.stdout.contains('\x1b') && text.stderr.is_empty(), "{}", text.stderr);
    }
    let usual = ask(&server, &["check", "quiet.example"]);
    let strict = ask(&server, &["check", "quiet.example", "--fail-on", "warning"]);
    assert_eq!((usual.status, strict.status), (0, 1));
}

#[test]
fn a_domain_that_does_not_exist_is_a_fault_by_itself() {
    let server = server();
    let outcome = ask(&server, &["check", "missing.example", "--json"]);
    let json = outcome.json();
    assert_eq!((outcome.status, codes(&json)), (1, vec!["dns-domain-absent"]));
    // The list of what else is missing would tell nobody anything.
    let text = ask(&server, &["check", "missing.example"]);
    assert!(!text.stdout.contains("\nChecks\n"), "{}", text.stdout);
}

/// A stranger's zone must not make the command knock at the doors of this network.
#[test]
fn internal_addresses_are_reached_only_as_asked() {
    let server = server();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let check = ["check", "internal.example", "--json", "--no-smtp", "--timeout", "2"];
    let arguments = [&check[..], &["--https-port", &port]].concat();
    let guarded = ask(&server, &arguments);
    assert_eq!((guarded.status, &guarded.json()["verdict"]), (1, &json!("broken")));
    assert!(codes(&guarded.json()).contains(&"policy-host-internal-address"));
    assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock);

    let open = ask(&server, &[&arguments[..], &["--internal"]].concat());
    assert!(!codes(&open.json()).contains(&"policy-host-internal-address"));
    assert!(listener.accept().is_ok());
}

#[test]
fn progress_is_shown_on_a_terminal_and_then_taken_away() {
    const TAKEN_AWAY: &str = "\r\x1b[2K";
    let server = server();
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page");
    let line = format!(
        "'{}' check nomail.example --resolver {} --dnssec off > '{}'",
        env!("CARGO_BIN_EXE_sigillo"),
        server.address(),
        page.display()
    );
    let mut terminal = Command::new(find("script"));
    terminal.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
    terminal.env_clear().env("LANG", "en_GB.UTF-8").env("COLUMNS", "60");
    let outcome = run_with(terminal, b"");
    assert_eq!(outcome.status, 0, "{}", outcome.stdout);
    let drawn: Vec<&str> = outcome.stdout.split(TAKEN_AWAY).collect();
    assert!(drawn.iter().any(|text| text.starts_with("Looking at nomail.example")), "{drawn:?}");
    assert!(drawn.iter().all(|text| text.chars().count() < 60), "{drawn:?}");
    assert_eq!(drawn.last(), Some(&""), "something is left on the terminal");
    let page = fs::read_to_string(page).unwrap();
    assert!(page.starts_with("nomail.example: ") && !page.contains('\x1b'), "{page}");

    let piped = ask(&server, &["check", "nomail.example"]);
    assert_eq!(piped.stderr, "");
}

#[test]
fn without_a_name_server_nothing_is_claimed() {
    let silent = ScriptedDns::silent();
    let address = silent.address().to_string();
    for resolver in ["127.0.0.1:1", &address] {
        let outcome = run(&["check", "example.com", "--resolver", resolver, "--json"]);
        let json = outcome.json();
        assert_eq!((outcome.status, &json["verdict"]), (2, &json!("unknown")));
        assert!(outcome.stderr.contains(resolver), "{}", outcome.stderr);
        for finding in json["findings"].as_array().unwrap() {
            assert_ne!(finding["severity"], "error", "{finding}");
        }
        for check in json["checks"].as_array().unwrap() {
            assert_ne!(check["status"], "pass", "{check}");
        }
    }
}

#[test]
fn several_domains_are_a_line_each_in_their_order() {
    let server = server();
    let domains = ["failing.example", "odd.example", "nomail.example"];
    let outcome = ask(&server, &[&["check", "--json"], &domains[..], &["ODD.example"]].concat());
    assert_eq!(outcome.status, 2);
    let lines: Vec<Value> =
        outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let seen: Vec<&str> = lines.iter().map(|line| line["domain"].as_str().unwrap()).collect();
    assert_eq!(seen, domains);
    let text = ask(&server, &["check", "odd.example", "nomail.example"]);
    assert_eq!(text.status, 1);
    assert!(text.stdout.contains("\n\nnomail.example: "));
}

#[test]
fn what_was_seen_is_saved_judged_again_and_compared() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seen.json");
    let file = path.to_str().unwrap();
    let server = server();
    let domains = ["odd.example", "nomail.example"];
    let looked = ask(&server, &["check", domains[0], domains[1], "--save", file, "--json"]);
    let again = run(&["check", "--observation", file, "--json"]);
    assert_eq!(again.status, looked.status);
    assert_eq!(again.stdout, looked.stdout);
    // The answers hold the same.
    fs::write(&path, &looked.stdout).unwrap();
    assert_eq!(run(&["check", "--observation", file, "--json"]).stdout, looked.stdout);

    // The same record with another id.
    let changed = ScriptedDns::replying(|query, reply| match query.name().trim_end_matches('.') {
        "_mta-sts.example.com" if query.kind() == "TXT" => {
            let id: &[u8] = b"v=STSv1; id=2;";
            reply.txt("_mta-sts.example.com", id)
        }
        _ => reply,
    });
    let earlier = ask(&changed, &["check", "example.com", "--save", file, "--json"]);
    let renamed = fs::read_to_string(&path).unwrap().replace("id=2", "id=1");
    fs::write(&path, renamed).unwrap();
    let later = ask(&changed, &["check", "example.com", "--since", file, "--json"]);
    let (earlier, later) = (earlier.json(), later.json());
    assert_ne!(codes(&earlier), codes(&later));
}

#[test]
fn a_file_that_holds_no_look_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seen.json");
    let file = path.to_str().unwrap();
    for (text, code) in [
        ("", "no-observation"),
        ("{}", "not-an-observation"),
        ("nonsense", "not-an-observation"),
        (r#"{"schema":2}"#, "observation-newer"),
    ] {
        fs::write(&path, text).unwrap();
        for option in ["--observation", "--since"] {
            let domain = if option == "--since" { &["example.com"][..] } else { &[] };
            let arguments = [&["check", option, file, "--json"], domain].concat();
            let outcome = run(&arguments);
            assert_eq!((outcome.status, &outcome.json()["error"]["code"]), (2, &json!(code)));
        }
    }
}

#[test]
fn markdown_keeps_hostile_text_apart() {
    let server = ScriptedDns::replying(|query, reply| match query.name().trim_end_matches('.') {
        "_mta-sts.example.com" if query.kind() == "TXT" => {
            let text: &[u8] = b"v=STSv1; id=<script>alert(1)</script>|[x](y);";
            reply.txt("_mta-sts.example.com", text)
        }
        _ => reply,
    });
    let outcome = ask(&server, &["check", "example.com", "--format", "markdown"]);
    assert_eq!(outcome.status, 1);
    assert!(outcome.stdout.starts_with("# example.com: MTA-STS is broken\n"));
    assert!(outcome.stdout.contains("\n## Checks\n"));
    for line in outcome.stdout.lines() {
        let at = line.find("<script>");
        let in_code = at.is_some_and(|at| line[..at].matches('`').count() % 2 == 1);
        assert!(at.is_none() || in_code || line[..at.unwrap()].ends_with('\\'), "{line}");
    }
    let italian = ask(&server, &["check", "example.com", "--format", "markdown", "--lang", "it"]);
    assert!(italian.stdout.contains("\n## Controlli\n"));
}
