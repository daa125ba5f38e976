//! The providers as their customers meet them: live MX in, patterns out.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use proptest::prelude::*;
use sigillo_findings::{Code, Severity};
use sigillo_formats::{DomainName, MxPattern};
use sigillo_generate::LIVE_MX_HOSTS;
use sigillo_generate::difference::Difference;
use sigillo_generate::provider::{Evidence, Preset, ProposalError, Provider, Recognition};
use sigillo_language::Language;

/// A provider, the live MX of one of its customers, and the patterns for that.
type Customer = (&'static str, Vec<DomainName>, Vec<String>);

/// The table of customers.
fn customers() -> Vec<Customer> {
    rows(include_str!("customers.txt"))
        .map(|(id, row)| {
            let (live_mx, patterns) = row.split_once(" => ").unwrap();
            let live_mx: Vec<&str> = live_mx.split(' ').collect();
            (id, hosts(&live_mx), words(patterns))
        })
        .collect()
}

/// The presets and what they propose for a domain whose MX is not known.
fn presets() -> Vec<(&'static str, Vec<String>)> {
    rows(include_str!("presets.txt")).map(|(name, row)| (name, words(row))).collect()
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once(':').unwrap())
        .map(|(name, row)| (name, row.trim()))
}

fn words(row: &str) -> Vec<String> {
    row.split_whitespace().map(str::to_owned).collect()
}

fn hosts(texts: &[&str]) -> Vec<DomainName> {
    texts.iter().map(|text| DomainName::parse(text).unwrap()).collect()
}

fn texts(patterns: &[MxPattern]) -> Vec<String> {
    patterns.iter().map(ToString::to_string).collect()
}

#[test]
fn customers_are_recognised_and_covered() {
    for (id, live_mx, expected) in customers() {
        let recognition = Recognition::of(&live_mx);
        let [proposal] = recognition.proposals() else {
            panic!("{live_mx:?}: {recognition:?}");
        };
        assert_eq!(proposal.provider().id(), id);
        assert_eq!(proposal.hosts(), live_mx);
        assert!(recognition.unknown().is_empty());
        assert_eq!(texts(proposal.patterns()), expected);
        assert_eq!(texts(&recognition.patterns()), expected);
        let preset = Preset::find(id).unwrap().proposal(&live_mx).unwrap();
        assert_eq!(texts(preset.patterns()), expected);
        let difference = Difference::between(proposal.patterns(), &live_mx);
        assert!(difference.uncovered.is_empty());
    }
}

#[test]
fn every_provider_has_a_customer_in_the_table() {
    let mut known: Vec<&str> = customers().iter().map(|(id, ..)| *id).collect();
    known.dedup();
    let all: Vec<&str> = Provider::all().iter().map(Provider::id).collect();
    assert_eq!(known, all);
}

#[test]
fn every_preset_without_a_known_mx() {
    let names: Vec<String> = Preset::all().map(Preset::name).collect();
    let known: Vec<&str> = presets().iter().map(|(name, _)| *name).collect();
    assert_eq!(names, known);
    for (name, expected) in presets() {
        match Preset::find(name).unwrap().proposal(&[]) {
            Ok(proposal) => {
                assert_eq!(texts(proposal.patterns()), expected);
                assert!(proposal.hosts().is_empty());
            }
            Err(_) => assert!(expected.is_empty(), "{name}"),
        }
    }
}

#[test]
fn exact_names_of_a_preset_are_recognised_as_its_provider() {
    for preset in Preset::all() {
        let Ok(proposal) = preset.proposal(&[]) else {
            continue;
        };
        for pattern in proposal.patterns() {
            let host = if pattern.is_wildcard() {
                pattern.name().with_prefix("host").unwrap()
            } else {
                pattern.name().clone()
            };
            let recognition = Recognition::of(&[host]);
            let ids: Vec<&str> =
                recognition.proposals().iter().map(|it| it.provider().id()).collect();
            assert_eq!(ids, [preset.provider().id()], "{pattern}");
        }
    }
}

#[test]
fn without_a_variant_or_a_live_mx_the_error_says_what_to_do() {
    let error = |name: &str| Preset::find(name).unwrap().proposal(&[]).unwrap_err();
    let ProposalError::VariantNeeded { presets, .. } = error("ionos") else {
        panic!("IONOS has countries");
    };
    assert!(presets.iter().any(|preset| preset == "ionos-it"));
    for name in ["barracuda", "cisco", "proofpoint"] {
        assert!(matches!(error(name), ProposalError::LiveMxNeeded { .. }));
    }
    assert!(error("ionos").to_string().contains("ionos-co.uk"));
    assert!(error("cisco").to_string().contains("Cisco"));
}

#[test]
fn a_preset_with_another_live_mx_differs_from_it() {
    let live_mx = hosts(&["mx.zoho.com", "mail.example.com"]);
    let proposal = Preset::find("zoho-eu").unwrap().proposal(&live_mx).unwrap();
    assert_eq!(texts(proposal.patterns()), ["mx.zoho.eu", "mx2.zoho.eu", "mx3.zoho.eu"]);
    let difference = Difference::between(proposal.patterns(), &live_mx);
    assert_eq!(difference.uncovered, live_mx);
    assert_eq!(difference.unused, proposal.patterns());

    let error = Preset::find("ionos").unwrap().proposal(&live_mx);
    assert!(error.is_err());
}

#[test]
fn several_providers_and_a_host_of_ones_own() {
    let live_mx = hosts(&[
        "backup.example.com",
        "eu-smtp-inbound-1.mimecast.com",
        "example-com.mail.protection.outlook.com",
    ]);
    let recognition = Recognition::of(&live_mx);
    assert_eq!(recognition.proposals().len(), 2);
    assert_eq!(recognition.unknown(), &live_mx[..1]);
    assert_eq!(
        texts(&recognition.patterns()),
        [
            "*.mail.protection.outlook.com",
            "eu-smtp-inbound-1.mimecast.com",
            "eu-smtp-inbound-2.mimecast.com",
            "backup.example.com"
        ]
    );
}

#[test]
fn look_alikes_are_hosts_of_ones_own() {
    for text in [
        "mail.protection.outlook.com",
        "a.b.mail.protection.outlook.com",
        "contoso-com.mail.protection.outlook.com.example",
        "contoso-com.a-v2.mx.microsoft",
        "a-v1.mx.microsoft",
        "mx.zoho.example",
        "mx.zohocloud.com",
        "mx00.ionos.example",
        "mx00.ionos.uk",
        "smtp.eu-west-1.amazonaws.com",
        "inbound-smtp.amazonaws.com",
        "ec2-192-0-2-1.compute-1.amazonaws.com",
        "a.iphmx.com",
        "pphosted.com",
        "a.b.pphosted.com",
        "mx.example.com",
    ] {
        let live_mx = hosts(&[text]);
        let recognition = Recognition::of(&live_mx);
        assert!(recognition.proposals().is_empty(), "{text}");
        assert_eq!(texts(&recognition.patterns()), [text]);
    }
}

#[test]
fn no_wildcard_covers_hosts_of_others() {
    let shared = hosts(&[
        "amazonaws.com",
        "barracudanetworks.com",
        "ess.barracudanetworks.com",
        "google.com",
        "mimecast.com",
        "mx.microsoft",
        "outlook.com",
        "protection.outlook.com",
    ]);
    let live =
        customers().into_iter().flat_map(|(_, live_mx, _)| Recognition::of(&live_mx).patterns());
    let alone = Preset::all()
        .filter_map(|preset| preset.proposal(&[]).ok())
        .flat_map(|proposal| proposal.patterns().to_vec());
    for pattern in live.chain(alone) {
        assert!(!pattern.name().is_public_suffix(), "{pattern}");
        assert!(!pattern.name().is_single_label(), "{pattern}");
        if pattern.is_wildcard() {
            assert!(!shared.contains(pattern.name()), "{pattern}");
        }
    }
}

#[test]
fn weak_evidence_asks_to_verify_in_both_languages() {
    let weak: Vec<&str> = Provider::all()
        .iter()
        .filter(|provider| provider.evidence() == Evidence::Weak)
        .map(Provider::id)
        .collect();
    assert_eq!(weak, ["gandi", "proofpoint", "cisco"]);
    for (id, live_mx, _) in customers() {
        let recognition = Recognition::of(&live_mx);
        let findings = recognition.findings();
        assert_eq!(findings.len(), usize::from(weak.contains(&id)));
        for finding in findings {
            assert_eq!(finding.code(), Code::GenerateProviderVerify);
            assert_eq!(finding.severity(), Severity::Warning);
            let provider = recognition.proposals()[0].provider();
            assert!(recognition.proposals()[0].is_to_be_verified());
            for (language, word) in
                [(Language::English, "To be verified"), (Language::Italian, "Da verificare")]
            {
                assert!(finding.message(language).contains(provider.name()));
                assert!(provider.note(language).unwrap().starts_with(word));
            }
        }
    }
}

#[test]
fn texts_are_complete_in_both_languages() {
    for (english, italian) in
        Provider::summaries(Language::English).zip(Provider::summaries(Language::Italian))
    {
        assert_eq!(english.id, italian.id);
        assert_eq!(english.patterns, italian.patterns);
        assert_eq!(english.note.is_some(), italian.note.is_some());
        assert_ne!(english.source, italian.source);
        for summary in [&english, &italian] {
            assert!(!summary.patterns.is_empty() || !summary.from_live_mx.is_empty());
            assert!(!summary.source.is_empty() && !summary.source.ends_with('.'));
            assert!(summary.note.is_none_or(|note| note.ends_with('.')));
        }
        assert!(english.note.is_none_or(|note| Some(note) != italian.note));
    }
}

#[test]
fn the_list_says_what_needs_the_live_mx() {
    let list: Vec<_> = Provider::summaries(Language::English).collect();
    let summary = |id: &str| list.iter().find(|it| it.id == id).unwrap();
    assert_eq!(texts(&summary("microsoft365").patterns), ["*.mail.protection.outlook.com"]);
    assert_eq!(summary("microsoft365").from_live_mx, ["*.{zone}-v1.mx.microsoft"]);
    assert_eq!(summary("cisco").from_live_mx, ["*.{tenant}.iphmx.com"]);
    assert!(summary("cisco").patterns.is_empty());
    assert_eq!(summary("ionos").from_live_mx, ["mx00.ionos.{country}", "mx01.ionos.{country}"]);
    assert_eq!(summary("ionos").variants[0], "ionos-de");
    assert!(summary("fastmail").from_live_mx.is_empty());
}

#[test]
fn a_long_live_mx_is_cut() {
    let live_mx: Vec<DomainName> = (0..10_000)
        .map(|number| DomainName::parse(&format!("d{number}a.ess.barracudanetworks.com")).unwrap())
        .collect();
    let recognition = Recognition::of(&live_mx);
    assert_eq!(recognition.proposals()[0].hosts().len(), LIVE_MX_HOSTS);
    let difference = Difference::between(&recognition.patterns(), &live_mx);
    assert!(difference.uncovered.is_empty());
}

/// Names that are anything, and names that resemble those of customers.
fn host() -> impl Strategy<Value = DomainName> {
    let label = "[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?";
    let any = prop::collection::vec(label, 1..6)
        .prop_filter_map("a name", |labels| DomainName::parse(&labels.join(".")).ok());
    let all: Vec<DomainName> =
        customers().into_iter().flat_map(|(_, live_mx, _)| live_mx).collect();
    let alike = (prop::sample::select(all.clone()), label, 0..6_usize).prop_filter_map(
        "a name",
        |(name, label, place)| {
            let mut labels: Vec<&str> = name.labels().collect();
            match labels.get_mut(place) {
                Some(present) => *present = &label,
                None => labels.insert(0, &label),
            }
            DomainName::parse(&labels.join(".")).ok()
        },
    );
    prop_oneof![any, alike, prop::sample::select(all)]
}

proptest! {
    #[test]
    fn what_is_proposed_covers_the_live_mx(live_mx in prop::collection::vec(host(), 0..12)) {
        let recognition = Recognition::of(&live_mx);
        for proposal in recognition.proposals() {
            prop_assert!(!proposal.hosts().is_empty());
            let difference = Difference::between(proposal.patterns(), proposal.hosts());
            prop_assert_eq!(difference.uncovered, vec![]);
            for host in proposal.hosts() {
                prop_assert!(live_mx.contains(host));
                prop_assert!(!recognition.unknown().contains(host));
            }
        }
        let patterns = recognition.patterns();
        let difference = Difference::between(&patterns, &live_mx);
        prop_assert_eq!(difference.uncovered, vec![]);
        prop_assert_eq!(difference.too_shallow, vec![]);
        for pattern in &patterns {
            prop_assert_eq!(
                &MxPattern::from_ascii(pattern.to_string().as_bytes()).unwrap(),
                pattern
            );
            prop_assert_eq!(patterns.iter().filter(|other| other.covers(pattern)).count(), 1);
        }
    }

    #[test]
    fn a_preset_covers_the_hosts_that_are_its_own(
        live_mx in prop::collection::vec(host(), 0..4),
        preset in prop::sample::select(Preset::all().collect::<Vec<_>>()),
    ) {
        if let Ok(proposal) = preset.proposal(&live_mx) {
            prop_assert!(!proposal.patterns().is_empty());
            let difference = Difference::between(proposal.patterns(), proposal.hosts());
            prop_assert_eq!(difference.uncovered, vec![]);
        }
    }

    #[test]
    fn case_does_not_matter(host in host()) {
        let upper = DomainName::parse(&host.as_str().to_uppercase()).unwrap();
        prop_assert_eq!(
            Recognition::of(&[upper]).patterns(),
            Recognition::of(&[host]).patterns()
        );
    }

    #[test]
    fn any_text_is_looked_up(text in "\\PC{0,80}") {
        if let Err(error) = Preset::find(&text) {
            prop_assert!(!error.to_string().is_empty());
        }
    }
}
