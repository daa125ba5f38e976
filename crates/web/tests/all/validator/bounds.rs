//! What is too large, malformed, hostile or simply real.

use std::path::Path;

use axum::http::StatusCode;

use super::{Form, PAGES, REPORT, assert_bounded, field, gzip, post, send};
use crate::support::TestSite;

#[tokio::test]
async fn bounds_hold_in_both_languages() {
    let site = TestSite::alone().await;
    for ((_, path), words) in PAGES.into_iter().zip(["That is too large", "È troppo grande"]) {
        let long = vec![b'a'; 128 * 1024 + 1];
        let answer = send(&site, path, &[("text", &long)]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.text().contains(words));
        let huge = vec![b'a'; 11 * 1024 * 1024];
        let answer = send(&site, path, &[("file", &huge)]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.text().contains(words));
    }
    let many = vec![("x", b"".as_slice()); 50];
    assert_eq!(send(&site, PAGES[0].1, &many).await.status, StatusCode::BAD_REQUEST);
    for body in ["", "--frontier\r\n", "text=v%3DSTSv1"] {
        let answer = post(&site, PAGES[0].1, Form::TYPE, body.into()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body:?}");
    }
    let answer =
        post(&site, PAGES[0].1, "application/x-www-form-urlencoded", b"text=a".to_vec()).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    for fields in
        [[("kind", b"virus".as_slice())], [("fix", b"no-such-code.0")], [("bytes", b"zz")]]
    {
        assert_eq!(send(&site, PAGES[0].1, &fields).await.status, StatusCode::BAD_REQUEST);
    }
    for text in [b"".as_slice(), b"Dear postmaster,"] {
        let answer = send(&site, PAGES[0].1, &[("text", text)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(field(&answer.text()).as_bytes(), text);
    }
}

#[tokio::test]
async fn hostile_texts_neither_break_the_page_nor_grow_it() {
    let site = TestSite::alone().await;
    let zip_bomb = gzip(&vec![b'['; 20 * 1024 * 1024]);
    let one_key =
        "{\"organization-name\":\"</textarea><script>alert(1)</script>\u{202e}\u{1}\"}".to_owned();
    let failures =
        "{\"result-type\":\"<i>\",\"failure-reason-code\":\"&\\\"'\",\"failed-session-count\":1},"
            .repeat(20_000);
    let full = REPORT.replace("\"failure-details\":[", &format!("\"failure-details\":[{failures}"));
    let texts: Vec<(&str, Vec<u8>)> = vec![
        ("policy", b"version: STSv1\nmode: </textarea><script>alert(1)</script>\nmx: <img src=x onerror=y>\n".to_vec()),
        ("policy", "\u{202e}version: STSv1\u{2066}\u{200b}\nmode: \u{feff}x\u{7}\0\n".into()),
        ("policy", [b"version: STSv1\n".as_slice(), &[0xff; 3_000], b"\n", &[0; 3_000]].concat()),
        ("policy", b"mx: \"'<>&\n".repeat(12_000)),
        ("policy", vec![b'\n'; 1 << 20]),
        ("record", [b"v=STSv1; id=".as_slice(), &vec![b'"'; 100_000]].concat()),
        ("dmarc", [b"v=DMARC1; p=none; ".as_slice(), &b"\"=\x01; ".repeat(15_000)].concat()),
        ("tls-rpt", [b"v=TLSRPTv1; rua=".as_slice(), &b"mailto:a@example.com,".repeat(5_000)].concat()),
        ("report", one_key.into_bytes()),
        ("report", full.into_bytes()),
        ("report", vec![b'['; 1 << 20]),
        ("report", [b"{\"".as_slice(), &vec![0xff; 1 << 20]].concat()),
        ("auto", zip_bomb),
        ("auto", b"{\"a\":1}\n".repeat(200_000)),
    ];
    for (kind, text) in &texts {
        for (_, path) in PAGES {
            let fields: [(&str, &[u8]); 2] = [("kind", kind.as_bytes()), ("file", text)];
            let answer = send(&site, path, &fields).await;
            let start = String::from_utf8_lossy(&text[..text.len().min(60)]);
            assert_eq!(answer.status, StatusCode::OK, "{kind} {start:?}");
            assert_bounded(&answer);
            let page = answer.text();
            assert!(!page.contains("<script>") && !page.contains("<img src=x"), "{kind} {start:?}");
            let outside = [
                &page[..page.find("<textarea").unwrap()],
                &page[page.find("</textarea>").unwrap()..],
            ]
            .concat();
            assert!(
                !outside.chars().any(|it| it != '\n' && sigillo_findings::is_hidden(it)),
                "{kind} {start:?}"
            );
            assert_eq!(page.matches("</textarea>").count(), 1);
        }
    }
}

#[tokio::test]
async fn real_policies_and_reports_have_their_page() {
    let Some(corpus) = std::env::var_os("SIGILLO_CORPUS") else {
        println!("SIGILLO_CORPUS is not set: the pages of real texts were not made");
        return;
    };
    let site = TestSite::alone().await;
    let mut folders = vec![Path::new(&corpus).to_owned()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let file = std::fs::read(&path).unwrap();
            for (_, page) in PAGES {
                let answer = send(&site, page, &[("kind", b"auto"), ("file", &file)]).await;
                assert!(!answer.status.is_server_error(), "{}", path.display());
                assert_bounded(&answer);
                seen += usize::from(answer.status.is_success());
            }
        }
    }
    assert!(seen > 100, "{seen}");
}
