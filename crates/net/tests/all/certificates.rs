//! Trust, name and validity are judged each without regard to the others.

use std::time::{Duration, Instant};

use rcgen::{ExtendedKeyUsagePurpose, IsCa};
use rustls::pki_types::CertificateDer;
use sigillo_net::limits::{CERTIFICATE_NAMES, CHAIN_CERTIFICATES};
use sigillo_net::tls::{
    Certificate, Judgement, KeyKind, NameOutcome, PresentedChain, Trust, TrustOutcome,
    ValidityOutcome, judge,
};

use crate::support::{Identity, Pki, Presents, Roots, ca_issuers, name, now, window};

fn judged(identity: &Identity, trust: &Trust) -> Judgement {
    judge(&identity.presented(), &name("mx.example.test"), trust, now())
}

fn trust_of(identity: &Identity, trust: &Trust) -> TrustOutcome {
    judged(identity, trust).trust
}

#[test]
fn a_good_certificate_passes() {
    let pki = Pki::new();
    let judgement = judged(&pki.issue(&["mx.example.test"]), &pki.trust());
    assert!(judgement.passes(), "{judgement:?}");
    assert!(judged(&pki.issue(&["*.example.test"]), &pki.trust()).passes());
}

#[test]
fn each_fault_stands_alone() {
    let pki = Pki::new();
    let expired = |params: &mut _| window(params, (2025, 1, 1), (2026, 6, 1));
    let bad = pki.issue_with(&["other.test"], expired);
    let judgement = judged(&bad, &pki.trust());
    assert_eq!(judgement.trust, TrustOutcome::Trusted);
    assert_eq!(judgement.name, NameOutcome::Mismatch);
    let since = "2026-06-01T00:00:00Z".parse().unwrap();
    assert_eq!(judgement.validity, ValidityOutcome::Expired { since });

    let judgement = judged(&bad, &Trust::bundled());
    assert!(matches!(judgement.trust, TrustOutcome::UnknownIssuer { .. }));
    assert_eq!(judgement.validity, ValidityOutcome::Expired { since });

    let early = |params: &mut _| window(params, (2026, 7, 1), (2026, 8, 1));
    let judgement = judged(&pki.issue_with(&["mx.example.test"], early), &pki.trust());
    let until = "2026-07-01T00:00:00Z".parse().unwrap();
    assert_eq!(judgement.validity, ValidityOutcome::NotYetValid { until });
    assert_eq!((judgement.trust, judgement.name), (TrustOutcome::Trusted, NameOutcome::Match));
}

#[test]
fn the_last_second_is_still_valid() {
    let pki = Pki::new();
    let identity =
        pki.issue_with(&["mx.example.test"], |params| window(params, (2026, 1, 1), (2026, 6, 1)));
    let at = |time: &str| {
        judge(&identity.presented(), &name("mx.example.test"), &pki.trust(), time.parse().unwrap())
    };
    assert!(at("2026-06-01T00:00:00.9Z").passes());
    assert!(!at("2026-06-01T00:00:01Z").passes());
    assert!(at("2026-01-01T00:00:00Z").passes());
    assert!(!at("2025-12-31T23:59:59.9Z").passes());
}

#[test]
fn names_are_dns_names_alone() {
    let pki = Pki::new();
    let judged = |names: &[&str], host: &str| {
        judge(&pki.issue(names).presented(), &name(host), &pki.trust(), now()).name
    };
    assert_eq!(judged(&["a.test", "MX.Example.TEST"], "mx.example.test"), NameOutcome::Match);
    assert_eq!(judged(&["*.test"], "mx.example.test"), NameOutcome::Mismatch);
    assert_eq!(judged(&["*.example.test"], "example.test"), NameOutcome::Mismatch);
    assert_eq!(judged(&["m*.example.test"], "mx.example.test"), NameOutcome::Mismatch);
    assert_eq!(judged(&["127.0.0.1"], "mx.example.test"), NameOutcome::NoDnsNames);
    // The subject says `server`, and does not count.
    assert_eq!(judged(&[], "server"), NameOutcome::NoDnsNames);
}

#[test]
fn a_missing_intermediate_is_told_from_an_unknown_root() {
    let pki = Pki::new();
    let public = pki.issue_with(&["mx.example.test"], ca_issuers).alone();
    match trust_of(&public, &pki.trust()) {
        TrustOutcome::MissingIntermediate { issuer, url } => {
            assert!(issuer.contains("Intermediate"), "{issuer}");
            assert_eq!(url, "http://ca.test/i.der");
        }
        other => panic!("{other:?}"),
    }
    let private = pki.issue(&["mx.example.test"]).alone();
    assert!(matches!(trust_of(&private, &pki.trust()), TrustOutcome::UnknownIssuer { .. }));
    let whole = pki.issue_with(&["mx.example.test"], ca_issuers);
    match trust_of(&whole, &Trust::bundled()) {
        TrustOutcome::UnknownIssuer { issuer } => assert!(issuer.contains("Root"), "{issuer}"),
        other => panic!("{other:?}"),
    }
    // The intermediate of somebody else is no help.
    let mut wrong = pki.issue_with(&["mx.example.test"], ca_issuers).alone();
    wrong.chain.push(pki.root.der().clone());
    assert!(matches!(trust_of(&wrong, &pki.trust()), TrustOutcome::MissingIntermediate { .. }));
}

#[test]
fn other_faults_of_trust() {
    let pki = Pki::new();
    let trust = pki.trust();
    let own = Identity::self_signed(&["mx.example.test"], |_| {});
    assert_eq!(trust_of(&own, &trust), TrustOutcome::SelfSigned);
    let constrained = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let own = Identity::self_signed(&["mx.example.test"], |params| {
        params.is_ca = constrained;
    });
    assert_eq!(trust_of(&own, &trust), TrustOutcome::SelfSigned);
    let authority = pki.issue_with(&["mx.example.test"], |params| params.is_ca = constrained);
    assert_eq!(trust_of(&authority, &trust), TrustOutcome::CaUsedAsEndEntity);

    // Another authority of the same name, whose signature it is not.
    let mut forged = pki.issue(&["mx.example.test"]);
    forged.chain[1] = Pki::new().intermediate.der().clone();
    assert_eq!(trust_of(&forged, &trust), TrustOutcome::BadSignature);

    let client = pki.issue_with(&["mx.example.test"], |params| {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    });
    assert_eq!(trust_of(&client, &trust), TrustOutcome::WrongPurpose);

    let stale = Pki::with_intermediate(|params| window(params, (2025, 1, 1), (2026, 6, 1)));
    let expired = Some("2026-06-01T00:00:00Z".parse().unwrap());
    assert_eq!(
        trust_of(&stale.issue(&["mx.example.test"]), &stale.trust()),
        TrustOutcome::IntermediateNotValid { expired }
    );

    let mut not_an_authority = pki.issue(&["mx.example.test"]);
    not_an_authority.chain[1] = Pki::with_intermediate(|params| params.is_ca = IsCa::ExplicitNoCa)
        .intermediate
        .der()
        .clone();
    let outcome = trust_of(&not_an_authority, &trust);
    assert!(!matches!(outcome, TrustOutcome::Trusted), "{outcome:?}");
}

#[test]
fn what_is_no_certificate() {
    let garbage = PresentedChain::new(&CertificateDer::from(vec![0x30, 0x03, 1, 2, 3]), &[]);
    let judgement = judge(&garbage, &name("mx.example.test"), &Trust::bundled(), now());
    assert_eq!(judgement.trust, TrustOutcome::Unreadable);
    assert_eq!(judgement.name, NameOutcome::Unreadable);
    assert_eq!(judgement.validity, ValidityOutcome::Unreadable);
    assert!(!judgement.passes());
    assert!(garbage.certificates()[0].is_err());
}

#[test]
fn what_a_certificate_says() {
    let pki = Pki::new();
    let identity = pki.issue_with(&["mx.example.test", "*.example.test"], ca_issuers);
    let facts = Certificate::read(&identity.chain[0]).unwrap();
    assert!(facts.subject.contains("server"), "{}", facts.subject);
    assert!(facts.issuer.contains("Intermediate"), "{}", facts.issuer);
    assert_eq!(facts.dns_names, ["mx.example.test", "*.example.test"]);
    assert_eq!((facts.key, facts.key_bits), (KeyKind::P256, Some(256)));
    assert_eq!(facts.signature_algorithm, "ecdsa-with-SHA256");
    assert_eq!(facts.issuer_url.as_deref(), Some("http://ca.test/i.der"));
    assert!(!facts.is_ca && !facts.self_issued);
    let root = Certificate::read(pki.root.der()).unwrap();
    assert!(root.is_ca && root.self_issued);
}

#[test]
fn chains_and_names_are_bounded() {
    let pki = Pki::new();
    let mut long = pki.issue(&["mx.example.test"]);
    for _ in 0..40 {
        long.chain.push(pki.root.der().clone());
    }
    let chain = long.presented();
    assert_eq!((chain.der().len(), chain.sent()), (CHAIN_CERTIFICATES, 42));
    assert!(chain.is_truncated());
    assert!(judged(&long, &pki.trust()).passes());

    let names: Vec<String> = (0..150).map(|number| format!("n{number}.example.test")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let many = pki.issue(&names);
    let facts = Certificate::read(&many.chain[0]).unwrap();
    assert_eq!((facts.dns_names.len(), facts.dns_name_count), (CERTIFICATE_NAMES, 150));
    let last = judge(&many.presented(), &name("n149.example.test"), &pki.trust(), now());
    assert!(last.passes());
}

/// Nine certificates of one name and one key, each of which has signed all the others: finding no
/// way out takes little time.
#[test]
fn a_maze_of_certificates() {
    let maze = Identity::maze(&["mx.example.test"], 9);
    let started = Instant::now();
    let judgement = judged(&maze, &Pki::new().trust());
    assert_eq!(judgement.name, NameOutcome::Match);
    assert_ne!(judgement.trust, TrustOutcome::Trusted);
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
}
