use axum::http::StatusCode;

use crate::reader::{attributes, elements};
use crate::support::TestSite;

/// The chapters that an index lists, in its order.
async fn chapters(index: &str) -> Vec<String> {
    let page = TestSite::alone().await.page(index).await;
    let list = page.split_once("<ol class=\"chapters\">").unwrap().1.split_once("</ol>").unwrap().0;
    attributes(list, "href")
}

#[tokio::test]
async fn the_switch_of_language_leads_to_the_same_chapter() {
    let site = TestSite::alone().await;
    let [english, italian] = [chapters("/en/guide").await, chapters("/it/guida").await];
    assert!(english.len() > 15);
    assert_eq!(english.len(), italian.len());
    for (english, italian) in english.iter().zip(&italian) {
        assert!(english.starts_with("/en/guide/") && italian.starts_with("/it/guida/"));
        for (own, other) in [(english, italian), (italian, english)] {
            let page = site.page(own).await;
            let head = page.split_once("</head>").unwrap().0;
            let mut alternates = attributes(head, "href");
            alternates.retain(|url| url == own || url == other);
            assert_eq!(alternates, [english.clone(), italian.clone()], "{own}");
        }
    }
}

#[tokio::test]
async fn chapters_lead_to_their_neighbours_and_describe_themselves() {
    let site = TestSite::alone().await;
    for index in ["/en/guide", "/it/guida"] {
        let chapters = chapters(index).await;
        let mut descriptions = Vec::new();
        for (number, chapter) in chapters.iter().enumerate() {
            let page = site.page(chapter).await;
            assert_eq!(elements(&page, "h1").len(), 1, "{chapter}");
            let neighbours = page.split_once("<nav class=\"neighbours\"").unwrap().1;
            let expected: Vec<String> = [number.checked_sub(1), Some(number + 1)]
                .into_iter()
                .filter_map(|number| chapters.get(number?).cloned())
                .collect();
            let links = attributes(neighbours.split_once("</nav>").unwrap().0, "href");
            assert_eq!(links, expected, "{chapter}");
            let (_, description) = page.split_once("<meta name=\"description\"").unwrap();
            descriptions.push(attributes(description, "content").swap_remove(0));
            assert!(page.len() < 100_000, "{chapter} has {} bytes", page.len());
        }
        descriptions.sort();
        descriptions.dedup();
        assert_eq!(descriptions.len(), chapters.len(), "each has a description of its own");
    }
}

#[tokio::test]
async fn examples_are_what_the_program_makes() {
    let page = TestSite::alone().await.page("/it/guida/record-e-file-della-policy").await;
    let texts = elements(&page, "pre");
    assert!(texts.contains(&"v=STSv1; id=20260115090000;".to_owned()), "{texts:?}");
    assert!(texts.iter().any(|text| text.starts_with("version: STSv1\nmode: enforce\n")));
    // What is judged is marked and explained.
    assert!(page.contains("mode: <mark class=\"bad\">enforced</mark>"));
    assert!(attributes(&page, "href").contains(&"/it/codici/policy-mode-invalid".to_owned()));
}

#[tokio::test]
async fn what_is_no_chapter_is_not_found() {
    let site = TestSite::alone().await;
    let long = format!("/en/guide/{}", "a".repeat(60_000));
    for path in [
        "/en/guide/no-such-chapter",
        "/en/guide/",
        // A chapter has its slug in its own language.
        "/en/guide/che-cose-mta-sts",
        "/en/guida/che-cose-mta-sts",
        "/en/guide/01-what-is-mta-sts",
        "/en/guide/what-is-mta-sts/",
        "/en/guide/what-is-mta-sts%2F",
        "/en/guide/..%2Fwhat-is-mta-sts",
        "/en/guide/what-is-mta-sts%00",
        "/en/guide/%3Cscript%3Ealert(1)%3C/script%3E",
        "/en/guide/%3Cscript%3E",
        &long,
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path:.80}");
        assert!(answer.text().contains("<html lang=\"en\">"), "{path:.80}");
        assert!(!answer.text().contains("<script>"), "{path:.80}");
    }
    // Not UTF-8: the request itself is faulty.
    assert!(site.get("/en/guide/%ff").await.status.is_client_error());
}
