//! What DANE needs to know about a host.

use sigillo_formats::DomainName;
use sigillo_lab::dns::{DnsLab, Fault, Signing};
use sigillo_net::dns::{Answer, Security};

use crate::ask::{run, validating};

#[test]
fn tlsa_records_count_only_where_all_is_secure() {
    if !DnsLab::available() {
        return;
    }
    let mut builder = DnsLab::builder();
    builder.standard_zones();
    builder
        .zone("dane.test", Signing::Nsec3)
        .a("none", [127, 0, 0, 2].into())
        // Found at the end of the aliases, at the alias's own name, and at both.
        .cname("expanded", "mx1.nsec.test.")
        .cname("own", "none")
        .tlsa("_25._tcp.own", 3, 1, 1, &[1; 32])
        .cname("insecure", "mx1.unsigned.test.")
        .tlsa("_25._tcp.insecure", 3, 1, 1, &[2; 32])
        .cname("broken", "mx1.damaged.test.");
    builder.zone("half.test", Signing::Nsec).a("mx", [127, 0, 0, 2].into());
    builder
        .zone("_tcp.mx.half.test", Signing::Bogus(Fault::Damaged))
        .tlsa("_25", 3, 1, 1, &[3; 32]);
    let lab = builder.start();
    run(async {
        let resolver = validating(&lab, lab.resolver_address()).await;
        let host = async |name| resolver.dane_host(&DomainName::parse(name).unwrap(), 25).await;

        let direct = host("mx1.nsec3.test").await;
        assert_eq!(direct.address_security, Security::Secure);
        assert!(direct.has_secure_tlsa(), "{direct:?}");
        assert_eq!(direct.base.as_str(), "mx1.nsec3.test");

        let expanded = host("expanded.dane.test").await;
        assert!(expanded.has_secure_tlsa(), "{expanded:?}");
        assert_eq!(expanded.base.as_str(), "mx1.nsec.test");

        let own = host("own.dane.test").await;
        assert!(own.has_secure_tlsa(), "{own:?}");
        assert_eq!(own.base.as_str(), "own.dane.test");

        let none = host("none.dane.test").await;
        assert!(none.tlsa.as_ref().is_some_and(Answer::is_absent), "{none:?}");

        let insecure = host("mx1.unsigned.test").await;
        assert_eq!(insecure.address_security, Security::Insecure);
        assert_eq!(insecure.tlsa, None);

        let alias = host("insecure.dane.test").await;
        assert_eq!(alias.address_security, Security::Insecure);
        assert!(alias.has_secure_tlsa(), "{alias:?}");
        assert_eq!(alias.base.as_str(), "insecure.dane.test");

        let broken = host("broken.dane.test").await;
        assert_eq!((broken.address_security, broken.tlsa), (Security::Bogus, None));

        // The address is secure, the TLSA records are bogus: mail has to wait.
        let half = host("mx.half.test").await;
        assert_eq!(half.address_security, Security::Secure);
        let tlsa = half.tlsa.unwrap();
        assert_eq!(tlsa.security, Security::Bogus, "{tlsa:?}");
        assert!(tlsa.is_failure());
    });
}
