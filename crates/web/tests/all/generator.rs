//! The generator of policies.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use axum::http::StatusCode;
use sigillo_generate::options::DeploymentOptions;
use sigillo_generate::{DnsFormat, Generated};
use sigillo_language::Language;
use zip::ZipArchive;

use crate::support::{
    Answer, MARKUP, TestSite, assert_no_markup, assert_one_language, now, query, text_of, unescaped,
};

const PAGES: [(&str, Language); 2] =
    [("/en/generator", Language::English), ("/it/generatore", Language::Italian)];

const WANTED: &[(&str, &str)] = &[
    ("domain", "example.com"),
    ("mode", "enforce"),
    ("mx", "mail.example.com"),
    ("mx", ""),
    ("mx", "*.backup.example.net"),
    ("provider", "google-workspace"),
    ("max_age", "2w"),
    ("id", "abc123"),
    ("tls_rpt", "reports@example.com"),
    ("policy_host", "192.0.2.1"),
    ("policy_host", "2001:db8::1"),
    ("recipe", "nginx"),
    ("zone", "com"),
    ("ttl", "10m"),
    ("dns_format", "nsupdate"),
    ("live_mx", "aspmx.l.google.com"),
];

fn wanted(language: Language) -> Generated {
    let text = |text: &str| Some(text.to_owned());
    let options = DeploymentOptions {
        domain: text("example.com"),
        mode: text("enforce"),
        mx: vec!["mail.example.com".to_owned(), "*.backup.example.net".to_owned()],
        provider: vec!["google-workspace".to_owned()],
        from_policy: None,
        live_mx: vec!["aspmx.l.google.com".to_owned()],
        max_age: text("2w"),
        id: text("abc123"),
        tls_rpt: vec!["reports@example.com".to_owned()],
        policy_host: vec!["192.0.2.1".to_owned(), "2001:db8::1".to_owned()],
        recipe: text("nginx"),
        zone: text("com"),
        ttl: text("10m"),
        dns_format: text("nsupdate"),
    };
    options.read(now(), &[]).unwrap().generate(language).unwrap()
}

fn files(answer: &Answer) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(answer.bytes.clone())).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

#[tokio::test]
async fn the_outcome_is_what_generate_makes() {
    let site = TestSite::alone().await;
    for (path, language) in PAGES {
        let page = site.page(&format!("{path}?{}", query(WANTED))).await;
        let Generated { deployment, dns_text, .. } = wanted(language);
        assert_eq!(text_of(&page, "policy-text"), deployment.policy.text);
        assert_eq!(text_of(&page, "dns-text"), dns_text.unwrap());
        assert_eq!(deployment.dns.len(), 4);
        for (index, record) in deployment.dns.iter().enumerate() {
            let number = index + 1;
            assert_eq!(text_of(&page, &format!("record-{number}-name")), record.relative_name);
            assert_eq!(text_of(&page, &format!("record-{number}-value")), record.value);
            assert_eq!(text_of(&page, &format!("record-{number}-line")), record.zone_line);
        }
        let seen = unescaped(&page).replace("<code>", "`").replace("</code>", "`");
        let recipe = deployment.recipe.unwrap();
        for (index, file) in recipe.files.iter().enumerate() {
            assert_eq!(text_of(&page, &format!("file-{}", index + 1)), file.text);
        }
        let notes = recipe.notes.iter().map(|note| &note.text);
        let findings = deployment.findings.iter().map(|finding| &finding.help);
        assert!(!deployment.findings.is_empty());
        for text in deployment.steps.iter().chain(notes).chain(findings) {
            assert!(seen.contains(text.as_str()), "{text}");
        }
        for finding in &deployment.findings {
            assert!(page.contains(&format!("/{}\"", finding.code)), "a link to its page");
        }
        assert_one_language(&page, language);
        assert!(page.len() < 100_000);
    }
}

#[tokio::test]
async fn the_form_shows_what_was_filled_in() {
    let site = TestSite::alone().await;
    let page = site.page(&format!("/en/generator?{}", query(WANTED))).await;
    for field in [
        r#"id="domain" name="domain" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" value="example.com""#,
        r#"value="enforce" checked"#,
        r#"id="mx-0" name="mx" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" value="mail.example.com""#,
        r#"id="mx-1" name="mx" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" value="*.backup.example.net""#,
        r#"id="mx-3" name="mx" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" value="""#,
        r#"type="checkbox" value="google-workspace" checked"#,
        r#"value="2w""#,
        r#"<option value="nginx" selected"#,
        r#"<option value="nsupdate" selected"#,
        r#"<details class="group" id="more" open"#,
        r#"type="checkbox" value="aspmx.l.google.com" checked"#,
        r#"href="/en/check?domain=example.com""#,
    ] {
        assert!(page.contains(field), "{field}");
    }
    assert!(!page.contains("id=\"mx-4\""), "two rows to fill in");
    // The other language has the same state.
    let other = format!("/it/generatore?{}", query(WANTED));
    assert!(unescaped(&page).contains(&other));
}

#[tokio::test]
async fn downloads_have_what_the_page_shows() {
    let site = TestSite::alone().await;
    let Generated { deployment, .. } = wanted(Language::Italian);
    for path in ["/en/generator", "/it/generatore"] {
        let policy = site.get(&format!("{path}/mta-sts.txt?{}", query(WANTED))).await;
        assert_eq!(policy.text(), deployment.policy.text);
        assert_eq!(policy.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(policy.header("content-disposition"), "attachment; filename=\"mta-sts.txt\"");
        let zone = site.get(&format!("{path}/zone.txt?{}", query(WANTED))).await;
        assert_eq!(zone.text(), DnsFormat::Zone.write(&deployment.zone, &deployment.dns));
        let archive = site.get(&format!("{path}/sigillo.zip?{}", query(WANTED))).await;
        assert_eq!(archive.header("content-type"), "application/zip");
        assert_eq!(
            archive.header("content-disposition"),
            "attachment; filename=\"mta-sts-example.com.zip\""
        );
        let files = files(&archive);
        assert_eq!(files, deployment.files(DnsFormat::Nsupdate));
        assert!(files.contains_key("nsupdate.txt") && files.contains_key("zone.txt"));
        let again = site.get(&format!("{path}/sigillo.zip?{}", query(WANTED))).await;
        assert_eq!(archive.bytes, again.bytes);
        for file in ["mta-sts.txt", "zone.txt", "sigillo.zip"] {
            let answer = site.get(&format!("{path}/{file}?domain=example.com")).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.text().contains("id=\"mx-fault\"><p>"), "the page says why");
        }
    }
}

#[tokio::test]
async fn the_id_of_the_page_is_that_of_its_downloads() {
    let site = TestSite::alone().await;
    let page = site.page("/en/generator?domain=example.com&mx=mail.example.com").await;
    let id = now().strftime("%Y%m%d%H%M%S").to_string();
    assert_eq!(text_of(&page, "record-1-value"), format!("v=STSv1; id={id};"));
    let download = format!("/zone.txt?domain=example.com&mx=mail.example.com&id={id}\"");
    assert!(unescaped(&page).contains(&download), "{download}");
}

#[tokio::test]
async fn nothing_is_wrong_with_a_form_that_nobody_has_filled_in() {
    let site = TestSite::alone().await;
    for (path, language) in PAGES {
        for address in [path.to_owned(), format!("{path}?domain=&mx=+&unknown=1")] {
            let page = site.page(&address).await;
            assert!(!page.contains("aria-invalid"));
            assert!(text_of(&page, "policy-text").contains("mx: mail.example.com"), "an example");
            assert!(!page.contains(".zip"), "an example is not to be downloaded");
            assert_one_language(&page, language);
        }
    }
}

#[tokio::test]
async fn faults_stand_at_their_fields_in_both_languages() {
    let fields = [
        ("domain", "exam ple", "domain"),
        ("mode", "soft", "mode"),
        ("mx", "good.example.com", ""),
        ("mx", "a..b", "mx-1"),
        ("provider", "nonsense", "provider-0"),
        ("max_age", "9y", "max_age"),
        ("id", "a-b", "id"),
        ("tls_rpt", "nobody", "tls_rpt-0"),
        ("policy_host", "192.0.2.1", ""),
        ("policy_host", "192.0.2.2", "policy_host-1"),
        ("recipe", "abacus", "recipe"),
        ("zone", "-", "zone"),
        ("ttl", "soon", "ttl"),
        ("dns_format", "stone", "dns_format"),
        ("live_mx", "x y", "live_mx-0"),
        ("from_policy", "mode: enforce", "from_policy"),
    ];
    let given: Vec<(&str, &str)> = fields.iter().map(|(name, value, _)| (*name, *value)).collect();
    let site = TestSite::alone().await;
    for (path, language) in PAGES {
        let page = site.page(&format!("{path}?{}", query(&given))).await;
        let faulty: Vec<&str> =
            fields.iter().map(|(_, _, id)| *id).filter(|id| !id.is_empty()).collect();
        for id in &faulty {
            let message = text_of(&page, &format!("{id}-fault"));
            assert!(message.contains(' '), "{id}: {message}");
            assert!(page.contains(&format!("href=\"#{id}\"")), "{id} in the summary");
            assert!(page.contains(&format!(" id=\"{id}\"")), "{id} is there to go to");
        }
        for id in ["mx-0", "policy_host-0", "mx"] {
            assert_eq!(text_of(&page, &format!("{id}-fault")).trim(), "", "{id}");
        }
        // A group of radio buttons is no field that can be invalid by itself.
        assert_eq!(page.matches("aria-invalid=\"true\"").count(), faulty.len() - 1);
        assert!(!page.contains("id=\"policy-text\""), "nothing is made of it");
        assert_one_language(&page, language);
    }
}

#[tokio::test]
async fn what_is_filled_in_is_never_markup() {
    let site = TestSite::alone().await;
    let names = [
        "domain",
        "mode",
        "mx",
        "provider",
        "from_policy",
        "live_mx",
        "max_age",
        "id",
        "tls_rpt",
        "policy_host",
        "recipe",
        "zone",
        "ttl",
        "dns_format",
        "live_domain",
    ];
    for name in names {
        let given = [("domain", "example.com"), ("mx", "mail.example.com"), (name, MARKUP)];
        let page = site.page(&format!("/en/generator?{}", query(&given))).await;
        assert_no_markup(&page);
        assert!(name == "live_domain" || unescaped(&page).contains(MARKUP), "{name}");
    }
    let all = names.map(|name| (name, MARKUP));
    assert_no_markup(&site.page(&format!("/it/generatore?{}", query(&all))).await);
    // As a query that is none.
    assert_no_markup(&site.page("/en/generator?%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await);
}

#[tokio::test]
async fn what_strangers_send_is_bounded() {
    let site = TestSite::alone().await;
    for name in ["mx", "provider", "tls_rpt", "live_mx", "policy_host"] {
        let many = vec![(name, "x"); 3000];
        let page = site.page(&format!("/en/generator?domain=example.com&{}", query(&many))).await;
        assert!(text_of(&page, &format!("{name}-fault")).contains("100"), "{name}");
        assert!(!page.contains(&format!("id=\"{name}-103\"")));
    }
    let long = "x".repeat(60_000);
    for name in ["domain", "mx", "id", "zone", "provider"] {
        let page = site.page(&format!("/en/generator?{}", query(&[(name, &long)]))).await;
        // The field, the link to the other language thrice, and no message that repeats it.
        assert!(page.len() < 8 * long.len(), "{name}: {}", page.len());
    }
}

#[tokio::test]
async fn a_policy_to_start_from() {
    let site = TestSite::alone().await;
    let policy = "version: STSv1\r\nmode: enforce\r\nmx: old.example.com\r\nmax_age: 604800\r\nx-note: hello\r\n";
    let given = [("domain", "example.com"), ("from_policy", policy)];
    let page = site.page(&format!("/en/generator?{}", query(&given))).await;
    let made = text_of(&page, "policy-text");
    assert!(made.contains("mode: enforce\nmx: old.example.com\nmax_age: 604800"), "{made}");
    assert!(made.contains("x-note: hello"));
    assert!(page.contains(r#"id="mode-kept" name="mode" type="radio" value="" checked"#));
}
