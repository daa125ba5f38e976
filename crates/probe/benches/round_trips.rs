//! How long a look takes beside the round trips that it can't do without.
//!
//! Every answer of the servers comes 50 ms late: of the name server, the greeting and each reply of
//! the mail hosts, the flight of a TLS handshake, the answer over HTTP. The longest chain of answers
//! that wait for one another is then most of the time of a look.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use sigillo_check::{Judgement, Verdict};
use sigillo_formats::DomainName;
use sigillo_lab::certificates::Pki;
use sigillo_lab::dns::{Query, Reply, ScriptedDns};
use sigillo_lab::server::{Server, Step, http_answer, mail_host, policy_host};
use sigillo_net::address_guard::AddressGuard;
use sigillo_net::dns::{Dnssec, Resolver, ResolverSettings};
use sigillo_net::tls::Trust;
use sigillo_probe::{ProbeSettings, Prober, ProgressSender};

/// How late every answer comes.
const DELAY: Duration = Duration::from_millis(50);
const LOOKS: u32 = 10;
const MX_HOSTS: u8 = 3;
const POLICY: &[u8] = b"version: STSv1\nmode: enforce\nmx: *.example.com\nmax_age: 604800\n";

/// The longest chain: each of these waits for the one before.
const CRITICAL_PATH: [&str; 7] = [
    "MX records",
    "addresses of an MX host",
    "greeting",
    "reply to EHLO",
    "reply to STARTTLS",
    "TLS flight",
    "reply to the second EHLO",
];

#[tokio::main]
async fn main() {
    let pki = Pki::new();
    let name_server = ScriptedDns::start(|query| Some(answer(query)));
    name_server.set_delay(DELAY);
    let policy = http_answer("200 OK\r\nContent-Type: text/plain", POLICY);
    let web = policy_host(&pki.issue(&["mta-sts.example.com"]), policy);
    let web = Server::run_at(address(10), vec![late(web)]).await;
    let mut mail_hosts: Vec<Server> = Vec::new();
    for number in 1..=MX_HOSTS {
        let name = format!("mx{number}.example.com");
        let script = late(mail_host(&name, &pki.issue(&[&name])));
        // All of them on one port, as on 25.
        let port = mail_hosts.first().map_or(0, |first| first.address.port());
        let at = SocketAddr::new(address(20 + number).ip(), port);
        mail_hosts.push(Server::run_at(at, vec![script]).await);
    }
    let settings = ResolverSettings {
        servers: vec![name_server.address()],
        dnssec: Dnssec::Off,
        cache: 0,
        ..ResolverSettings::default()
    };
    let prober = Prober::new(
        Resolver::new(settings).await.unwrap(),
        ProbeSettings {
            timeout: Duration::from_mins(1),
            https_port: web.address.port(),
            smtp_port: mail_hosts.first().unwrap().address.port(),
            smtp: true,
            helo_name: DomainName::parse("checker.example").unwrap(),
            user_agent: "benchmark/1".to_owned(),
            guard: AddressGuard::Off,
            trust: Trust::none().with_pem(pki.root_pem().as_bytes()).unwrap(),
            source: None,
        },
    );
    let domain = DomainName::parse("example.com").unwrap();
    let mut times = Vec::new();
    for nonce in 0..LOOKS {
        let started = Instant::now();
        let now: Timestamp = "2026-06-15T12:00:00Z".parse().unwrap();
        let seen = prober.look(&domain, now, nonce.into(), &ProgressSender::none()).await;
        times.push(started.elapsed());
        assert_eq!(Judgement::of(&seen, None).verdict, Verdict::Enforced);
    }
    times.sort();
    let path = DELAY * u32::try_from(CRITICAL_PATH.len()).unwrap();
    let (fastest, median) = (times.first().unwrap(), times.get(times.len() / 2).unwrap());
    let slowest = times.last().unwrap();
    println!(
        "a healthy domain with {MX_HOSTS} MX hosts, every answer {DELAY:?} late, {LOOKS} looks"
    );
    println!("critical path: {} = {path:?}", CRITICAL_PATH.join(" > "));
    for (what, time) in [("fastest", fastest), ("median", median), ("slowest", slowest)] {
        let ratio = time.as_secs_f64() / path.as_secs_f64();
        println!("{what:8} {time:>10.1?}  {ratio:.2} of the critical path");
    }
}

fn address(last: u8) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::new(127, 0, 1, last), 0))
}

/// The same script with every answer late.
fn late(script: Vec<Step>) -> Vec<Step> {
    script
        .into_iter()
        .flat_map(|step| match step {
            Step::Say(_) | Step::Tls(_) => vec![Step::Wait(DELAY), step],
            other => vec![other],
        })
        .collect()
}

fn answer(query: &Query) -> Vec<u8> {
    let name = query.name();
    let reply = Reply::to(query);
    let reply = match (name.as_str(), query.kind().as_str()) {
        ("_mta-sts.example.com", "TXT") => reply.txt(&name, b"v=STSv1; id=1;"),
        ("_smtp._tls.example.com", "TXT") => {
            reply.txt(&name, b"v=TLSRPTv1; rua=mailto:tls@example.com")
        }
        ("_dmarc.example.com", "TXT") => reply.txt(&name, b"v=DMARC1; p=reject"),
        ("example.com", "MX") => (1..=MX_HOSTS).fold(reply, |reply, number| {
            reply.mx("example.com", 10, &format!("mx{number}.example.com"))
        }),
        ("mta-sts.example.com", "A") => reply.a(&name, Ipv4Addr::new(127, 0, 1, 10)),
        (host, "A") => match host.strip_prefix("mx").and_then(|rest| rest.split_once('.')) {
            Some((number, "example.com")) => {
                let number: u8 = number.parse().unwrap_or(0);
                reply.a(host, Ipv4Addr::new(127, 0, 1, 20 + number))
            }
            _ => reply.rcode(3),
        },
        ("example.com", _) => reply,
        (host, _) if host.starts_with("mx") || host.starts_with("mta-sts") => reply,
        _ => reply.rcode(3),
    };
    reply.fitting(query.transport())
}
