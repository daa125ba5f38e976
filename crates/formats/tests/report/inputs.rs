//! Inputs that are no mere change to a good report: what it comes in, and what is no report.

use Code::*;
use sigillo_findings::Code;
use sigillo_formats::limits;
use sigillo_formats::report;

use crate::{GOOD, HOSTS, LINES, changed, check_invariants, check_sentences, codes};

/// Each input, whether it is valid, and the codes found in the order of the text.
#[rustfmt::skip]
pub(crate) fn inputs() -> Vec<(Vec<u8>, bool, Vec<Code>)> {
    let good = GOOD.as_bytes();
    let minimal = |policies: &str| {
        let head = GOOD.split("\"policies\"").next().unwrap();
        format!("{head}\"policies\": {policies}}}").into_bytes()
    };
    let policy = |kind: &str, domain: &str, rest: &str| {
        format!(
            r#"{{"policy": {{"policy-type": "{kind}", "policy-domain": "{domain}",
            "policy-string": ["3 1 1 AB"]}}, "summary": {{"total-successful-session-count": 1,
            "total-failure-session-count": 0}}{rest}}}"#
        )
    };
    let sts = policy("sts", "example.com", "");
    let tlsa = policy("tlsa", "example.com", "");
    let tlsa_of_host = policy("tlsa", "mx.example.com", "");
    let details = r#"{"result-type":"tlsa-invalid","failed-session-count":0},"#;
    let packed = gzip(good);
    let mut with_bad_byte = changed("\"mx\"", "\"mx?\"").into_bytes();
    let bad_byte = with_bad_byte.iter().position(|byte| *byte == b'?').unwrap();
    with_bad_byte[bad_byte] = 0xff;
    let long_text = changed("X509_V_ERR_CERT_HAS_EXPIRED", &"x".repeat(limits::REPORT_TEXT_BYTES + 1));
    let start = GOOD.find("\"failure-details\"").unwrap();
    let no_details = format!("{}\"failure-details\": []}}]}}", &GOOD[..start]);
    let null_details = format!("{}\"failure-details\": null}}]}}", &GOOD[..start]);
    let one_detail = GOOD.replace("[{\n      \"result", "{\n      \"result").replace("}]\n  }]", "}\n  }]");

    vec![
        (b"".to_vec(), false, vec![ReportEmpty]),
        (b"\xef\xbb\xbf \r\n\0".to_vec(), false, vec![ReportEmpty, ReportBom]),
        (b"{}".to_vec(), false, vec![
            ReportOrganizationNameMissing, ReportDateMissing, ReportContactInfoMissing, ReportIdMissing,
            ReportPoliciesMissing,
        ]),
        // What is no report at all.
        (b"<!DOCTYPE html>".to_vec(), false, vec![ReportNotAnObject]),
        (b"17".to_vec(), false, vec![ReportNotAnObject]),
        (b"[]".to_vec(), false, vec![ReportNotAnObject]),
        (b"[1, [{}]]".to_vec(), false, vec![ReportNotAnObject]),
        (b"\x89PNG\r\n".to_vec(), false, vec![ReportNotAnObject]),
        (b"Subject: hello\r\n\r\nno report\r\n".to_vec(), false, vec![ReportMailWithoutReport]),
        // What it comes in.
        (packed.clone(), true, vec![]),
        (packed[..packed.len() / 2].to_vec(), false, vec![ReportArchiveDamaged]),
        (packed[..packed.len() - 8].to_vec(), true, vec![ReportArchiveDamaged]),
        (b"\x1f\x8bno gzip".to_vec(), false, vec![ReportArchiveDamaged]),
        (gzip(&vec![b' '; limits::REPORT_BYTES + 1]), false, vec![ReportUnpackedTooLarge]),
        ([good, &vec![b' '; limits::REPORT_BYTES][..]].concat(), false, vec![ReportTooLarge]),
        ([b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0", &u32::try_from(good.len()).unwrap().to_le_bytes()[..], &[0; 8], good].concat(),
            true, vec![ReportZip]),
        ([b"\xff\xfe".to_vec(), GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(), true, vec![ReportUtf16]),
        ([b"[", good, b"]"].concat(), true, vec![ReportInArray]),
        ([b"[", good, b",", good, b"]"].concat(), true, vec![ReportSeveral]),
        (mail(&[good, good]), true, vec![ReportSeveral]),
        (mail(&[good]), true, vec![]),
        (with_bad_byte, true, vec![ReportNotUtf8]),
        (format!("{{\"a\": {}", "[".repeat(100_000)).into_bytes(), false, vec![ReportUnknownKey, ReportJsonTooComplex]),
        // Policies.
        (minimal("null"), false, vec![ReportPoliciesMissing]),
        (minimal("[]"), false, vec![ReportPoliciesMissing]),
        (minimal("[null]"), false, vec![ReportPoliciesMissing, ReportWrongType]),
        (minimal("7"), false, vec![ReportListExpected, ReportWrongType, ReportPoliciesMissing]),
        (minimal(&sts), true, vec![ReportListExpected]),
        (minimal(&format!("[{sts}, \"\"]")), true, vec![ReportWrongType]),
        (minimal(&format!("[{sts}, {{}}]")), true, vec![
            ReportKeyMissing, ReportKeyMissing, ReportPolicyUnusable,
        ]),
        (minimal(&format!("[{sts}, {tlsa}]")), true, vec![ReportSameSessions]),
        (minimal(&format!("[{sts}, {tlsa_of_host}]")), true, vec![]),
        (minimal(&format!("[{sts}, {sts}]")), true, vec![]),
        (minimal(r#"[{"policy": {"policy-type": "no-policy-found"}, "summary": {
            "total-successful-session-count": 1, "total-failure-session-count": 0}, "failure-details": []}]"#),
            true, vec![ReportPolicyDomainMissing]),
        (br#"{"organization-name":"mx.example.net","date-range":{"start-datetime":"2026-03-01T06:00:00Z",
            "end-datetime":"2026-03-02T06:00:00Z"},"contact-info":null,"report-id":"1_2","policies":[{"policy":{
            "policy-type":"no-policy-found","policy-string":[],"policy-domain":"example.com","mx-host":[]},
            "summary":{"total-successful-session-count":1,"total-failure-session-count":0},"failure-details":[]}]}"#
            .to_vec(), true, vec![ReportRangeNotUtcDay, ReportContactInfoMissing]),
        (minimal(&format!(r#"[{sts}, {{"policy": {{"policy-type": "a-type-of-theirs"}},
            "summary": {{"total-successful-session-count": 1}}}}]"#)), true, vec![
            ReportPolicyUnusable, ReportPolicyDomainMissing, ReportPolicyTypeUnknown, ReportKeyMissing,
        ]),
        // Failures.
        (no_details.into_bytes(), true, vec![ReportFailureDetailsMissing]),
        (null_details.into_bytes(), true, vec![ReportFailureDetailsMissing, ReportValueEmpty]),
        (one_detail.into_bytes(), true, vec![ReportListExpected]),
        (long_text.into_bytes(), true, vec![ReportTextTooLong]),
        // More than is kept.
        (minimal(&format!("[{}{sts}]", format!("{sts},").repeat(limits::REPORT_POLICIES))), true,
            vec![ReportListTooLong]),
        (minimal(&format!("[{}]", policy("sts", "example.com", &format!(
            ", \"failure-details\": [{}{{}}]", details.repeat(limits::REPORT_FAILURE_DETAILS)
        )))), true, vec![ReportListTooLong]),
        (changed(HOSTS, &format!("[{}\"mx.example.com\"]", "\"mx.example.com\",".repeat(limits::REPORT_LINES))).into_bytes(),
            true, vec![ReportListTooLong]),
        (changed(LINES, &format!("[\"[{}\\\"x\\\"]\", \"[\\\"x\\\"]\"]", "\\\"x\\\",".repeat(limits::REPORT_LINES - 1))).into_bytes(),
            true, vec![ReportListTooLong, ReportPolicyStringNested, ReportPolicyStringNested]),
    ]
}

pub(crate) fn gzip(data: &[u8]) -> Vec<u8> {
    use std::io::Write as _;

    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// A mail whose subject and file names contradict its reports.
pub(crate) fn mail(reports: &[&[u8]]) -> Vec<u8> {
    let mut mail = b"From: tls@mail.example\r\nSubject: Report Domain: other.example\r\n\
        \tSubmitter: other.example Report-ID: <other@other.example>\r\n\
        Content-Type: multipart/report; boundary=b; report-type=tlsrpt\r\n\r\n"
        .to_vec();
    for report in reports {
        mail.extend_from_slice(
            b"--b\r\nContent-Type: application/tlsrpt+json;\r\n \
              name=\"other.example!other.example!1!2.json\"\r\n\r\n",
        );
        mail.extend_from_slice(report);
        mail.extend_from_slice(b"\r\n");
    }
    mail.extend_from_slice(b"--b--\r\n");
    mail
}

#[test]
fn whole_inputs() {
    for (index, (bytes, valid, expected)) in inputs().into_iter().enumerate() {
        let parsed = report::parse(&bytes);
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
        assert_eq!(codes(&parsed), expected, "{index}: {head}");
        assert_eq!(parsed.is_valid(), valid, "{index}: {head}");
        check_invariants(&parsed);
        check_sentences(&parsed);
    }
}
