use sigillo_generate::options::DeploymentOptions;

use crate::pages::form::Fields;

/// A box that stands for the question what MX hosts the domain has now.
pub(super) const FROM_DNS: &str = "from_dns";

/// The domain whose MX hosts stand in `live_mx`; without it they are those of the domain.
pub(super) const LIVE_DOMAIN: &str = "live_domain";

/// The fields of the form: the options by their own names, and what only the form knows.
pub(super) const FIELDS: [&str; 16] = [
    "domain",
    "mode",
    "mx",
    "provider",
    "from_policy",
    "live_mx",
    "max_age",
    "id",
    "tls_rpt",
    "policy_host",
    "recipe",
    "zone",
    "ttl",
    "dns_format",
    FROM_DNS,
    LIVE_DOMAIN,
];

/// The options that were filled in.
pub(super) fn of(fields: &Fields) -> DeploymentOptions {
    DeploymentOptions {
        domain: fields.option("domain"),
        mode: fields.option("mode"),
        mx: fields.each("mx"),
        provider: fields.each("provider"),
        from_policy: fields.option("from_policy"),
        live_mx: fields.each("live_mx"),
        max_age: fields.option("max_age"),
        id: fields.option("id"),
        tls_rpt: fields.each("tls_rpt"),
        policy_host: fields.each("policy_host"),
        recipe: fields.option("recipe"),
        zone: fields.option("zone"),
        ttl: fields.option("ttl"),
        dns_format: fields.option("dns_format"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_option_has_a_field() {
        let options = serde_json::to_value(DeploymentOptions::default()).unwrap();
        let options: BTreeSet<&str> =
            options.as_object().unwrap().keys().map(String::as_str).collect();
        let mut fields = BTreeSet::from(FIELDS);
        assert!(fields.remove(FROM_DNS) && fields.remove(LIVE_DOMAIN));
        assert_eq!(fields, options);
        // Each of them reaches its option.
        for name in options {
            let filled = of(&Fields::read(Some(&format!("{name}=x")), &FIELDS));
            let filled = serde_json::to_value(filled).unwrap();
            let value = &filled[name];
            assert!(value == "x" || value[0] == "x", "{name}: {value}");
        }
    }
}
