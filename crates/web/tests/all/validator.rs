//! The validator: every kind of text, files, fixes, bounds and hostile input.

mod bounds;

use std::io::Write as _;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use sigillo_formats::Kind;

use crate::reader::attributes;
use crate::support::{Answer, TestSite, assert_one_language};

const PAGES: [(&str, &str); 2] = [("en", "/en/validator"), ("it", "/it/validatore")];

const REPORT: &str = r#"{"organization-name":"Example <b>Mail</b>","date-range":{"start-datetime":"2026-03-01T00:00:00Z","end-datetime":"2026-03-01T23:59:59Z"},"contact-info":"tls@example.net","report-id":"1","policies":[{"policy":{"policy-type":"sts","policy-string":["version: STSv1"],"policy-domain":"example.com"},"summary":{"total-successful-session-count":5,"total-failure-session-count":"4"},"failure-details":[{"result-type":"certificate-expired","receiving-mx-hostname":"mx.example.com","sending-mta-ip":"192.0.2.1","failed-session-count":4}]}]}"#;

/// A text of each kind that is as it should be, and one with an error that has a fix.
const TEXTS: [(Kind, &str, &str); 5] = [
    (
        Kind::Policy,
        "version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 604800\n",
        "version: STSv1\nmode: enforced\nmx: mail.example.com\nmax_age: 604800\n",
    ),
    (Kind::Record, "v=STSv1; id=20260301", "v=STSv1; id=2026-03-01"),
    (Kind::TlsRpt, "v=TLSRPTv1; rua=mailto:tls@example.com", "v=TLSRPTv1; rua=tls@example.com"),
    (Kind::Dmarc, "v=DMARC1; p=reject; rua=mailto:d@example.com", "v=DMARC1; p=rejected"),
    (Kind::Report, REPORT, "{\"policies\":[]}"),
];

/// A form of a browser.
struct Form(Vec<u8>);

impl Form {
    const TYPE: &str = "multipart/form-data; boundary=frontier";

    fn new(fields: &[(&str, &[u8])]) -> Self {
        let mut body = Vec::new();
        for (name, value) in fields {
            let file = if *name == "file" { "; filename=\"x\"" } else { "" };
            body.extend_from_slice(
                format!(
                    "--frontier\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
                )
                .as_bytes(),
            );
            body.extend_from_slice(value);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--frontier--\r\n");
        Self(body)
    }
}

async fn post(site: &TestSite, path: &str, content_type: &str, body: Vec<u8>) -> Answer {
    let request = Request::post(path).header("content-type", content_type);
    site.send(request.body(Body::from(body)).unwrap()).await
}

async fn send(site: &TestSite, path: &str, fields: &[(&str, &[u8])]) -> Answer {
    post(site, path, Form::TYPE, Form::new(fields).0).await
}

async fn text_page(site: &TestSite, path: &str, text: &str) -> String {
    let answer = send(site, path, &[("kind", b"auto"), ("text", text.as_bytes())]).await;
    assert_eq!(answer.status, StatusCode::OK, "{text:?}");
    assert_bounded(&answer);
    answer.text()
}

fn assert_bounded(answer: &Answer) {
    assert!(answer.bytes.len() < 100_000, "a page of {} bytes", answer.bytes.len());
}

/// What the field holds.
fn field(page: &str) -> String {
    let start = page.find("<textarea").unwrap();
    let inner = &page[start..];
    let inner = &inner[inner.find('>').unwrap() + 1..inner.find("</textarea>").unwrap()];
    // The first line end belongs to the tag.
    unescape(inner.strip_prefix('\n').unwrap_or(inner))
}

fn unescape(html: &str) -> String {
    [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")]
        .into_iter()
        .fold(html.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

/// The names of the fixes that are offered.
fn offers(page: &str) -> Vec<String> {
    let names = page.split("name=\"fix\" value=\"").skip(1);
    names
        .map(|rest| rest[..rest.find('"').unwrap()].to_owned())
        .filter(|name| name != "all")
        .collect()
}

#[tokio::test]
async fn every_kind_is_recognised_and_judged_in_both_languages() {
    let site = TestSite::alone().await;
    for (language, path) in PAGES {
        let words: [&str; 2] = match language {
            "en" => ["Recognised as", "What was understood"],
            _ => ["Riconosciuto come", "Che cosa si è capito"],
        };
        for (kind, good, bad) in TEXTS {
            let page = text_page(&site, path, good).await;
            let is_sound = kind != Kind::Report;
            assert_eq!(page.contains("class=\"verdict good\""), is_sound, "{kind} {page}");
            assert!(words.iter().all(|word| page.contains(word)), "{kind}");
            assert!(page.contains(&format!("&quot;kind&quot;: &quot;{kind}&quot;")), "{kind}");
            let page = text_page(&site, path, bad).await;
            assert!(page.contains("class=\"verdict bad\""), "{kind}");
            assert!(page.contains("id=\"finding-1\""), "{kind}");
        }
    }
}

#[tokio::test]
async fn no_page_mixes_languages_or_shows_the_name_of_a_message() {
    let site = TestSite::alone().await;
    for (language, path) in PAGES {
        for (_, good, bad) in TEXTS {
            for text in [good, bad] {
                assert_one_language(&text_page(&site, path, text).await, language.parse().unwrap());
            }
        }
    }
}

#[tokio::test]
async fn findings_and_their_places_lead_to_each_other() {
    let site = TestSite::alone().await;
    let page = text_page(&site, PAGES[0].1, TEXTS[0].2).await;
    assert!(page.contains("mode: <a class=\"note bad\" id=\"mark-1\" href=\"#finding-1\" aria-label=\"Finding 1\">1</a><mark class=\"bad\">enforced</mark>"));
    assert!(page.contains("href=\"#mark-1\""));
    assert!(page.contains("line 2, column 7"));
    assert!(page.contains("href=\"/en/codes/policy-mode-invalid\""));
}

#[tokio::test]
async fn a_text_has_an_address() {
    let site = TestSite::alone().await;
    let answer = site.get("/en/validator?kind=record&text=v%3DSTSv1%3B%20id%3D1").await;
    assert_eq!(answer.status, StatusCode::OK);
    let page = answer.text();
    assert!(page.contains("class=\"verdict good\"") && field(&page) == "v=STSv1; id=1");
    assert!(page.contains("/it/validatore?kind=record&#38;text=v%3DSTSv1%3B+id%3D1"));
    let empty = site.get("/it/validatore").await;
    assert_eq!(empty.status, StatusCode::OK);
    assert_bounded(&empty);
    // What the page offers to try is judged.
    let mut links = attributes(&empty.text(), "href");
    links.retain(|url| url.contains("?kind="));
    assert_eq!(links.len(), Kind::ALL.len());
    for url in links {
        let answer = site.get(&url).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.text().contains("id=\"finding-1\""), "{url}");
    }
}

/// Texts with fixes of every kind, one to a line of thought.
const WITH_FIXES: &[(Kind, &[u8])] = &[
    (Kind::Policy, b"\xef\xbb\xbfversion: STSv1\nmode: Enforced\nmx: mail.example.com.\nmax_age: 604800\n"),
    (Kind::Policy, b"version: STSv1\nmodes: enforce\nmx: *.*.example.com\nmax_age: 1 week\n\n"),
    (Kind::Policy, b"version: STSV1\nmode: none;\nmax-age: 86400,\n"),
    (Kind::Policy, b"version: STSv1\rmode: none\rmax_age: 86400\r"),
    (Kind::Record, b"v=STSv1; id=2026-03-01"),
    (Kind::Record, b"V=stsv1 id=1;;"),
    (Kind::TlsRpt, b"v=TLSRPTv1; rua=tls@example.com; mailto:x@example.com"),
    (Kind::TlsRpt, b"v=TLSRPTv1;rua=mailto:tls@example.com!10m, https://example.com/a,b"),
    (Kind::Dmarc, b"v=DMARC1; p=rejected; sp=qaurantine; rua=d@example.com; pct=100"),
    (Kind::Dmarc, b"v=dmarc1; P=none; adkim=strict"),
    (Kind::Report, b"\xef\xbb\xbf{\"organization_name\":\"a\",\"policies\":[{\"policy\":{\"policy-type\":\"STS\",\"policy-domain\":\"example.com\"},\"summary\":{\"total-successful-session-count\":\"5\",\"total-failure-session-count\":0},}]} x"),
];

/// The text as the field gives it: line ends are LF there, and records have none at their end.
fn mended_by_hand(kind: Kind, text: &[u8], name: &str) -> Option<Vec<u8>> {
    let judged = kind.judge(text);
    let (code, before) = name.split_once('.')?;
    let finding =
        judged.findings.iter().filter(|it| it.code().name() == code).nth(before.parse().ok()?)?;
    let fix = finding.fix()?;
    let text = judged.text(text);
    Some([&text[..fix.span.start()], fix.replacement.as_bytes(), &text[fix.span.end()..]].concat())
}

#[tokio::test]
async fn every_fix_gives_the_text_that_the_finding_promises() {
    let site = TestSite::alone().await;
    let mut applied = 0;
    for (kind, text) in WITH_FIXES {
        let kind_name = kind.name().as_bytes();
        let first = send(&site, PAGES[0].1, &[("kind", kind_name), ("file", text)]).await;
        assert_eq!(first.status, StatusCode::OK);
        let page = first.text();
        let names = offers(&page);
        let promised = kind.judge(text).findings.iter().filter(|it| it.fix().is_some()).count();
        assert_eq!(names.len(), promised, "{kind} {:?}", String::from_utf8_lossy(text));
        let carried = field(&page);
        // Some texts no field can hold: those come beside it.
        let bytes = page.split("name=\"bytes\" form=\"validator\" value=\"").nth(1);
        let bytes = bytes.map_or("", |rest| &rest[..rest.find('"').unwrap()]);
        for name in names {
            let fields: [(&str, &[u8]); 4] = [
                ("kind", kind_name),
                ("text", carried.as_bytes()),
                ("bytes", bytes.as_bytes()),
                ("fix", name.as_bytes()),
            ];
            let answer = send(&site, PAGES[0].1, &fields).await;
            assert_eq!(answer.status, StatusCode::OK);
            let page = answer.text();
            assert!(page.contains("One fix was applied"), "{name}");
            let mended = mended_by_hand(*kind, text, &name).unwrap();
            assert_eq!(field(&page).into_bytes(), mended, "{kind} {name}");
            applied += 1;
        }
    }
    assert!(applied > 15, "{applied}");
}

#[tokio::test]
async fn all_fixes_together_leave_none_to_apply() {
    let site = TestSite::alone().await;
    let text = b"version: STSV1\nmode: enforced\nmx: mail.example.com.\nmax_age: 604800\n";
    let fields: [(&str, &[u8]); 3] = [("kind", b"auto"), ("text", text), ("fix", b"all")];
    let page = send(&site, PAGES[1].1, &fields).await.text();
    assert!(page.contains("3 correzioni applicate"));
    assert!(page.contains("class=\"verdict good\"") && offers(&page).is_empty());
    assert_eq!(field(&page), TEXTS[0].1);
    // A fix of a text that has changed meanwhile is none.
    let fields: [(&str, &[u8]); 2] =
        [("text", TEXTS[0].1.as_bytes()), ("fix", b"policy-mode-invalid.0")];
    assert!(send(&site, PAGES[0].1, &fields).await.text().contains("nothing was mended"));
}

#[tokio::test]
async fn the_text_can_be_had_as_a_file() {
    let site = TestSite::alone().await;
    let text = b"version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n";
    let answer = send(&site, PAGES[0].1, &[("text", text), ("download", b"1")]).await;
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"mta-sts.txt\"");
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(answer.text(), "version: STSv1\nmode: none\nmax_age: 86400\n");
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_packed_report_and_its_mail_are_unpacked() {
    let site = TestSite::alone().await;
    let mail = format!(
        "From: tls@example.net\r\nSubject: Report\r\nMIME-Version: 1.0\r\nContent-Type: application/tlsrpt+json\r\n\r\n{REPORT}"
    );
    for file in [gzip(REPORT.as_bytes()), mail.into_bytes()] {
        let answer =
            send(&site, PAGES[0].1, &[("kind", b"auto"), ("text", b"ignored"), ("file", &file)])
                .await;
        assert_eq!(answer.status, StatusCode::OK);
        let page = answer.text();
        assert!(page.contains("The report came packed or in a mail"));
        assert_eq!(field(&page).trim_end(), REPORT);
        assert!(page.contains("certificate-expired</code> · 4 sessions"));
        assert!(page.contains("Example &lt;b&gt;Mail&lt;/b&gt;"));
    }
}

#[tokio::test]
async fn the_api_recognises_the_kind_too() {
    let site = TestSite::alone().await;
    for body in [r#"{"text":"v=STSv1; id=1"}"#, r#"{"kind":"auto","text":"v=STSv1; id=1"}"#] {
        let answer = post(&site, "/api/v1/validate", "application/json", body.into()).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.text().contains(r#""kind":"record","valid":true"#));
    }
    let answer =
        post(&site, "/api/v1/validate", "application/json", br#"{"text":"hello"}"#.to_vec()).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("kind-not-recognised"));
    let packed = gzip(REPORT.as_bytes());
    let answer = post(&site, "/api/v1/validate/auto", "application/octet-stream", packed).await;
    assert!(answer.text().contains(r#""kind":"report","valid":true"#));
}
