//! What a sender would do for a next hop.

use serde_json::{Value, json};
use sigillo_lab::dns::{DnsLab, ScriptedDns};

use super::service::{Service, fetched_at};
use crate::run::{command, run, run_with};

const SECURE: &str = "secure match=mx.example.com servername=hostname";

fn codes(query: &Value) -> Vec<&str> {
    query["reason"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap()).collect()
}

#[test]
fn the_running_service_is_asked() {
    let service = Service::start();
    let first = service.run(&["query", "Città.example.com.", "--json"]);
    let json = first.json();
    assert_eq!((first.status, &json["next_hop"]), (0, &json!("xn--citt-3na.example.com")));
    assert_eq!((&json["answer"], &json["cached"]), (&json!(SECURE), &json!(false)));
    assert_eq!(codes(&json), ["policy-enforces", "dane-none"]);
    let again = service.run(&["query", "città.example.com", "--json"]).json();
    assert_eq!(again["cached"], true);
    let fresh = service.run(&["query", "città.example.com", "--fresh", "--json"]).json();
    assert_eq!(fresh["cached"], false);
    assert!(fetched_at(&fresh) > fetched_at(&again));
}

#[test]
fn the_page_says_what_and_why_in_both_languages() {
    let service = Service::start();
    for (language, words) in [
        ("en", ["only to verified hosts", "mode enforce", "No MX host has TLSA", "Looked up"]),
        ("it", ["solo a host verificati", "modalità enforce", "Nessun host MX", "Cercato ora"]),
    ] {
        let page = service.run(&["query", "example.com", "--fresh", "--lang", language]);
        assert_eq!((page.status, page.stderr.as_str()), (0, ""));
        for word in words.into_iter().chain([SECURE, "  mx: mx.example.com"]) {
            assert!(page.stdout.contains(word), "{word}: {}", page.stdout);
        }
    }
}

#[test]
fn several_are_answered_in_their_order_and_the_worst_counts() {
    let service = Service::start();
    let keys = ["[mx.example.com]:587", "failing.example", ".example.com", "none.example"];
    let outcome = service.run(&[&["query", "--json"][..], &keys].concat());
    assert_eq!(outcome.status, 2);
    let lines: Vec<Value> =
        outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|it| it["next_hop"].as_str().unwrap()).collect::<Vec<_>>(), keys);
    assert!(lines[1]["answer"].as_str().unwrap().starts_with("TEMP "));
    assert_eq!(lines[1]["reason"][0]["detail"], "no answer in time");
    assert_eq!(codes(&lines[2]), ["parent"]);
    assert_eq!(codes(&lines[3]), ["no-record", "dane-none"]);
}

#[test]
fn what_has_no_policy_is_an_answer_and_nonsense_is_none() {
    for (key, code) in [(".example.com", "parent"), ("[192.0.2.1]", "address")] {
        let outcome = run(&["query", key, "--json"]);
        assert_eq!((outcome.status, codes(&outcome.json())), (0, vec![code]));
        assert_eq!(outcome.json()["answer"], "NOTFOUND");
    }
    for key in ["a..example", "", "user@example.com"] {
        let outcome = run(&["query", key, "--json"]);
        assert_eq!(
            (outcome.status, &outcome.json()["error"]["code"]),
            (2, &json!("not-a-next-hop"))
        );
    }
}

#[test]
fn without_a_service_the_command_looks_by_itself() {
    let server = ScriptedDns::replying(|query, reply| match query.name().trim_end_matches('.') {
        "_mta-sts.example.com" => reply.txt("_mta-sts.example.com", b"v=STSv1; id=1;"),
        "_mta-sts.failing.example" => reply.rcode(2),
        _ => reply,
    });
    let address = server.address().to_string();
    let look = |key: &str| {
        let arguments = ["query", key, "--json", "--resolver", &address, "--dnssec", "off"];
        let outcome = run(&arguments);
        (outcome.status, outcome.json())
    };
    let (status, json) = look("example.com");
    assert_eq!((status, codes(&json)), (0, vec!["policy-unfetched", "dane-off"]));
    assert!(json["reason"][0]["detail"].as_str().unwrap().contains("has no address"));
    let (status, json) = look("none.example");
    assert_eq!((status, codes(&json)), (0, vec!["no-record", "dane-off"]));
    let (status, json) = look("failing.example");
    assert_eq!((status, codes(&json)), (0, vec!["record-unknown", "dane-off"]));
    // Also where the configuration names a service that isn't running, with its overrides.
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let overrides = "[[override]]\ndomain = \"none.example\"\n\
                     policy = { mode = \"enforce\", mx = [\"mx.example.com\"] }\n";
    std::fs::write(path("overrides.toml"), overrides).unwrap();
    let config = format!(
        "[dns]\nservers = [\"{address}\"]\ndnssec = \"off\"\n\
         [sender]\nadmin = \"unix:{}\"\noverrides_file = \"{}\"\n",
        path("admin.sock"),
        path("overrides.toml")
    );
    std::fs::write(path("sigillo.toml"), config).unwrap();
    let mut query = command(&["query", "none.example", "--json"]);
    query.env("SIGILLO_CONFIG", path("sigillo.toml"));
    let json = run_with(query, b"").json();
    assert_eq!((&json["answer"], codes(&json)[0]), (&json!(SECURE), "policy-forced"));
    for (language, words) in
        [("en", "without asking a service"), ("it", "senza chiedere a un servizio")]
    {
        let mut query = command(&["query", "none.example", "--lang", language]);
        query.env("SIGILLO_CONFIG", path("sigillo.toml"));
        let page = run_with(query, b"");
        assert!(page.stdout.contains(words) && page.stderr.is_empty(), "{page:?}");
    }
}

#[test]
fn a_root_that_does_not_validate_is_put_down_to_whoever_can_mend_it() {
    let Some(lab) = DnsLab::shared() else { return };
    let address = lab.resolver_address().to_string();
    let query = |more: &[&str]| {
        let outcome = run(&[&["query", "a.example", "--resolver", &address], more].concat());
        assert_eq!(outcome.status, 2);
        outcome
    };
    // The root of the lab isn't that of the Internet.
    assert_eq!(query(&["--json"]).json()["error"]["code"], "trust-anchor-unusable");
    for (language, words) in [
        ("en", ["the signatures of the root zone", "the clock", "trust-ad"]),
        ("it", ["le firme della zona radice", "l'orologio", "trust-ad"]),
    ] {
        let said = query(&["--lang", language]).stderr;
        assert!(words.iter().all(|word| said.contains(word)), "{said}");
        assert!(!said.contains("DS"), "{said}");
    }
    let folder = tempfile::tempdir().unwrap();
    let anchor = folder.path().join("root.ds");
    let other = ". 3600 IN DS 20326 8 2 \
                 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D\n";
    std::fs::write(&anchor, other).unwrap();
    let said = query(&["--trust-anchor", anchor.to_str().unwrap()]).stderr;
    assert!(said.contains("this trust anchor") && said.contains("DS or DNSKEY"), "{said}");
}

#[test]
fn who_says_how_to_look_asks_no_service() {
    let service = Service::start();
    let server = ScriptedDns::replying(|_, reply| reply);
    let address = server.address().to_string();
    let arguments = ["query", "example.com", "--resolver", &address, "--dnssec", "off", "--json"];
    assert_eq!(service.run(&arguments).json()["answer"], "NOTFOUND");
    assert!(server.queries() > 0);
}
