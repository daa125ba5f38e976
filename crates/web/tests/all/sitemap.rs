use axum::http::StatusCode;

use crate::reader::attributes;
use crate::support::TestSite;

#[tokio::test]
async fn the_sitemap_lists_every_page_in_every_language() {
    let site = TestSite::below("/tools", Some("https://example.net")).await;
    let answer = site.get("/tools/sitemap.xml").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "application/xml; charset=utf-8");
    let locations = locations(&answer.text());
    for path in ["/en", "/it", "/it/guida/che-cose-mta-sts", "/en/codes/policy-empty"] {
        let url = format!("https://example.net/tools{path}");
        assert!(locations.contains(&url), "{url}");
    }
    let translations = attributes(&answer.text(), "href");
    assert_eq!(translations.len(), 2 * locations.len());
    assert!(translations.iter().all(|url| locations.contains(url)));
    let robots = site.get("/tools/robots.txt").await.text();
    assert!(robots.contains("\nSitemap: https://example.net/tools/sitemap.xml\n"), "{robots}");
}

#[tokio::test]
async fn a_site_that_does_not_know_its_address_has_no_sitemap() {
    let site = TestSite::alone().await;
    assert_eq!(site.get("/sitemap.xml").await.status, StatusCode::NOT_FOUND);
    assert!(!site.get("/robots.txt").await.text().contains("Sitemap"));
}

fn locations(sitemap: &str) -> Vec<String> {
    let locations = sitemap.split("<loc>").skip(1);
    locations.map(|rest| rest.split("</loc>").next().unwrap().to_owned()).collect()
}
