//! Proofs of a signed zone that something is not there, and that only a wildcard has it.

use sigillo_check::observation::{DnsOutcome, Security};
use sigillo_lab::dns::{DnsLabBuilder, Signing, Zone};

use crate::internet::{DOMAIN, Internet, POLICY_ADDRESS};
use crate::raising::cases;
use crate::signed::in_signed_zone;

cases! {
    a_name_that_certainly_does_not_exist: ["record-absent"],
    a_name_that_certainly_has_no_record: ["record-absent"],
    a_record_by_a_signed_wildcard: ["record-by-wildcard"],
}

/// Looks at the domain in zones with each kind of proof: what it comes to, and that the answer for
/// the record is proven.
async fn proven(zone: impl Fn(&mut Zone), outcome: DnsOutcome, verdict: &str, code: &str) {
    for signing in [Signing::Nsec, Signing::Nsec3] {
        let change = |lab: &mut DnsLabBuilder| zone(lab.zone(DOMAIN, signing));
        let Some(seen) = in_signed_zone(Internet::healthy(), signing, change).await else { return };
        seen.comes_to(verdict, 0, &[code]);
        let record = &seen.observation.record;
        assert_eq!((record.outcome, record.security), (outcome, Security::Secure), "{signing:?}");
    }
}

async fn a_name_that_certainly_does_not_exist() {
    proven(|_| {}, DnsOutcome::NxDomain, "absent", "record-absent").await;
}

async fn a_name_that_certainly_has_no_record() {
    let zone = |zone: &mut Zone| {
        zone.a("_mta-sts", POLICY_ADDRESS);
    };
    proven(zone, DnsOutcome::NoData, "absent", "record-absent").await;
}

/// Nothing but the wildcard has the record, and the wildcard has nothing else.
async fn a_record_by_a_signed_wildcard() {
    let zone = |zone: &mut Zone| {
        zone.txt("*", "v=STSv1; id=20260615;").a("mta-sts", POLICY_ADDRESS);
    };
    proven(zone, DnsOutcome::Found, "enforced", "record-by-wildcard").await;
}
