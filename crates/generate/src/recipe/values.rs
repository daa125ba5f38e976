use serde_json::Value;
use sigillo_formats::DomainName;

/// The longest name that all hosts take for a Worker, a function or a router, in bytes.
const SLUG_BYTES: usize = 63;

/// What the placeholders of a template stand for: `@DOMAIN@`, `@POLICY_HOST@`, `@SLUG@` and
/// `@POLICY_AS_JSON@`.
pub(super) struct Values {
    /// The mail domain.
    pub(super) domain: String,
    /// The host that serves the policy.
    pub(super) policy_host: String,
    /// A name of letters, digits and hyphens for what hosts want named: `mta-sts-example-com`.
    slug: String,
    /// The policy as a JSON string, which is a JavaScript string as well (ECMAScript 2019).
    policy_as_json: String,
}

impl Values {
    pub(super) fn new(domain: &DomainName, policy_text: &str) -> Self {
        let policy_host = format!("mta-sts.{domain}");
        let mut slug = policy_host.replace('.', "-");
        slug.truncate(SLUG_BYTES); // of ASCII, so never within a character
        let slug = slug.trim_end_matches('-').to_owned();
        Self {
            domain: domain.to_string(),
            policy_host,
            slug,
            policy_as_json: Value::from(policy_text).to_string(),
        }
    }

    /// The template with its placeholders replaced, in one pass: what looks like a placeholder in
    /// a value stays as it is, and so does any other `@`.
    pub(super) fn fill(&self, template: &str) -> String {
        let mut text = String::with_capacity(template.len() + self.policy_as_json.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('@') {
            text.push_str(before);
            let placeholder =
                after.split_once('@').and_then(|(name, behind)| Some((self.get(name)?, behind)));
            if let Some((value, behind)) = placeholder {
                text.push_str(value);
                rest = behind;
            } else {
                text.push('@');
                rest = after;
            }
        }
        text.push_str(rest);
        text
    }

    fn get(&self, placeholder: &str) -> Option<&str> {
        match placeholder {
            "DOMAIN" => Some(&self.domain),
            "POLICY_HOST" => Some(&self.policy_host),
            "POLICY_AS_JSON" => Some(&self.policy_as_json),
            "SLUG" => Some(&self.slug),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values(domain: &str, policy: &str) -> Values {
        Values::new(&DomainName::parse(domain).unwrap(), policy)
    }

    #[test]
    fn placeholders_are_replaced_and_nothing_else() {
        let values = values("example.com", "@DOMAIN@");
        for (template, expected) in [
            ("postmaster@@DOMAIN@", "postmaster@example.com"),
            ("@POLICY_HOST@ {", "mta-sts.example.com {"),
            ("@policy @POLICY_HOST@", "@policy mta-sts.example.com"),
            ("x = @POLICY_AS_JSON@;", "x = \"@DOMAIN@\";"),
            ("@SLUG@", "mta-sts-example-com"),
            ("@OTHER@DOMAIN@", "@OTHERexample.com"),
            ("@", "@"),
            ("", ""),
        ] {
            assert_eq!(values.fill(template), expected);
        }
    }

    #[test]
    fn a_slug_is_short_and_ends_in_a_letter_or_digit() {
        let long = format!("{}.{}.example", "a".repeat(54), "b".repeat(60));
        assert_eq!(values(&long, "").slug, format!("mta-sts-{}", "a".repeat(54)));
    }

    proptest! {
        #[test]
        fn a_policy_reads_back_from_json(policy: String) {
            let json = values("example.com", &policy).fill("@POLICY_AS_JSON@");
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), policy);
        }
    }
}
