//! Signed and unsigned zones of a real name server behind a real resolver, and DANE.

use sha2::{Digest, Sha256};
use sigillo_check::observation::{DaneLook, DnsOutcome, Security};
use sigillo_lab::dns::{DnsLab, Fault, Signing};
use sigillo_lab::server::mail_host;
use sigillo_net::dns::{Dnssec, ResolverSettings};
use sigillo_probe::ProgressSender;

use crate::internet::{DOMAIN, Internet, MX, MX_ADDRESS, POLICY_ADDRESS, Seen};

/// What the TLSA record of the mail host says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tlsa {
    Missing,
    Right,
    Wrong,
    /// Of a kind that SMTP has no use for (RFC 7672 §3.1.3).
    Unusable,
}

/// What is seen where the domain's zone is signed like this; nothing where the tests may do without
/// the programs.
async fn signed(signing: Signing, tlsa: Tlsa) -> Option<Seen> {
    if !DnsLab::available() {
        return None;
    }
    let mut internet = Internet::healthy();
    let port = internet.smtp_port();
    let identity = internet.pki.issue(&[MX]);
    internet.mail_host(mail_host(MX, &identity));
    let mut digest = Sha256::digest(&identity.chain[0]);
    if tlsa == Tlsa::Wrong {
        digest[0] ^= 1;
    }

    let mut builder = DnsLab::builder();
    builder.zone("reports.example", Signing::Nsec).mx(10, "mx");
    let zone = builder.zone(DOMAIN, signing);
    zone.mx(10, "mx")
        .a("mx", MX_ADDRESS)
        .a("mta-sts", POLICY_ADDRESS)
        .txt("_mta-sts", "v=STSv1; id=20260615;")
        .txt("_smtp._tls", "v=TLSRPTv1; rua=mailto:tls@reports.example")
        .txt("_dmarc", "v=DMARC1; p=reject; rua=mailto:dmarc@good.example");
    if tlsa != Tlsa::Missing {
        let usage = if tlsa == Tlsa::Unusable { 1 } else { 3 };
        zone.tlsa(&format!("_{port}._tcp.mx"), usage, 0, 1, &digest);
    }
    let lab = builder.start();
    let settings = ResolverSettings {
        servers: vec![lab.resolver_address()],
        dnssec: Dnssec::Validate,
        trust_anchor: Some(lab.trust_anchor().to_owned()),
        ..ResolverSettings::default()
    };
    Some(internet.look_through(settings, &ProgressSender::none()).await)
}

#[tokio::test]
async fn a_signed_zone_without_dane() {
    let Some(seen) = signed(Signing::Nsec3, Tlsa::Missing).await else { return };
    seen.comes_to("enforced", 0, &[]);
    assert_eq!(seen.observation.record.security, Security::Secure);
    let tlsa = seen.observation.mail_hosts[0].tlsa.as_ref().unwrap();
    assert_eq!((tlsa.outcome, tlsa.security), (DnsOutcome::NxDomain, Security::Secure));
}

#[tokio::test]
async fn dane_that_fits() {
    let Some(seen) = signed(Signing::Nsec, Tlsa::Right).await else { return };
    seen.comes_to("enforced", 0, &["dane-single", "dane-and-sts"]);
    assert_eq!(seen.observation.mail_hosts[0].dane, Some(DaneLook::Match));
}

#[tokio::test]
async fn dane_that_does_not_fit() {
    let Some(seen) = signed(Signing::Nsec, Tlsa::Wrong).await else { return };
    seen.comes_to("enforced", 1, &["dane-mismatch", "dane-and-sts"]);
}

#[tokio::test]
async fn dane_that_is_of_no_use() {
    let Some(seen) = signed(Signing::Nsec, Tlsa::Unusable).await else { return };
    seen.comes_to("enforced", 0, &["dane-unusable"]);
}

#[tokio::test]
async fn dane_without_signatures() {
    let Some(seen) = signed(Signing::Unsigned, Tlsa::Right).await else { return };
    seen.comes_to("enforced", 0, &["dane-unsigned"]);
    assert_eq!(seen.observation.record.security, Security::Insecure);
}

#[tokio::test]
async fn bogus_signatures() {
    let Some(seen) = signed(Signing::Bogus(Fault::Damaged), Tlsa::Missing).await else { return };
    assert_eq!(seen.judgement.verdict.name(), "unknown");
    assert_eq!(seen.observation.record.outcome, DnsOutcome::Bogus);
    assert!(seen.codes().iter().all(|code| *code == "dns-bogus"), "{:?}", seen.codes());
}
