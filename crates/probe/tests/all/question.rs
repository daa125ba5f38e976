//! A single question instead of a look.

use std::time::Duration;

use sigillo_check::live_mx;
use sigillo_check::observation::DnsOutcome;
use sigillo_formats::DomainName;
use sigillo_lab::dns::ScriptedDns;
use sigillo_net::address_guard::AddressGuard;
use sigillo_net::dns::{Dnssec, Resolver, ResolverSettings};
use sigillo_net::tls::Trust;
use sigillo_probe::{ProbeSettings, Prober};

async fn prober(server: &ScriptedDns) -> Prober {
    let settings = ResolverSettings {
        servers: vec![server.address()],
        dnssec: Dnssec::Off,
        ..ResolverSettings::default()
    };
    Prober::new(
        Resolver::new(settings).await.unwrap(),
        ProbeSettings {
            timeout: Duration::from_millis(300),
            https_port: 443,
            smtp_port: 25,
            smtp: false,
            helo_name: DomainName::parse("checker.example").unwrap(),
            user_agent: "test/1".to_owned(),
            guard: AddressGuard::Public,
            trust: Trust::none(),
            source: None,
        },
    )
}

#[tokio::test]
async fn the_mx_records_alone() {
    let server = ScriptedDns::replying(|_, reply| {
        reply.mx("good.example", 20, "b.example.net").mx("good.example", 10, "a.example.net")
    });
    let prober = prober(&server).await;
    let before = server.queries();
    let look = prober.mx(&DomainName::parse("good.example").unwrap()).await;
    assert_eq!(server.queries(), before + 1);
    assert_eq!((look.name.as_str(), look.kind.as_str()), ("good.example", "MX"));
    let hosts: Vec<String> =
        live_mx::hosts(&look).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(hosts, ["a.example.net", "b.example.net"]);
}

#[tokio::test]
async fn no_answer_in_time() {
    let server = ScriptedDns::silent();
    let look = prober(&server).await.mx(&DomainName::parse("good.example").unwrap()).await;
    assert_eq!(look.outcome, DnsOutcome::Timeout);
    assert_eq!(live_mx::hosts(&look).unwrap_err().code(), "mx-unknown");
}
