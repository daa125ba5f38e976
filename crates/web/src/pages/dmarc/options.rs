use sigillo_formats::dmarc::{Alignment, DmarcRecord, FailureOptions, PublicSuffixDomain};
use sigillo_formats::record::ReportUri;
use sigillo_generate::options::DmarcOptions;

use crate::pages::form::Fields;

/// A record that is there already, which a form of its own asks for.
pub(super) const EXISTING: &str = "existing";

/// The fields of the form: the options by their own names.
pub(super) const FIELDS: [&str; 15] = [
    "domain",
    "policy",
    "subdomain_policy",
    "nonexistent_policy",
    "rua",
    "ruf",
    "fo",
    "strict_dkim",
    "strict_spf",
    "test",
    "psd",
    "compatible",
    "zone",
    "ttl",
    "dns_format",
];

/// The options that were filled in.
pub(super) fn of(fields: &Fields) -> DmarcOptions {
    let failure_options = fields.each("fo");
    DmarcOptions {
        domain: fields.option("domain"),
        policy: fields.option("policy"),
        subdomain_policy: fields.option("subdomain_policy"),
        nonexistent_policy: fields.option("nonexistent_policy"),
        rua: fields.each("rua"),
        ruf: fields.each("ruf"),
        // Each is a box to tick.
        fo: (!failure_options.is_empty()).then(|| failure_options.join(":")),
        strict_dkim: fields.is_ticked("strict_dkim"),
        strict_spf: fields.is_ticked("strict_spf"),
        test: fields.is_ticked("test"),
        psd: fields.option("psd"),
        compatible: fields.is_ticked("compatible"),
        zone: fields.option("zone"),
        ttl: fields.option("ttl"),
        dns_format: fields.option("dns_format"),
    }
}

/// What a domain asks for that begins with DMARC.
pub(super) fn example() -> DmarcOptions {
    DmarcOptions {
        domain: Some("example.com".to_owned()),
        rua: vec!["dmarc@example.com".to_owned()],
        ..DmarcOptions::default()
    }
}

/// The query that fills the form with a record. Tags that the standard does not define have no field.
pub(super) fn query_of(record: &DmarcRecord) -> String {
    let mut fields = Fields::default();
    let address = |uri: &ReportUri| {
        let text = uri.as_str();
        text.strip_prefix("mailto:").unwrap_or(text).to_owned()
    };
    let ticked = |is_so: bool| is_so.then(|| "true".to_owned());
    fields.set("policy", [record.p.to_string()]);
    fields.set("subdomain_policy", record.sp.map(|it| it.to_string()));
    fields.set("nonexistent_policy", record.np.map(|it| it.to_string()));
    fields.set("rua", record.rua.iter().map(address));
    fields.set("ruf", record.ruf.iter().map(address));
    if record.fo != FailureOptions::default() && !record.ruf.is_empty() {
        fields.set("fo", record.fo.to_string().split(':').map(str::to_owned));
    }
    fields.set("strict_dkim", ticked(record.adkim == Alignment::Strict));
    fields.set("strict_spf", ticked(record.aspf == Alignment::Strict));
    fields.set("test", ticked(record.t));
    if record.psd != PublicSuffixDomain::default() {
        fields.set("psd", [record.psd.letter().to_owned()]);
    }
    fields.query()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use sigillo_formats::dmarc;

    use super::*;

    #[test]
    fn every_option_has_a_field() {
        let options = serde_json::to_value(DmarcOptions::default()).unwrap();
        let options: BTreeSet<&str> =
            options.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(BTreeSet::from(FIELDS), options);
        for name in options {
            let filled = of(&Fields::read(Some(&format!("{name}=x")), &FIELDS));
            let filled = serde_json::to_value(filled).unwrap();
            let value = &filled[name];
            assert!(value == "x" || value[0] == "x" || value == true, "{name}: {value}");
        }
    }

    #[test]
    fn a_record_fills_the_form_that_makes_it() {
        for text in [
            "v=DMARC1; p=none",
            "v=DMARC1; p=quarantine; sp=none; np=reject; adkim=s; aspf=s; fo=1:d:s; \
             rua=mailto:a@example.com,mailto:b@example.com; ruf=mailto:c@example.com; psd=n; t=y",
        ] {
            let record = dmarc::parse(text.as_bytes()).into_record().unwrap();
            let query = format!("domain=example.com&{}", query_of(&record));
            let request = of(&Fields::read(Some(&query), &FIELDS)).read().unwrap();
            assert_eq!(request.record.to_string(), text);
        }
    }
}
