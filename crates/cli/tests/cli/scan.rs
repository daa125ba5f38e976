//! Lists of domains, against a name server on loopback.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sigillo_lab::certificates::Pki;
use sigillo_lab::dns::ScriptedDns;
use sigillo_lab::free_port;
use sigillo_lab::server::{Server, http_answer, mail_host, policy_host};
use tempfile::TempDir;

use crate::run::{Outcome, command, run, run_with};

/// Every fiftieth domain has a record, though a faulty one, and every hundredth can't be asked for.
fn server() -> ScriptedDns {
    ScriptedDns::replying(|query, reply| {
        let name = query.name().trim_end_matches('.').to_owned();
        let number = name.strip_prefix("_mta-sts.d").and_then(|rest| rest.strip_suffix(".example"));
        match number.and_then(|number| number.parse::<u32>().ok()) {
            Some(number) if number % 100 == 7 => reply.rcode(2),
            Some(number) if number % 50 == 3 => reply.txt(&name, b"v=STSv1; id=a-b;"),
            Some(number) if number % 50 == 4 => reply.txt(&name, b"v=spf1 -all"),
            // One of those with a record has its mail at a provider.
            _ if (name.as_str(), query.kind().as_str()) == ("d53.example", "MX") => {
                reply.mx(&name, 0, "d53-example.mail.protection.outlook.com")
            }
            _ => reply.rcode(3),
        }
    })
}

fn name(number: usize) -> String {
    format!("d{number}.example")
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(name).collect()
}

/// A folder with a list of so many domains.
fn list(count: usize) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.txt");
    fs::write(&path, names(count).join("\n")).unwrap();
    let path = path.to_str().unwrap().to_owned();
    (folder, path)
}

fn out(folder: &TempDir) -> (PathBuf, String) {
    let path = folder.path().join("out.ndjson");
    let text = path.to_str().unwrap().to_owned();
    (path, text)
}

fn network(server: &ScriptedDns) -> [String; 4] {
    ["--resolver".into(), server.address().to_string(), "--dnssec".into(), "off".into()]
}

fn scan(server: &ScriptedDns, arguments: &[&str]) -> Outcome {
    let network = network(server);
    let network: Vec<&str> = network.iter().map(String::as_str).collect();
    run(&[&["scan"], arguments, &network].concat())
}

fn parsed(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn domains(text: &str) -> Vec<String> {
    let lines = parsed(text);
    lines.iter().map(|line| line["domain"].as_str().unwrap().to_owned()).collect()
}

/// The domains, of which each has to be there once.
fn each_once(text: &str) -> BTreeSet<String> {
    let all = domains(text);
    let each: BTreeSet<String> = all.iter().cloned().collect();
    assert_eq!(each.len(), all.len(), "a line is doubled");
    each
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn each_domain_has_a_line_and_few_are_asked_for_more_than_their_record() {
    let server = server();
    let (_folder, list) = list(300);
    let outcome = scan(&server, &[&list]);
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""));
    assert_eq!(each_once(&outcome.stdout), names(300).into_iter().collect());
    // 291 ask for one record, those that fail perhaps twice; six are looked at.
    assert!((300..600).contains(&server.queries()), "{}", server.queries());
    let lines: BTreeMap<String, Value> = parsed(&outcome.stdout)
        .into_iter()
        .map(|line| (line["domain"].as_str().unwrap().to_owned(), line))
        .collect();
    for (number, verdict, findings) in
        [(0, "absent", 0..1), (4, "absent", 0..1), (3, "broken", 1..99), (107, "unknown", 1..2)]
    {
        let line = &lines[&name(number)];
        assert_eq!(line["schema"], 1);
        assert_eq!(line["verdict"], verdict, "{line}");
        assert!(findings.contains(&line["findings"].as_array().unwrap().len()), "{line}");
        assert!(line["summary"].as_str().unwrap().contains(&name(number)));
        assert!(line["elapsed_ms"].is_u64());
        assert!(line.get("checks").is_none() && line.get("observation").is_none());
    }
    let full = scan(&server, &[&list, "--full", "--lang", "it"]);
    let line = parsed(&full.stdout).into_iter().find(|line| line["domain"] == name(3)).unwrap();
    assert_eq!(line["checks"].as_array().unwrap().len(), 17);
    assert_eq!(line["observation"]["domain"], name(3));
    assert!(full.stdout.contains("non ha MTA-STS"));
}

#[test]
fn the_order_of_the_list_is_kept_on_request() {
    let server = server();
    let (_folder, list) = list(300);
    let outcome = scan(&server, &[&list, "--ordered", "--concurrency", "20"]);
    assert_eq!(domains(&outcome.stdout), names(300));
}

#[test]
fn what_is_no_domain_has_a_line_too() {
    let server = server();
    let network = network(&server);
    let arguments: Vec<&str> =
        ["scan", "--ordered"].into_iter().chain(network.iter().map(String::as_str)).collect();
    let long = [["a".repeat(60).as_str(); 4].join("."), "bb".to_owned()].join(".");
    let input = format!("D1.example.\n# note\n\nno domain\nB\u{fc}cher.example\n{long}\n");
    let outcome = run_with(command(&arguments), input.as_bytes());
    assert_eq!(outcome.status, 1);
    assert_eq!(
        domains(&outcome.stdout),
        ["d1.example", "no domain", "xn--bcher-kva.example", &long]
    );
    let lines = parsed(&outcome.stdout);
    assert_eq!(lines[1]["schema"], 1);
    assert_eq!(lines[1]["error"]["code"], "not-a-domain");
    assert!(lines[1]["error"]["message"].as_str().unwrap().contains("no domain"));
    assert_eq!(lines[3]["error"]["code"], "domain-too-long");
    assert_eq!(run_with(command(&arguments), b"").stdout, "");
}

#[test]
fn a_torn_file_is_gone_on_with() {
    let server = server();
    let (folder, list) = list(300);
    let (path, out) = out(&folder);
    let first = scan(&server, &[&list, "--out", &out]);
    assert_eq!((first.status, first.stdout.as_str()), (0, ""));
    let whole = read(&path);
    assert_eq!(each_once(&whole).len(), 300);
    // In the middle of a line, and at the end of one.
    let middle = whole.len() / 2;
    let line_end = whole[..middle].rfind('\n').unwrap() + 1;
    for end in [middle, line_end, line_end - 1, 1, 0, whole.len()] {
        fs::write(&path, &whole[..end]).unwrap();
        let kept = whole[..end].rfind('\n').map_or(0, |at| at + 1);
        let resumed = scan(&server, &[&list, "--out", &out, "--resume"]);
        assert_eq!(resumed.status, 0, "{}", resumed.stderr);
        let text = read(&path);
        assert!(text.starts_with(&whole[..kept]));
        assert_eq!(each_once(&text), names(300).into_iter().collect());
    }
    // Nothing is left to do.
    let before = server.queries();
    scan(&server, &[&list, "--out", &out, "--resume"]);
    assert_eq!(server.queries(), before);
}

#[test]
fn a_killed_scan_loses_and_doubles_nothing() {
    let server = server();
    let (folder, list) = list(400);
    let (path, out) = out(&folder);
    let network = network(&server);
    let mut arguments = vec!["scan", &list, "--out", &out, "--resume"];
    arguments.extend(network.iter().map(String::as_str));
    for wanted in [40, 120] {
        // At this rate it would take seconds.
        let mut slow = command(&[&arguments[..], &["--rate", "100"]].concat());
        let mut child = slow.stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let deadline = Instant::now() + Duration::from_secs(30);
        let lines = || fs::read_to_string(&path).unwrap_or_default().lines().count();
        while lines() < wanted && Instant::now() < deadline {
            sleep(Duration::from_millis(5));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!((wanted..400).contains(&lines()), "{}", lines());
    }
    assert_eq!(run(&arguments).status, 0);
    assert_eq!(each_once(&read(&path)), names(400).into_iter().collect());
}

#[test]
fn a_file_that_is_there_is_not_overwritten_by_mistake() {
    let server = server();
    let (folder, list) = list(3);
    let (path, out) = out(&folder);
    fs::write(&path, "a letter\n").unwrap();
    for (option, code) in [(&[][..], "results-exist"), (&["--resume"], "not-results")] {
        let arguments = [&[&list, "--json", "--out", &out], option].concat();
        let outcome = scan(&server, &arguments);
        assert_eq!((outcome.status, &outcome.json()["error"]["code"]), (2, &json!(code)));
        assert_eq!(read(&path), "a letter\n");
    }
    assert_eq!(scan(&server, &[&list, "--out", &out, "--force"]).status, 0);
    assert_eq!(each_once(&read(&path)).len(), 3);
}

#[test]
fn parts_of_a_list_make_up_the_whole() {
    let server = server();
    let (_folder, list) = list(300);
    let parts = ["1/3", "2/3", "3/3"].map(|part| {
        let part = each_once(&scan(&server, &[&list, "--shard", part]).stdout);
        assert!((60..140).contains(&part.len()), "{}", part.len());
        part
    });
    assert_eq!(parts.iter().map(BTreeSet::len).sum::<usize>(), 300);
    let all: BTreeSet<String> = parts.into_iter().flatten().collect();
    assert_eq!(all, names(300).into_iter().collect());
}

#[test]
fn a_column_is_named_and_who_asks_for_it_is_left_alone() {
    let server = server();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let list =
        file("list.csv", "rank,Domain\r\n1,\"d1.example\"\r\n2,a.b.d2.example\r\n3,d4.example\r\n");
    let exclude = file("exclude.txt", "# said so\nD2.example\n");
    let arguments = [&list, "--column", "domain", "--exclude", &exclude, "--ordered"];
    let outcome = scan(&server, &arguments);
    assert_eq!(domains(&outcome.stdout), ["d1.example", "d4.example"]);
    let faulty = file("faulty.txt", "d2.example\nno domain\n");
    for (arguments, code) in [
        (["--column", "host"], "no-column"),
        (["--exclude", &faulty], "not-a-domain"),
        (["--shard", "4/3"], "not-a-shard"),
        (["--contact", "me (at) home"], "not-a-contact"),
    ] {
        let outcome = scan(&server, &[&[list.as_str(), "--json"], &arguments[..]].concat());
        assert_eq!((outcome.status, &outcome.json()["error"]["code"]), (2, &json!(code)));
    }
    let outcome = scan(&server, &["/nowhere/list.txt", "--json"]);
    assert_eq!(outcome.json()["error"]["code"], "unreadable");
}

#[test]
fn results_are_summed_up() {
    let server = server();
    let (folder, list) = list(300);
    let (path, out) = out(&folder);
    scan(&server, &[&list, "--out", &out]);
    let whole = read(&path);
    let more = "{\"schema\":1,\"domain\":\"a b\",\"error\":{\"code\":\"not-a-domain\",\"message\":\"\"}}\n";
    fs::write(&path, whole + more).unwrap();
    let totals = run(&["scan", "--summary", &out, "--json"]);
    assert_eq!(totals.status, 0);
    let totals = totals.json();
    assert_eq!(totals["schema"], 1);
    assert_eq!((&totals["domains"], &totals["adopted"]), (&json!(300), &json!(6)));
    assert_eq!((&totals["invalid"], &totals["unreadable"]), (&json!(1), &json!(0)));
    assert_eq!(
        totals["verdicts"],
        json!({
            "enforced": 0, "testing": 0, "disabled": 0, "broken": 6, "failing": 0,
            "absent": 291, "unknown": 3
        })
    );
    assert_eq!(totals["findings"]["record-id-invalid"], 6);
    assert_eq!((&totals["valid"], &totals["failing"]), (&json!(0), &json!({})));
    assert_eq!(totals["broken"], json!({"record-id-invalid": 6}));
    let providers = totals["providers"].as_array().unwrap();
    let adopted: Vec<_> =
        providers.iter().map(|it| (&it["provider"], &it["adopted"], &it["broken"])).collect();
    let causes = [json!({"record-id-invalid": 5}), json!({"record-id-invalid": 1})];
    assert_eq!(
        adopted,
        [(&Value::Null, &json!(5), &causes[0]), (&json!("microsoft365"), &json!(1), &causes[1])]
    );
    let text = run(&["scan", "--summary", &out]);
    assert!(text.stdout.contains("       300  domains in all\n"), "{}", text.stdout);
    assert!(text.stdout.contains("         6  record-id-invalid\n"), "{}", text.stdout);
    let row = "         1  Microsoft 365: 0 in order, 1 broken, 0 failing\n";
    assert!(text.stdout.contains(row), "{}", text.stdout);
    fs::write(&path, "torn").unwrap();
    assert_eq!(run(&["scan", "--summary", &out]).status, 1);
}

#[test]
fn a_server_that_answers_nothing_gives_no_answer() {
    let server = ScriptedDns::replying(|_, reply| reply.rcode(2));
    let (_folder, list) = list(5);
    let outcome = scan(&server, &[&list]);
    assert_eq!((outcome.status, each_once(&outcome.stdout).len()), (2, 5));
    assert!(parsed(&outcome.stdout).iter().all(|line| line["verdict"] == "unknown"));
}

#[test]
fn hosts_are_told_who_looks_and_a_healthy_domain_is_looked_at_in_full() {
    let policy = "version: STSv1\nmode: enforce\nmx: mx.good.example\nmax_age: 604800\n";
    let pki = Pki::new();
    let answer = http_answer("200 OK\r\nContent-Type: text/plain", policy.as_bytes());
    let web = policy_host(&pki.issue(&["mta-sts.good.example"]), answer);
    let mail = mail_host("mx.good.example", &pki.issue(&["mx.good.example"]));
    // The servers run on the threads of this runtime.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (web, mail) = runtime.block_on(async { (Server::run(web).await, Server::run(mail).await) });
    let server = ScriptedDns::replying(|query, reply| {
        let name = query.name().trim_end_matches('.').to_owned();
        match (name.as_str(), query.kind().as_str()) {
            ("_mta-sts.good.example", "TXT") => reply.txt(&name, b"v=STSv1; id=1;"),
            ("good.example", "MX") => reply.mx(&name, 10, "mx.good.example"),
            ("mta-sts.good.example" | "mx.good.example", "A") => {
                reply.a(&name, Ipv4Addr::LOCALHOST)
            }
            _ => reply,
        }
    });
    let (folder, list) = list(20);
    fs::write(&list, read(Path::new(&list)) + "\nGood.example\n").unwrap();
    let roots = folder.path().join("roots.pem");
    fs::write(&roots, pki.root_pem()).unwrap();
    let (https, smtp) = (web.address.port().to_string(), mail.address.port().to_string());
    let arguments = [&list, "--ca-file", roots.to_str().unwrap(), "--https-port", &https];
    let who = ["--helo", "scan.example.net", "--contact", "https://example.net/scan"];
    let network = ["--smtp-port", &smtp, "--internal"];
    let outcome = scan(&server, &[&arguments[..], &who, &network].concat());
    assert_eq!(each_once(&outcome.stdout).len(), 21);
    let lines = parsed(&outcome.stdout);
    let good = lines.iter().find(|line| line["domain"] == "good.example").unwrap();
    assert_eq!(good["verdict"], "enforced", "{good}");
    let agent = "(MTA-STS scan; +https://example.net/scan)";
    assert!(web.heard().iter().any(|head| head.contains(agent)), "{:?}", web.heard());
    let heard = mail.heard();
    assert!(heard.iter().any(|line| line.contains("EHLO scan.example.net")), "{heard:?}");
    assert!(!heard.iter().any(|line| line.contains("MAIL FROM")), "{heard:?}");
    assert_eq!(lines.iter().filter(|line| line["verdict"] == "absent").count(), 20);
}

#[test]
fn the_rate_is_kept_to() {
    let server = server();
    let (_folder, list) = list(50);
    let started = Instant::now();
    let outcome = scan(&server, &[&list, "--rate", "50"]);
    assert_eq!(each_once(&outcome.stdout).len(), 50);
    assert!(started.elapsed() >= Duration::from_millis(900), "{:?}", started.elapsed());
}

#[test]
fn resolvers_and_policy_hosts_have_rates_of_their_own() {
    // All domains have a record, and one policy host, where nothing listens.
    let server = ScriptedDns::replying(|query, reply| {
        let name = query.name();
        match query.kind().as_str() {
            "TXT" if name.starts_with("_mta-sts.") => reply.txt(&name, b"v=STSv1; id=1;"),
            "A" if name.starts_with("mta-sts.") => reply.a(&name, Ipv4Addr::LOCALHOST),
            _ => reply.rcode(3),
        }
    });
    let (_folder, list) = list(6);
    let port = free_port().to_string();
    let policy_host = [&list, "--internal", "--https-port", &port, "--rate-per-policy-host", "5"];
    let started = Instant::now();
    let outcome = scan(&server, &policy_host);
    assert_eq!(each_once(&outcome.stdout).len(), 6);
    assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());
    assert!(parsed(&outcome.stdout).iter().all(|line| line["verdict"] == "broken"));
    let asked = server.queries();
    let resolver = [&list, "--internal", "--https-port", &port, "--rate-per-resolver", "100"];
    let started = Instant::now();
    let outcome = scan(&server, &resolver);
    assert_eq!(each_once(&outcome.stdout).len(), 6);
    // The first goes at once, and a part of the slack may have been made up for.
    let least = Duration::from_millis(10) * u32::try_from(server.queries() - asked - 4).unwrap();
    assert!(started.elapsed() >= least && least > Duration::from_millis(500), "{least:?}");
}
