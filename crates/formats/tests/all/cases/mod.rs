//! Tables of texts with what is expected of them, by kind.

mod dmarc;
mod policy;
mod record;
mod tls_rpt;

use std::collections::BTreeSet;

use sigillo_findings::Severity;
use sigillo_formats::{Judged, Kind};

/// A text, and the codes of its findings in the order of the text; those of errors first make it
/// invalid.
pub(crate) type Case = (&'static [u8], &'static [&'static str]);

/// The tables by kind: valid texts and invalid ones.
pub(crate) fn tables() -> [(Kind, &'static [Case], &'static [Case]); 4] {
    [
        (Kind::Policy, policy::VALID, policy::INVALID),
        (Kind::Record, record::VALID, record::INVALID),
        (Kind::TlsRpt, tls_rpt::VALID, tls_rpt::INVALID),
        (Kind::Dmarc, dmarc::VALID, dmarc::INVALID),
    ]
}

#[test]
fn every_case_is_judged_as_expected() {
    let mut wrong = Vec::new();
    for (kind, valid, invalid) in tables() {
        for (expected, cases) in [(true, valid), (false, invalid)] {
            for (text, codes) in cases {
                let judged = kind.judge(text);
                let found: Vec<&str> =
                    judged.findings.iter().map(|finding| finding.code().name()).collect();
                if found != *codes || judged.valid != expected {
                    wrong.push(format!(
                        "{kind} {:?}\n  expected {expected} {codes:?}\n  got      {} {found:?}",
                        String::from_utf8_lossy(text),
                        judged.valid
                    ));
                }
                assert_an_error_is_what_makes_it_invalid(&judged, text);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn assert_an_error_is_what_makes_it_invalid(judged: &Judged, text: &[u8]) {
    let has_error = judged.findings.iter().any(|finding| finding.severity() == Severity::Error);
    assert_eq!(judged.valid, !has_error, "{}", String::from_utf8_lossy(text));
}

/// Every code that a case of the tables raises.
pub(crate) fn codes_raised() -> BTreeSet<&'static str> {
    tables()
        .into_iter()
        .flat_map(|(kind, valid, invalid)| {
            valid.iter().chain(invalid).map(move |case| (kind, case))
        })
        .flat_map(|(kind, (text, _))| kind.judge(text).findings)
        .map(|finding| finding.code().name())
        .collect()
}
