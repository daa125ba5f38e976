//! The generator of DMARC records.

use sigillo_generate::options::DmarcOptions;
use sigillo_language::Language;

use crate::support::{
    MARKUP, TestSite, assert_no_markup, assert_one_language, query, text_of, unescaped,
};

const LANGUAGES: [(&str, Language); 2] =
    [("/en/dmarc", Language::English), ("/it/dmarc", Language::Italian)];

const WANTED: &[(&str, &str)] = &[
    ("domain", "example.com"),
    ("policy", "quarantine"),
    ("subdomain_policy", "none"),
    ("nonexistent_policy", "reject"),
    ("rua", "a@example.com"),
    ("rua", ""),
    ("rua", "b@reports.example.net"),
    ("ruf", "c@example.com"),
    ("fo", "1"),
    ("fo", "d"),
    ("strict_dkim", "true"),
    ("strict_spf", "true"),
    ("test", "true"),
    ("psd", "n"),
    ("compatible", "true"),
    ("zone", "com"),
    ("ttl", "1d"),
    ("dns_format", "terraform"),
];

#[tokio::test]
async fn the_outcome_is_what_generate_makes() {
    let text = |text: &str| Some(text.to_owned());
    let options = DmarcOptions {
        domain: text("example.com"),
        policy: text("quarantine"),
        subdomain_policy: text("none"),
        nonexistent_policy: text("reject"),
        rua: vec!["a@example.com".to_owned(), "b@reports.example.net".to_owned()],
        ruf: vec!["c@example.com".to_owned()],
        fo: text("1:d"),
        strict_dkim: true,
        strict_spf: true,
        test: true,
        psd: text("n"),
        compatible: true,
        zone: text("com"),
        ttl: text("1d"),
        dns_format: text("terraform"),
    };
    let site = TestSite::alone().await;
    for (path, language) in LANGUAGES {
        let made = options.read().unwrap().generate(language);
        let page = site.page(&format!("{path}?{}", query(WANTED))).await;
        assert_eq!(text_of(&page, "record-text"), made.answer.record);
        assert_eq!(text_of(&page, "dns-text"), made.dns_text.unwrap());
        for (index, record) in made.answer.dns.iter().enumerate() {
            let line = text_of(&page, &format!("record-{}-line", index + 1));
            assert_eq!(line, record.zone_line);
        }
        assert_eq!(made.answer.ramp_up.len(), 3);
        for (index, stage) in made.answer.ramp_up.iter().enumerate() {
            assert_eq!(text_of(&page, &format!("stage-{}", index + 1)), stage.record);
        }
        let seen = unescaped(&page).replace("<code>", "`").replace("</code>", "`");
        let advice = made.answer.ramp_up.iter().map(|stage| &stage.advice);
        for text in made.answer.steps.iter().chain(advice) {
            assert!(seen.contains(text.as_str()), "{text}");
        }
        assert_one_language(&page, language);
        assert!(page.len() < 100_000);
    }
}

#[tokio::test]
async fn faults_stand_at_their_fields() {
    let given = [
        ("domain", "a b"),
        ("policy", "soft"),
        ("subdomain_policy", "soft"),
        ("nonexistent_policy", "soft"),
        ("rua", "https://example.com/reports"),
        ("ruf", "nobody"),
        ("fo", "0"),
        ("fo", "1"),
        ("psd", "x"),
        ("compatible", "true"),
        ("zone", "-"),
        ("ttl", "x"),
        ("dns_format", "x"),
    ];
    let site = TestSite::alone().await;
    for (path, language) in LANGUAGES {
        let page = site.page(&format!("{path}?{}", query(&given))).await;
        for id in [
            "domain",
            "policy",
            "subdomain_policy",
            "nonexistent_policy",
            "rua-0",
            "ruf-0",
            "fo",
            "psd",
            "compatible",
            "zone",
            "ttl",
            "dns_format",
        ] {
            assert!(text_of(&page, &format!("{id}-fault")).contains(' '), "{id}");
            assert!(page.contains(&format!("href=\"#{id}\"")), "{id} in the summary");
        }
        assert_one_language(&page, language);
    }
}

#[tokio::test]
async fn a_record_that_is_there_is_judged_and_gone_on_from() {
    let site = TestSite::alone().await;
    for (path, language) in LANGUAGES {
        let good = [("existing", "v=DMARC1; p=none; rua=mailto:a@example.com")];
        let page = site.page(&format!("{path}?{}", query(&good))).await;
        let (_, outcome) = page.split_once("id=\"existing-outcome\"").unwrap();
        assert!(outcome.contains("badge good"));
        for next in ["p=quarantine; rua=mailto:a@example.com; t=y", "p=reject; rua="] {
            assert!(outcome.contains(next), "{next}");
        }
        assert!(unescaped(outcome).contains(&format!("{path}?policy=none&rua=a%40example.com\"")));
        assert!(text_of(&page, "record-text").contains("dmarc@example.com"), "the form is blank");
        assert!(!page.contains("aria-invalid"));
        assert_one_language(&page, language);

        let bad = [("existing", "v=DMARC1; p=quarantin")];
        let page = site.page(&format!("{path}?{}", query(&bad))).await;
        let (_, outcome) = page.split_once("id=\"existing-outcome\"").unwrap();
        assert!(outcome.contains("badge bad") && outcome.contains("<mark class=\"bad\">"));
        assert!(!outcome.contains("?policy="));
        assert_one_language(&page, language);
    }
}

#[tokio::test]
async fn what_is_filled_in_is_never_markup() {
    let site = TestSite::alone().await;
    for (name, _) in WANTED.iter().chain(&[("existing", "")]) {
        let given = [("domain", "example.com"), (*name, MARKUP)];
        assert_no_markup(&site.page(&format!("/en/dmarc?{}", query(&given))).await);
    }
}

#[tokio::test]
async fn what_strangers_send_is_bounded() {
    let site = TestSite::alone().await;
    let many = vec![("rua", "x"); 5000];
    let page = site.page(&format!("/en/dmarc?domain=example.com&{}", query(&many))).await;
    assert!(text_of(&page, "rua-fault").contains("100"));
    let long = "x;".repeat(10_000);
    let page = site.page(&format!("/en/dmarc?{}", query(&[("existing", &long)]))).await;
    assert!(page.len() < 400_000, "{}", page.len());
}
