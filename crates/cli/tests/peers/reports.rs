//! The map with what TLS-RPT needs.

use crate::case::{Case, Host, NOT_FOUND, SECURE};

const NO_REPORTS: &str = "version 1.1.2 says nothing for reports";
const ONLY_ENFORCED: &str =
    "there, only a policy that enforces is reported about; here Postfix learns what failed too";

pub(crate) fn cases() -> Vec<Case> {
    let report = |what, domain| Case::new(what, domain).map("postfix-tlsrpt");
    vec![
        report("`enforce`", "enforce.example")
            .ours(concat!(
                "OK secure match=mx.{d} servername=hostname policy_type=sts policy_domain={d} ",
                "{ policy_string = version: STSv1 } { policy_string = mode: enforce } ",
                "{ policy_string = mx: mx.{d} } { policy_string = max_age: 86400 } ",
                "mx_host_pattern=mx.{d}",
            ))
            .theirs(
                concat!(
                    "OK secure match=mx.{d} servername=hostname policy_type=sts policy_domain={d} ",
                    "mx_host_pattern=mx.{d} { policy_string = mx: mx.{d} } ",
                    "{ policy_string = version: STSv1 } { policy_string = mode: enforce } ",
                    "{ policy_string = max_age: 86400 }",
                ),
                "the same in another order; here the lines of the policy keep theirs",
            )
            .theirs_before(SECURE, NO_REPORTS),
        report("an extension with braces", "braces.example")
            .ours(concat!(
                "OK secure match=mx.{d} servername=hostname policy_type=sts policy_domain={d} ",
                "{ policy_string = version: STSv1 } { policy_string = mode: enforce } ",
                "{ policy_string = mx: mx.{d} } { policy_string = max_age: 86400 } ",
                "mx_host_pattern=mx.{d}",
            ))
            .theirs(
                concat!(
                    "OK secure match=mx.{d} servername=hostname policy_type=sts policy_domain={d} ",
                    "mx_host_pattern=mx.{d} { policy_string = mx: mx.{d} } ",
                    "{ policy_string = note: {a} } { } { policy_string = version: STSv1 } ",
                    "{ policy_string = mode: enforce } { policy_string = max_age: 86400 }",
                ),
                "braces in a policy end a quoted line; here such lines are left out",
            )
            .theirs_before(SECURE, NO_REPORTS),
        report("`testing`", "testing.example")
            .ours(concat!(
                "OK may policy_type=sts policy_domain={d} ",
                "{ policy_string = version: STSv1 } { policy_string = mode: testing } ",
                "{ policy_string = mx: mx.{d} } { policy_string = max_age: 86400 } ",
                "mx_host_pattern=mx.{d}",
            ))
            .theirs(NOT_FOUND, "reports are what `testing` is for (RFC 8461 §5)"),
        report("`none`", "none.example")
            .ours("OK may policy_type=no-policy-found policy_domain={d}")
            .theirs(NOT_FOUND, ONLY_ENFORCED),
        report("no record", "no-record.example")
            .ours("OK may policy_type=no-policy-found policy_domain={d}")
            .theirs(NOT_FOUND, ONLY_ENFORCED),
        failed("a policy that can't be fetched", "404.example")
            .ours(concat!(
                "OK may policy_type=no-policy-found policy_domain={d} ",
                "policy_failure=sts-policy-fetch-error",
            ))
            .theirs(NOT_FOUND, ONLY_ENFORCED),
        failed("a policy that can't be read", "mode.example")
            .ours(concat!(
                "OK may policy_type=no-policy-found policy_domain={d} ",
                "policy_failure=sts-policy-invalid",
            ))
            .theirs(NOT_FOUND, ONLY_ENFORCED),
        failed("the wrong certificate", "expired.example")
            .ours(concat!(
                "OK may policy_type=no-policy-found policy_domain={d} ",
                "policy_failure=sts-webpki-invalid",
            ))
            .theirs(NOT_FOUND, ONLY_ENFORCED),
        report("TLSA records of all hosts", "all.example")
            .ours("OK dane-only")
            .theirs(
                concat!(
                    "OK secure match=mx.{d} servername=hostname policy_type=sts policy_domain={d} ",
                    "mx_host_pattern=mx.{d} { policy_string = mx: mx.{d} } ",
                    "{ policy_string = version: STSv1 } { policy_string = mode: enforce } ",
                    "{ policy_string = max_age: 86400 }",
                ),
                "it knows no DANE; what Postfix reports of DANE it finds out by itself",
            )
            .theirs_before(SECURE, NO_REPORTS),
        report("an address", "enforce.example").key("[192.0.2.1]").both(NOT_FOUND),
    ]
}

/// One of the domains with policies that can't be had; how it fails is said where it is first.
fn failed(what: &'static str, domain: &'static str) -> Case {
    Case::new(what, domain).map("postfix-tlsrpt").host(Host::Missing)
}
