//! What the API answers to what it can't use.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use futures_util::stream;
use sigillo_lab::dns::ScriptedDns;
use sigillo_web::live::LiveSettings;

use crate::support::{Answer, TestSite, post_json};

async fn site() -> TestSite {
    TestSite::new(ScriptedDns::replying(|_, reply| reply), LiveSettings::default()).await
}

/// It is a problem document with this status and code.
fn assert_problem(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status, status, "{code}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json", "{code}");
    let problem = answer.json();
    assert_eq!((&problem["code"], &problem["status"]), (&code.into(), &status.into()));
    for name in ["title", "detail"] {
        assert!(!problem[name].as_str().unwrap().is_empty(), "{problem}");
    }
}

fn request(method: &str, path: &str, body: impl Into<Body>) -> Request<Body> {
    let request = Request::builder().method(method).uri(path);
    request.header("content-type", "application/json").body(body.into()).unwrap()
}

#[tokio::test]
async fn what_it_cannot_use_is_a_problem_document() {
    let site = site().await;
    let big = format!(r#"{{"text":"{}"}}"#, "a".repeat(129 * 1024));
    for (method, path, body, status, code) in [
        ("POST", "/generate", "nonsense", 400, "not-json"),
        ("POST", "/generate", r#"{"colour":"red"}"#, 400, "not-as-described"),
        ("POST", "/generate", "[1]", 400, "not-as-described"),
        ("POST", "/generate", "{}", 422, "invalid-options"),
        ("POST", "/validate", r#"{"kind":"letter","text":""}"#, 400, "not-as-described"),
        ("POST", "/validate", r#"{"text":"hello"}"#, 422, "kind-not-recognised"),
        ("POST", "/validate/letter", "", 404, "unknown-kind"),
        ("POST", "/validate/policy%ff", "", 404, "no-such-operation"),
        ("GET", "/codes?lang=xx", "", 400, "bad-query"),
        ("POST", "/validate", &big, 413, "too-large"),
        ("POST", "/validate/policy", &big, 413, "too-large"),
        ("POST", "/check", r#"{"domain":"192.0.2.1"}"#, 422, "invalid-options"),
        ("POST", "/check?wait=banana", r#"{"domain":"a.example"}"#, 400, "bad-query"),
        ("POST", "/check?wait=true&wait=false", r#"{"domain":"a.example"}"#, 400, "bad-query"),
        ("GET", "/codes/nothing", "", 404, "unknown-code"),
        ("GET", "/codes/%ff", "", 404, "no-such-operation"),
        ("GET", "/nothing", "", 404, "no-such-operation"),
        ("GET", "", "", 404, "no-such-operation"),
        ("GET", "/check", "", 405, "method-not-allowed"),
        ("BREW", "/codes", "", 405, "method-not-allowed"),
        ("PUT", "/generate", "{}", 405, "method-not-allowed"),
        ("DELETE", "/check/0123456789abcdef0123456789abcdef", "", 405, "method-not-allowed"),
        ("POST", "/openapi.json", "", 405, "method-not-allowed"),
    ] {
        let answer = site.send(request(method, &format!("/api/v1{path}"), body.to_owned())).await;
        assert_problem(&answer, status, code);
        assert_eq!(answer.headers.contains_key("allow"), status == 405, "{method} {path}");
    }
    let untyped = Request::post("/api/v1/generate").body("{}".into()).unwrap();
    assert_problem(&site.send(untyped).await, 415, "not-json-type");
    let allow = site.send(request("PUT", "/api/v1/generate", "")).await.header("allow").to_owned();
    assert_eq!(allow, "POST,OPTIONS");
    // A report may be larger than anything else.
    let report = site.send(request("POST", "/api/v1/validate/report", big)).await;
    assert_eq!(report.status, StatusCode::OK);
}

#[tokio::test]
async fn a_body_that_never_comes_is_waited_for_only_so_long() {
    let site = site().await;
    // From here on time passes whenever there is nothing else to do.
    tokio::time::pause();
    for (path, kind) in [
        ("/api/v1/generate", "application/problem+json"),
        ("/it/verifica", "text/html; charset=utf-8"),
    ] {
        let never = Body::from_stream(stream::pending::<Result<Vec<u8>, std::io::Error>>());
        let kind_of_body = if path.starts_with("/api") {
            "application/json"
        } else {
            "application/x-www-form-urlencoded"
        };
        let request = Request::post(path)
            .header("content-type", kind_of_body)
            .header("accept-language", "it");
        let answer = site.send(request.body(never).unwrap()).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (StatusCode::REQUEST_TIMEOUT, kind)
        );
        assert!(answer.text().contains("È passato troppo tempo"), "{}", answer.text());
    }
}

#[tokio::test]
async fn problems_speak_the_language_of_the_reader() {
    let site = site().await;
    for (path, field, title) in [
        ("/api/v1/generate", "", "The options can't be used"),
        ("/api/v1/generate", "it", "Le opzioni non si possono usare"),
        ("/api/v1/generate?lang=it", "en", "Le opzioni non si possono usare"),
    ] {
        let mut request = post_json(path, "{}");
        request.headers_mut().insert("accept-language", field.parse().unwrap());
        assert_eq!(site.send(request).await.json()["title"], title);
    }
}
