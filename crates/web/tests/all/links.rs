use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use sigillo_findings::Code;

use crate::reader::{attributes, names};
use crate::support::TestSite;

/// The addresses of tools, below which the crawl doesn't go.
const TOOLS: [&str; 12] = [
    "/en/check",
    "/en/generator",
    "/en/validator",
    "/en/tls-rpt",
    "/en/dmarc",
    "/en/api",
    "/it/verifica",
    "/it/generatore",
    "/it/validatore",
    "/it/tls-rpt",
    "/it/dmarc",
    "/it/api",
];

/// Follows all links from the first pages, but not into the tools.
async fn crawl(base: &str) {
    let site = TestSite::below(base, None).await;
    let mut left = vec![format!("{base}/en"), format!("{base}/it")];
    let mut seen: BTreeSet<String> = left.iter().cloned().collect();
    let mut pages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut fragments = Vec::new();
    while let Some(path) = left.pop() {
        let answer = site.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let links =
            [attributes(&answer.text(), "href"), attributes(&answer.text(), "src")].concat();
        for link in links {
            if let Some(standard) = link.strip_prefix("https://www.rfc-editor.org/rfc/rfc") {
                assert!(standard.contains('#'), "{path} leads to {link}");
                continue;
            }
            let (target, fragment) = link.split_once('#').unwrap_or((&link, ""));
            let target = target.split('?').next().unwrap();
            let target = if target.is_empty() { path.as_str() } else { target };
            let inside = target.strip_prefix(base).filter(|inside| inside.starts_with('/'));
            let inside = inside.unwrap_or_else(|| panic!("{path} leads to {link}"));
            if TOOLS.contains(&inside) {
                continue;
            }
            if !fragment.is_empty() {
                fragments.push((path.clone(), target.to_owned(), fragment.to_owned()));
            }
            if seen.insert(target.to_owned()) {
                left.push(target.to_owned());
            }
        }
        let ids = attributes(&answer.text(), "id");
        let names = names(&answer.text());
        assert_eq!(ids.len(), names.len(), "{path} has a name twice");
        pages.insert(path, names);
    }
    for (path, target, fragment) in fragments {
        assert!(pages[&target].contains(&fragment), "{path} leads to {target}#{fragment}");
    }
    assert!(pages.len() > 2 * (Code::ALL.len() + 18), "{} pages", pages.len());
}

#[tokio::test]
async fn every_link_leads_to_a_page() {
    crawl("").await;
}

#[tokio::test]
async fn every_link_leads_to_a_page_below_a_base_path() {
    crawl("/tools/mta-sts").await;
}
