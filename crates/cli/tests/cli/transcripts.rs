//! Transcripts in both languages: reviewed by eye, so that a change of words is seen.

use insta::assert_snapshot;

use crate::run::{command, run, run_with};

/// Runs in both languages and gives both transcripts.
fn both(arguments: &[&str]) -> String {
    both_with(arguments, b"")
}

fn both_with(arguments: &[&str], input: &[u8]) -> String {
    let transcript = |language| {
        let arguments = [arguments, &["--lang", language]].concat();
        run_with(command(&arguments), input).transcript()
    };
    format!("{}\n=== it ===\n{}", transcript("en"), transcript("it"))
}

#[test]
fn help() {
    assert_snapshot!("help", both(&["--help"]));
    for name in [
        "scan",
        "generate",
        "validate",
        "dmarc",
        "explain",
        "query",
        "serve",
        "cache",
        "completions",
        "man",
        "schema",
    ] {
        assert_snapshot!(format!("help-{name}"), both(&[name, "--help"]));
    }
    assert_snapshot!("help-dmarc-generate", both(&["dmarc", "generate", "--help"]));
    assert_snapshot!("help-tls-rpt-generate", both(&["tls-rpt", "generate", "--help"]));
    assert_snapshot!("help-cache-import", both(&["cache", "import", "--help"]));
    assert_snapshot!("help-cache-purge", both(&["cache", "purge", "--help"]));
    assert_snapshot!("help-validate-policy", both(&["validate", "policy", "--help"]));
}

#[test]
fn generate() {
    let base = ["generate", "example.com", "--id", "20261124093000"];
    let with = |more: &[&str]| both(&[&base[..], more].concat());
    assert_snapshot!("generate-microsoft365", with(&["--provider", "microsoft365"]));
    assert_snapshot!(
        "generate-enforce-nginx",
        with(&[
            "--mx",
            "mail.example.com",
            "--mode",
            "enforce",
            "--tls-rpt",
            "tls@example.com",
            "--policy-host",
            "192.0.2.1",
            "--recipe",
            "nginx"
        ])
    );
    assert_snapshot!("generate-none", with(&["--mode", "none"]));
    assert_snapshot!(
        "generate-live-mx",
        with(&[
            "--live-mx",
            "contoso-com.a-v1.mx.microsoft",
            "--live-mx",
            "backup.example.com",
            "--mx",
            "*.mx.microsoft",
            "--mode",
            "enforce"
        ])
    );
    assert_snapshot!("generate-verify", with(&["--provider", "gandi"]));
    assert_snapshot!("provider-list", both(&["generate", "--provider", "list"]));
    assert_snapshot!("recipe-list", both(&["generate", "--recipe", "list"]));
}

#[test]
fn validate() {
    let faulty = "\u{feff}version: STSv1\nmode: enforced\nmx: 10 mail.example.com.\n\
                  mx: bücher.example\n\nmax-age: 1w # a week\n";
    assert_snapshot!("validate-policy", both_with(&["validate", "policy", "-"], faulty.as_bytes()));
    let good = b"version: STSv1\nmode: testing\nmx: *.example.com\nmax_age: 86400\n";
    assert_snapshot!("validate-policy-good", both_with(&["validate", "policy", "-"], good));
    assert_snapshot!("validate-record", both(&["validate", "record", "\"v=STSv1 id=2026-11-24\""]));
    assert_snapshot!(
        "validate-tls-rpt",
        both(&["validate", "tls-rpt", "v=TLSRPTv1; rua=a@example.com,http://x"])
    );
    assert_snapshot!(
        "validate-dmarc",
        both(&["validate", "dmarc", "v=DMARC1; p=none; pct=50; rua=mailto:a@example.com!10m"])
    );
    let report = br#"{"organization-name": "Example", "contact-info": null, "report-id": "1",
"date-range": {"start-datetime": "2026-03-01T00:00:00", "end-datetime": "2026-03-01T23:59:59Z"},
"policies": [{"policy": {"policy-type": "sts", "policy-domain": "Example.com", "mx-host": "mail.example.com"},
"summary": {"total-successful-session-count": "5", "total-failure-session-count": 2},
"failure-details": [{"result-type": "certificate-expired", "failed-session-count": 2,
"receiving-mx-hostname": "mail.example.com", "sending-mta-ip": ""}]}]}"#;
    assert_snapshot!("validate-report", both_with(&["validate", "report", "-"], report));
    let long = format!("v=STSv1; id={}", "x".repeat(3000));
    assert_snapshot!("validate-long", both(&["validate", "record", &long]));
}

#[test]
fn records() {
    assert_snapshot!(
        "dmarc-generate",
        both(&["dmarc", "generate", "example.com", "--rua", "dmarc@example.net"])
    );
    let elsewhere = |format| {
        let addresses = ["dmarc@r10.example.net", "dmarc@r9.example.net", "dmarc@example.org"];
        let addresses = addresses.iter().flat_map(|address| ["--rua", address]);
        let arguments: Vec<&str> =
            ["dmarc", "generate", "example.com", "--policy", "reject", "--dns-format", format]
                .into_iter()
                .chain(addresses)
                .collect();
        both(&arguments)
    };
    for format in ["zone", "nsupdate", "octodns", "terraform"] {
        assert_snapshot!(format!("dmarc-generate-{format}"), elsewhere(format));
    }
    assert_snapshot!(
        "tls-rpt-generate",
        both(&["tls-rpt", "generate", "example.com", "--rua", "tls@example.com"])
    );
}

#[test]
fn explain() {
    assert_snapshot!("explain", both(&["explain", "policy-max-age-short"]));
    assert_snapshot!("explain-list", both(&["explain", "--list"]));
}

#[test]
fn failures() {
    let failures: [&[&str]; 32] = [
        &["generate", "https://user@example.com/x", "--mx", "a.example"],
        &["generate", "example.com", "example.net", "--mx", "a.example"],
        &["generate", "example.com", "--recipe", "nginx", "--recipe", "caddy"],
        &["generate", "example.com", "--provider", "zoho"],
        &[],
        &["nonsense"],
        &["generate"],
        &["generate", "example.com", "--resolver", "127.0.0.1:1"],
        &["generate", "example.com", "--from-dns", "--resolver", "dns.example"],
        &["check"],
        &["check", "example", "--json", "--format", "text"],
        &["check", "example.com", "--timeout", "0"],
        &["check", "example.com", "--ca-file", "/no/such/file"],
        &["check", "--observation", "/dev/null"],
        &["generate", "exa_mple.com", "--mx", "a.example"],
        &["generate", "192.0.2.1", "--mx", "a.example"],
        &["generate", "example.com", "--mx", "a.*.example"],
        &["generate", "example.com", "--mx", "a.example", "--mode", "enforced"],
        &["generate", "example.com", "--mx", "a.example", "--max-age", "2y"],
        &["generate", "example.com", "--mx", "a.example", "--max-age", "soon"],
        &["generate", "example.com", "--mx", "a.example", "--id", "1-2"],
        &["generate", "example.com", "--mx", "a.example", "--tls-rpt", "nobody"],
        &["generate", "example.com", "--mx", "a.example", "--recipe", "ngnix"],
        &["generate", "example.com", "--mx", "a.example", "--zone", "example.net"],
        &["generate", "example.com", "--mx", "a.example", "--force"],
        &["generate", "example.com", "--provider", "gogle-workspace"],
        &["generate", "example.com", "--provider", "ionos"],
        &["generate", "example.com", "--provider", "cisco"],
        &["validate", "policy", "/no/such/file"],
        &["explain", "policy-max-age-shrt"],
        &["cache", "purge"],
        &["dmarc", "generate", "example.com", "--policy", "block"],
    ];
    let transcripts = failures.iter().map(|arguments| {
        let shown = arguments.join(" ");
        if arguments.is_empty() {
            return format!("$ sigillo\n{}", run(arguments).transcript());
        }
        format!("$ sigillo {shown}\n{}", both(arguments))
    });
    assert_snapshot!("failures", transcripts.collect::<Vec<_>>().join("\n"));
}
