//! The generator of TLS-RPT records.

use sigillo_generate::options::TlsRptOptions;
use sigillo_language::Language;

use crate::support::{MARKUP, TestSite, assert_no_markup, assert_one_language, query, text_of};

const LANGUAGES: [(&str, Language); 2] =
    [("/en/tls-rpt", Language::English), ("/it/tls-rpt", Language::Italian)];

const WANTED: &[(&str, &str)] = &[
    ("domain", "example.com"),
    ("rua", "a@example.com"),
    ("rua", "https://reports.example.net/v1"),
    ("zone", "com"),
    ("ttl", "2h"),
    ("dns_format", "octodns"),
];

#[tokio::test]
async fn the_outcome_is_what_generate_makes() {
    let text = |text: &str| Some(text.to_owned());
    let options = TlsRptOptions {
        domain: text("example.com"),
        rua: vec!["a@example.com".to_owned(), "https://reports.example.net/v1".to_owned()],
        zone: text("com"),
        ttl: text("2h"),
        dns_format: text("octodns"),
    };
    let site = TestSite::alone().await;
    for (path, language) in LANGUAGES {
        let made = options.read().unwrap().generate(language);
        let page = site.page(&format!("{path}?{}", query(WANTED))).await;
        assert_eq!(text_of(&page, "record-text"), made.answer.record);
        assert_eq!(text_of(&page, "dns-text"), made.dns_text.unwrap());
        assert_eq!(text_of(&page, "record-1-line"), made.answer.dns[0].zone_line);
        assert_one_language(&page, language);
        assert_one_language(&site.page(path).await, language);
    }
}

#[tokio::test]
async fn faults_stand_at_their_fields() {
    let site = TestSite::alone().await;
    for (path, language) in LANGUAGES {
        let given = [
            ("domain", "a b"),
            ("rua", "nobody"),
            ("zone", "-"),
            ("ttl", "x"),
            ("dns_format", "x"),
        ];
        let page = site.page(&format!("{path}?{}", query(&given))).await;
        for id in ["domain", "rua-0", "zone", "ttl", "dns_format"] {
            assert!(text_of(&page, &format!("{id}-fault")).contains(' '), "{id}");
        }
        assert_one_language(&page, language);
        let page = site.page(&format!("{path}?domain=example.com")).await;
        assert!(text_of(&page, "rua-fault").contains(' '), "an address is missing");
    }
}

#[tokio::test]
async fn a_record_that_is_there_is_judged() {
    let site = TestSite::alone().await;
    for (path, language) in LANGUAGES {
        for (record, class) in [
            ("v=TLSRPTv1; rua=mailto:a@example.com", "badge good"),
            ("v=TLSRPTv1; rua=a@example.com", "badge bad"),
        ] {
            let page = site.page(&format!("{path}?{}", query(&[("existing", record)]))).await;
            let (_, outcome) = page.split_once("id=\"existing-outcome\"").unwrap();
            assert!(outcome.contains(class), "{record}");
            assert_eq!(outcome.contains("<mark class=\"bad\">"), class == "badge bad");
            assert_one_language(&page, language);
        }
    }
}

#[tokio::test]
async fn what_is_filled_in_is_never_markup() {
    let site = TestSite::alone().await;
    for (name, _) in WANTED.iter().chain(&[("existing", "")]) {
        let given = [("domain", "example.com"), (*name, MARKUP)];
        assert_no_markup(&site.page(&format!("/it/tls-rpt?{}", query(&given))).await);
    }
}
