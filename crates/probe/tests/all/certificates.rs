//! Certificates of policy hosts and mail hosts that senders don't accept.

use sigillo_lab::certificates::{Identity, Pki, window};
use sigillo_lab::server::{http_answer, mail_host, policy_host};

use crate::internet::{Internet, MX, POLICY, POLICY_HOST, Seen};
use crate::raising::cases;

cases! {
    an_expired_certificate: ["certificate-expired", "mx-certificate-expired"],
    a_certificate_that_is_not_yet_valid: [
        "certificate-not-yet-valid",
        "mx-certificate-not-yet-valid",
    ],
    a_certificate_that_signs_for_itself: ["certificate-self-signed", "mx-certificate-self-signed"],
    a_certificate_for_another_name: ["certificate-wrong-name", "mx-certificate-wrong-name"],
    a_chain_without_its_middle: [
        "certificate-intermediate-missing",
        "mx-certificate-intermediate-missing",
    ],
    an_authority_that_nobody_trusts: ["certificate-untrusted", "mx-certificate-untrusted"],
    a_certificate_near_its_end: ["certificate-expires-soon", "mx-certificate-expires-soon"],
    several_faults_are_told_apart: [
        "mx-certificate-expired",
        "mx-certificate-untrusted",
        "mx-certificate-wrong-name",
    ],
}

/// What is seen where the policy host shows such a certificate.
async fn on_policy_host(issue: impl FnOnce(&Pki) -> Identity) -> Seen {
    let mut internet = Internet::healthy();
    let policy = http_answer("200 OK\r\nContent-Type: text/plain", POLICY.as_bytes());
    internet.policy_host(policy_host(&issue(&internet.pki), policy));
    internet.look().await
}

/// What is seen where the mail host shows such a certificate.
async fn on_mail_host(issue: impl FnOnce(&Pki) -> Identity) -> Seen {
    let mut internet = Internet::healthy();
    internet.mail_host(mail_host(MX, &issue(&internet.pki)));
    internet.look().await
}

async fn an_expired_certificate() {
    let seen = on_policy_host(|pki| pki.issue_expired(&[POLICY_HOST])).await;
    seen.comes_to("broken", 1, &["certificate-expired"]);
    let seen = on_mail_host(|pki| pki.issue_expired(&[MX])).await;
    seen.comes_to("failing", 1, &["mx-certificate-expired"]);
}

async fn a_certificate_that_is_not_yet_valid() {
    let seen = on_policy_host(|pki| pki.issue_not_yet_valid(&[POLICY_HOST])).await;
    seen.comes_to("broken", 1, &["certificate-not-yet-valid"]);
    let seen = on_mail_host(|pki| pki.issue_not_yet_valid(&[MX])).await;
    seen.comes_to("failing", 1, &["mx-certificate-not-yet-valid"]);
}

async fn a_certificate_that_signs_for_itself() {
    let seen = on_policy_host(|_| Identity::self_signed(&[POLICY_HOST], |_| {})).await;
    seen.comes_to("broken", 1, &["certificate-self-signed"]);
    let seen = on_mail_host(|_| Identity::self_signed(&[MX], |_| {})).await;
    seen.comes_to("failing", 1, &["mx-certificate-self-signed"]);
}

async fn a_certificate_for_another_name() {
    let seen = on_policy_host(|pki| pki.issue(&["www.good.example"])).await;
    seen.comes_to("broken", 1, &["certificate-wrong-name"]);
    assert!(seen.messages()[0].contains("www.good.example"), "{:?}", seen.messages());
    let seen = on_mail_host(|pki| pki.issue(&["mail.host.example"])).await;
    seen.comes_to("failing", 1, &["mx-certificate-wrong-name"]);
}

async fn a_chain_without_its_middle() {
    let seen = on_policy_host(|pki| pki.issue_without_intermediate(&[POLICY_HOST])).await;
    seen.comes_to("broken", 1, &["certificate-intermediate-missing"]);
    let seen = on_mail_host(|pki| pki.issue_without_intermediate(&[MX])).await;
    seen.comes_to("failing", 1, &["mx-certificate-intermediate-missing"]);
}

async fn an_authority_that_nobody_trusts() {
    let seen = on_policy_host(|_| Pki::new().issue(&[POLICY_HOST])).await;
    seen.comes_to("broken", 1, &["certificate-untrusted"]);
    let seen = on_mail_host(|_| Pki::new().issue(&[MX])).await;
    seen.comes_to("failing", 1, &["mx-certificate-untrusted"]);
}

async fn a_certificate_near_its_end() {
    let issue = |pki: &Pki, name: &str| {
        pki.issue_with(&[name], |params| window(params, (2026, 3, 20), (2026, 6, 18)))
    };
    let seen = on_policy_host(|pki| issue(pki, POLICY_HOST)).await;
    seen.comes_to("enforced", 0, &["certificate-expires-soon"]);
    let seen = on_mail_host(|pki| issue(pki, MX)).await;
    seen.comes_to("enforced", 0, &["mx-certificate-expires-soon"]);
}

async fn several_faults_are_told_apart() {
    let seen = on_mail_host(|_| Pki::new().issue_expired(&["other.example"])).await;
    seen.comes_to(
        "failing",
        1,
        &["mx-certificate-untrusted", "mx-certificate-wrong-name", "mx-certificate-expired"],
    );
}
