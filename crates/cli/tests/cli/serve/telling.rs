//! What the service tells whoever runs it: numbers and a log, and nothing about those who ask.

use sigillo_lab::dns::ScriptedDns;
use sigillo_lab::{free_port, loopback};

use super::http::{self, exchange};
use super::server::Service;

/// What nobody but the client and the service should know.
const DOMAIN: &str = "secret.example";
const CLIENT: &str = "198.51.100.7";

/// Asks in all the ways in which a domain comes to the service.
fn ask_about_the_domain(service: &Service) {
    let json = format!(r#"{{"domain":"{DOMAIN}"}}"#);
    let forwarded = format!("X-Forwarded-For: {CLIENT}\r\n");
    let head = "POST /api/v1/check HTTP/1.1\r\nContent-Type: application/json\r\n";
    let begun = exchange(service.connect(), &format!("{head}{forwarded}"), &json);
    assert_eq!(begun.status, 200, "{}", begun.body);
    for path in [
        format!("/en/generator?domain={DOMAIN}&from_dns=1"),
        format!("/en/check?domain={DOMAIN}"),
        format!("/en/check/badge/{DOMAIN}.svg"),
        format!("/{DOMAIN}"),
    ] {
        exchange(service.connect(), &format!("GET {path} HTTP/1.1\r\n{forwarded}"), "");
    }
}

#[test]
fn numbers_are_apart_from_the_pages() {
    let metrics = loopback(free_port());
    let server = ScriptedDns::replying(|_, reply| reply);
    let service = Service::start(&[
        ("SIGILLO_METRICS_LISTEN", &metrics.to_string()),
        ("SIGILLO_DNS_SERVERS", &server.address().to_string()),
    ]);
    ask_about_the_domain(&service);
    assert_eq!(service.get("/metrics").status, 404);
    let numbers = http::get(http::tcp(metrics), "/metrics");
    assert_eq!(numbers.status, 200);
    for expected in [
        r#"sigillo_web_requests_total{method="POST",route="/api/v1/check",status="200"} 1"#,
        r#"sigillo_web_looks_total{verdict="absent"} 1"#,
        "sigillo_web_looks_under_way 0",
        r#"sigillo_web_request_duration_seconds_bucket{le="0.001"}"#,
    ] {
        assert!(numbers.body.contains(expected), "{expected}:\n{}", numbers.body);
    }
    for secret in [DOMAIN, CLIENT] {
        assert!(!numbers.body.contains(secret), "{}", numbers.body);
    }
    assert_eq!(http::get(http::tcp(metrics), "/en").status, 404);
}

#[test]
fn the_log_says_nothing_about_those_who_ask() {
    for format in ["text", "json"] {
        let server = ScriptedDns::replying(|_, reply| reply);
        let service = Service::start(&[
            ("SIGILLO_LOG_FORMAT", format),
            ("SIGILLO_WEB_TRUSTED_PROXIES", "127.0.0.1"),
            ("SIGILLO_DNS_SERVERS", &server.address().to_string()),
        ]);
        ask_about_the_domain(&service);
        service.wait_for("/en/check/badge/{domain}");
        let said = service.said();
        let (_, log) = said.split_once('\n').unwrap();
        assert!(log.contains("/api/v1/check"), "{log}");
        for secret in [DOMAIN, "secret", CLIENT, "127.0.0.1", "from_dns"] {
            assert!(!log.contains(secret), "{secret}:\n{log}");
        }
        let is_object = |line: &str| line.starts_with('{') && line.ends_with('}');
        assert!(log.lines().all(|line| is_object(line) == (format == "json")), "{log}");
    }
}

#[test]
fn without_a_name_server_the_pages_are_there_and_checks_claim_nothing() {
    let silent = ScriptedDns::silent();
    let service = Service::start(&[
        ("SIGILLO_DNS_SERVERS", &silent.address().to_string()),
        ("SIGILLO_DNS_DNSSEC", "auto"),
        ("SIGILLO_NETWORK_TIMEOUT", "2s"),
    ]);
    let said = service.said();
    assert!(said.contains("domains can't be looked at now"), "{said}");
    assert_eq!(service.get("/en/generator?domain=example.com&mx=a.example.com").status, 200);
    let checked = service.post("/api/v1/check", r#"{"domain":"example.com"}"#);
    assert_eq!(checked.status, 200);
    let report: serde_json::Value = serde_json::from_str(&checked.body).unwrap();
    assert_eq!(report["verdict"], "unknown");
}
