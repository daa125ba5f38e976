use sigillo_findings::Severity;
use sigillo_formats::policy::{self, Policy};
use sigillo_formats::{DomainName, mta_sts_record, zone_text};
use sigillo_generate::difference::Difference;
use sigillo_generate::provider::{Preset, Recognition};
use sigillo_generate::{
    Deployment, DeploymentRequest, DnsFormat, DnsRecord, IdChoice, LIVE_MX_HOSTS,
};
use sigillo_language::Language;

use crate::judgement::check_words;

/// The MX hosts of a domain, one a line: what is proposed for them covers them.
pub fn provider_recognition(data: &[u8]) {
    let lines = data.split(|byte| *byte == b'\n').take(2 * LIVE_MX_HOSTS);
    let hosts: Vec<DomainName> =
        lines.filter_map(|line| DomainName::from_ascii(line).ok()).collect();
    let recognition = Recognition::of(&hosts);
    let considered = hosts.get(..LIVE_MX_HOSTS).unwrap_or(&hosts);
    let patterns = recognition.patterns();
    assert_eq!(patterns.is_empty(), considered.is_empty());
    for host in considered {
        assert!(patterns.iter().any(|pattern| pattern.matches(host)), "{host}");
        let owners = recognition.proposals().iter().filter(|one| one.hosts().contains(host));
        let unknown = recognition.unknown().iter().filter(|other| *other == host);
        assert_eq!(owners.count() + unknown.count(), 1, "{host} is known to one or to none");
    }
    let difference = Difference::between(&patterns, considered);
    assert!(difference.uncovered.is_empty(), "{difference:?}");
    for language in Language::ALL {
        check_words(&recognition.findings(), language, data);
        check_words(&difference.findings(Severity::Error), language, data);
    }
    if let Ok(name) = str::from_utf8(data.split(|byte| *byte == b'\n').next().unwrap_or_default())
        && let Ok(preset) = Preset::find(name)
    {
        assert_eq!(Preset::find(&preset.name()).map(Preset::name), Ok(preset.name()));
    }
}

/// A domain on the first line and a policy on the others: what is to be published says the same.
pub fn deployment(data: &[u8]) {
    let (first, rest) = match data.iter().position(|byte| *byte == b'\n') {
        Some(end) => data.split_at(end),
        None => (data, &[][..]),
    };
    let text = rest.get(1..).unwrap_or_default();
    let Ok(domain) = DomainName::from_ascii(first) else {
        return;
    };
    let Some(policy) = policy::parse(text).into_policy() else {
        return;
    };
    let request = request(domain, &policy);
    for language in Language::ALL {
        if let Ok(deployment) = Deployment::new(&request, language) {
            check_deployment(&deployment, &policy);
        }
    }
}

fn request(domain: DomainName, policy: &Policy) -> DeploymentRequest {
    DeploymentRequest {
        domain,
        zone: None,
        mode: policy.mode(),
        mx: policy.mx().to_vec(),
        max_age: Some(policy.max_age()),
        extensions: policy.extensions().to_vec(),
        id: IdChoice::Content,
        ttl: None,
        tls_rpt: Vec::new(),
        policy_host: Vec::new(),
        recipe: None,
        live_mx: Vec::new(),
        proposals: Vec::new(),
        dns_format: None,
    }
}

fn check_deployment(deployment: &Deployment, policy: &Policy) {
    let published = policy::parse(deployment.policy.text.as_bytes()).into_policy();
    assert_eq!(published.as_ref(), Some(policy), "the policy is the one that was wanted");
    let ids: Vec<_> = deployment.dns.iter().filter_map(record_id).collect();
    assert_eq!(ids, [deployment.id.as_str()], "there is one MTA-STS record");
    for format in DnsFormat::ALL {
        assert!(!format.write(&deployment.zone, &deployment.dns).is_empty());
    }
}

/// The id of an MTA-STS record, read from the line of the zone file.
fn record_id(record: &DnsRecord) -> Option<String> {
    let quoted = record.zone_line.get(record.zone_line.find('"')?..)?;
    let text = zone_text::unquote(quoted.as_bytes())?;
    assert_eq!(text.text(), record.value.as_bytes(), "the zone line has the value");
    let parsed = mta_sts_record::parse(text.text());
    parsed.into_record().map(|record| record.id().as_str().to_owned())
}
