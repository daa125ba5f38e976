//! What strangers write reaches readers as text.

use std::net::Ipv4Addr;

use rcgen::DnType;
use sigillo_lab::certificates::Identity;
use sigillo_lab::dns::ScriptedDns;
use sigillo_lab::server::{Server, Step, http_answer, policy_host, say};
use sigillo_net::address_guard::AddressGuard;
use sigillo_web::live::LiveSettings;

use crate::support::{MARKUP, Surroundings, TestSite, assert_no_markup, unescaped};

const SCRIPT: &str = "<script>alert(1)</script>";

/// A domain that has markup wherever it can have a text.
fn dns() -> ScriptedDns {
    ScriptedDns::replying(|query, reply| {
        let name = query.name().trim_end_matches('.').to_owned();
        let text = |version: &str| format!("{version}; x={MARKUP}; id=1;");
        match (name.as_str(), query.kind().as_str()) {
            ("hostile.example", "MX") => reply.mx(&name, 10, "mx.hostile.example"),
            ("hostile.example", "TXT") => reply.txt(&name, text("v=spf1").as_bytes()),
            ("_mta-sts.hostile.example", "TXT") => reply.txt(&name, text("v=STSv1").as_bytes()),
            ("_smtp._tls.hostile.example", "TXT") => {
                reply.txt(&name, format!("v=TLSRPTv1; rua=mailto:{MARKUP}").as_bytes())
            }
            ("_dmarc.hostile.example", "TXT") => {
                reply.txt(&name, format!("v=DMARC1; p={MARKUP}").as_bytes())
            }
            ("mta-sts.hostile.example" | "mx.hostile.example", "A") => {
                reply.a(&name, Ipv4Addr::LOCALHOST)
            }
            _ => reply,
        }
    })
}

/// A certificate whose issuer and subject have markup for names.
fn identity(host: &str) -> Identity {
    Identity::self_signed(&[host, SCRIPT], |params| {
        params.distinguished_name.push(DnType::CommonName, MARKUP);
        params.distinguished_name.push(DnType::OrganizationName, MARKUP);
    })
}

#[tokio::test]
async fn markup_in_records_banners_certificates_and_policies_is_shown_as_text() {
    let policy = format!("version: STSv1\nmode: {MARKUP}\nmx: {SCRIPT}\n{SCRIPT}: {MARKUP}\n");
    let head = format!("200 OK\r\nContent-Type: {SCRIPT}\r\nServer: {SCRIPT}");
    let answer = http_answer(&head, policy.as_bytes());
    let web = Server::run(policy_host(&identity("mta-sts.hostile.example"), answer)).await;
    let mail = Server::run(vec![
        say(&format!("220 {MARKUP}\r\n")),
        Step::Line,
        say(&format!("250-{MARKUP}\r\n250 STARTTLS\r\n")),
        Step::Line,
        say("220 ready\r\n"),
        Step::Tls(identity("mx.hostile.example").server()),
        Step::Line,
        say(&format!("550 {MARKUP}\r\n")),
    ])
    .await;
    let site = TestSite::with(
        dns(),
        Surroundings {
            guard: AddressGuard::Off,
            https_port: web.address.port(),
            smtp_port: mail.address.port(),
            ..Surroundings::default()
        },
    )
    .await;
    let answer = site.check("hostile.example").await;
    let id = answer.header("location").rsplit('/').next().unwrap();
    assert!(web.connections() > 0 && mail.connections() > 0);
    // It was seen: else this would say nothing about it.
    let seen = answer.text();
    assert!(seen.matches("alert(1)").count() > 10, "{seen}");
    assert_eq!(answer.header("content-type"), "application/json");
    for path in ["/en/check", "/it/verifica"] {
        let page = site.page(&format!("{path}/{id}")).await;
        assert_no_markup(&page);
        let read = unescaped(&page);
        assert!(read.matches("<script>alert(1)</script>").count() > 5, "{read}");
        let badge = site.get(&format!("{path}/{id}/badge.svg")).await;
        assert_no_markup(&badge.text());
        let json = site.get(&format!("{path}/{id}/report.json")).await;
        assert_eq!(json.header("content-type"), "application/json");
        assert!(json.header("content-disposition").starts_with("attachment; filename=\"mta-sts-"));
        assert_eq!(json.json()["domain"], "hostile.example");
        let markdown = site.get(&format!("{path}/{id}/report.md")).await;
        assert_eq!(markdown.header("content-type"), "text/markdown; charset=utf-8");
        for line in markdown.text().lines() {
            for (at, _) in line.match_indices("<script>").chain(line.match_indices("<img")) {
                let before = &line[..at];
                let in_code = before.matches('`').count() % 2 == 1;
                assert!(in_code || before.ends_with('\\'), "{line}");
            }
        }
    }
}

#[tokio::test]
async fn markup_in_addresses_and_forms_is_shown_as_text() {
    let site = TestSite::new(ScriptedDns::silent(), LiveSettings::default()).await;
    let markup = crate::support::query(&[("domain", MARKUP)]);
    for path in ["/en/check?", "/it/verifica?", "/en/generator?", "/it/dmarc?", "/en/tls-rpt?"] {
        assert_no_markup(&site.get(&format!("{path}{markup}")).await.text());
    }
    let encoded = markup.strip_prefix("domain=").unwrap().replace('+', "%20");
    for path in ["/en/", "/it/codici/", "/en/check/", "/en/check/badge/", "/api/v1/codes/", "/"] {
        let answer = site.get(&format!("{path}{encoded}")).await;
        if answer.header("content-type").starts_with("text/html") {
            assert_no_markup(&answer.text());
        }
    }
    let request = crate::support::post_form("/it/verifica", &[("domain", MARKUP)]);
    let answer = site.send(request).await;
    assert_eq!(answer.status, 422);
    assert_no_markup(&answer.text());
    assert!(unescaped(&answer.text()).contains(MARKUP.trim_end_matches("&lt;")));
}
