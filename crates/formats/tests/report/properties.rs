//! What holds for every value and for every input.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use sigillo_formats::report::{
    self, AppliedPolicy, DateRange, FailureDetails, PolicyReport, Report, Reported, Summary,
    Timestamp,
};

use crate::inputs::{gzip, mail};
use crate::{GOOD, check_invariants};

proptest! {
    #[test]
    fn what_is_written_reads_back(report in any_report()) {
        let printed = report.to_json();
        let parsed = report::parse(printed.as_bytes());
        prop_assert_eq!(parsed.value(), &report);
        prop_assert_eq!(parsed.value().to_json(), printed);
        check_invariants(&parsed);
    }

    #[test]
    fn any_bytes_are_read(bytes in vec(any::<u8>(), 0..500)) {
        check_input(&bytes);
    }

    #[test]
    fn any_json_is_read(text in any_json()) {
        check_input(text.as_bytes());
    }

    #[test]
    fn any_change_to_a_report_is_read(edits in vec(any_edit(), 1..6)) {
        let mut text = GOOD.as_bytes().to_vec();
        for edit in edits {
            edit.apply(&mut text);
        }
        check_input(&text);
    }

    #[test]
    fn any_change_to_what_carries_a_report_is_read(edits in vec(any_edit(), 1..4), packed: bool) {
        let mut bytes = if packed { gzip(GOOD.as_bytes()) } else { mail(&[GOOD.as_bytes()]) };
        for edit in edits {
            edit.apply(&mut bytes);
        }
        check_input(&bytes);
    }
}

#[test]
fn a_report_may_break_off_anywhere() {
    for end in 0..GOOD.len() {
        let parsed = report::parse(&GOOD.as_bytes()[..end]);
        check_invariants(&parsed);
        assert!(!parsed.is_valid(), "{end}");
    }
}

/// Whatever is read can be written, and reads back as the same.
fn check_input(bytes: &[u8]) {
    let parsed = report::parse(bytes);
    check_invariants(&parsed);
    let printed = parsed.value().to_json();
    let again = report::parse(printed.as_bytes());
    assert_eq!(again.value(), parsed.value());
    assert_eq!(again.value().to_json(), printed);
}

/// A change to a text: some bytes of it replaced by others.
#[derive(Debug, Clone)]
struct Edit {
    at: prop::sample::Index,
    removed: usize,
    inserted: Vec<u8>,
}

impl Edit {
    fn apply(&self, text: &mut Vec<u8>) {
        let start = self.at.index(text.len() + 1);
        let end = (start + self.removed).min(text.len());
        text.splice(start..end, self.inserted.iter().copied());
    }
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let token = prop::sample::select(vec![
        "",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\\",
        "null",
        "-1",
        "1.0",
        "1e400",
        "\"\"",
        "\"mx: a\"",
        "\"[\\\"a\\\"]\"",
        "\\ud800",
        "\u{feff}",
        "\0",
        "\n",
        "è",
        "{}",
        "[]",
        "[null]",
        "\"policies\":",
        "\"policy-domain\":\"b.\",",
        "9999-12-31T23:59:59Z",
    ]);
    let inserted = prop_oneof![
        4 => token.prop_map(|token| token.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..4),
    ];
    (any::<prop::sample::Index>(), 0..12_usize, inserted).prop_map(|(at, removed, inserted)| Edit {
        at,
        removed,
        inserted,
    })
}

/// JSON with the keys of reports in any place.
fn any_json() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec![
        "organization-name",
        "date-range",
        "start-datetime",
        "end-datetime",
        "contact-info",
        "report-id",
        "policies",
        "policy",
        "policy-type",
        "policy-string",
        "policy-domain",
        "mx-host",
        "mx_host",
        "summary",
        "total-successful-session-count",
        "total-failure-session-count",
        "failure-details",
        "result-type",
        "sending-mta-ip",
        "failed-session-count",
        "additional-info-uri",
    ]);
    let scalar = prop::sample::select(vec![
        "null",
        "true",
        "0",
        "-1",
        "2.5",
        "3.0",
        "1e3",
        "\"\"",
        "\" \"",
        "\"5\"",
        "\"sts\"",
        "\"TLSA\"",
        "\"no-policy-found\"",
        "\"example.com.\"",
        "\"mx: mx: *.example.com\"",
        "\"192.0.2.1\"",
        "\"[\\\"a\\\"]\"",
        "\"[\\\"[\\\\\\\"a\\\\\\\"]\\\"]\"",
        "\"2026-03-01T00:00:00\"",
        "\"2026-03-01T24:00:00Z\"",
        "\"253402300799\"",
        "\"è\\ud83d\"",
    ]);
    let leaf = scalar.prop_map(str::to_owned);
    leaf.prop_recursive(6, 60, 6, move |inner| {
        let member = (key.clone(), inner.clone());
        prop_oneof![
            1 => vec(inner, 0..4).prop_map(|elements| format!("[{}]", elements.join(","))),
            4 => vec(member, 0..6).prop_map(|members| {
                let members = members.iter().map(|(key, value)| format!("\"{key}\":{value}"));
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

fn any_report() -> impl Strategy<Value = Report> {
    (
        option::of(text()),
        (option::of(timestamp()), option::of(timestamp())),
        option::of(text()),
        option::of(text()),
        vec(policy_report(), 0..4),
    )
        .prop_map(|(organization_name, (start, end), contact_info, report_id, policies)| {
            Report {
                organization_name,
                date_range: DateRange { start_datetime: start, end_datetime: end },
                contact_info,
                report_id,
                policies,
            }
        })
}

fn policy_report() -> impl Strategy<Value = PolicyReport> {
    let policy = (
        option::of(text_or(&["tlsa", "sts", "no-policy-found"])),
        vec(text(), 0..4),
        option::of(text_or(&["example.com", "xn--bcher-kva.example", "a_b.example"])),
        vec(text_or(&["mx.example.com", "*.example.com", "a.*.example"]), 0..3),
    )
        .prop_map(|(policy_type, policy_string, policy_domain, mx_host)| AppliedPolicy {
            policy_type: read(policy_type),
            policy_string,
            policy_domain: read(policy_domain),
            mx_host: mx_host.iter().map(|text| Reported::read(text)).collect(),
        });
    let summary = (option::of(any::<u64>()), option::of(any::<u64>()));
    (policy, summary, vec(failure_details(), 0..4)).prop_map(
        |(policy, (successful, failed), failure_details)| PolicyReport {
            policy,
            summary: Summary {
                total_successful_session_count: successful,
                total_failure_session_count: failed,
            },
            failure_details,
        },
    )
}

fn failure_details() -> impl Strategy<Value = FailureDetails> {
    (
        option::of(text_or(&["certificate-expired", "sts-webpki-invalid", "Testing"])),
        option::of(text_or(&["192.0.2.1", "2001:db8::1", "x.x.x.x"])),
        option::of(text_or(&["mx.example.com"])),
        option::of(text()),
        option::of(text_or(&["192.0.2.1", "::ffff:192.0.2.1"])),
        option::of(any::<u64>()),
        option::of(text_or(&["https://mail.example/why"])),
        option::of(text()),
    )
        .prop_map(|(kind, sending, hostname, helo, receiving, count, information, reason)| {
            FailureDetails {
                result_type: read(kind),
                sending_mta_ip: read(sending),
                receiving_mx_hostname: read(hostname),
                receiving_mx_helo: helo,
                receiving_ip: read(receiving),
                failed_session_count: count,
                additional_information: information,
                failure_reason_code: reason,
            }
        })
}

fn read<T: std::str::FromStr>(text: Option<String>) -> Option<Reported<T>> {
    text.map(|text| Reported::read(&text))
}

fn timestamp() -> impl Strategy<Value = Timestamp> {
    (0..253_402_200_000_i64).prop_map(|seconds| Timestamp::from_unix_seconds(seconds).unwrap())
}

/// A text as reports have it: not empty, and none that the parser would take for something else.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z0-9:/@. ]{0,20}", any::<String>()].prop_filter("is special", |text| {
        !text.trim().is_empty() && !text.trim().starts_with('[') && !text.starts_with("mx:")
    })
}

fn text_or(texts: &[&'static str]) -> impl Strategy<Value = String> + use<> {
    let texts = texts.to_vec();
    prop_oneof![prop::sample::select(texts).prop_map(str::to_owned), text()]
}
