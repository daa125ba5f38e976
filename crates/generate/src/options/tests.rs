mod properties;
mod words;

use jiff::Timestamp;
use sigillo_formats::DomainName;
use sigillo_formats::dmarc::Disposition;
use sigillo_formats::policy::{MaxAge, Mode};
use sigillo_language::Language;

use super::*;
use crate::recipe::RecipeName;
use crate::{DnsFormat, IdChoice};

fn texts<const COUNT: usize>(texts: [&str; COUNT]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

#[expect(clippy::unnecessary_wraps, reason = "an option that is given")]
fn given(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn name(text: &str) -> DomainName {
    DomainName::parse(text).unwrap()
}

fn deployment() -> DeploymentOptions {
    DeploymentOptions {
        domain: given("Example.COM."),
        mx: texts(["mail.example.com"]),
        ..DeploymentOptions::default()
    }
}

/// What is wrong, as `OPTION[INDEX] CODE`.
fn faults(errors: &OptionErrors) -> Vec<String> {
    let fault = |error: &OptionError| {
        let index = error.index().map(|index| format!("[{index}]")).unwrap_or_default();
        format!("{}{index} {}", error.option(), error.code())
    };
    errors.iter().map(fault).collect()
}

fn refused(options: &DeploymentOptions) -> Vec<String> {
    faults(&options.read(Timestamp::UNIX_EPOCH, &[]).unwrap_err())
}

#[test]
fn options_become_a_request() {
    let options = DeploymentOptions {
        mode: given("enforce"),
        mx: texts(["*.Example.com", "mx.example.net", "*.example.com."]),
        max_age: given("1w"),
        tls_rpt: texts(["tls@example.com", "mailto:tls@example.com"]),
        policy_host: texts(["192.0.2.1", "2001:db8::1"]),
        recipe: given("NGINX"),
        zone: given("com"),
        ttl: given("5m"),
        dns_format: given("octodns"),
        ..deployment()
    };
    let request = options.read(Timestamp::UNIX_EPOCH, &[]).unwrap();
    assert_eq!(request.domain, name("example.com"));
    assert_eq!(request.mode, Mode::Enforce);
    let patterns: Vec<String> = request.mx.iter().map(ToString::to_string).collect();
    assert_eq!(patterns, ["*.example.com", "mx.example.net"]);
    assert_eq!(request.max_age.map(MaxAge::seconds), Some(604_800));
    assert_eq!(request.tls_rpt.len(), 1);
    assert_eq!(request.policy_host.len(), 2);
    assert_eq!(request.recipe, Some(RecipeName::Nginx));
    assert_eq!((request.zone, request.ttl), (Some(name("com")), Some(300)));
    assert_eq!(request.dns_format, Some(DnsFormat::OctoDns));
}

#[test]
fn the_id_is_the_time_that_is_given() {
    let id = |id: Option<&str>| {
        let options = DeploymentOptions { id: id.map(str::to_owned), ..deployment() };
        let now = "2026-11-24T09:30:00Z".parse().unwrap();
        match options.read(now, &[]).map(|request| request.id) {
            Ok(IdChoice::Given(id)) => id.as_str().to_owned(),
            Ok(IdChoice::Content) => "of the content".to_owned(),
            Err(errors) => faults(&errors).concat(),
        }
    };
    assert_eq!(id(None), "20261124093000");
    assert_eq!(id(Some("7")), "7");
    assert_eq!(id(Some("content")), "of the content");
    assert_eq!(id(Some("1-2")), "id not-an-id");
}

#[test]
fn all_that_is_wrong_is_told_in_its_order() {
    let options = DeploymentOptions {
        domain: given("exa_mple.com"),
        mode: given("Enforce"),
        mx: texts(["a.example", "a.*.example", "b..example"]),
        provider: texts(["gogle-workspace", "microsoft365", "zoho"]),
        from_policy: given("mode: testing\n"),
        live_mx: Vec::new(),
        max_age: given("2y"),
        id: given(""),
        tls_rpt: texts(["nobody"]),
        policy_host: texts(["192.0.2.1", "web.example.net", "192.0.2.2"]),
        recipe: given("ngnix"),
        zone: given(""),
        ttl: given("99y"),
        dns_format: given("bind"),
    };
    assert_eq!(
        refused(&options),
        [
            "domain not-a-domain",
            "from_policy earlier-invalid",
            "mode not-a-choice",
            "mx[1] not-a-pattern",
            "mx[2] not-a-pattern",
            "provider[0] unknown-provider",
            "provider[2] variant-needed",
            "max_age max-age-too-large",
            "tls_rpt[0] not-an-address",
            "zone not-a-domain",
            "id not-an-id",
            "ttl not-a-duration",
            "policy_host[1] policy-host-clash",
            "policy_host[2] policy-host-clash",
            "recipe unknown-recipe",
            "dns_format not-a-choice",
        ]
    );
}

#[test]
fn one_fault_brings_no_other() {
    let bare = || DeploymentOptions { mx: Vec::new(), ..deployment() };
    assert_eq!(refused(&bare()), ["mx no-mx"]);
    let fine = DeploymentOptions { mode: given("none"), ..bare() };
    assert!(fine.read(Timestamp::UNIX_EPOCH, &[]).is_ok(), "mode none needs no MX");
    let faulty = DeploymentOptions { mx: texts(["*"]), ..bare() };
    assert_eq!(refused(&faulty), ["mx[0] not-a-pattern"]);
    let faulty = DeploymentOptions { mode: given("nothing"), ..bare() };
    assert_eq!(refused(&faulty), ["mode not-a-choice"]);
    // Whether the provider is among the hosts is not known.
    let faulty = DeploymentOptions {
        provider: texts(["cisco", "nobody-at-all"]),
        live_mx: texts(["exa_mple"]),
        ..bare()
    };
    assert_eq!(refused(&faulty), ["live_mx[0] not-a-domain", "provider[1] unknown-provider"]);
    let faulty = DeploymentOptions { domain: None, zone: given("example.net"), ..deployment() };
    assert_eq!(refused(&faulty), ["domain no-domain"]);
    let elsewhere = DeploymentOptions { zone: given("example.net"), ..deployment() };
    assert_eq!(refused(&elsewhere), ["zone zone-elsewhere"]);
}

#[test]
fn the_live_mx_makes_the_patterns_where_nothing_else_does() {
    let bare = DeploymentOptions { mx: Vec::new(), ..deployment() };
    assert!(bare.needs_live_mx() && !deployment().needs_live_mx());
    let host = name("example-com.mail.protection.outlook.com");
    let request = bare.read(Timestamp::UNIX_EPOCH, std::slice::from_ref(&host)).unwrap();
    assert_eq!(request.mx[0].to_string(), "*.mail.protection.outlook.com");
    assert_eq!((request.proposals.len(), &request.live_mx), (1, &vec![host]));
    // What is typed counts for more than what was looked up.
    let typed = DeploymentOptions { live_mx: texts(["mx.example.net"]), ..bare.clone() };
    assert!(!typed.needs_live_mx());
    let request = typed.read(Timestamp::UNIX_EPOCH, &[name("other.example")]).unwrap();
    assert_eq!(request.mx[0].to_string(), "mx.example.net");
    assert!(!DeploymentOptions { mode: given("none"), ..bare }.needs_live_mx());
}

#[test]
fn an_earlier_policy_is_the_start() {
    let text = "version: STSv1\nmode: testing\nmx: a.example\nmx: a.example\nmax_age: 3600\nx: y\n";
    let from = DeploymentOptions { mx: Vec::new(), from_policy: given(text), ..deployment() };
    assert!(!from.needs_live_mx());
    let request = from.read(Timestamp::UNIX_EPOCH, &[]).unwrap();
    assert_eq!((request.mode, request.mx.len(), request.extensions.len()), (Mode::Testing, 1, 1));
    assert_eq!(request.max_age.map(MaxAge::seconds), Some(3600));
    let enforced = DeploymentOptions { mode: given("enforce"), ..from };
    assert_eq!(enforced.read(Timestamp::UNIX_EPOCH, &[]).unwrap().max_age, None);
}

#[test]
fn lists_and_names_are_bounded() {
    let many: Vec<String> =
        (0..=VALUES_PER_OPTION).map(|number| format!("mx{number}.example")).collect();
    let most = DeploymentOptions { mx: many[1..].to_vec(), ..deployment() };
    assert!(most.read(Timestamp::UNIX_EPOCH, &[]).is_ok());
    let more = DeploymentOptions { mx: many, ..deployment() };
    assert_eq!(refused(&more), ["mx too-many"]);
    let long = format!("{}.example", ["abcdefghi"; 24].join("."));
    let long = DeploymentOptions { domain: Some(long), ..deployment() };
    assert_eq!(refused(&long), ["domain domain-too-long"]);
}

#[test]
fn dmarc_options_become_a_record() {
    let options = DmarcOptions {
        domain: given("example.com"),
        policy: given("reject"),
        rua: texts(["a@example.com", "A@Example.net", "a@example.com"]),
        ruf: texts(["f@example.com"]),
        fo: given("1:d"),
        strict_spf: true,
        psd: given("n"),
        test: true,
        compatible: true,
        dns_format: given("zone"),
        ..DmarcOptions::default()
    };
    let request = options.read().unwrap();
    assert_eq!((request.record.p, request.record.rua.len()), (Disposition::Reject, 2));
    assert_eq!((request.zone.name.as_str(), request.zone.ttl), ("example.com", 3600));
    let answer = request.generate(Language::English);
    assert!(answer.answer.record.ends_with("; psd=n; t=y; pct=0"), "{}", answer.answer.record);
    assert!(answer.dns_text.unwrap().contains("; zone example.net: not yours"));
    let faulty = DmarcOptions {
        domain: None,
        policy: given("block"),
        subdomain_policy: given("None"),
        rua: texts(["a@example.com", "https://example.com/"]),
        ruf: Vec::new(),
        fo: given("0:1"),
        psd: given("u"),
        test: false,
        ..options
    };
    assert_eq!(
        faults(&faulty.read().unwrap_err()),
        [
            "domain no-domain",
            "policy not-a-choice",
            "subdomain_policy not-a-choice",
            "fo not-failure-options",
            "fo option-needed",
            "rua[1] not-a-mailbox",
            "psd not-a-choice",
            "compatible option-needed",
        ]
    );
    let long = format!("{}.example", ["abcdefghi"; 23].join("."));
    let foreign = DmarcOptions {
        domain: given("example.com"),
        rua: vec![format!("a@{long}")],
        ..DmarcOptions::default()
    };
    assert_eq!(faults(&foreign.read().unwrap_err()), ["rua[0] domain-too-long"]);
}

#[test]
fn tls_rpt_options_become_a_record() {
    let options = TlsRptOptions {
        domain: given("example.com"),
        rua: texts(["tls@example.com"]),
        ttl: given("60"),
        ..TlsRptOptions::default()
    };
    let answer = options.read().unwrap().generate(Language::English);
    assert_eq!(answer.answer.record, "v=TLSRPTv1; rua=mailto:tls@example.com");
    assert_eq!((answer.answer.dns[0].ttl, answer.dns_text), (60, None));
    let missing = TlsRptOptions { rua: Vec::new(), ..options };
    assert_eq!(faults(&missing.read().unwrap_err()), ["rua no-address"]);
}

#[test]
fn names_of_options_are_those_of_the_fields() {
    let fields: Vec<String> = [
        serde_json::to_value(DeploymentOptions::default()).unwrap(),
        serde_json::to_value(DmarcOptions::default()).unwrap(),
        serde_json::to_value(TlsRptOptions::default()).unwrap(),
    ]
    .iter()
    .flat_map(|value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>())
    .collect();
    let error = OptionError::at(OptionName::PolicyHost, 1, Fault::NoMx).render(Language::English);
    let json = serde_json::to_value(&error).unwrap();
    assert_eq!(json["option"], "policy_host");
    // Switches are never wrong by themselves.
    let switches = ["strict_dkim", "strict_spf"];
    for field in fields.iter().filter(|field| !switches.contains(&field.as_str())) {
        let option: Vec<OptionName> =
            OptionName::ALL.into_iter().filter(|option| option.name() == field).collect();
        assert_eq!(option.len(), 1, "{field}");
        assert_eq!(serde_json::to_value(option[0]).unwrap(), **field);
    }
    assert!(OptionName::ALL.iter().all(|option| fields.iter().any(|field| field == option.name())));
    let unknown: Result<DeploymentOptions, _> = serde_json::from_str(r#"{"domian": "x"}"#);
    assert!(unknown.is_err());
}

#[test]
fn the_schema_tells_the_bounds() {
    let schema = serde_json::to_value(schemars::schema_for!(DeploymentOptions)).unwrap();
    assert_eq!(schema["properties"]["mx"]["maxItems"], VALUES_PER_OPTION);
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(schema["required"], serde_json::json!(["domain"]));
}
