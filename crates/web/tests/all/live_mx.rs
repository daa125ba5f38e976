//! The MX hosts that the generator reads from the DNS.

use axum::http::StatusCode;
use sigillo_lab::dns::ScriptedDns;
use sigillo_language::Language;
use sigillo_web::live::{LiveSettings, Quota};

use crate::support::{TestSite, assert_one_language, text_of, unescaped};

fn dns() -> ScriptedDns {
    ScriptedDns::replying(|query, reply| match query.name().trim_end_matches('.') {
        "contoso.com" => reply.mx("contoso.com", 20, "backup.contoso.com").mx(
            "contoso.com",
            10,
            "contoso-com.mail.protection.outlook.com",
        ),
        "missing.example" => reply.rcode(3),
        "empty.example" => reply,
        "null.example" => reply.mx("null.example", 0, ""),
        _ => reply.rcode(2),
    })
}

async fn site() -> TestSite {
    TestSite::new(dns(), LiveSettings::default()).await
}

#[tokio::test]
async fn hosts_are_shown_with_the_provider_and_make_the_policy() {
    let site = site().await;
    for (path, language, provider) in [
        ("/en/generator", Language::English, "Recognised: Microsoft 365."),
        ("/it/generatore", Language::Italian, "Riconosciuto: Microsoft 365."),
    ] {
        let page = site.page(&format!("{path}?domain=contoso.com&from_dns=1")).await;
        let seen = unescaped(&page);
        assert!(seen.contains(provider));
        let preferred = seen.find("contoso-com.mail.protection.outlook.com</code>").unwrap();
        assert!(preferred < seen.find("backup.contoso.com</code>").unwrap());
        assert!(seen.contains(" 20</span>"), "the preference");
        let policy = text_of(&page, "policy-text");
        assert!(policy.contains("mx: *.mail.protection.outlook.com\nmx: backup.contoso.com\n"));
        // What was read is part of the form from now on, and of the downloads.
        assert!(seen.contains(r#"name="live_domain" value="contoso.com""#));
        assert!(seen.contains("live_mx=backup.contoso.com&"));
        assert!(!seen.contains("zip?from_dns"));
        assert_one_language(&page, language);
    }
}

#[tokio::test]
async fn hosts_that_were_read_need_no_question() {
    let site = site().await;
    let before = site.dns.queries();
    let page = site
        .page("/en/generator?domain=contoso.com&live_domain=contoso.com&live_mx=a.contoso.com")
        .await;
    assert!(text_of(&page, "policy-text").contains("mx: a.contoso.com"));
    // Those of another domain don't count.
    let page = site
        .page("/en/generator?domain=contoso.org&live_domain=contoso.com&live_mx=a.contoso.com")
        .await;
    assert!(text_of(&page, "mx-fault").contains("MX"));
    assert_eq!(site.dns.queries(), before);
}

#[tokio::test]
async fn why_there_are_no_hosts_is_said_in_words() {
    let site = site().await;
    for (domain, english, italian) in [
        ("missing.example", "There is no domain", "Nel DNS non c'è il dominio"),
        ("empty.example", "has no MX records", "non ha record MX"),
        ("null.example", "says that it receives no mail", "dichiara di non ricevere posta"),
        ("broken.example", "can't be read", "non si possono leggere"),
    ] {
        for (path, words, language) in [
            ("/en/generator", english, Language::English),
            ("/it/generatore", italian, Language::Italian),
        ] {
            let page = site.page(&format!("{path}?domain={domain}&from_dns=1")).await;
            let (_, part) = page.split_once("id=\"live_mx\"").unwrap();
            let (part, _) = part.split_once("</fieldset>").unwrap();
            let (_, fault) = part.split_once("<div class=\"fault\"><p><b>").expect(domain);
            assert!(unescaped(fault).contains(words), "{domain}: {fault}");
            assert_one_language(&page, language);
        }
    }
}

#[tokio::test]
async fn a_name_server_that_is_silent_is_waited_for_only_so_long() {
    let site = TestSite::new(ScriptedDns::silent(), LiveSettings::default()).await;
    let page = site.page("/en/generator?domain=contoso.com&from_dns=1").await;
    assert!(page.contains("<div class=\"fault\"><p><b>"));
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let settings = LiveSettings {
        questions_per_client: Quota { burst: 2, per_minute: 1 },
        ..LiveSettings::default()
    };
    let site = TestSite::new(dns(), settings).await;
    for _ in 0..2 {
        site.page("/en/generator?domain=contoso.com&from_dns=1").await;
    }
    for address in ["", "/zone.txt", "/sigillo.zip"] {
        let address =
            format!("/en/generator{address}?domain=contoso.com&mx=a.contoso.com&from_dns=1");
        let answer = site.get(&address).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        let seconds: u64 = answer.header("retry-after").parse().unwrap();
        assert!((1..=60).contains(&seconds), "{seconds}");
        assert!(answer.text().contains("questions to the DNS"));
        assert!(!answer.headers.contains_key("content-disposition"));
    }
    // All else goes on.
    site.page("/en/generator?domain=contoso.com&mx=a.contoso.com").await;
}

#[tokio::test]
async fn without_a_domain_nobody_is_asked() {
    let site = site().await;
    let before = site.dns.queries();
    for domain in ["", "a..b", "192.0.2.1"] {
        let page =
            site.page(&format!("/en/generator?domain={domain}&mx=a.example&from_dns=1")).await;
        assert!(text_of(&page, "domain-fault").contains(' '));
    }
    assert_eq!(site.dns.queries(), before);
}
