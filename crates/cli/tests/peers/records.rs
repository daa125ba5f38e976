//! What stands in the DNS at `_mta-sts.DOMAIN`.

use crate::case::{Case, NOT_FOUND, SECURE, WAIT};

const MALFORMED: &str = "the record is malformed (RFC 8461 §3.1)";
const BEFORE_COUNTING: &str =
    "what doesn't begin with `v=STSv1;` is left out before records are counted (RFC 8461 §3.1)";

const LONG_ID: &str = "v=STSv1; id=123456789012345678901234567890123;";

pub(crate) fn cases() -> Vec<Case> {
    let record = |what, domain, text| Case::new(what, domain).record(Some(text));
    let two = |what, domain, text, other| {
        Case::new(what, domain).record(Some(text)).with(&[("_mta-sts", "TXT", other)])
    };
    let malformed =
        |what, domain, text| record(what, domain, text).ours(NOT_FOUND).theirs(SECURE, MALFORMED);
    let other = |what, domain, kind, data| {
        Case::new(what, domain).record(None).with(&[("_mta-sts", kind, data)])
    };
    vec![
        Case::new("none, but a policy", "no-record.example").record(None).both(NOT_FOUND),
        record("no delimiter at the end", "undelimited.example", "v=STSv1;id=1"),
        record("another field", "field.example", "v=STSv1; id=1; x=y;"),
        record("a space before the first delimiter", "spaced.example", "v=STSv1 ; id=1;"),
        record("another text", "text.example", "v=spf1 -all").both(NOT_FOUND),
        record("no `id`", "no-id.example", "v=STSv1;").both(NOT_FOUND),
        malformed("an empty `id`", "empty-id.example", "v=STSv1; id=;"),
        malformed("an `id` with hyphens", "hyphens.example", "v=STSv1; id=2026-01-01;"),
        malformed("an `id` of 33 digits", "long-id.example", LONG_ID),
        malformed("an empty field", "empty-field.example", "v=STSv1; id=1;;"),
        record("white space before", "before-record.example", " v=STSv1; id=1;").both(NOT_FOUND),
        record("a zone file's quotes", "quotes.example", "\"v=STSv1; id=1;\"").both(NOT_FOUND),
        record("`V=STSv1`", "upper.example", "V=STSv1; id=1;").both(NOT_FOUND),
        record("another version", "version-2.example", "v=STSv2; id=1;").both(NOT_FOUND),
        two("and another text", "beside.example", "v=STSv1; id=1;", "\"v=spf1 -all\""),
        two("and one of version 10", "beside-10.example", "v=STSv1; id=1;", "\"v=STSv10; id=1;\"")
            .theirs(NOT_FOUND, BEFORE_COUNTING),
        two("two", "two.example", "v=STSv1; id=1;", "\"v=STSv1; id=2;\"").both(NOT_FOUND),
        other("two strings", "strings.example", "TXT", "\"v=STS\" \"v1; id=1;\""),
        other("an alias", "alias.example", "CNAME", "_mta-sts.enforce.example."),
        other("an alias that leads nowhere", "dangling.example", "CNAME", "nowhere.example.")
            .both(NOT_FOUND),
        Case::new("the wrong signatures", "signatures.bogus").ours(WAIT).theirs(
            NOT_FOUND,
            "it knows no DANE; whether there are TLSA records can't be told, so the mail waits",
        ),
        other(
            "an alias to a name with wrong signatures",
            "lost.example",
            "CNAME",
            "x.signatures.bogus.",
        )
        .both(NOT_FOUND),
        Case::new("a zone without signatures", "enforce.unsigned"),
    ]
}
