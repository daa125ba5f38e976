//! What a report with faults is taken to say.

use sigillo_findings::Code;
use sigillo_formats::limits;
use sigillo_formats::report::{self, PolicyType, Reported, ResultType};

use crate::inputs::{gzip, mail};
use crate::{GOOD, HOSTS, LINES, changed, codes, value};

#[test]
fn the_report_inside_is_what_counts() {
    let report = value(GOOD);
    for bytes in [
        mail(&[GOOD.as_bytes()]),
        gzip(GOOD.as_bytes()),
        mail(&[GOOD.as_bytes(), b"{}"]),
        [b"\xef\xbb\xbf", GOOD.as_bytes()].concat(),
    ] {
        let parsed = report::parse(&bytes);
        assert_eq!(*parsed.value(), report);
        assert!(parsed.text().ends_with(GOOD.as_bytes()));
    }
    // So a report that two relays deliver is told by its content.
    assert_eq!(value(GOOD), value(&GOOD.replace('\n', "\r\n")));
}

#[test]
fn what_is_repaired_means_the_same() {
    let good = value(GOOD);
    for (from, to) in [
        ("ion-count\": 5", "ion-count\": \" 5\""),
        ("ion-count\": 5", "ion-count\": 5.0"),
        ("\"sts\"", "\"STS\""),
        ("\"certificate-expired\"", "\"certificate_expired\""),
        ("\"policy-domain\": \"example.com\"", "\"Policy-Domain\": \"EXAMPLE.com.\""),
        (HOSTS, "\"mx.example.com\""),
        (HOSTS, "[\"mx: mx.example.com\"]"),
        (HOSTS, "[\"\", \"MX.example.com.\"]"),
        (r#""mx-host":"#, r#""mx-host-pattern":"#),
        ("additional-information", "additional-info-uri"),
        (
            LINES,
            r#"["[\"version: STSv1\", \"mode: enforce\"]", "mx: mx.example.com", "max_age: 604800"]"#,
        ),
        ("\"2026-03-01T00:00:00Z\"", "1772323200"),
        ("\"2026-03-01T00:00:00Z\"", "\"2026-03-01T00:00:00\""),
        ("\"2026-03-01T00:00:00Z\"", "\"2026-03-01T02:00:00+02:00\""),
        ("2001:db8::1", "2001:0DB8:0::0001"),
        ("]\n}", "],}\0"),
    ] {
        assert_eq!(value(&changed(from, to)), good, "{from} -> {to}");
    }
}

#[test]
fn what_is_no_repair_is_kept_as_it_is() {
    let detail =
        |from: &str, to: &str| value(&changed(from, to)).policies[0].failure_details[0].clone();
    assert_eq!(
        detail("certificate-expired", "Testing").result_type,
        Some(Reported::Other("Testing".to_owned()))
    );
    assert_eq!(
        detail("192.0.2.1", "x.x.x.x").sending_mta_ip,
        Some(Reported::Other("x.x.x.x".to_owned()))
    );
    assert_eq!(detail("192.0.2.1", " ").sending_mta_ip, None);
    assert_eq!(
        detail("X509_V_ERR_CERT_HAS_EXPIRED", "a\\nb \\\"c\\\"").failure_reason_code.as_deref(),
        Some("a\nb \"c\"")
    );
    let policy = |from: &str, to: &str| value(&changed(from, to)).policies[0].policy.clone();
    assert_eq!(policy("\"sts\"", "\"dane\"").policy_type, Some(Reported::Other("dane".to_owned())));
    assert_eq!(
        policy("\"policy-domain\": \"example.com\"", "\"policy-domain\": \"a_b\"").policy_domain,
        Some(Reported::Other("a_b".to_owned()))
    );
    let negative = value(&changed("ion-count\": 5", "ion-count\": -5"));
    assert_eq!(negative.policies[0].summary.total_successful_session_count, None);
    assert_eq!(negative.policies[0].summary.total_failure_session_count, Some(2));
}

#[test]
fn the_first_of_several_counts() {
    let twice = changed("\"policies\"", "\"report-id\": \"other\", \"policies\"");
    assert_eq!(value(&twice).report_id.as_deref(), Some("2026-03-01_example.com"));
    let other = GOOD.replace("2026-03-01_example.com", "other");
    let array = format!("[null, {GOOD}, {other}]");
    assert_eq!(value(&array), value(GOOD));
}

#[test]
fn what_precedes_a_fault_is_understood_but_not_valid() {
    let end = GOOD.find("\"failure-details\"").unwrap();
    let parsed = report::parse(&GOOD.as_bytes()[..end]);
    assert_eq!(codes(&parsed), [Code::ReportJsonTruncated]);
    let [policy] = parsed.value().policies.as_slice() else {
        panic!("{:?}", parsed.value());
    };
    assert_eq!(policy.policy.policy_type, Some(Reported::Known(PolicyType::Sts)));
    assert_eq!(policy.summary.total_failure_session_count, Some(2));
    assert_eq!(parsed.into_report(), None);
}

#[test]
fn long_texts_are_cut_between_characters() {
    let long = "è".repeat(limits::REPORT_TEXT_BYTES);
    let report = value(&changed("\"mx\"", &format!("\"x{long}\"")));
    let helo = report.policies[0].failure_details[0].receiving_mx_helo.clone().unwrap();
    assert_eq!(helo.len(), limits::REPORT_TEXT_BYTES - 1);
    assert!(helo.starts_with("xè"));
}

#[test]
fn every_type_of_the_standard_is_known() {
    for kind in ResultType::ALL {
        let report = value(&changed("certificate-expired", kind.name()));
        assert_eq!(report.policies[0].failure_details[0].result_type, Some(Reported::Known(kind)));
    }
    for kind in PolicyType::ALL {
        let report = value(&changed("\"sts\"", &format!("\"{}\"", kind.name())));
        assert_eq!(report.policies[0].policy.policy_type, Some(Reported::Known(kind)));
    }
}

#[test]
fn the_submitter_is_the_domain_of_the_contact() {
    let submitter = |contact: &str| {
        let report = value(&changed("tls@mail.example", contact));
        report.submitter().map(|domain| domain.to_string())
    };
    assert_eq!(submitter("tls@mail.example").as_deref(), Some("mail.example"));
    assert_eq!(submitter("mailto:tls@MAIL.example.").as_deref(), Some("mail.example"));
    assert_eq!(submitter("TLS <tls@mail.example>").as_deref(), Some("mail.example"));
    assert_eq!(submitter("the postmaster"), None);
}
