//! A site below a path of its host: no page leads out of it.

use axum::http::StatusCode;
use sigillo_lab::dns::ScriptedDns;
use sigillo_web::SiteSettings;

use crate::reader::attributes;
use crate::support::{Surroundings, TestSite, from, post_form};

const BASE: &str = "/tools/mta-sts";

/// Every address on a page begins with the path, stays on the page or is a standard's.
fn assert_below(page: &str, path: &str) {
    let links = ["href", "src", "action", "formaction", "data-events"];
    let links: Vec<String> = links.iter().flat_map(|name| attributes(page, name)).collect();
    assert!(links.len() > 10, "{path}: {links:?}");
    for link in links {
        let is_below = link == BASE || link.starts_with(&format!("{BASE}/"));
        let is_here = link.starts_with(['#', '?']) || link.is_empty();
        let is_elsewhere = link.starts_with("https://") && !link.contains("localhost");
        assert!(is_below || is_here || is_elsewhere, "{path} leads to {link}");
    }
}

#[tokio::test]
async fn every_page_stays_below_its_path() {
    let site = SiteSettings { base_path: BASE.parse().unwrap(), ..SiteSettings::default() };
    let surroundings = Surroundings { site, ..Surroundings::default() };
    let site = TestSite::with(ScriptedDns::replying(|_, reply| reply), surroundings).await;
    let filled = "domain=example.com&mx=mail.example.com&tls_rpt=r@example.com&rua=r@example.com";
    for path in [
        "/en",
        "/en/generator",
        "/it/generatore",
        "/en/check",
        "/it/validatore",
        "/en/tls-rpt",
        "/it/dmarc",
        "/it/api",
        "/it/codici",
    ] {
        for query in ["", filled] {
            let address = format!("{BASE}{path}?{query}");
            assert_below(&site.page(&address).await, &address);
        }
    }
    for (path, domain) in [("/en/check", "a.example"), ("/it/verifica", "b.example")] {
        let form = post_form(&format!("{BASE}{path}"), &[("domain", domain)]);
        let begun = site.send(from("192.0.2.1", form)).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER);
        let result = begun.header("location").to_owned();
        assert!(result.starts_with(&format!("{BASE}{path}/")), "{result}");
        // While it goes on, and when the stream has ended.
        assert_below(&site.page(&result).await, &result);
        site.get(&format!("{result}/events")).await;
        assert_below(&site.page(&result).await, &result);
    }
    for path in ["/nowhere", "/en/nowhere"] {
        let answer = site.get(&format!("{BASE}{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_below(&answer.text(), path);
    }
}
