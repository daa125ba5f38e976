//! What policies say.

use crate::case::{Case, ENFORCE, NO_MAP, NOT_FOUND, SECURE};

const MALFORMED: &str = "the policy is malformed (RFC 8461 §3.2)";

pub(crate) fn cases() -> Vec<Case> {
    [modes(), hosts(), lines(), fields()].concat()
}

/// A policy that differs from the usual in one place.
fn with(what: &'static str, domain: &'static str, usual: &str, here: &str) -> Case {
    assert!(ENFORCE.contains(usual));
    Case::new(what, domain).policy(&ENFORCE.replace(usual, here))
}

fn modes() -> Vec<Case> {
    vec![
        with("`testing`", "testing.example", "enforce", "testing").both(NOT_FOUND),
        Case::new("`testing`, with `strict_testing`", "testing.example")
            .map("strict")
            .ours(NO_MAP)
            .theirs(
                SECURE,
                "Sigillo has no such setting: who tests wants no mail kept back (RFC 8461 §5)",
            ),
        Case::new("`none`", "none.example")
            .policy("version: STSv1\nmode: none\nmax_age: 86400\n")
            .both(NOT_FOUND),
        with("`none` with MX hosts", "none-mx.example", "enforce", "none").both(NOT_FOUND),
        with("an unknown mode", "mode.example", "enforce", "Enforce").both(NOT_FOUND),
        with("two modes", "modes.example", "enforce\n", "enforce\nmode: none\n")
            .theirs(NOT_FOUND, "the first of two counts, not the last (RFC 8461 §3.2)"),
    ]
}

fn hosts() -> Vec<Case> {
    let mx = |what, domain, here: &str| with(what, domain, "mx.{d}", here);
    vec![
        mx("a wildcard", "wildcard.example", "*.{d}")
            .both("OK secure match=.{d} servername=hostname"),
        mx("several MX hosts", "several.example", "c.{d}\nmx: a.{d}\nmx: *.b.{d}\nmx: d.{d}")
            .both("OK secure match=c.{d}:a.{d}:.b.{d}:d.{d} servername=hostname")
            .in_any_order(),
        mx("the same MX host twice", "twice.example", "mx.{d}\nmx: mx.{d}"),
        mx("the same twice, in other case", "case.example", "mx.{d}\nmx: MX.{d}").theirs(
            "OK secure match=mx.{d}:MX.{d} servername=hostname",
            "names are the same in any case; they come in any order there",
        ),
        with("no `mx`", "no-mx.example", "mx: mx.{d}\n", "").both(NOT_FOUND),
        mx("an empty `mx`", "empty-mx.example", "")
            .ours(NOT_FOUND)
            .theirs("OK secure match= servername=hostname", MALFORMED),
        mx("`mx: *`", "any-mx.example", "*")
            .ours(NOT_FOUND)
            .theirs("OK secure match= servername=hostname", MALFORMED),
        mx("two asterisks", "asterisks-mx.example", "*.*.{d}")
            .ours(NOT_FOUND)
            .theirs("OK secure match=.*.{d} servername=hostname", MALFORMED),
        mx("an attribute behind an MX host", "attribute-mx.example", "mx.{d} servername=x.example")
            .ours(NOT_FOUND)
            .theirs(
                "OK secure match=mx.{d} servername=x.example servername=hostname",
                "the policy is malformed (RFC 8461 §3.2); there it can write into the answer",
            ),
        mx("a final dot", "dot-mx.example", "mx.{d}.")
            .ours(NOT_FOUND)
            .theirs("OK secure match=mx.{d}. servername=hostname", MALFORMED),
        mx("an address", "address-mx.example", "192.0.2.1")
            .ours(NOT_FOUND)
            .theirs("OK secure match=192.0.2.1 servername=hostname", MALFORMED),
        mx("an underscore", "underscore-mx.example", "mx_1.{d}")
            .ours(NOT_FOUND)
            .theirs("OK secure match=mx_1.{d} servername=hostname", MALFORMED),
    ]
}

fn lines() -> Vec<Case> {
    let ends = |what, domain, end| with(what, domain, "\n", end);
    vec![
        ends("CRLF", "crlf.example", "\r\n"),
        ends("CR alone", "cr.example", "\r").ours(NOT_FOUND).theirs(SECURE, MALFORMED),
        with("no line end at the end", "no-end.example", "86400\n", "86400"),
        ends("blank lines", "blank.example", "\n \n\n"),
        ends("white space at the end of lines", "space.example", " \t\n"),
        with("no space behind the colons", "colon.example", ": ", ":"),
        with("white space before a colon", "before.example", "mode:", "mode :").both(NOT_FOUND),
        with("an indented line", "indented.example", "mx: ", " mx: ").both(NOT_FOUND),
        with("a comment", "comment.example", "version", "# a policy\nversion")
            .ours(NOT_FOUND)
            .theirs(SECURE, MALFORMED),
        with("a byte order mark", "bom.example", "version", "\u{feff}version").both(NOT_FOUND),
        Case::new("an empty file", "empty.example").policy("").both(NOT_FOUND),
    ]
}

fn fields() -> Vec<Case> {
    let age = |what, domain, here: &str| with(what, domain, "86400", here);
    let extension = |what, domain, here: &str| with(what, domain, "version", here);
    vec![
        Case::new("another order", "order.example")
            .policy("max_age: 86400\nmx: mx.{d}\nmode: enforce\nversion: STSv1\n"),
        with("another version", "version.example", "STSv1", "STSv2").both(NOT_FOUND),
        with("no version", "no-version.example", "version: STSv1\n", "").both(NOT_FOUND),
        extension("an extension", "extension.example", "note: a = b, c; d\nversion"),
        extension("an extension with braces", "braces.example", "note: {a} } {\nversion"),
        extension("an extension in UTF-8", "utf8.example", "note: è\nversion").theirs(
            NOT_FOUND,
            "extensions may be UTF-8 (RFC 8461 §3.2); there only if the media type says so",
        ),
        with("no `max_age`", "no-age.example", "max_age: 86400\n", "").both(NOT_FOUND),
        age("`max_age: 0`", "age-0.example", "0").ours(NOT_FOUND).theirs(
            SECURE,
            "to Sigillo it has expired when it comes; there it counts for the mail of that moment",
        ),
        age("a `max_age` above the limit", "age-high.example", "99999999")
            .theirs(NOT_FOUND, "what is meant is plain, so Sigillo takes the limit of 31557600"),
        age("a `max_age` with a sign", "age-plus.example", "+86400")
            .ours(NOT_FOUND)
            .theirs(SECURE, MALFORMED),
        age("a `max_age` with a unit", "age-day.example", "1d").both(NOT_FOUND),
    ]
}
