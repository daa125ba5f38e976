//! How often policy hosts are fetched from.

use std::net::Ipv4Addr;
use std::num::NonZeroU32;
use std::time::Duration;

use sigillo_check::observation::FetchLook;
use sigillo_formats::DomainName;
use sigillo_lab::certificates::Pki;
use sigillo_lab::clock::StillClock;
use sigillo_lab::dns::ScriptedDns;
use sigillo_lab::server::{Server, http_answer, policy_host};
use sigillo_net::address_guard::AddressGuard;
use sigillo_net::dns::{Dnssec, Resolver, ResolverSettings};
use sigillo_net::pace::RateLimit;
use sigillo_net::tls::Trust;
use sigillo_probe::{ProbeSettings, Prober, ProgressSender};

#[tokio::test]
async fn domains_that_share_a_policy_host_wait_for_each_other() {
    let pki = Pki::new();
    let domains = ["a.example", "b.example"].map(|name| DomainName::parse(name).unwrap());
    let identity = pki.issue(&["mta-sts.a.example", "mta-sts.b.example"]);
    // Where it has no policy, three other paths are tried.
    let web = Server::run(policy_host(&identity, http_answer("404 Not Found", b""))).await;
    let name_server = ScriptedDns::replying(|query, reply| {
        let name = query.name();
        if name.starts_with("mta-sts.") && query.kind() == "A" {
            reply.a(&name, Ipv4Addr::LOCALHOST)
        } else {
            reply.rcode(3)
        }
    });
    let resolver = ResolverSettings {
        servers: vec![name_server.address()],
        dnssec: Dnssec::Off,
        ..ResolverSettings::default()
    };
    let settings = ProbeSettings {
        timeout: Duration::from_mins(1),
        https_port: web.address.port(),
        smtp_port: 25,
        smtp: false,
        helo_name: DomainName::parse("checker.example").unwrap(),
        user_agent: "test/1".to_owned(),
        guard: AddressGuard::Off,
        trust: Trust::none().with_pem(pki.root_pem().as_bytes()).unwrap(),
        source: None,
    };
    let limit = RateLimit { per_second: NonZeroU32::MIN, public_only: false };
    let prober =
        Prober::new(Resolver::new(resolver).await.unwrap(), settings).with_policy_host_limit(limit);
    let clock = StillClock::stop();
    let looks = domains.map(|domain| {
        let prober = prober.clone();
        tokio::spawn(async move {
            let now = "2026-06-15T12:00:00Z".parse().unwrap();
            prober.look(&domain, now, 7, &ProgressSender::none()).await
        })
    });
    for count in 1..=8 {
        clock.until(|| web.connections(), count).await;
        clock.forward(Duration::from_secs(1)).await;
    }
    for look in looks {
        let seen = look.await.unwrap();
        let status = |fetch: &FetchLook| fetch.http.as_ref().map(|http| http.status);
        let statuses: Vec<_> = seen.policy_host.fetches.iter().map(status).collect();
        assert_eq!(statuses, [Some(404)]);
        assert_eq!(seen.policy_host.other_paths.len(), 3);
    }
}
