//! The layout of saved observations, which later versions have to read.

use sigillo_check::Observation;
use sigillo_check::observation::{ObservationError, SCHEMA};

use crate::domain::{healthy, set_dane};

#[test]
fn a_saved_observation_keeps_its_layout() {
    let mut seen = healthy();
    set_dane(&mut seen);
    seen.policy_host.fetches.truncate(1);
    seen.mail_hosts.truncate(1);
    seen.mail_hosts[0].sessions.truncate(1);
    let text = serde_json::to_string_pretty(&seen).unwrap();
    insta::assert_snapshot!(text);
    assert_eq!(serde_json::from_str::<Observation>(&text).unwrap(), seen);
}

#[test]
fn what_this_version_does_not_know_is_passed_over() {
    let mut value = serde_json::to_value(healthy()).unwrap();
    value["policy_host"]["weather"] = "fine".into();
    assert_eq!(serde_json::from_value::<Observation>(value).unwrap(), healthy());
}

#[test]
fn every_kind_of_failure_is_saved_and_read() {
    for case in crate::cases::all() {
        let mut seen = healthy();
        (case.change)(&mut seen);
        let text = serde_json::to_string(&seen).unwrap();
        assert_eq!(serde_json::from_str::<Observation>(&text).unwrap(), seen, "{}", case.code);
    }
}

#[test]
fn a_newer_layout_is_told_from_what_is_none() {
    let mut value = serde_json::to_value(healthy()).unwrap();
    assert_eq!(Observation::from_saved(&value), Ok(healthy()));
    value["schema"] = (SCHEMA + 1).into();
    let newer = ObservationError::Newer { schema: u64::from(SCHEMA) + 1 };
    assert_eq!(Observation::from_saved(&value), Err(newer));
    for other in ["null", "[]", "{}", "{\"schema\":1}"] {
        let read = Observation::from_saved(&serde_json::from_str(other).unwrap());
        assert!(matches!(read, Err(ObservationError::Invalid { .. })), "{other}");
    }
}
