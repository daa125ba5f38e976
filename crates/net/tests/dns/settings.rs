//! What a resolver is set up with, and what it refuses.

use std::net::SocketAddr;

use sigillo_lab::dns::{DnsLab, ScriptedDns};
use sigillo_net::dns::{
    Dnssec, DnssecStatus, RecordKind, Resolver, ResolverError, ResolverSettings, Security,
};

use crate::ask::{ask, run, settings};

async fn refused(settings: ResolverSettings) -> ResolverError {
    match Resolver::new(settings).await {
        Ok(resolver) => panic!("not refused: {:?}", resolver.dnssec_status()),
        Err(error) => error,
    }
}

#[test]
fn a_server_that_strips_signatures_is_refused_or_said() {
    run(async {
        let stripping = ScriptedDns::replying(|query, reply| match query.kind().as_str() {
            "DNSKEY" => reply.answer("", 48, 300, &[1, 1, 3, 13, 1, 2, 3, 4]),
            _ => reply.a(&query.name(), [192, 0, 2, 1].into()),
        });
        let error = refused(settings(stripping.address(), Dnssec::Validate)).await;
        assert!(matches!(error, ResolverError::NoSignatures { .. }), "{error:?}");
        let auto = Resolver::new(settings(stripping.address(), Dnssec::Auto)).await.unwrap();
        assert!(matches!(auto.dnssec_status(), DnssecStatus::FellBack { .. }));
        let answer = ask(&auto, "example.test", RecordKind::A).await;
        assert_eq!(answer.security, Security::Unchecked);

        let refusing = ScriptedDns::replying(|_, reply| reply.rcode(5));
        let auto = Resolver::new(settings(refusing.address(), Dnssec::Auto)).await.unwrap();
        assert!(matches!(auto.dnssec_status(), DnssecStatus::FellBack { .. }));
    });
}

#[test]
fn a_passing_failure_is_no_reason_to_stop_validating() {
    run(async {
        let silent = ScriptedDns::silent();
        let failing = ScriptedDns::replying(|_, reply| reply.rcode(2));
        let closed = sigillo_lab::loopback(sigillo_lab::free_port());
        for dnssec in [Dnssec::Auto, Dnssec::Validate] {
            for server in [silent.address(), closed] {
                let error = refused(settings(server, dnssec)).await;
                assert!(matches!(error, ResolverError::NoReply { .. }), "{error:?}");
            }
            let error = refused(settings(failing.address(), dnssec)).await;
            assert!(matches!(error, ResolverError::ServerFailure { .. }), "{error:?}");
        }
    });
}

#[test]
fn the_ad_bit_of_another_machine_is_not_trusted() {
    run(async {
        let remote = SocketAddr::from(([192, 0, 2, 53], 53));
        let error = refused(settings(remote, Dnssec::TrustAd)).await;
        assert_eq!(error, ResolverError::RemoteAd);
        let forced =
            ResolverSettings { trust_remote_ad: true, ..settings(remote, Dnssec::TrustAd) };
        let resolver = Resolver::new(forced).await.unwrap();
        assert_eq!(*resolver.dnssec_status(), DnssecStatus::TrustingAd);
    });
}

#[test]
fn trust_anchors_have_to_be_right() {
    let Some(lab) = DnsLab::shared() else {
        return;
    };
    run(async {
        let with = |anchor: Option<&str>| ResolverSettings {
            trust_anchor: anchor.map(str::to_owned),
            timeout: std::time::Duration::from_secs(5),
            ..settings(lab.resolver_address(), Dnssec::Auto)
        };
        let error = refused(with(Some("nonsense"))).await;
        assert!(matches!(error, ResolverError::TrustAnchorUnreadable { .. }), "{error:?}");
        // The root of the lab isn't that of the Internet.
        let error = refused(with(None)).await;
        assert!(matches!(error, ResolverError::TrustAnchorMismatch { .. }), "{error:?}");
        let resolver = Resolver::new(with(Some(lab.trust_anchor()))).await.unwrap();
        assert_eq!(*resolver.dnssec_status(), DnssecStatus::Validating);
    });
}

#[test]
fn a_real_resolver_can_be_trusted() {
    let Some(lab) = DnsLab::shared() else {
        return;
    };
    run(async {
        let settings = ResolverSettings {
            timeout: std::time::Duration::from_secs(5),
            ..settings(lab.resolver_address(), Dnssec::TrustAd)
        };
        let resolver = Resolver::new(settings).await.unwrap();
        let security = async |name| ask(&resolver, name, RecordKind::Mx).await.security;
        assert_eq!(security("nsec3.test").await, Security::Secure);
        assert_eq!(security("nothing.nsec.test").await, Security::Secure);
        assert_eq!(security("unsigned.test").await, Security::Insecure);
        assert_eq!(security("damaged.test").await, Security::Bogus);
    });
}
