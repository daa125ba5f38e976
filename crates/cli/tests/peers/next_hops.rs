//! The forms of next hops.

use crate::case::{Case, ENDS, NOT_FOUND, SECURE};

const DOMAIN: &str = "enforce.example";

const NO_FORM: &str = "Postfix delivers to nothing of that form";
const BAD_NAME: &str = "the DNS can't have such a name; there, asking for it ends the connection";

/// A form of a domain that has a policy which enforces.
fn form(what: &'static str, key: &str) -> Case {
    Case::new(what, DOMAIN).key(key)
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        form("a domain", "{d}"),
        form("upper case", "Enforce.EXAMPLE"),
        form("a final dot", "{d}."),
        form("two final dots", "{d}..").ours(NOT_FOUND).theirs(SECURE, NO_FORM),
        form("a port", "{d}:587"),
        form("a service", "{d}:submission"),
        form("a final dot and a port", "{d}.:25"),
        form("brackets", "[{d}]"),
        form("brackets and a port", "[{d}]:587"),
        form("brackets, a final dot, upper case", "[ENFORCE.example.]"),
        form("two brackets", "[[{d}]]").ours(NOT_FOUND).theirs(SECURE, NO_FORM),
        form("something behind the brackets", "[{d}]x").ours(NOT_FOUND).theirs(SECURE, NO_FORM),
        form("a bracket that is not closed", "[{d}").both(NOT_FOUND),
        form("a bracket that is not opened", "{d}]").ours(NOT_FOUND).theirs(SECURE, NO_FORM),
        form("no port behind the colon", "{d}:"),
        form("brackets, no port behind the colon", "[{d}]:"),
        form("a service that only the system knows", "{d}:my_service"),
        form("port 0", "{d}:0").ours(NOT_FOUND).theirs(SECURE, NO_FORM),
        form("a port that is too high", "{d}:65536").ours(NOT_FOUND).theirs(SECURE, NO_FORM),
        form("a space behind", "{d} ").ours(NOT_FOUND).theirs(SECURE, NO_FORM),
        form("a parent", ".{d}").both(NOT_FOUND),
        form("a name below it", "sub.{d}").both(NOT_FOUND),
        form("an address of mail", "someone@{d}").both(NOT_FOUND),
        form("an IPv4 address", "192.0.2.1").both(NOT_FOUND),
        form("an IPv4 address and a port", "192.0.2.1:25").both(NOT_FOUND),
        form("an IPv4 address in brackets", "[192.0.2.1]").both(NOT_FOUND),
        form("an IPv4 address in brackets and a port", "[192.0.2.1]:25").both(NOT_FOUND),
        form("an IPv6 address", "2001:db8::1").both(NOT_FOUND),
        form("an IPv6 address in brackets", "[2001:db8::1]").both(NOT_FOUND),
        form("an IPv6 address as SMTP writes it", "[IPv6:2001:db8::1]:25").both(NOT_FOUND),
        Case::new("a single label", "example"),
        Case::new("a name as A-labels", "xn--citt-3na.example"),
        Case::new("a name as U-labels", "xn--citt-3na.example")
            .key("città.example")
            .theirs_before(ENDS, "version 1.1.2 reads ASCII alone"),
        form("a name without a domain", "nowhere").both(NOT_FOUND),
        form("nothing", "").both(NOT_FOUND),
        form("a dot", ".").both(NOT_FOUND),
        form("an asterisk", "*").both(NOT_FOUND),
        form("an empty label", "enforce..example").ours(NOT_FOUND).theirs(ENDS, BAD_NAME),
        form("an underscore", "_mta-sts.{d}").both(NOT_FOUND),
        form("a label of 64 letters", "a64.{d}").ours(NOT_FOUND).theirs(ENDS, BAD_NAME),
        form("a name of 999 bytes", "a999.{d}").ours(NOT_FOUND).theirs(ENDS, BAD_NAME),
    ]
    .into_iter()
    .map(lengthened)
    .collect()
}

/// Keys that are too long to be read here.
fn lengthened(case: Case) -> Case {
    let key = case.key.replace("a64.", &format!("{}.", "a".repeat(64)));
    let key = key.replace("a999.{d}", &format!("{}.example", "a.".repeat(495)));
    case.key(key)
}
