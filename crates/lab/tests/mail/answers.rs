//! What Postfix 3.7 does under each policy that it is told of a good domain.

use sigillo_lab::postfix::Tls;

use crate::Sending;
use crate::policy_server::Answer;

#[test]
fn policies_that_a_good_domain_meets() {
    let Some(sending) = Sending::shared() else { return };
    let _domain = sending.lab.domain("mail.good.test").start();
    for (policy, tls) in [
        ("secure match=mx.mail.good.test servername=hostname", Some(Tls::Verified)),
        ("secure match=.mail.good.test servername=hostname", Some(Tls::Verified)),
        ("secure match=mx.other.test:mx.mail.good.test servername=hostname", Some(Tls::Verified)),
        ("secure match=mx.other.test:.mail.good.test servername=hostname", Some(Tls::Verified)),
        ("secure match=mx.other.test match=mx.mail.good.test", Some(Tls::Verified)),
        ("SECURE match=MX.Mail.Good.TEST servername=hostname", Some(Tls::Verified)),
        ("encrypt", Some(Tls::Trusted)),
        ("may", Some(Tls::Trusted)),
        ("none", None),
        // Without TLSA records, which is only authentic in a signed zone.
        ("dane", Some(Tls::Trusted)),
    ] {
        let delivery = sending.under(policy, "mail.good.test").delivered();
        assert_eq!(delivery.tls, tls, "{policy}");
    }
}

#[test]
fn policies_that_no_other_name_meets() {
    let Some(sending) = Sending::shared() else { return };
    let domain = sending.lab.domain("mail.names.test").start();
    for policy in [
        "secure match=mx.other.test servername=hostname",
        // A host is not below itself.
        "secure match=.mx.mail.names.test servername=hostname",
        "secure match=mail.names.test servername=hostname",
        // Postfix knows no such pattern.
        "secure match=*.mail.names.test servername=hostname",
    ] {
        let failure = sending.under(policy, "mail.names.test").deferred();
        let said = (failure.reason.as_str(), failure.dsn.as_str());
        assert_eq!(said, ("Server certificate not verified", "4.7.5"), "{policy}");
    }
    assert_eq!(domain.mx().messages(), []);
}

/// Unlike a pattern of a policy (RFC 8461 §4.1), one of Postfix's goes down any number of labels.
#[test]
fn a_pattern_with_a_dot_covers_all_that_is_below() {
    let Some(sending) = Sending::shared() else { return };
    let _domain = sending.lab.domain("mail.far.below.test").start();
    let policy = "secure match=.below.test servername=hostname";
    let delivery = sending.under(policy, "mail.far.below.test").delivered();
    assert_eq!(delivery.tls, Some(Tls::Verified));
}

#[test]
fn what_is_not_found_is_delivered_as_usual() {
    let Some(sending) = Sending::shared() else { return };
    let _domain = sending.lab.domain("usual.test").start();
    // The last is what Postfix reads alike, and no one should say.
    for reply in ["NOTFOUND ", "NOTFOUND", "OK"] {
        sending.policies.answer("usual.test", Answer::Reply(reply.to_owned()));
        assert_eq!(sending.to("usual.test").delivered().tls, Some(Tls::Trusted), "{reply}");
    }
}

#[test]
fn answers_that_are_no_policy_defer() {
    let Some(sending) = Sending::shared() else { return };
    let domain = sending.lab.domain("faulty.test").start();
    for (answer, log) in [
        ("TEMP not now", "socketmap server temporary error: not now"),
        ("TIMEOUT too late", "socketmap server timeout error: too late"),
        ("PERM never", "socketmap server permanent error: never"),
        ("temp not now", "socketmap server unknown error: not now"),
        ("OK ", "lookup of faulty.test returns an empty string result"),
        ("WHAT is this", "socketmap server unknown error: is this"),
        ("OK strict", "invalid security level \"strict\""),
        ("OK may match=mx.faulty.test", "attribute \"match\" invalid at security level \"may\""),
        ("OK secure match=", "attribute \"match\" has empty value"),
        // Attributes of Postfix 3.10.
        (
            "OK secure match=mx.faulty.test policy_type=sts",
            "invalid attribute name: \"policy_type\"",
        ),
        (
            "OK secure match=mx.faulty.test { policy_string = version: STSv1 }",
            "malformed attribute/value pair \"{\"",
        ),
    ] {
        sending.policies.answer("faulty.test", Answer::Reply(answer.to_owned()));
        let failure = sending.to("faulty.test").deferred();
        assert!(failure.says(log), "{failure:?}");
        let said = (failure.reason.as_str(), failure.dsn.as_str());
        assert_eq!(said, ("client TLS configuration problem", "4.7.5"), "{answer}");
    }
    assert_eq!(domain.mx().messages(), []);
}
