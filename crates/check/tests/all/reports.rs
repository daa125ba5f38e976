//! The report: the contract's JSON, and the checks in words.

use std::fmt::Write as _;

use sigillo_check::observation::*;
use sigillo_check::{CheckReport, Judgement, Observation, Status, Stem};
use sigillo_language::Language;

use crate::domain::*;

fn report(seen: &Observation, language: Language) -> CheckReport {
    Judgement::of(seen, None).report(seen, language)
}

fn status(seen: &Observation, stem: Stem) -> Status {
    let checks = report(seen, Language::English).checks.unwrap();
    checks.iter().find(|check| check.code == stem).unwrap().status
}

#[test]
fn the_checks_are_all_there_in_their_order_and_in_words() {
    let mut broken = healthy();
    each_certificate(&mut broken, |tls| tls.validity = Validity::Expired);
    fail_sessions(&mut broken, &SmtpFailure::StarttlsMissing);
    let mut protected = healthy();
    set_dane(&mut protected);
    let situations = [
        ("healthy, with DANE", protected),
        ("testing", testing()),
        ("broken", broken),
        ("without MTA-STS", without_policy()),
    ];
    let mut text = String::new();
    for (name, seen) in situations {
        for language in Language::ALL {
            writeln!(text, "## {name} ({language})").unwrap();
            let checks = report(&seen, language).checks.unwrap();
            assert!(checks.iter().map(|check| check.code).eq(Stem::ALL));
            for check in checks {
                let status = serde_json::to_value(check.status).unwrap();
                let status = status.as_str().unwrap();
                writeln!(text, "{status} {}: {}", check.code, check.evidence.text).unwrap();
            }
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_report_is_the_contracts_json() {
    let mut seen = healthy();
    set_policy(&mut seen, &policy("enforced"));
    let report = report(&seen, Language::English);
    let value = serde_json::to_value(&report).unwrap();
    let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "schema",
            "domain",
            "verdict",
            "summary",
            "findings",
            "checks",
            "observation",
            "elapsed_ms"
        ]
    );
    assert_eq!(value["verdict"], "broken");
    let finding = &value["findings"][0];
    assert_eq!(finding["code"], "policy-mode-invalid");
    assert_eq!(finding["span"]["line"], 2);
    insta::assert_snapshot!(serde_json::to_string_pretty(&value["checks"]).unwrap());
}

#[test]
fn a_report_names_the_providers_that_receive_the_mail() {
    let mut seen = healthy();
    assert_eq!(report(&seen, Language::English).providers, Vec::<String>::new());
    let hosts = ["example-com.mail.protection.outlook.com", "mx.example.com", "smtp.google.com"];
    seen.mx.records = hosts.map(|host| MxRecord { preference: 10, host: host.to_owned() }).to_vec();
    let judgement = Judgement::of(&seen, None);
    let brief = judgement.brief_report(&seen, Language::English);
    assert_eq!(brief.providers, ["microsoft365", "google-workspace"]);
    let value = serde_json::to_value(&brief).unwrap();
    assert_eq!(value["providers"], serde_json::json!(brief.providers));
}

#[test]
fn a_report_keeps_to_its_schema() {
    let schema = serde_json::to_value(schemars::schema_for!(CheckReport)).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for case in crate::cases::all() {
        let mut seen = healthy();
        (case.change)(&mut seen);
        let value = serde_json::to_value(report(&seen, Language::Italian)).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(&value).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{}: {faults:?}", case.code);
    }
}

#[test]
fn a_brief_report_has_neither_checks_nor_observation() {
    let seen = healthy();
    let value =
        serde_json::to_value(Judgement::of(&seen, None).brief_report(&seen, Language::English));
    let value = value.unwrap();
    assert!(value.get("checks").is_none() && value.get("observation").is_none());
    assert_eq!(value["elapsed_ms"], 812);
}

#[test]
fn findings_point_at_the_bytes_of_their_text() {
    let mut seen = healthy();
    set_policy(&mut seen, &policy("enforced"));
    set_record(&mut seen, &["v=STSv1; id=1; id=2"]);
    let judgement = Judgement::of(&seen, None);
    assert_eq!(judgement.policy_text(), Some(policy("enforced").as_bytes()));
    let pointed: Vec<(&str, &str)> = judgement
        .findings
        .iter()
        .filter_map(|finding| {
            let text = judgement.text_of(finding)?;
            let bytes = text.get(finding.span()?.range())?;
            Some((finding.code().name(), str::from_utf8(bytes).ok()?))
        })
        .collect();
    assert!(pointed.contains(&("policy-mode-invalid", "enforced")), "{pointed:?}");
    assert!(pointed.iter().any(|(code, _)| code.starts_with("record-")), "{pointed:?}");
}

#[test]
fn every_address_is_judged_but_only_the_used_policy_is_pointed_into() {
    let mut seen = healthy();
    seen.policy_host.fetches[1].http = Some(http(policy("enforced").as_bytes()));
    let judgement = Judgement::of(&seen, None);
    let found = |code: &str| judgement.findings.iter().find(|it| it.code().name() == code);
    assert_eq!(found("policy-mode-invalid").unwrap().span(), None);
    assert!(found("policy-host-address-differs").is_some());
    assert_eq!(judgement.policy_text(), Some(policy("enforce").as_bytes()));

    seen.policy_host.fetches[1].http.as_mut().unwrap().status = 404;
    let judgement = Judgement::of(&seen, None);
    assert!(judgement.findings.iter().any(|it| it.code().name() == "http-not-found"));
}

#[test]
fn what_could_not_be_looked_at_is_skipped() {
    let mut seen = healthy();
    for host in &mut seen.mail_hosts {
        for session in &mut host.sessions {
            session.connect_failure = Some(ConnectFailure::Timeout);
            session.tls = None;
            session.greeting.clear();
        }
    }
    for stem in [Stem::Smtp, Stem::Starttls, Stem::MxCertificate, Stem::Dane] {
        assert_eq!(status(&seen, stem), Status::Skip, "{stem}");
    }
    assert_eq!(status(&seen, Stem::Mx), Status::Pass);
    seen.record.outcome = DnsOutcome::Timeout;
    assert_eq!(status(&seen, Stem::Record), Status::Skip);
    assert_eq!(status(&seen, Stem::Dns), Status::Warn);
    assert_eq!(status(&without_policy(), Stem::Certificate), Status::Skip);
}
