//! Whatever is given.

use jiff::Timestamp;
use proptest::prelude::*;
use sigillo_language::Language;

use crate::options::{DeploymentOptions, DmarcOptions, OptionErrors, TlsRptOptions};

prop_compose! {
    fn any_options()(
        one in proptest::collection::vec(proptest::option::of(value()), 10),
        several in proptest::collection::vec(proptest::collection::vec(value(), 0..4), 5),
        switches in any::<[bool; 4]>(),
    ) -> (Vec<Option<String>>, Vec<Vec<String>>, [bool; 4]) {
        (one, several, switches)
    }
}

/// Values that make sense somewhere, and others that never do.
fn value() -> impl Strategy<Value = String> {
    let sensible = prop::sample::select(vec![
        "example.com",
        "*.example.com",
        "a@example.com",
        "https://example.com/",
        "enforce",
        "none",
        "reject",
        "y",
        "1w",
        "99999999999y",
        "content",
        "nginx",
        "microsoft365",
        "zoho",
        "cisco",
        "192.0.2.1",
        "::1",
        "zone",
        "1:d:s",
        "",
        "com",
        "version: STSv1\nmode: none\nmax_age: 1\n",
    ]);
    prop_oneof![2 => sensible.prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    /// Whatever is given: there is a request, from which something is made, or words for why not.
    #[test]
    fn reading_never_panics((one, several, switches) in any_options(), second in any::<i32>()) {
        let now = Timestamp::from_second(i64::from(second)).unwrap();
        let one = |index: usize| one[index].clone();
        let several = |index: usize| several[index].clone();
        let deployment = DeploymentOptions {
            domain: one(0),
            mode: one(1),
            mx: several(0),
            provider: several(1),
            from_policy: one(2),
            live_mx: several(2),
            max_age: one(3),
            id: one(4),
            tls_rpt: several(3),
            policy_host: several(4),
            recipe: one(5),
            zone: one(6),
            ttl: one(7),
            dns_format: one(8),
        };
        let [strict_dkim, strict_spf, test, compatible] = switches;
        let dmarc = DmarcOptions {
            domain: one(0),
            policy: one(1),
            subdomain_policy: one(2),
            nonexistent_policy: one(3),
            rua: several(0),
            ruf: several(1),
            fo: one(4),
            strict_dkim,
            strict_spf,
            test,
            psd: one(5),
            compatible,
            zone: one(6),
            ttl: one(7),
            dns_format: one(8),
        };
        let tls_rpt = TlsRptOptions {
            domain: one(0),
            rua: several(0),
            zone: one(6),
            ttl: one(7),
            dns_format: one(8),
        };
        for language in Language::ALL {
            let in_words = |errors: OptionErrors| {
                for error in errors.iter() {
                    assert!(!error.message(language).is_empty() && !error.help(language).is_empty());
                }
            };
            match deployment.read(now, &[]) {
                Ok(request) => assert!(request.generate(language).is_ok()),
                Err(errors) => in_words(errors),
            }
            match dmarc.read() {
                Ok(request) => assert!(request.generate(language).answer.record.starts_with("v=DMARC1")),
                Err(errors) => in_words(errors),
            }
            match tls_rpt.read() {
                Ok(request) => assert!(!request.generate(language).answer.dns.is_empty()),
                Err(errors) => in_words(errors),
            }
        }
    }
}
