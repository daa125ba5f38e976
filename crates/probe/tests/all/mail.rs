//! The policy's mode and patterns beside the hosts that receive the mail.

use sigillo_lab::server::{http_answer, mail_host};

use crate::internet::{DOMAIN, Internet, MX, MX_ADDRESS, POLICY};
use crate::raising::cases;

cases! {
    the_modes: ["mode-none", "mode-testing"],
    a_bad_certificate_while_testing: ["mode-testing", "mx-certificate-expired"],
    patterns_that_match_nothing: ["mx-pattern-stale"],
    a_wildcard_matches_one_label: ["mx-wildcard-depth"],
    a_domain_without_mx_records: ["mx-absent"],
    a_domain_without_mail: ["dmarc-rua-no-mail", "mx-null"],
    marks_and_aliases_among_the_hosts: ["mx-alias", "mx-verification-host"],
    a_sub_domain_with_mail_of_its_own: ["subdomain-not-covered"],
}

/// An internet with another policy.
fn policy(text: &str) -> Internet {
    let mut internet = Internet::healthy();
    internet.answer(http_answer("200 OK\r\nContent-Type: text/plain", text.as_bytes()));
    internet
}

async fn the_modes() {
    let testing = policy(&POLICY.replace("enforce", "testing"));
    testing.look().await.comes_to("testing", 0, &["mode-testing"]);
    let none = policy(&POLICY.replace("enforce", "none"));
    none.look().await.comes_to("disabled", 0, &["mode-none"]);
}

/// Outside of `enforce` nothing is lost.
async fn a_bad_certificate_while_testing() {
    let mut internet = policy(&POLICY.replace("enforce", "testing"));
    internet.mail_host(mail_host(MX, &internet.pki.issue_expired(&[MX])));
    internet.look().await.comes_to("testing", 0, &["mx-certificate-expired", "mode-testing"]);
}

async fn patterns_that_match_nothing() {
    let stale = policy(&POLICY.replace("max_age", "mx: old.good.example\nmax_age"));
    stale.look().await.comes_to("enforced", 0, &["mx-pattern-stale"]);
}

async fn a_wildcard_matches_one_label() {
    let mut internet = policy(&POLICY.replace("mx.good.example", "*.good.example"));
    internet.reply(DOMAIN, "MX", |reply| reply.mx(DOMAIN, 10, "a.b.good.example"));
    internet.reply("a.b.good.example", "A", |reply| reply.a("a.b.good.example", MX_ADDRESS));
    internet.mail_host(mail_host(MX, &internet.pki.issue(&["a.b.good.example"])));
    internet.look().await.comes_to("failing", 1, &["mx-wildcard-depth"]);
}

async fn a_domain_without_mx_records() {
    let mut internet = policy(&POLICY.replace("mx.good.example", DOMAIN));
    internet.forget(DOMAIN, "MX");
    internet.reply(DOMAIN, "A", |reply| reply.a(DOMAIN, MX_ADDRESS));
    internet.mail_host(mail_host(DOMAIN, &internet.pki.issue(&[DOMAIN])));
    internet.look().await.comes_to("enforced", 0, &["mx-absent"]);
}

async fn a_domain_without_mail() {
    let mut internet = Internet::healthy();
    internet.reply(DOMAIN, "MX", |reply| reply.mx(DOMAIN, 0, ""));
    internet.look().await.comes_to("enforced", 0, &["dmarc-rua-no-mail", "mx-null"]);
}

async fn marks_and_aliases_among_the_hosts() {
    let mut internet = Internet::healthy();
    internet.reply(DOMAIN, "MX", |reply| {
        reply.mx(DOMAIN, 10, MX).mx(DOMAIN, 32_767, "ms12345.msv1.invalid")
    });
    internet.look().await.comes_to("enforced", 0, &["mx-verification-host"]);

    let mut internet = Internet::healthy();
    internet.reply(MX, "A", |reply| reply.cname(MX, "host.example").a("host.example", MX_ADDRESS));
    internet.look().await.comes_to("enforced", 0, &["mx-alias"]);
}

async fn a_sub_domain_with_mail_of_its_own() {
    let mut internet = Internet::healthy();
    internet.reply("lists.good.example", "MX", |reply| {
        reply.mx("lists.good.example", 10, "mx.good.example")
    });
    internet.look().await.comes_to("enforced", 0, &["subdomain-not-covered"]);
}
