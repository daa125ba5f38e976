//! What the running service remembers.

use std::fs;
use std::path::Path;
use std::process::Command;

use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use super::service::{ENFORCE, Service, fetched_at};
use crate::documents::assert_follows;
use crate::run::{Outcome, command, run, run_with};

fn lines(outcome: &Outcome) -> Vec<Value> {
    outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn line(domain: &str) -> String {
    let fetched_at = (Timestamp::now() - 1.hours()).to_string();
    format!("{}\n", json!({"domain": domain, "fetched_at": fetched_at, "policy": ENFORCE}))
}

#[test]
fn policies_are_listed_shown_refreshed_and_purged() {
    let service = Service::start();
    service.run(&["query", "example.com", "b.example.com", "none.example"]);
    let listed = lines(&service.run(&["cache", "list", "--json"]));
    let domains: Vec<&str> = listed.iter().map(|it| it["domain"].as_str().unwrap()).collect();
    assert_eq!(domains, ["b.example.com", "example.com"]);
    let page = service.run(&["cache", "list"]).stdout;
    assert_eq!(page.lines().count(), 4, "{page}");
    assert!(page.contains("enforce") && page.ends_with("2 policies\n"), "{page}");

    let shown = service.run(&["cache", "show", "Example.COM.", "--json"]).json();
    assert_eq!((&shown["text"], &shown["record"]), (&json!(ENFORCE), &json!("current")));
    let page = service.run(&["cache", "show", "example.com", "--lang", "it"]).stdout;
    assert!(page.contains("modalità enforce") && page.contains("  max_age: 604800"), "{page}");
    let missing = service.run(&["cache", "show", "missing.example", "--json", "--lang", "it"]);
    assert_eq!((missing.status, &missing.json()["error"]["code"]), (2, &json!("not-in-cache")));
    assert!(missing.json()["error"]["message"].as_str().unwrap().contains("in memoria"));

    let refreshed = service.run(&["cache", "refresh", "example.com", "--json"]).json();
    assert!(fetched_at(&refreshed) > fetched_at(&shown));

    let tried = service.run(&["cache", "purge", "example.com", "--dry-run", "--json"]).json();
    assert_eq!((&tried["purged"], &tried["protected"]), (&json!(1), &json!(true)));
    let purged = service.run(&["cache", "purge", "example.com", "missing.example"]);
    assert!(purged.stdout.contains("Its policy enforces"), "{}", purged.stdout);
    assert!(purged.stdout.contains("missing.example: nothing is remembered"), "{}", purged.stdout);
    assert_eq!(lines(&service.run(&["cache", "list", "--json"])).len(), 1);
    let all = service.run(&["cache", "purge", "--all", "--json"]).json();
    assert_eq!((&all["domain"], &all["purged"]), (&Value::Null, &json!(1)));
    assert_eq!(service.run(&["cache", "list", "--json"]).stdout, "");
}

#[test]
fn a_refresh_that_comes_too_soon_says_what_failed() {
    let service = Service::start();
    for refreshed in [false, true] {
        let command = if refreshed { &["cache", "refresh"][..] } else { &["query"] };
        let arguments = [command, &["unfetched.example.com", "--json"]].concat();
        let json = service.run(&arguments).json();
        assert_eq!(json["reason"][0]["code"], "policy-unfetched");
        assert_eq!(json["reason"][0]["detail"], "status 404", "{refreshed}");
    }
}

#[test]
fn every_output_follows_its_schema() {
    let service = Service::start();
    let query = service.run(&["query", "example.com", "--json"]).json();
    assert_follows("query", &query);
    assert_follows("query", &service.run(&["cache", "refresh", "example.com", "--json"]).json());
    assert_follows("cache-entry", &lines(&service.run(&["cache", "list", "--json"]))[0]);
    let out = service.path("policies.ndjson");
    for (schema, arguments) in [
        ("cache-entry", &["show", "example.com"][..]),
        ("cache-export", &["export", "--out", &out]),
        ("cache-import", &["import", &out]),
        ("cache-purge", &["purge", "example.com"]),
        ("error", &["show", "example.com"]),
    ] {
        let output = service.run(&[&["cache"], arguments, &["--json"]].concat());
        assert_follows(schema, &output.json());
    }
    let bad = run_with(service.command(&["cache", "import", "-", "--json"]), b"x");
    assert_follows("cache-import", &bad.json());
}

#[test]
fn what_is_exported_can_be_imported() {
    let (one, other) = (Service::start(), Service::start());
    one.run(&["query", "example.com", "b.example.com"]);
    let path = one.path("policies.ndjson");
    let exported = one.run(&["cache", "export", "--out", &path, "--json"]).json();
    assert_eq!(exported, json!({"schema": 1, "path": path, "policies": 2}));
    let again = one.run(&["cache", "export", "--out", &path, "--json"]);
    assert_eq!((again.status, &again.json()["error"]["code"]), (2, &json!("export-exists")));
    assert_eq!(one.run(&["cache", "export", "--out", &path, "--force"]).status, 0);
    let text = one.run(&["cache", "export"]).stdout;
    assert_eq!(text, fs::read_to_string(&path).unwrap());

    let tried = other.run(&["cache", "import", &path, "--dry-run", "--json"]).json();
    assert_eq!((&tried["imported"], &tried["dry_run"]), (&json!(2), &json!(true)));
    assert_eq!(other.run(&["cache", "export"]).stdout, "");
    let imported = run_with(other.command(&["cache", "import", "-"]), text.as_bytes());
    assert_eq!((imported.status, imported.stdout.as_str()), (0, "2 policies were taken.\n"));
    assert_eq!(other.run(&["cache", "export"]).stdout, text);
}

#[test]
fn bad_lines_are_told_and_the_rest_is_taken() {
    let service = Service::start();
    let text = format!("nonsense\n{}", line("a.example"));
    let outcome = run_with(service.command(&["cache", "import", "-", "--json"]), text.as_bytes());
    let json = outcome.json();
    assert_eq!((outcome.status, &json["imported"], &json["invalid"]), (1, &json!(1), &json!(1)));
    assert_eq!(json["faults"][0]["line"], 1);
    let page = run_with(service.command(&["cache", "import", "-", "--lang", "it"]), b"x\n");
    assert!(page.stdout.contains("1 non è utilizzabile:\n    riga 1: "), "{}", page.stdout);
    let missing = service.run(&["cache", "import", "/nonexistent/policies", "--json"]);
    assert_eq!((missing.status, &missing.json()["error"]["code"]), (2, &json!("unreadable")));
}

#[test]
fn a_closed_pipe_ends_an_export_quietly() {
    let service = Service::start();
    let many: String = (0..2_000).map(|number| line(&format!("{number}.example"))).collect();
    let imported = run_with(service.command(&["cache", "import", "-"]), many.as_bytes());
    assert_eq!(imported.status, 0, "{}", imported.stderr);
    let sigillo = env!("CARGO_BIN_EXE_sigillo");
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("'{sigillo}' cache export | head -n 1 | wc -l"));
    shell.env("SIGILLO_CONFIG", service.path("sigillo.toml"));
    let output = shell.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "1");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// A cache of postfix-mta-sts-resolver.
fn resolver_cache(path: &str) {
    let now = Timestamp::now().as_second() - 60;
    let body =
        r#"{"version": "STSv1", "mode": "enforce", "max_age": 86400, "mx": ["mx.example.com"]}"#;
    let sneaky = body.replace("mx.example.com", "a\\nmode: none");
    let sql = format!(
        "create table sts_policy_cache (domain text, ts integer, pol_id text, pol_body text);
         insert into sts_policy_cache values ('good.example', {now}, '20260101', '{body}');
         insert into sts_policy_cache values ('broken.example', {now}, '1', 'x');
         insert into sts_policy_cache values ('sneaky.example', {now}, '1', '{sneaky}');
         insert into sts_policy_cache values ('a..b', {now}, '1', '{body}');"
    );
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut connection = options.connect().await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

#[test]
fn the_cache_of_another_program_is_taken_over() {
    let service = Service::start();
    let path = service.path("cache.db");
    resolver_cache(&path);
    let asked = ["cache", "import", "--from", "postfix-mta-sts-resolver", &path, "--json"];
    let outcome = service.run(&asked);
    let json = outcome.json();
    assert_eq!((outcome.status, &json["lines"]), (1, &json!(4)), "{json:#}");
    assert_eq!((&json["imported"], &json["invalid"]), (&json!(1), &json!(3)));
    let told = json["faults"].as_array().unwrap();
    let faulty: Vec<&str> = told.iter().map(|it| it["code"].as_str().unwrap()).collect();
    assert_eq!(faulty, ["line-domain", "row-unreadable", "row-unreadable"]);
    let shown = service.run(&["cache", "show", "good.example", "--json"]).json();
    assert_eq!(
        (&shown["policy"]["mode"], &shown["policy"]["id"]),
        (&json!("enforce"), &json!("20260101"))
    );
    let wrong = service.run(&[
        "cache",
        "import",
        "--from",
        "postfix-mta-sts-resolver",
        &service.path("sigillo.toml"),
        "--json",
    ]);
    assert_eq!((wrong.status, &wrong.json()["error"]["code"]), (2, &json!("cache-unusable")));
}

#[test]
fn without_a_service_each_command_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (config, socket) = (folder.path().join("sigillo.toml"), folder.path().join("admin.sock"));
    fs::write(&config, format!("[sender]\nadmin = \"unix:{}\"\n", socket.display())).unwrap();
    let commands: [&[&str]; 6] = [
        &["list"],
        &["show", "example.com"],
        &["refresh", "example.com"],
        &["purge", "--all"],
        &["export"],
        &["import", "/dev/null"],
    ];
    for arguments in commands {
        let arguments = [&["cache"], arguments, &["--json"]].concat();
        let mut asked = command(&arguments);
        asked.env("SIGILLO_CONFIG", &config);
        let outcome = run_with(asked, b"");
        assert_eq!((outcome.status, &outcome.json()["error"]["code"]), (2, &json!("no-service")));
        let message = outcome.json()["error"]["message"].as_str().unwrap().to_owned();
        assert!(message.contains(&socket.display().to_string()), "{message}");
        assert_eq!(run(&arguments).json()["error"]["code"], "no-sender-section");
    }
    assert!(!Path::new(&socket).exists());
}
