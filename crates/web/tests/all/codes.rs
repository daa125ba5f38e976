use axum::http::StatusCode;
use sigillo_findings::Code;
use sigillo_language::Language;

use crate::reader::{attributes, elements, visible};
use crate::support::TestSite;

fn index(language: Language) -> &'static str {
    language.choose("/en/codes", "/it/codici")
}

#[tokio::test]
async fn the_index_lists_every_code_once() {
    for language in Language::ALL {
        let page = TestSite::alone().await.page(index(language)).await;
        let lists: String = page.split("<section class=\"codes\"").skip(1).collect();
        let mut links = attributes(&lists, "href");
        links.retain(|link| link.starts_with(&format!("{}/", index(language))));
        links.sort();
        let mut expected: Vec<String> =
            Code::ALL.iter().map(|code| format!("{}/{code}", index(language))).collect();
        expected.sort();
        assert_eq!(links, expected);
        assert!(page.len() < 100_000, "{} bytes", page.len());
    }
}

#[tokio::test]
async fn every_code_has_a_page_that_says_what_the_catalogue_says() {
    let site = TestSite::alone().await;
    for language in Language::ALL {
        for code in Code::ALL {
            let page = site.page(&format!("{}/{code}", index(language))).await;
            let plain = |text: &str| text.replace('`', "");
            assert_eq!(elements(&page, "h1"), [plain(code.title(language))], "{code}");
            let text = visible(&page);
            for said in [code.name(), &plain(code.why(language)), &plain(&code.help(language))] {
                assert!(text.contains(said), "{code}: {said}");
            }
            assert!(code.reference().is_none_or(|reference| text.contains(reference)), "{code}");
        }
    }
}

#[tokio::test]
async fn a_code_leads_back_to_the_guide_and_shows_an_example() {
    let site = TestSite::alone().await;
    let several = site.page("/en/codes/record-several").await;
    let links = attributes(&several, "href");
    assert!(links.contains(&"/en/guide/record-and-policy-file".to_owned()), "{links:?}");
    let mode = site.page("/it/codici/policy-mode-invalid").await;
    // Only what this code is about is marked.
    assert!(mode.contains("mode: <mark class=\"bad\">enforced</mark>"));
    assert_eq!(mode.matches("<mark").count(), 1);
}

#[tokio::test]
async fn an_unknown_code_is_not_found_but_the_nearest_is_named() {
    let site = TestSite::alone().await;
    let answer = site.get("/it/codici/policy-emtpy").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(attributes(&answer.text(), "href").contains(&"/it/codici/policy-empty".to_owned()));
    let long = format!("/en/codes/{}", "policy-empty".repeat(5000));
    for path in [
        "/en/codes/zzz",
        "/en/codes/",
        "/en/codes/policy-empty%2F..",
        "/en/codes/policy-empty/more",
        "/en/codes/%22%3E%3Cscript%3E",
        "/en/codici/policy-empty",
        &long,
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path:.80}");
        assert!(!answer.text().contains("<script>"), "{path:.80}");
    }
}
