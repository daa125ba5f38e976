//! The contract that scripts rely on: JSON, exit statuses, defaults.

use serde_json::{Value, json};

use crate::run::{command, run, run_with};

const GENERATE: [&str; 6] = ["generate", "example.com", "--mx", "mail.example.com", "--id", "1"];

fn generate(more: &[&str]) -> Value {
    let outcome = run(&[&GENERATE[..], more, &["--json"]].concat());
    assert_eq!(outcome.status, 0, "{}", outcome.stdout);
    outcome.json()
}

#[test]
fn validate_gives_what_the_contract_shows() {
    let policy = b"version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.backup.example.com\nmax_age: 3600\n";
    let outcome = run_with(command(&["validate", "policy", "-", "--json"]), policy);
    assert_eq!(outcome.status, 0);
    let json = outcome.json();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["kind"], "policy");
    assert_eq!(json["valid"], true);
    assert_eq!(
        json["value"],
        json!({
            "version": "STSv1",
            "mode": "enforce",
            "mx": ["mail.example.com", "*.backup.example.com"],
            "max_age": 3600,
            "extensions": []
        })
    );
    let finding = &json["findings"][0];
    assert_eq!(finding["code"], "policy-max-age-short");
    assert_eq!(finding["severity"], "warning");
    assert_eq!(finding["reference"], "RFC 8461 §3.2");
    assert_eq!(finding["span"], json!({"start": 84, "end": 88, "line": 5, "column": 10}));
    for key in ["message", "help"] {
        assert!(finding[key].as_str().is_some_and(|text| text.len() > 20));
    }
}

#[test]
fn each_kind_has_its_own_value() {
    let value = |kind: &str, text: &str| {
        let json = run(&["validate", kind, text, "--json"]).json();
        assert_eq!(json["kind"], kind);
        json["value"].clone()
    };
    assert_eq!(
        value("record", "v=STSv1; id=1; x=y"),
        json!({"version": "STSv1", "id": "1", "extensions": [{"name": "x", "value": "y"}]})
    );
    assert_eq!(value("record", "nonsense"), json!({"version": null, "id": null, "extensions": []}));
    assert_eq!(
        value("tls-rpt", "v=TLSRPTv1; rua=mailto:a@example.com"),
        json!({"version": "TLSRPTv1", "rua": ["mailto:a@example.com"], "extensions": []})
    );
    let dmarc = value("dmarc", "v=DMARC1; p=reject; rua=mailto:a@example.com; other=1");
    assert_eq!(dmarc["tags"], json!({"p": "reject", "rua": "mailto:a@example.com", "other": "1"}));
    assert_eq!(
        dmarc["effective"],
        json!({
            "p": "reject", "sp": "reject", "np": "reject", "adkim": "r", "aspf": "r", "fo": "0",
            "rua": ["mailto:a@example.com"], "ruf": [], "psd": "u", "t": "n"
        })
    );
}

#[test]
fn the_exit_status_says_how_it_went() {
    assert_eq!(run(&["validate", "record", "v=STSv1; id=1"]).status, 0);
    assert_eq!(run(&["validate", "record", "v=STSv1 ; id=1"]).status, 0, "a warning");
    assert_eq!(run(&["validate", "record", "v=STSv1; id=-"]).status, 1);
    assert_eq!(run(&["validate", "policy", "/no/such/file"]).status, 2);
    assert_eq!(run(&["validate", "nonsense", "x"]).status, 2);
    let warning = ["validate", "record", "v=STSv1 ; id=1", "--fail-on"];
    assert_eq!(run(&[&warning[..], &["warning"]].concat()).status, 1);
    assert_eq!(run(&[&warning[..], &["error"]].concat()).status, 0);
    let hint = ["validate", "dmarc", "v=DMARC1; p=reject", "--fail-on"];
    assert_eq!(run(&[&hint[..], &["hint"]].concat()).status, 1);
    assert_eq!(run(&[&hint[..], &["warning"]].concat()).status, 0);
    // Where there are no findings it is taken and not shown.
    assert_eq!(run(&["query", "[192.0.2.1]", "--fail-on", "hint"]).status, 0);
    assert!(!run(&["cache", "purge", "--help"]).stdout.contains("--fail-on"));
    assert!(run(&["validate", "policy", "--help"]).stdout.contains("--fail-on"));
}

#[test]
fn a_failure_is_an_object_too() {
    for arguments in [
        &["validate", "policy", "/no/such/file"][..],
        &["generate", "no_domain", "--mx", "a.example"],
        &["generate", "example.com"],
        &["explain", "no-such-code"],
        &["--no-such-option"],
        &[],
    ] {
        let outcome = run(&[arguments, &["--json"]].concat());
        assert_eq!(outcome.status, 2, "{arguments:?}");
        let json = outcome.json();
        assert_eq!(json["schema"], 1);
        for key in ["code", "message", "help"] {
            assert!(json["error"][key].as_str().is_some_and(|text| !text.is_empty()));
        }
        assert_eq!(outcome.stderr, "", "{arguments:?}");
    }
}

#[test]
fn texts_may_come_from_standard_input_with_a_line_end() {
    for (kind, text) in [
        ("record", "v=STSv1; id=1"),
        ("tls-rpt", "v=TLSRPTv1; rua=mailto:a@example.com"),
        ("dmarc", "v=DMARC1; p=reject; rua=mailto:a@example.com"),
    ] {
        for end in ["", "\n", "\r\n"] {
            let input = format!("{text}{end}");
            let outcome = run_with(command(&["validate", kind, "-", "--json"]), input.as_bytes());
            assert_eq!(outcome.json()["findings"], json!([]), "{kind} {end:?}");
        }
    }
    let outcome = run_with(command(&["validate", "record", "-", "--json"]), b"v=STSv1; id=1\n\n");
    assert_eq!(outcome.json()["valid"], false, "only one line end belongs to the tool");
}

#[test]
fn quotes_of_a_zone_file_are_an_error_with_a_fix() {
    let outcome = run(&["validate", "record", "\"v=STSv1; id=1\"", "--json"]);
    let finding = &outcome.json()["findings"][0];
    assert_eq!(finding["code"], "record-quoted");
    assert_eq!(finding["fix"]["replacement"], "v=STSv1; id=1");
    assert_eq!(outcome.status, 1);
}

#[test]
fn generate_has_the_shape_of_the_contract() {
    let json = generate(&["--tls-rpt", "tls@example.com", "--recipe", "nginx"]);
    assert_eq!(json["schema"], 1);
    assert_eq!(json["domain"], "example.com");
    assert_eq!(
        json["policy"],
        json!({
            "text": "version: STSv1\nmode: testing\nmx: mail.example.com\nmax_age: 86400\n",
            "url": "https://mta-sts.example.com/.well-known/mta-sts.txt",
            "mode": "testing", "mx": ["mail.example.com"], "max_age": 86400
        })
    );
    assert_eq!(
        json["dns"],
        json!([
            {
                "name": "_mta-sts.example.com", "relative_name": "_mta-sts", "type": "TXT",
                "ttl": 300, "value": "v=STSv1; id=1;",
                "zone_line": "_mta-sts.example.com. 300 IN TXT \"v=STSv1; id=1;\""
            },
            {
                "name": "_smtp._tls.example.com", "relative_name": "_smtp._tls", "type": "TXT",
                "ttl": 300, "value": "v=TLSRPTv1; rua=mailto:tls@example.com",
                "zone_line":
                    "_smtp._tls.example.com. 300 IN TXT \"v=TLSRPTv1; rua=mailto:tls@example.com\""
            }
        ])
    );
    assert_eq!(json["recipe"]["name"], "nginx");
    let files = json["recipe"]["files"].as_array().unwrap();
    assert!(files.iter().all(|file| file["path"].is_string() && file["text"].is_string()));
    for note in json["recipe"]["notes"].as_array().unwrap() {
        assert!(note["text"].is_string());
        assert!(note["commands"].as_array().unwrap().iter().all(Value::is_string));
    }
    assert!(json["steps"].as_array().unwrap().iter().all(Value::is_string));
    assert_eq!(json["findings"], json!([]));
}

#[test]
fn steps_leave_to_a_recipe_what_it_says() {
    let texts = |values: &Value| -> Vec<String> {
        let text = |value: &Value| value["text"].as_str().or(value.as_str()).unwrap().to_owned();
        values.as_array().unwrap().iter().map(text).collect()
    };
    let address = ["--policy-host", "192.0.2.1"];
    for (recipe, title) in [
        ("nginx", "nginx"),
        ("github-pages", "GitHub Pages"),
        ("s3-cloudfront", "Amazon S3 + CloudFront"),
        ("cloudflare-worker", "Cloudflare Worker"),
    ] {
        for mode in ["testing", "none"] {
            let asked = generate(&["--mode", mode, "--recipe", recipe]);
            let given = generate(&[&["--mode", mode, "--recipe", recipe], &address[..]].concat());
            for json in [&asked, &given] {
                let steps = texts(&json["steps"]);
                let server = format!("under its name ({title})");
                let at = steps.iter().position(|step| step.contains(&server)).unwrap();
                assert!(steps[at + 1].contains("publish the TXT record `_mta-sts.example.com`"));
                assert!(!steps.iter().any(|step| step.starts_with("Serve the policy file")));
            }
            assert_eq!(asked["steps"], given["steps"]);
            // Its own record is the only one that the Worker's name may have.
            let records = given["dns"].as_array().unwrap();
            let is_pointer = |record: &Value| record["name"] == "mta-sts.example.com";
            assert_eq!(records.iter().any(is_pointer), recipe != "cloudflare-worker", "{recipe}");
            let notes = texts(&given["recipe"]["notes"]);
            assert_eq!(notes.iter().filter(|note| note.contains("listed above")).count(), 1);
        }
    }
    let alone = texts(&generate(&[])["steps"]);
    let given = texts(&generate(&address)["steps"]);
    let at = alone.iter().position(|step| step.starts_with("Serve the policy file")).unwrap();
    assert!(alone[at - 1].starts_with("Make `mta-sts.example.com` lead to the web server"));
    assert!(given[at - 1].starts_with("Publish the records for `mta-sts.example.com`"));
    assert_eq!(alone[..at - 1], given[..at - 1]);
    assert_eq!(alone[at..], given[at..]);
}

#[test]
fn commands_of_a_recipe_are_never_wrapped() {
    let json = generate(&["--recipe", "haproxy"]);
    let mut command =
        command(&["generate", "example.com", "--mx", "mail.example.com", "--recipe", "haproxy"]);
    command.env("COLUMNS", "60");
    let page = run_with(command, b"").stdout;
    let lines: Vec<&str> = page.lines().map(str::trim).collect();
    for note in json["recipe"]["notes"].as_array().unwrap() {
        for command in note["commands"].as_array().unwrap() {
            assert!(lines.contains(&command.as_str().unwrap()), "{command}");
        }
    }
}

#[test]
fn defaults_follow_the_mode() {
    for (mode, max_age, ttl) in
        [("testing", 86400, 300), ("enforce", 604_800, 3600), ("none", 86400, 3600)]
    {
        let json = generate(&["--mode", mode]);
        assert_eq!(json["policy"]["mode"], mode);
        assert_eq!(json["policy"]["max_age"], max_age, "{mode}");
        assert_eq!(json["dns"][0]["ttl"], ttl, "{mode}");
        assert_eq!(json["recipe"], Value::Null, "no recipe unless asked");
    }
    let none = run(&["generate", "example.com", "--mode", "none", "--json"]);
    assert_eq!(none.status, 0, "mode none needs no MX");
    assert_eq!(none.json()["policy"]["text"], "version: STSv1\nmode: none\nmax_age: 86400\n");
}

#[test]
fn names_are_welcome_in_every_form() {
    for domain in
        ["bücher.example", "BÜCHER.Example.", "xn--bcher-kva.example", "XN--BCHER-KVA.example."]
    {
        let outcome =
            run(&["generate", domain, "--mx", "*.Bücher.example.", "--id", "1", "--json"]);
        let json = outcome.json();
        assert_eq!(json["domain"], "xn--bcher-kva.example");
        assert_eq!(json["policy"]["mx"], json!(["*.xn--bcher-kva.example"]));
    }
}

#[test]
fn relative_names_refer_to_the_zone() {
    let name = |arguments: &[&str]| {
        let base = ["generate", "mail.example.co.uk", "--mx", "a.example", "--id", "1", "--json"];
        let json = run(&[&base[..], arguments].concat()).json();
        json["dns"][0]["relative_name"].as_str().unwrap().to_owned()
    };
    assert_eq!(name(&[]), "_mta-sts.mail");
    assert_eq!(name(&["--zone", "mail.example.co.uk"]), "_mta-sts");
    let outcome = run(&["generate", "example.com", "--mx", "a.example", "--zone", "example.net"]);
    assert_eq!(outcome.status, 2);
}

#[test]
fn the_id_is_the_time_or_follows_the_content() {
    let id = |more: &[&str]| {
        let base = ["generate", "example.com", "--mx", "a.example", "--json"];
        run(&[&base[..], more].concat()).json()["id"].as_str().unwrap().to_owned()
    };
    let time = id(&[]);
    assert_eq!(time.len(), 14);
    assert!(time.starts_with("20") && time.bytes().all(|byte| byte.is_ascii_digit()));
    let content = id(&["--id", "content"]);
    assert_eq!(content.len(), 32);
    assert_eq!(content, id(&["--id", "content"]));
    assert_eq!(content, id(&["--id", "content", "--ttl", "60"]), "the policy is the same");
    assert_ne!(content, id(&["--id", "content", "--max-age", "1w"]));
    assert_eq!(run(&["generate", "example.com", "--mx", "a.example", "--id", "1-2"]).status, 2);
}

#[test]
fn durations_have_units() {
    for (text, seconds) in [("3600", 3600), ("1d", 86_400), ("1w", 604_800), ("1y", 31_536_000)] {
        assert_eq!(generate(&["--max-age", text])["policy"]["max_age"], seconds);
    }
    for text in ["2y", "soon", "-1", "1.5d"] {
        let outcome = run(&[&GENERATE[..], &["--max-age", text]].concat());
        assert_eq!(outcome.status, 2, "{text}");
    }
}

#[test]
fn long_texts_are_split_in_zone_lines_only() {
    let address = |index: usize| format!("reports-number-{index}-with-a-long-name@example.com");
    let addresses: Vec<String> = (0..8).map(address).collect();
    let mut arguments = vec!["tls-rpt", "generate", "example.com", "--json"];
    for address in &addresses {
        arguments.extend(["--rua", address]);
    }
    let json = run(&arguments).json();
    let record = &json["dns"][0];
    let value = record["value"].as_str().unwrap();
    assert!(value.len() > 255 && !value.contains('"'));
    let line = record["zone_line"].as_str().unwrap();
    let strings: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
    assert_eq!(strings.concat(), value);
    assert_eq!(strings[0].len(), 255);
}

#[test]
fn providers_propose_and_the_difference_to_the_live_mx_is_told() {
    let json = run(&["generate", "example.com", "--provider", "microsoft365", "--json"]).json();
    assert_eq!(json["policy"]["mx"], json!(["*.mail.protection.outlook.com"]));

    let live = ["--live-mx", "contoso-com.a-v1.mx.microsoft"];
    let base = ["generate", "contoso.com", "--json"];
    let json = run(&[&base[..], &live].concat()).json();
    assert_eq!(json["policy"]["mx"], json!(["*.a-v1.mx.microsoft"]), "recognised");
    assert_eq!(json["providers"][0]["id"], "microsoft365");

    let wrong = ["--mx", "*.mx.microsoft", "--mode", "enforce", "--tls-rpt", "a@example.com"];
    let outcome = run(&[&base[..], &live, &wrong].concat());
    assert_eq!(outcome.status, 1, "mail would be lost");
    let error = ("generate-mx-not-covered".to_owned(), "error".to_owned());
    let depth = ("generate-wildcard-depth".to_owned(), "warning".to_owned());
    assert_eq!(outcome.findings(), [error, depth]);

    let testing = run(&[&base[..], &live, &["--mx", "*.mx.microsoft"]].concat());
    assert_eq!(testing.status, 0, "in testing nothing is lost");

    let weak = run(&["generate", "example.com", "--provider", "gandi", "--json"]);
    let verify = ("generate-provider-verify".to_owned(), "warning".to_owned());
    assert_eq!(weak.findings(), [verify]);
}

#[test]
fn generate_warns_of_what_is_risky() {
    let codes = |more: &[&str]| run(&[&GENERATE[..], more, &["--json"]].concat()).findings();
    let finding = |code: &str, severity: &str| (code.to_owned(), severity.to_owned());
    assert_eq!(
        codes(&["--mode", "enforce"]),
        [finding("generate-enforce-without-reports", "warning")]
    );
    assert_eq!(codes(&["--max-age", "2w"]), [finding("generate-long-max-age-in-testing", "hint")]);
    assert_eq!(codes(&["--max-age", "1h"]), [finding("policy-max-age-short", "warning")]);
    let unused = ["--live-mx", "mail.example.com", "--mx", "old.example.com"];
    assert_eq!(codes(&unused), [finding("generate-pattern-unused", "hint")]);
}

#[test]
fn an_existing_policy_can_be_the_start() {
    let policy = b"version: STSv1\nmode: testing\nmx: a.example.com\nmax_age: 3600\nnote: ours\n";
    let from = ["generate", "example.com", "--from-policy", "-", "--id", "1", "--json"];
    let json = run_with(command(&from), policy).json();
    assert_eq!(json["policy"]["text"], String::from_utf8_lossy(policy).as_ref());
    let enforce =
        run_with(command(&[&from[..], &["--mode", "enforce", "--max-age", "1w"]].concat()), policy);
    assert_eq!(
        enforce.json()["policy"]["text"],
        "version: STSv1\nmode: enforce\nmx: a.example.com\nmax_age: 604800\nnote: ours\n"
    );
    let none = run_with(command(&[&from[..], &["--mode", "none"]].concat()), policy);
    assert_eq!(none.json()["policy"]["max_age"], 86_400, "another mode has its own default");
    // Of a policy that is not valid something could get lost without a word.
    let broken = run_with(
        command(&from),
        b"version: STSv1\nmode: testing\nmx: a.example.com.\nmax_age: 1\n",
    );
    assert_eq!(broken.status, 2, "{}", broken.stdout);
    assert_eq!(broken.json()["error"]["code"], "earlier-invalid");
}

#[test]
fn records_come_in_the_format_of_the_program_that_publishes_them() {
    for (format, sign) in [
        ("zone", "_mta-sts.example.com. 300 IN TXT"),
        ("nsupdate", "update add _mta-sts.example.com. 300 TXT"),
        ("octodns", "'_mta-sts':"),
        ("terraform", "resource \"dns_txt_record_set\""),
    ] {
        let outcome = run(&[&GENERATE[..], &["--dns-format", format]].concat());
        assert!(outcome.stdout.contains(sign), "{}", outcome.stdout);
    }
    let json = generate(&["--dns-format", "nsupdate"]);
    assert!(json["dns_text"].as_str().is_some_and(|text| text.starts_with("zone example.com.")));
    let host = ["--policy-host", "192.0.2.1", "--policy-host", "2001:db8::1"];
    let json = generate(&host);
    assert_eq!(json["dns"][0]["type"], "A");
    assert_eq!(json["dns"][1]["type"], "AAAA");
    let name = generate(&["--policy-host", "web.example.net"]);
    assert_eq!(name["dns"][0]["zone_line"], "mta-sts.example.com. 300 IN CNAME web.example.net.");
    let clash = ["--policy-host", "192.0.2.1", "--policy-host", "web.example.net"];
    assert_eq!(run(&[&GENERATE[..], &clash].concat()).status, 2);
}

#[test]
fn a_report_is_validated_in_every_wrapping() {
    let report = r#"{"organization-name":"Example","date-range":{"start-datetime":"2026-03-01T00:00:00Z","end-datetime":"2026-03-01T23:59:59Z"},"contact-info":"a@example.net","report-id":"1","policies":[{"policy":{"policy-type":"sts","policy-string":["version: STSv1"],"policy-domain":"example.com","mx-host":["mail.example.com"]},"summary":{"total-successful-session-count":5,"total-failure-session-count":0}}]}"#;
    let outcome = run_with(command(&["validate", "report", "-", "--json"]), report.as_bytes());
    let json = outcome.json();
    assert_eq!(
        (outcome.status, &json["kind"], &json["valid"]),
        (0, &json!("report"), &json!(true))
    );
    assert_eq!(json["value"]["policies"][0]["policy"]["policy-domain"], "example.com");
    let unusable = run_with(command(&["validate", "report", "-", "--json"]), b"{}");
    assert_eq!(unusable.status, 1);
}

#[test]
fn dmarc_is_made_from_its_options() {
    let dmarc = |more: &[&str]| {
        let base = ["dmarc", "generate", "example.com", "--json"];
        run(&[&base[..], more].concat()).json()
    };
    assert_eq!(
        dmarc(&["--rua", "a@example.com"])["record"],
        "v=DMARC1; p=none; rua=mailto:a@example.com"
    );
    let all = dmarc(&[
        "--policy",
        "reject",
        "--subdomain-policy",
        "quarantine",
        "--nonexistent-policy",
        "reject",
        "--rua",
        "a@example.com",
        "--ruf",
        "b@example.com",
        "--fo",
        "1:d",
        "--strict-dkim",
        "--strict-spf",
        "--test",
        "--psd",
        "n",
        "--compatible",
    ]);
    assert_eq!(
        all["record"],
        "v=DMARC1; p=reject; sp=quarantine; np=reject; adkim=s; aspf=s; fo=1:d; \
         rua=mailto:a@example.com; ruf=mailto:b@example.com; psd=n; t=y; pct=0"
    );
    assert_eq!(all["ramp_up"].as_array().unwrap().len(), 1);
    let foreign = dmarc(&["--rua", "a@example.net"]);
    assert_eq!(foreign["dns"][1]["name"], "example.com._report._dmarc.example.net");
    assert_eq!(foreign["dns"][1]["value"], "v=DMARC1;");
    assert_eq!(
        run(&["dmarc", "generate", "example.com", "--rua", "https://example.com/"]).status,
        2
    );
}

#[test]
fn codes_never_change_with_the_language_but_texts_do() {
    let record = |language: &str| {
        run(&["validate", "record", "v=STSv1; id=-", "--json", "--lang", language]).json()
    };
    let (english, italian) = (record("en"), record("it"));
    assert_eq!(english["findings"][0]["code"], italian["findings"][0]["code"]);
    assert_ne!(english["findings"][0]["message"], italian["findings"][0]["message"]);
}

#[test]
fn an_argument_that_begins_with_a_dash_follows_two() {
    let outcome = run(&["validate", "record", "--json", "--", "-v=STSv1"]);
    assert_eq!(outcome.status, 1);
    assert_eq!(outcome.json()["kind"], "record");
}
