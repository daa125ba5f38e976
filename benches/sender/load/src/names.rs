//! The domains of the measurements. All numbers have seven digits, so that every question about a
//! domain is as long as any other, and so is every answer.

use std::fmt::Write as _;

/// The zone of the domains with a policy.
pub(crate) const HIT: &str = "hit.bench.test";
/// The zone of domains with a policy that no cache has been filled with.
pub(crate) const FIRST: &str = "first.bench.test";
/// The zone of the domains without a record.
pub(crate) const NONE: &str = "none.bench.test";
/// The zone above them, whose server answers.
pub(crate) const APEX: &str = "bench.test";

/// The domain of a number.
pub(crate) fn domain(number: u32, zone: &str) -> String {
    format!("d{number:07}.{zone}")
}

/// The policy of a domain.
pub(crate) fn policy(domain: &str) -> String {
    let mut text = String::from("version: STSv1\nmode: enforce\n");
    // Writing to a string can't fail.
    let _ = write!(text, "mx: mx.{domain}\nmax_age: 604800\n");
    text
}

/// Whether a name is that of a domain with a policy.
pub(crate) fn has_policy(name: &str) -> bool {
    name.split_once('.').is_some_and(|(label, zone)| {
        let number = label.strip_prefix('d').unwrap_or_default();
        number.len() == 7
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && [HIT, FIRST].contains(&zone)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_has_a_policy_by_its_zone() {
        assert!(has_policy(&domain(0, HIT)));
        assert!(has_policy(&domain(9_999_999, FIRST)));
        assert!(!has_policy(&domain(0, NONE)));
        assert!(!has_policy(HIT));
        assert!(!has_policy("d1.hit.bench.test"));
        assert!(!has_policy("mx.d0000001.hit.bench.test"));
    }
}
