//! Domains whose MX hosts have TLSA records.

use crate::case::{Case, NOT_FOUND, Record, SECURE, WAIT};

/// The SHA-256 of a key that nobody has.
const USABLE: &str = "3 1 1 0000000000000000000000000000000000000000000000000000000000000000";

/// The same with a usage that SMTP has no use for (RFC 7672 §3.1.3).
const UNUSABLE_DATA: &str =
    "1 1 1 0000000000000000000000000000000000000000000000000000000000000000";

const ALL: [Record; 1] = [("_25._tcp.mx", "TLSA", USABLE)];
const UNUSABLE: [Record; 1] = [("_25._tcp.mx", "TLSA", UNUSABLE_DATA)];
const ANOTHER_HOST: [Record; 2] = [("@", "MX", "20 mx2.{d}."), ("mx2", "A", "127.0.0.1")];

/// An MX host about which nothing can be told.
const WRONG: Record = ("@", "MX", "10 mx.signatures.bogus.");

const NO_DANE: &str = "it knows no DANE";
const BEFORE: &str = "it knows no DANE, which comes before MTA-STS (RFC 8461 §2)";

pub(crate) fn cases() -> Vec<Case> {
    let alone = |what, domain| Case::new(what, domain).without_policy();
    let only = |case: Case, record| case.without_mx().with(&[record]);
    vec![
        Case::new("all hosts, and a policy", "all.example")
            .with(&ALL)
            .ours("OK dane-only")
            .theirs(SECURE, BEFORE),
        alone("all hosts, no policy", "all-alone.example")
            .with(&ALL)
            .ours("OK dane-only")
            .theirs(NOT_FOUND, NO_DANE),
        Case::new("some hosts, and a policy", "some.example").with(&ALL).with(&ANOTHER_HOST),
        alone("some hosts, no policy", "some-alone.example")
            .with(&ALL)
            .with(&ANOTHER_HOST)
            .ours("OK dane")
            .theirs(NOT_FOUND, NO_DANE),
        Case::new("unusable records, and a policy", "unusable.example").with(&UNUSABLE),
        alone("unusable records, no policy", "unusable-alone.example")
            .with(&UNUSABLE)
            .ours("OK dane")
            .theirs(
                NOT_FOUND,
                "it knows no DANE; records that can't be used still ask for TLS (RFC 7672 §2.2)",
            ),
        alone("a host in brackets", "bracket.example")
            .key("[{d}]")
            .without_mx()
            .with(&[("@", "A", "127.0.0.1"), ("_25._tcp", "TLSA", USABLE)])
            .ours("OK dane-only")
            .theirs(NOT_FOUND, NO_DANE),
        Case::new("a port that has none", "all.example").key("{d}:587"),
        Case::new("in a zone without signatures", "all.unsigned").with(&ALL),
        alone("no records, no policy", "nothing.example").both(NOT_FOUND),
        only(Case::new("no MX record, and a policy", "implicit.example"), ("@", "A", "127.0.0.1")),
        only(Case::new("a null MX, and a policy", "null.example"), ("@", "MX", "0 .")),
        only(Case::new("a host with wrong signatures, and a policy", "wrong.example"), WRONG)
            .ours(WAIT)
            .theirs(SECURE, BEFORE),
        only(alone("a host with wrong signatures, no policy", "wrong-alone.example"), WRONG)
            .ours(WAIT)
            .theirs(NOT_FOUND, NO_DANE),
    ]
}
