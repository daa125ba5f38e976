//! Where reports go.

use sigillo_lab::server::http_answer;

use crate::internet::{DOMAIN, Internet, POLICY};
use crate::raising::cases;

cases! {
    nobody_asks_for_reports: [
        "dmarc-absent",
        "enforce-without-reports",
        "mode-testing",
        "tls-rpt-absent",
    ],
    several_records: ["dmarc-several", "enforce-without-reports", "tls-rpt-several"],
    mailboxes_that_cannot_receive: ["dmarc-rua-no-mail", "tls-rpt-rua-no-mail"],
    reports_to_the_domain_itself: ["tls-rpt-rua-same-domain"],
    reports_to_others_need_their_consent: ["dmarc-external-unauthorized"],
    a_record_of_the_domain_above: ["dmarc-inherited", "dmarc-rua-missing"],
}

const TLS_RPT: &str = "_smtp._tls.good.example";
const DMARC: &str = "_dmarc.good.example";

async fn nobody_asks_for_reports() {
    let mut internet = Internet::healthy();
    internet.forget(TLS_RPT, "TXT");
    internet.forget(DMARC, "TXT");
    internet.look().await.comes_to("enforced", 0, &["enforce-without-reports", "dmarc-absent"]);

    // While testing, reports are all that there is to gain.
    let mut internet = Internet::healthy();
    internet.forget(TLS_RPT, "TXT");
    let testing = POLICY.replace("enforce", "testing");
    internet.answer(http_answer("200 OK\r\nContent-Type: text/plain", testing.as_bytes()));
    internet.look().await.comes_to("testing", 0, &["mode-testing", "tls-rpt-absent"]);
}

async fn several_records() {
    let mut internet = Internet::healthy();
    internet.reply(TLS_RPT, "TXT", |reply| {
        let reply = reply.txt(TLS_RPT, b"v=TLSRPTv1; rua=mailto:a@reports.example");
        reply.txt(TLS_RPT, b"v=TLSRPTv1; rua=mailto:b@reports.example")
    });
    internet.reply(DMARC, "TXT", |reply| {
        reply.txt(DMARC, b"v=DMARC1; p=none").txt(DMARC, b"v=DMARC1; p=reject")
    });
    let codes = ["tls-rpt-several", "dmarc-several", "enforce-without-reports"];
    internet.look().await.comes_to("enforced", 1, &codes);
}

async fn mailboxes_that_cannot_receive() {
    let mut internet = Internet::healthy();
    internet.txt(TLS_RPT, b"v=TLSRPTv1; rua=mailto:tls@nowhere.example");
    internet.txt(DMARC, b"v=DMARC1; p=reject; rua=mailto:dmarc@nomail.good.example");
    internet.reply("nomail.good.example", "MX", |reply| reply.mx("nomail.good.example", 0, ""));
    let codes = ["tls-rpt-rua-no-mail", "dmarc-rua-no-mail"];
    internet.look().await.comes_to("enforced", 0, &codes);
}

async fn reports_to_the_domain_itself() {
    let mut internet = Internet::healthy();
    internet.txt(TLS_RPT, b"v=TLSRPTv1; rua=mailto:tls@good.example");
    internet.look().await.comes_to("enforced", 0, &["tls-rpt-rua-same-domain"]);
}

async fn reports_to_others_need_their_consent() {
    let mut internet = Internet::healthy();
    internet.txt(DMARC, b"v=DMARC1; p=reject; rua=mailto:dmarc@reports.example");
    internet.look().await.comes_to("enforced", 0, &["dmarc-external-unauthorized"]);

    let mut internet = Internet::healthy();
    internet.txt(DMARC, b"v=DMARC1; p=reject; rua=mailto:dmarc@reports.example");
    internet.txt("good.example._report._dmarc.reports.example", b"v=DMARC1");
    internet.look().await.comes_to("enforced", 0, &[]);
}

async fn a_record_of_the_domain_above() {
    let mut internet = Internet::healthy();
    internet.forget(DMARC, "TXT");
    internet.txt("_dmarc.example", b"v=DMARC1; p=reject");
    let seen = internet.look().await;
    assert!(seen.codes().contains(&"dmarc-inherited"), "{:?}", seen.codes());
    assert_eq!(seen.observation.domain.as_str(), DOMAIN);
}
