//! TLSA records against chains (RFC 7672 §3).

use jiff::Timestamp;
use sha2::{Digest, Sha256, Sha512};
use sigillo_net::dane::{DaneOutcome, RecordOutcome, TlsaRecord, UnusableRecord, verify};
use sigillo_net::tls::PresentedChain;

use crate::support::{Identity, Pki, Presents, name, now, window};

const HOST: &str = "mx.example.test";

/// The record that names a certificate.
pub(crate) fn record(usage: u8, selector: u8, matching: u8, certificate: &[u8]) -> TlsaRecord {
    let key;
    let selected = if selector == 0 {
        certificate
    } else {
        let (_, parsed) = x509_parser::parse_x509_certificate(certificate).unwrap();
        key = parsed.tbs_certificate.subject_pki.raw.to_vec();
        &key
    };
    let data = match matching {
        1 => Sha256::digest(selected).to_vec(),
        2 => Sha512::digest(selected).to_vec(),
        _ => selected.to_vec(),
    };
    TlsaRecord { usage, selector, matching, data }
}

fn judged(records: &[TlsaRecord], chain: &PresentedChain) -> (DaneOutcome, Vec<RecordOutcome>) {
    judged_at(records, chain, now())
}

fn judged_at(
    records: &[TlsaRecord],
    chain: &PresentedChain,
    time: Timestamp,
) -> (DaneOutcome, Vec<RecordOutcome>) {
    let verdict = verify(records, chain, &[name(HOST), name("example.test")], time);
    (verdict.outcome, verdict.records)
}

fn all_forms(usage: u8, certificate: &[u8]) -> Vec<TlsaRecord> {
    let forms = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)];
    forms.map(|(selector, matching)| record(usage, selector, matching, certificate)).to_vec()
}

#[test]
fn the_servers_own_certificate() {
    let expired = |params: &mut _| window(params, (2020, 1, 1), (2020, 2, 1));
    let other = Pki::new().issue(&[HOST]);
    for identity in [
        Pki::new().issue(&[HOST]),
        // Neither name nor date nor signer counts (RFC 7672 §3.1.1).
        Identity::self_signed(&["elsewhere.test"], expired),
    ] {
        let chain = identity.presented();
        for good in all_forms(3, &identity.chain[0]) {
            let (outcome, records) = judged(std::slice::from_ref(&good), &chain);
            assert_eq!(outcome, DaneOutcome::Matched, "{good:?}");
            assert_eq!(records, [RecordOutcome::Matched { depth: Some(0) }]);
        }
        for bad in all_forms(3, &other.chain[0]) {
            assert_eq!(judged(&[bad], &chain).0, DaneOutcome::Failed);
        }
    }
    // Another certificate of the chain is not the server's own.
    let identity = Pki::new().issue(&[HOST]);
    let intermediate = record(3, 1, 1, &identity.chain[1]);
    assert_eq!(judged(&[intermediate], &identity.presented()).1, [RecordOutcome::NoMatch]);
}

#[test]
fn an_authority_in_the_chain() {
    let pki = Pki::new();
    let mut identity = pki.issue(&[HOST]);
    for good in all_forms(2, pki.intermediate.der()) {
        let (outcome, records) = judged(std::slice::from_ref(&good), &identity.presented());
        assert_eq!(outcome, DaneOutcome::Matched, "{good:?}");
        assert_eq!(records, [RecordOutcome::Matched { depth: Some(1) }]);
    }
    // The root is not sent: only a record that has it whole will do.
    for (form, good) in all_forms(2, pki.root.der()).into_iter().enumerate() {
        let expected = if form % 3 == 0 { DaneOutcome::Matched } else { DaneOutcome::Failed };
        assert_eq!(judged(&[good], &identity.presented()).0, expected, "{form}");
    }
    identity.chain.push(pki.root.der().clone());
    for good in all_forms(2, pki.root.der()) {
        let (_, records) = judged(&[good], &identity.presented());
        assert_eq!(records, [RecordOutcome::Matched { depth: Some(2) }]);
    }
    // The order in which a server sends the others does not matter.
    identity.chain.swap(1, 2);
    let root = record(2, 1, 1, pki.root.der());
    assert_eq!(judged(&[root], &identity.presented()).0, DaneOutcome::Matched);
}

#[test]
fn an_authority_does_not_excuse_faults() {
    let pki = Pki::new();
    let authority = || [record(2, 1, 1, pki.intermediate.der())];
    let outcome = |identity: &Identity| judged(&authority(), &identity.presented()).1.remove(0);

    assert_eq!(outcome(&pki.issue(&["elsewhere.test"])), RecordOutcome::NameMismatch);
    for good in ["mx.example.test", "example.test", "*.example.test"] {
        assert_eq!(outcome(&pki.issue(&[good])), RecordOutcome::Matched { depth: Some(1) });
    }
    let expired = |params: &mut _| window(params, (2020, 1, 1), (2020, 2, 1));
    assert_eq!(outcome(&pki.issue_with(&[HOST], expired)), RecordOutcome::NotValidNow);
    let early = |params: &mut _| window(params, (2027, 1, 1), (2027, 2, 1));
    assert_eq!(outcome(&pki.issue_with(&[HOST], early)), RecordOutcome::NotValidNow);

    // The authority stands in the chain, but did not sign.
    let mut foreign = Pki::new().issue(&[HOST]);
    foreign.chain.push(pki.intermediate.der().clone());
    assert!(matches!(outcome(&foreign), RecordOutcome::ChainInvalid { .. }));

    // Never the server's own certificate, even if it signs itself.
    let own = Identity::self_signed(&[HOST], |_| {});
    let (outcome, _) = judged(&[record(2, 0, 1, &own.chain[0])], &own.presented());
    assert_eq!(outcome, DaneOutcome::Failed);
}

#[test]
fn a_certificate_that_signs_nothing_is_no_authority() {
    let pki = Pki::with_intermediate(|params| params.is_ca = rcgen::IsCa::ExplicitNoCa);
    let identity = pki.issue(&[HOST]);
    let (outcome, records) =
        judged(&[record(2, 0, 1, pki.intermediate.der())], &identity.presented());
    assert_eq!(outcome, DaneOutcome::Failed);
    assert_eq!(records, [RecordOutcome::NotAuthority]);
}

#[test]
fn the_date_of_the_authority_itself_does_not_count() {
    let pki = Pki::with_intermediate(|params| window(params, (2020, 1, 1), (2020, 2, 1)));
    let identity = pki.issue(&[HOST]);
    let records = [record(2, 0, 1, pki.intermediate.der())];
    assert_eq!(judged(&records, &identity.presented()).0, DaneOutcome::Matched);
}

#[test]
fn a_common_name_counts_only_without_dns_names() {
    let pki = Pki::new();
    let issue = |names: &[&str], common: &str| {
        pki.issue_with(names, |params| {
            params.distinguished_name = rcgen::DistinguishedName::new();
            params.distinguished_name.push(rcgen::DnType::CommonName, common);
        })
    };
    let authority = [record(2, 1, 1, pki.intermediate.der())];
    let outcome = |identity: Identity| judged(&authority, &identity.presented()).0;
    assert_eq!(outcome(issue(&[], "MX.example.test")), DaneOutcome::Matched);
    assert_eq!(outcome(issue(&[], "elsewhere.test")), DaneOutcome::Failed);
    assert_eq!(outcome(issue(&["elsewhere.test"], HOST)), DaneOutcome::Failed);
}

#[test]
fn several_records() {
    let pki = Pki::new();
    let identity = pki.issue(&[HOST]);
    let chain = identity.presented();
    let good = record(3, 1, 1, &identity.chain[0]);
    let next = record(3, 1, 1, &Pki::new().issue(&[HOST]).chain[0]);
    let public = TlsaRecord { usage: 1, ..good.clone() };
    let short = TlsaRecord { usage: 3, selector: 1, matching: 1, data: vec![1; 31] };

    assert_eq!(judged(&[], &chain).0, DaneOutcome::NoRecords);
    // A roll-over: one of them is enough.
    let (outcome, records) = judged(&[next.clone(), good.clone(), public.clone()], &chain);
    assert_eq!(outcome, DaneOutcome::Matched);
    assert_eq!(
        records,
        [
            RecordOutcome::NoMatch,
            RecordOutcome::Matched { depth: Some(0) },
            RecordOutcome::Unusable(UnusableRecord::PkixUsage(1)),
        ]
    );
    // What does not count does not help, and does not harm.
    assert_eq!(judged(&[public.clone(), short.clone()], &chain).0, DaneOutcome::Unusable);
    assert_eq!(judged(&[public, short, next.clone()], &chain).0, DaneOutcome::Failed);

    let mut many = vec![next; 64];
    many.push(good);
    let (outcome, records) = judged(&many, &chain);
    assert_eq!(outcome, DaneOutcome::Failed);
    assert_eq!(records[64], RecordOutcome::NotJudged);
}

#[test]
fn paths_are_bounded() {
    let pki = Pki::new();
    let mut identity = pki.issue(&["elsewhere.test"]);
    while identity.chain.len() < 10 {
        identity.chain.push(pki.intermediate.der().clone());
    }
    let records = vec![record(2, 1, 1, pki.intermediate.der()); 20];
    let (outcome, records) = judged(&records, &identity.presented());
    assert_eq!(outcome, DaneOutcome::Failed);
    assert_eq!(records[0], RecordOutcome::NameMismatch);
    assert_eq!(records[19], RecordOutcome::NotJudged);
}
