//! What every answer says beside its text.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use sigillo_lab::dns::ScriptedDns;
use sigillo_language::Language;
use sigillo_web::live::LiveSettings;

use crate::support::{Answer, TestSite, assert_one_language, post_form, post_json};

fn request(method: &str, path: &str) -> Request<Body> {
    Request::builder().method(method).uri(path).body(Body::empty()).unwrap()
}

fn assert_safe(answer: &Answer, about: &str) {
    let policy = answer.header("content-security-policy");
    for part in
        ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]
    {
        assert!(policy.contains(part), "{about}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{about}: {policy}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{about}");
    assert_eq!(answer.header("x-frame-options"), "DENY", "{about}");
    assert_eq!(answer.header("referrer-policy"), "no-referrer", "{about}");
    assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{about}");
    assert!(!answer.header("cross-origin-resource-policy").is_empty(), "{about}");
    assert!(!answer.header("cache-control").is_empty(), "{about}");
    assert!(!answer.headers.contains_key("set-cookie"), "{about}");
}

#[tokio::test]
async fn every_kind_of_answer_has_the_headers_that_keep_readers_safe() {
    let site =
        TestSite::new(ScriptedDns::replying(|_, reply| reply), LiveSettings::default()).await;
    let result = site.check("example.com").await;
    assert_safe(&result, "a look");
    let id = result.header("location").rsplit('/').next().unwrap().to_owned();
    let home = site.page("/en").await;
    let (_, style) = home.split_once("<link rel=\"stylesheet\" href=\"").unwrap();
    let style = style.split('"').next().unwrap();
    let generator = "domain=example.com&mx=mail.example.com";
    for (method, path, status) in [
        ("GET", "/".to_owned(), 302),
        ("GET", "/en".to_owned(), 200),
        ("HEAD", "/it".to_owned(), 200),
        ("GET", "/it/guida".to_owned(), 200),
        ("GET", style.to_owned(), 200),
        ("GET", "/favicon.ico".to_owned(), 200),
        ("GET", "/robots.txt".to_owned(), 200),
        ("GET", "/healthz".to_owned(), 200),
        ("GET", "/nowhere".to_owned(), 404),
        ("GET", "/assets/1/site.css".to_owned(), 404),
        ("PUT", "/en".to_owned(), 405),
        ("GET", format!("/en/check/{id}"), 200),
        ("GET", format!("/en/check/{id}/report.json"), 200),
        ("GET", format!("/en/check/{id}/report.md"), 200),
        ("GET", format!("/en/check/{id}/badge.svg"), 200),
        ("GET", format!("/en/check/{id}/events"), 200),
        ("GET", format!("/en/generator?{generator}"), 200),
        ("GET", format!("/en/generator/mta-sts.txt?{generator}"), 200),
        ("GET", format!("/en/generator/sigillo.zip?{generator}"), 200),
        ("GET", "/api/v1/openapi.json".to_owned(), 200),
        ("GET", "/api/v1/codes".to_owned(), 200),
        ("HEAD", "/api/v1/codes".to_owned(), 200),
        ("GET", format!("/api/v1/check/{id}/events"), 200),
        ("GET", "/api/v1/nothing".to_owned(), 404),
        ("DELETE", "/api/v1/codes".to_owned(), 405),
        ("OPTIONS", "/api/v1/generate".to_owned(), 204),
    ] {
        let answer = site.send(request(method, &path)).await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert_safe(&answer, &path);
        if method == "HEAD" {
            assert!(
                answer.bytes.is_empty() && !answer.header("content-length").is_empty(),
                "{path}"
            );
        }
    }
    assert_safe(&site.send(post_form("/en/check", &[("domain", "example.com")])).await, "form");
    assert_safe(&site.send(post_json("/api/v1/generate", "nonsense")).await, "problem");
}

#[tokio::test]
async fn pages_of_others_may_use_pure_functions_alone() {
    let site =
        TestSite::new(ScriptedDns::replying(|_, reply| reply), LiveSettings::default()).await;
    let leave = |answer: &Answer| answer.header("access-control-allow-origin").to_owned();
    for path in ["/generate", "/dmarc", "/tls-rpt", "/validate", "/validate/policy"] {
        let path = format!("/api/v1{path}");
        let mut preflight = request("OPTIONS", &path);
        preflight.headers_mut().insert("origin", "https://other.example".parse().unwrap());
        let headers = [
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "content-type"),
        ];
        for (name, value) in headers {
            preflight.headers_mut().insert(name, value.parse().unwrap());
        }
        let answer = site.send(preflight).await;
        assert_eq!(
            (answer.status, leave(&answer)),
            (StatusCode::NO_CONTENT, "*".to_owned()),
            "{path}"
        );
        assert!(answer.header("access-control-allow-methods").contains("POST"));
        assert!(answer.header("access-control-allow-headers").contains("content-type"));
        // A refusal has to be readable too.
        for body in ["{}", "nonsense", r#"{"domain":"a..b"}"#] {
            let answer = site.send(post_json(&path, body)).await;
            assert_eq!(leave(&answer), "*", "{path} {body} {}", answer.status);
        }
        assert!(!answer.headers.contains_key("access-control-allow-credentials"));
    }
    for path in ["/codes", "/codes/nothing", "/providers", "/recipes", "/openapi.json"] {
        let answer = site.get(&format!("/api/v1{path}")).await;
        assert_eq!(leave(&answer), "*", "{path}");
    }
    let result = site.check("example.com").await;
    let location = result.header("location").to_owned();
    assert_eq!(leave(&result), "");
    for path in
        [location.clone(), format!("{location}/events"), "/en".to_owned(), "/healthz".to_owned()]
    {
        assert_eq!(leave(&site.get(&path).await), "", "{path}");
    }
    for path in ["/api/v1/check", &location, "/en/check"] {
        let answer = site.send(request(Method::OPTIONS.as_str(), path)).await;
        assert_eq!(
            (answer.status, leave(&answer)),
            (StatusCode::METHOD_NOT_ALLOWED, String::new()),
            "{path}"
        );
    }
}

#[tokio::test]
async fn every_refusal_is_a_page_in_its_language() {
    let site =
        TestSite::new(ScriptedDns::replying(|_, reply| reply), LiveSettings::default()).await;
    let none = "0123456789abcdef0123456789abcdef";
    let unreadable = Request::post("/it/verifica").header("content-type", "text/plain");
    let long = "x".repeat(200_000);
    for (request, status, language) in [
        (request("GET", &format!("/en/check/{none}/report.json")), 404, Language::English),
        (request("GET", &format!("/it/verifica/{none}/report.md")), 404, Language::Italian),
        (request("GET", "/it/verifica/badge/none"), 404, Language::Italian),
        (unreadable.body("domain=a".into()).unwrap(), 415, Language::Italian),
        (post_form("/en/check", &[("domain", &long)]), 413, Language::English),
    ] {
        let about = request.uri().to_string();
        let answer = site.send(request).await;
        assert_eq!(answer.status.as_u16(), status, "{about}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{about}");
        assert_one_language(&answer.text(), language);
        assert_safe(&answer, &about);
    }
}
