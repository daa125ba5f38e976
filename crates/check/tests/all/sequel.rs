//! What an earlier observation adds.

use sigillo_check::{Judgement, Observation};
use sigillo_findings::Severity;
use sigillo_formats::DomainName;

use crate::domain::{healthy, policy, set_policy, set_record, without_policy};

/// The codes that only a comparison raises.
pub(crate) const CODES: [&str; 2] = ["record-id-changed", "record-id-unchanged"];

fn compared(seen: &Observation, earlier: &Observation) -> Vec<(&'static str, Severity)> {
    let judgement = Judgement::of(seen, Some(earlier));
    let findings = judgement.findings.iter();
    let of_id = findings.filter(|finding| CODES.contains(&finding.code().name()));
    of_id
        .map(|finding| {
            crate::catalogue::assert_filled(finding);
            (finding.code().name(), finding.severity())
        })
        .collect()
}

#[test]
fn a_changed_policy_needs_a_new_id() {
    let earlier = healthy();
    let mut seen = healthy();
    assert_eq!(compared(&seen, &earlier), []);

    set_policy(&mut seen, &policy("testing"));
    assert_eq!(compared(&seen, &earlier), [("record-id-unchanged", Severity::Error)]);
    assert_eq!(Judgement::of(&seen, Some(&earlier)).exit_status(Severity::Error), 1);

    set_record(&mut seen, &["v=STSv1; id=20261125000000"]);
    assert_eq!(compared(&seen, &earlier), [("record-id-changed", Severity::Hint)]);
}

#[test]
fn another_form_of_the_same_policy_needs_none() {
    let mut seen = healthy();
    set_policy(&mut seen, &policy("enforce").replace('\n', "\r\n"));
    assert_eq!(compared(&seen, &healthy()), []);
}

#[test]
fn nothing_is_compared_that_was_not_seen_or_is_of_another_domain() {
    let mut seen = healthy();
    set_policy(&mut seen, &policy("testing"));
    assert_eq!(compared(&seen, &without_policy()), []);
    let mut other = healthy();
    other.domain = DomainName::parse("example.net").unwrap();
    assert_eq!(compared(&seen, &other), []);
}
