use sigillo_formats::policy::{self, Mode};
use sigillo_formats::{Kind, Understood};

use crate::judgement::judge;

/// A policy file: judged, and if it is valid, written and read again.
pub fn policy(data: &[u8]) {
    let judged = judge(Kind::Policy, data);
    let policy = policy::parse(data).into_policy();
    assert_eq!(policy.is_some(), judged.valid, "valid is what gives a policy");
    let Some(policy) = policy else {
        return;
    };
    let Understood::Policy(value) = &judged.value else {
        unreachable!("what is understood of a policy is one");
    };
    assert_eq!(value.version, Some(policy::VERSION));
    assert_eq!(value.mode, Some(policy.mode()));
    assert_eq!(value.max_age, Some(policy.max_age()));
    assert_eq!(value.mx, policy.mx());
    assert_eq!(value.extensions, policy.extensions());
    assert!(!policy.mx().is_empty() || policy.mode() == Mode::None);

    let written = policy.to_string();
    let again = policy::parse(written.as_bytes()).into_policy();
    assert_eq!(again.as_ref().map(ToString::to_string), Some(written), "writing is canonical");
    assert_eq!(again, Some(policy), "what is written reads the same");
}
