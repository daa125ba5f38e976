//! Signed and unsigned zones of a real name server behind a real resolver, and DANE.

use sha2::{Digest, Sha256};
use sigillo_check::observation::{DaneLook, DnsOutcome, Security};
use sigillo_lab::dns::{DnsLab, DnsLabBuilder, Fault, Signing, Zone};
use sigillo_lab::server::{http_answer, mail_host};
use sigillo_net::dns::{Dnssec, ResolverSettings};
use sigillo_probe::ProgressSender;

use crate::internet::{DOMAIN, Internet, MX, MX_ADDRESS, POLICY, POLICY_ADDRESS, Seen};
use crate::raising::{cases, skip};

cases! {
    a_signed_zone_without_dane: [],
    dane_that_fits: ["dane-and-sts", "dane-single"],
    dane_that_does_not_fit: ["dane-and-sts", "dane-mismatch"],
    dane_that_is_of_no_use: ["dane-unusable"],
    dane_without_signatures: ["dane-unsigned"],
    dane_on_one_of_two_hosts: ["dane-and-sts", "dane-partial"],
    dane_that_cannot_be_looked_up: ["dane-lookup-failed"],
    bogus_signatures: ["dns-bogus"],
}

/// What the TLSA record of the mail host says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tlsa {
    Missing,
    Right,
    Wrong,
    /// Of a kind that SMTP has no use for (RFC 7672 §3.1.3).
    Unusable,
}

/// What is seen where the domain's zone is signed like this and the lab then changed; nothing where
/// the tests may do without the programs.
pub(crate) async fn in_signed_zone(
    internet: Internet,
    signing: Signing,
    change: impl FnOnce(&mut DnsLabBuilder),
) -> Option<Seen> {
    if !DnsLab::available() {
        skip();
        return None;
    }
    let mut builder = DnsLab::builder();
    builder.zone("reports.example", Signing::Nsec).mx(10, "mx");
    builder
        .zone(DOMAIN, signing)
        .mx(10, "mx")
        .a("mx", MX_ADDRESS)
        .txt("_smtp._tls", "v=TLSRPTv1; rua=mailto:tls@reports.example")
        .txt("_dmarc", "v=DMARC1; p=reject; rua=mailto:dmarc@good.example");
    change(&mut builder);
    let lab = builder.start();
    let settings = ResolverSettings {
        servers: vec![lab.resolver_address()],
        dnssec: Dnssec::Validate,
        trust_anchor: Some(lab.trust_anchor().to_owned()),
        ..ResolverSettings::default()
    };
    Some(internet.look_through(settings, &ProgressSender::none()).await)
}

/// The record and the policy host's address in the domain's zone.
fn with_policy(zone: &mut Zone) -> &mut Zone {
    zone.txt("_mta-sts", "v=STSv1; id=20260615;").a("mta-sts", POLICY_ADDRESS)
}

/// Gives the mail host a certificate for these names; its digest.
fn with_identity(internet: &mut Internet, names: &[&str]) -> Vec<u8> {
    let identity = internet.pki.issue(names);
    internet.mail_host(mail_host(MX, &identity));
    Sha256::digest(&identity.chain[0]).to_vec()
}

/// What is seen where the mail host has such a TLSA record.
async fn signed(signing: Signing, tlsa: Tlsa) -> Option<Seen> {
    let mut internet = Internet::healthy();
    let port = internet.smtp_port();
    let mut digest = with_identity(&mut internet, &[MX]);
    if tlsa == Tlsa::Wrong {
        digest[0] ^= 1;
    }
    let change = |lab: &mut DnsLabBuilder| {
        let zone = with_policy(lab.zone(DOMAIN, signing));
        if tlsa != Tlsa::Missing {
            let usage = if tlsa == Tlsa::Unusable { 1 } else { 3 };
            zone.tlsa(&format!("_{port}._tcp.mx"), usage, 0, 1, &digest);
        }
    };
    in_signed_zone(internet, signing, change).await
}

async fn a_signed_zone_without_dane() {
    let Some(seen) = signed(Signing::Nsec3, Tlsa::Missing).await else { return };
    seen.comes_to("enforced", 0, &[]);
    assert_eq!(seen.observation.record.security, Security::Secure);
    let tlsa = seen.observation.mail_hosts[0].tlsa.as_ref().unwrap();
    assert_eq!((tlsa.outcome, tlsa.security), (DnsOutcome::NxDomain, Security::Secure));
}

async fn dane_that_fits() {
    let Some(seen) = signed(Signing::Nsec, Tlsa::Right).await else { return };
    seen.comes_to("enforced", 0, &["dane-single", "dane-and-sts"]);
    assert_eq!(seen.observation.mail_hosts[0].dane, Some(DaneLook::Match));
}

async fn dane_that_does_not_fit() {
    let Some(seen) = signed(Signing::Nsec, Tlsa::Wrong).await else { return };
    seen.comes_to("enforced", 1, &["dane-mismatch", "dane-and-sts"]);
}

async fn dane_that_is_of_no_use() {
    let Some(seen) = signed(Signing::Nsec, Tlsa::Unusable).await else { return };
    seen.comes_to("enforced", 0, &["dane-unusable"]);
}

async fn dane_without_signatures() {
    let Some(seen) = signed(Signing::Unsigned, Tlsa::Right).await else { return };
    seen.comes_to("enforced", 0, &["dane-unsigned"]);
    assert_eq!(seen.observation.record.security, Security::Insecure);
}

async fn dane_on_one_of_two_hosts() {
    let mut internet = Internet::healthy();
    let policy = POLICY.replace("max_age", "mx: backup.good.example\nmax_age");
    internet.answer(http_answer("200 OK\r\nContent-Type: text/plain", policy.as_bytes()));
    let port = internet.smtp_port();
    let digest = with_identity(&mut internet, &[MX, "backup.good.example"]);
    let change = |lab: &mut DnsLabBuilder| {
        with_policy(lab.zone(DOMAIN, Signing::Nsec))
            .mx(20, "backup")
            .a("backup", MX_ADDRESS)
            .tlsa(&format!("_{port}._tcp.mx"), 3, 0, 1, &digest)
            .tlsa(&format!("_{port}._tcp.mx"), 3, 1, 1, &[0; 32]);
    };
    let Some(seen) = in_signed_zone(internet, Signing::Nsec, change).await else { return };
    seen.comes_to("enforced", 0, &["dane-partial", "dane-and-sts"]);
}

/// The zone of the TLSA records is another than that of the host, and its signatures are spoilt.
async fn dane_that_cannot_be_looked_up() {
    let mut internet = Internet::healthy();
    let port = internet.smtp_port();
    let digest = with_identity(&mut internet, &[MX]);
    let change = |lab: &mut DnsLabBuilder| {
        with_policy(lab.zone(DOMAIN, Signing::Nsec));
        lab.zone("_tcp.mx.good.example", Signing::Bogus(Fault::Damaged)).tlsa(
            &format!("_{port}"),
            3,
            0,
            1,
            &digest,
        );
    };
    let Some(seen) = in_signed_zone(internet, Signing::Nsec, change).await else { return };
    seen.comes_to("enforced", 1, &["dane-lookup-failed"]);
    assert_eq!(seen.observation.mail_hosts[0].tlsa.as_ref().unwrap().outcome, DnsOutcome::Bogus);
}

async fn bogus_signatures() {
    let Some(seen) = signed(Signing::Bogus(Fault::Damaged), Tlsa::Missing).await else { return };
    assert_eq!(seen.judgement.verdict.name(), "unknown");
    assert_eq!(seen.observation.record.outcome, DnsOutcome::Bogus);
    assert!(seen.codes().iter().all(|code| *code == "dns-bogus"), "{:?}", seen.codes());
}
