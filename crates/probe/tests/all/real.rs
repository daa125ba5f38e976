//! Real servers as people run them.

use std::net::Ipv4Addr;

use sigillo_check::observation::{NameMatch, Trust};
use sigillo_lab::{Nginx, Postfix, available, is_root};

use crate::internet::{Internet, MX, POLICY, POLICY_HOST};
use crate::raising::{cases, skip};

cases! {
    nginx_and_postfix_pass: [],
    nginx_with_the_certificate_of_another_site: ["certificate-wrong-name"],
    postfix_with_a_certificate_for_another_name_fails: [
        "mx-certificate-expired",
        "mx-certificate-wrong-name",
    ],
}

async fn nginx_and_postfix_pass() {
    // Postfix starts for root alone.
    if !available(&["nginx", "postfix"]) || !is_root() {
        return skip();
    }
    let mut internet = Internet::healthy();
    let identity = internet.pki.issue(&[POLICY_HOST]);
    let nginx = Nginx::start(Ipv4Addr::new(127, 0, 0, 30), POLICY_HOST, &identity, POLICY);
    let postfix = Postfix::start(Ipv4Addr::new(127, 0, 0, 40), MX, &internet.pki.issue(&[MX]));
    internet.policy_host_is(nginx.address());
    internet.mail_host_is(postfix.address());
    let seen = internet.look().await;
    seen.comes_to("enforced", 0, &[]);

    let fetch = &seen.observation.policy_host.fetches[0];
    assert_eq!(fetch.http.as_ref().unwrap().server.as_deref().map(|it| &it[..5]), Some("nginx"));
    let session = &seen.observation.mail_hosts[0].sessions[0];
    assert!(session.greeting[0].contains("ESMTP Postfix"), "{:?}", session.greeting);
    assert!(session.capabilities.iter().any(|line| line == "STARTTLS"));
    let tls = session.tls.as_ref().unwrap();
    assert_eq!((tls.trust, tls.name), (Trust::Trusted, NameMatch::Match));
}

/// What clients get of a server that knows no such site, or nothing of SNI.
async fn nginx_with_the_certificate_of_another_site() {
    if !available(&["nginx"]) {
        return skip();
    }
    let mut internet = Internet::healthy();
    let identity = internet.pki.issue(&["www.host.example"]);
    let nginx = Nginx::start(Ipv4Addr::new(127, 0, 0, 30), "www.host.example", &identity, POLICY);
    internet.policy_host_is(nginx.address());
    let seen = internet.look().await;
    seen.comes_to("broken", 1, &["certificate-wrong-name"]);
    assert!(seen.messages()[0].contains("www.host.example"), "{:?}", seen.messages());
}

async fn postfix_with_a_certificate_for_another_name_fails() {
    if !available(&["postfix"]) || !is_root() {
        return skip();
    }
    let mut internet = Internet::healthy();
    let identity = internet.pki.issue_expired(&["mail.host.example"]);
    let postfix = Postfix::start(Ipv4Addr::new(127, 0, 0, 40), MX, &identity);
    internet.mail_host_is(postfix.address());
    let codes = ["mx-certificate-wrong-name", "mx-certificate-expired"];
    internet.look().await.comes_to("failing", 1, &codes);
}
