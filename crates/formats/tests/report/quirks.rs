//! Every way in which reports were seen to stray from RFC 8460, and relatives of these.

use Code::*;
use sigillo_findings::Code;
use sigillo_formats::report::{self, ParsedReport};

use crate::{HOSTS, LINES, changed, check_invariants, check_sentences, codes};

/// A change to [`GOOD`], whether the report stays valid, and what is found with its bytes.
pub(crate) type Case<'a> = (&'a str, &'a str, bool, &'a [(Code, &'a str)]);

/// What a sender may do to a report; each row is one of the known quirks or a relative of one.
#[rustfmt::skip]
pub(crate) const CASES: &[Case<'_>] = &[
    // The envelope of the report.
    (r#""contact-info": "tls@mail.example","#, r#""contact-info": null,"#, true, &[(ReportContactInfoMissing, "null")]),
    (r#""contact-info": "tls@mail.example","#, r#""contact-info": "","#, true, &[(ReportContactInfoMissing, r#""""#)]),
    (r#""contact-info": "tls@mail.example","#, "", true, &[(ReportContactInfoMissing, "{")]),
    (r#""organization-name": "Example Mail","#, "", true, &[(ReportOrganizationNameMissing, "{")]),
    (r#""organization-name""#, r#""organisation-name""#, true, &[(ReportKeyVariant, r#""organisation-name""#)]),
    (r#""organization-name""#, r#""Organization_Name""#, true, &[(ReportKeyVariant, r#""Organization_Name""#)]),
    (r#""report-id": "2026-03-01_example.com","#, "", true, &[(ReportIdMissing, "{")]),
    (r#""2026-03-01_example.com""#, "17", true, &[(ReportWrongType, "17")]),
    (r#""2026-03-01_example.com""#, "[1]", true, &[(ReportWrongType, "[1]")]),
    (r#""2026-03-01_example.com""#, r#""133944884956529435+""#, true, &[]),
    (r#""report-id""#, r#""extra": [{"x": [1]}], "report-id""#, true, &[(ReportUnknownKey, r#""extra""#)]),
    (r#""policies""#, r#""report-id": "other", "policies""#, true, &[(ReportDuplicateKey, r#""report-id""#)]),
    // Its time.
    (r#""2026-03-01T00:00:00Z""#, r#""2026-03-01T00:00:00""#, true, &[(ReportDateWithoutZone, r#""2026-03-01T00:00:00""#)]),
    (r#""2026-03-01T00:00:00Z""#, "1772323200", true, &[(ReportDateForm, "1772323200")]),
    (r#""2026-03-01T23:59:59Z""#, "1772409599000", true, &[(ReportDateForm, "1772409599000")]),
    (r#""2026-03-01T00:00:00Z""#, r#""1772323200""#, true, &[(ReportDateForm, r#""1772323200""#)]),
    (r#""2026-03-01T00:00:00Z""#, r#""2026-03-01 00:00:00Z""#, true, &[(ReportDateForm, r#""2026-03-01 00:00:00Z""#)]),
    (r#""2026-03-01T00:00:00Z""#, r#""today""#, true, &[(ReportDateInvalid, r#""today""#)]),
    (r#""2026-03-01T00:00:00Z""#, "-5", true, &[(ReportDateInvalid, "-5")]),
    (r#""2026-03-01T00:00:00Z""#, "null", true, &[(ReportDateMissing, "null")]),
    (r#""start-datetime": "2026-03-01T00:00:00Z","#, "", true, &[(ReportDateMissing, "{")]),
    (r#""date-range""#, r#""dates""#, true, &[(ReportDateMissing, "{"), (ReportUnknownKey, r#""dates""#)]),
    (r#""2026-03-01T23:59:59Z""#, r#""2026-03-02T00:00:00Z""#, true, &[]),
    (r#""2026-03-01T23:59:59Z""#, r#""2026-03-07T23:59:59Z""#, true, &[(ReportRangeNotUtcDay, RANGE_OF_A_WEEK)]),
    (r#""2026-03-01T23:59:59Z""#, r#""2026-02-28T23:59:59Z""#, true, &[(ReportRangeReversed, RANGE_REVERSED)]),
    // The policy.
    (r#""policy-domain": "example.com","#, "", false, &[
        (ReportNothingUsable, "["), (ReportPolicyUnusable, "{"), (ReportPolicyDomainMissing, "{"),
    ]),
    (r#""policy-domain": "example.com""#, r#""policy-domain": "Example.COM""#, true, &[]),
    (r#""policy-domain": "example.com""#, r#""policy-domain": "example.com.""#, true, &[(ReportDomainForm, r#""example.com.""#)]),
    (r#""policy-domain": "example.com""#, r#""policy-domain": "bücher.example""#, true, &[(ReportDomainForm, r#""bücher.example""#)]),
    (r#""policy-domain": "example.com""#, r#""policy-domain": "xn--gpher-jua.test""#, true, &[]),
    (r#""policy-domain": "example.com""#, r#""policy-domain": "my_domain""#, true, &[(ReportDomainInvalid, r#""my_domain""#)]),
    (r#""sts""#, r#""STS""#, true, &[(ReportTypeForm, r#""STS""#)]),
    (r#""sts""#, r#""no_policy_found""#, true, &[(ReportTypeForm, r#""no_policy_found""#)]),
    (r#""sts""#, r#""dane""#, true, &[(ReportPolicyTypeUnknown, r#""dane""#)]),
    (r#""policy-type": "sts","#, "", true, &[(ReportKeyMissing, "{")]),
    (LINES, "null", true, &[(ReportPolicyStringMissing, "{"), (ReportValueEmpty, "null")]),
    (ALL_LINES, "", true, &[(ReportPolicyStringMissing, "{")]),
    (LINES, "[]", true, &[(ReportPolicyStringMissing, "{")]),
    (LINES, r#""version: STSv1""#, true, &[(ReportListExpected, r#""version: STSv1""#)]),
    (LINES, r#"["[\"3 1 1 AB\",\"3 1 1 CD\"]"]"#, true, &[(ReportPolicyStringNested, r#""[\"3 1 1 AB\",\"3 1 1 CD\"]""#)]),
    (LINES, r#"["[no array", 5, {}]"#, true, &[(ReportWrongType, "5"), (ReportWrongType, "{}")]),
    (HOSTS, r#""*.example.com""#, true, &[(ReportListExpected, r#""*.example.com""#)]),
    (HOSTS, r#""""#, true, &[(ReportListExpected, r#""""#), (ReportValueEmpty, r#""""#)]),
    (HOSTS, r#"["mx: mx.example.com"]"#, true, &[(ReportMxHostPrefix, r#""mx: mx.example.com""#)]),
    (HOSTS, r#"["a.*.example", "mx.example."]"#, true, &[(ReportDomainInvalid, r#""a.*.example""#), (ReportDomainForm, r#""mx.example.""#)]),
    (HOSTS, "[]", true, &[]),
    (ALL_HOSTS, "", true, &[]),
    (HOSTS, "[null]", true, &[(ReportValueEmpty, "null")]),
    (r#""mx-host":"#, r#""mx-host-pattern":"#, true, &[(ReportKeyVariant, r#""mx-host-pattern""#)]),
    // Its numbers.
    ("ion-count\": 5", "ion-count\": \"5\"", true, &[(ReportCountForm, r#""5""#)]),
    ("ion-count\": 5", "ion-count\": 5.0", true, &[(ReportCountForm, "5.0")]),
    ("ion-count\": 5", "ion-count\": 5e3", true, &[(ReportCountForm, "5e3")]),
    ("ion-count\": 5", "ion-count\": 1099511627776", true, &[]),
    ("ion-count\": 5", "ion-count\": -1", true, &[(ReportCountInvalid, "-1")]),
    ("ion-count\": 5", "ion-count\": \"-1\"", true, &[(ReportCountInvalid, r#""-1""#)]),
    ("ion-count\": 5", "ion-count\": 5.5", true, &[(ReportCountInvalid, "5.5")]),
    ("ion-count\": 5", "ion-count\": 18446744073709551616", true, &[(ReportCountInvalid, "18446744073709551616")]),
    ("ion-count\": 5", "ion-count\": 1e999", true, &[(ReportCountInvalid, "1e999")]),
    ("ion-count\": 5", "ion-count\": \"five\"", true, &[(ReportCountInvalid, r#""five""#)]),
    ("ion-count\": 5", "ion-count\": true", true, &[(ReportCountInvalid, "true")]),
    ("ion-count\": 5", "ion-count\": [5]", true, &[(ReportCountInvalid, "[5]")]),
    ("ion-count\": 5", "ion-count\": null", true, &[(ReportKeyMissing, "null")]),
    (r#", "total-failure-session-count": 2"#, "", true, &[(ReportKeyMissing, "{")]),
    ("count\": 2}", "count\": 1}", true, &[(ReportFailureSum, "{")]),
    (r#""summary""#, r#""totals""#, false, &[
        (ReportNothingUsable, "["), (ReportKeyMissing, "{"), (ReportPolicyUnusable, "{"),
        (ReportUnknownKey, r#""totals""#),
    ]),
    (r#""policy": {"#, r#""policy": 1, "x": {"#, false, &[
        (ReportNothingUsable, "["), (ReportPolicyUnusable, "{"), (ReportWrongType, "1"), (ReportUnknownKey, r#""x""#),
    ]),
    // The failures.
    (r#""192.0.2.1""#, r#""""#, true, &[(ReportValueEmpty, r#""""#)]),
    (r#""192.0.2.1""#, r#""x.x.x.x""#, true, &[(ReportIpInvalid, r#""x.x.x.x""#)]),
    (r#""sending-mta-ip": "192.0.2.1","#, "", true, &[]),
    (r#""receiving-mx-hostname": "mx.example.com","#, "", true, &[]),
    (r#""certificate-expired""#, r#""Testing""#, true, &[(ReportResultTypeUnknown, r#""Testing""#)]),
    (r#""certificate-expired""#, r#""Certificate-Expired""#, true, &[(ReportTypeForm, r#""Certificate-Expired""#)]),
    (r#""result-type": "certificate-expired","#, "", true, &[(ReportKeyMissing, "{")]),
    (r#""additional-information""#, r#""additional-info-uri""#, true, &[(ReportKeyVariant, r#""additional-info-uri""#)]),
    (r#""https://mail.example/why""#, r#""https://mail.example/ why""#, true, &[(ReportInformationNotUri, r#""https://mail.example/ why""#)]),
    (r#""https://mail.example/why""#, r#""see the log""#, true, &[(ReportInformationNotUri, r#""see the log""#)]),
    (r#""X509_V_ERR_CERT_HAS_EXPIRED""#, r#""=1+1 \"<b>\" https://x.example""#, true, &[]),
    (r#""failed-session-count": 2"#, r#""failed-session-count": 2, "failed-session-count": 3"#, true, &[(ReportDuplicateKey, r#""failed-session-count""#)]),
    (r#""failed-session-count": 2,"#, "", true, &[(ReportKeyMissing, "{")]),
    // The JSON.
    ("{\n  \"org", "\u{feff}{\n  \"org", true, &[(ReportBom, "\u{feff}")]),
    ("\"mx\"", "\"mx\tsays\"", true, &[(ReportControlCharacter, "\t")]),
    ("\"mx\"", r#""C:\mx""#, true, &[(ReportEscapeInvalid, r"\m")]),
    ("\"mx\"", r#""\ud800""#, true, &[(ReportEscapeInvalid, r"\ud800")]),
    ("]\n}", "],\n}", true, &[(ReportTrailingComma, ",")]),
    ("]\n}", "]\n}\0\0\n", true, &[(ReportTrailingData, "\0\0\n")]),
    ("]\n}", "]\n}\n{}", true, &[(ReportTrailingData, "{}")]),
    ("]\n}", "]\n}  \r\n", true, &[]),
    ("]\n}", "]\n", false, &[(ReportJsonTruncated, "")]),
    ("\"report-id\":", "\"report-id\"", false, &[(ReportJsonInvalid, "\"")]),
    (r#""tls@mail.example""#, "None", false, &[(ReportJsonInvalid, "N")]),
];

const ALL_LINES: &str = "\"policy-string\": [\"version: STSv1\", \"mode: enforce\", \
                         \"mx: mx.example.com\", \"max_age: 604800\"],";
const ALL_HOSTS: &str = ",\n      \"mx-host\": [\"mx.example.com\"]";
const RANGE_OF_A_WEEK: &str = "{\n    \"start-datetime\": \"2026-03-01T00:00:00Z\",\n    \
                               \"end-datetime\": \"2026-03-07T23:59:59Z\"\n  }";
const RANGE_REVERSED: &str = "{\n    \"start-datetime\": \"2026-03-01T00:00:00Z\",\n    \
                              \"end-datetime\": \"2026-02-28T23:59:59Z\"\n  }";
/// A fix mends its own finding and breaks nothing.
fn check_fixes(parsed: &ParsedReport) {
    for finding in parsed.findings() {
        let Some(fix) = finding.fix() else { continue };
        let mut text = parsed.text().to_vec();
        text.splice(fix.span.range(), fix.replacement.bytes());
        let mended = report::parse(&text);
        let count = |parsed: &ParsedReport| {
            codes(parsed).iter().filter(|code| **code == finding.code()).count()
        };
        assert_eq!(count(&mended) + 1, count(parsed), "{}", String::from_utf8_lossy(&text));
        assert_eq!(mended.is_valid(), parsed.is_valid());
        assert_eq!(mended.value(), parsed.value(), "{:?}", finding.code());
    }
}

#[test]
fn quirks() {
    for (from, to, valid, expected) in CASES {
        let text = changed(from, to);
        let parsed = report::parse(text.as_bytes());
        let found: Vec<_> = parsed
            .findings()
            .iter()
            .map(|finding| {
                let span = finding.span().map_or(&b""[..], |span| span.of(text.as_bytes()));
                (finding.code(), String::from_utf8_lossy(span).into_owned())
            })
            .collect();
        assert_eq!(found.len(), expected.len(), "{from} -> {to}: {found:?}");
        for ((code, span), (expected_code, expected_span)) in found.iter().zip(*expected) {
            assert_eq!(code, expected_code, "{from} -> {to}: {found:?}");
            assert_eq!(span, expected_span, "{from} -> {to}: {found:?}");
        }
        assert_eq!(parsed.is_valid(), *valid, "{from} -> {to}");
        check_invariants(&parsed);
        check_sentences(&parsed);
        check_fixes(&parsed);
    }
}
