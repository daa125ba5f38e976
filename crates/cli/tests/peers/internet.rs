//! The domains that the daemons are asked about: their zones and their policy hosts.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};

use sigillo_lab::certificates::{Identity, Pki};
use sigillo_lab::dns::{DnsLab, Fault, Signing, SystemResolver};
use sigillo_lab::own_address;
use sigillo_lab::server::{Server, Step, policy_host};

use crate::case::{Case, Certificate, Host};
use crate::daemons::Surroundings;

/// The zones: each domain is below one of them.
const ZONES: [(&str, Signing); 3] = [
    ("example", Signing::Nsec),
    ("unsigned", Signing::Unsigned),
    ("bogus", Signing::Bogus(Fault::WrongKey)),
];

/// The port of policy hosts: the other daemon knows no other.
const HTTPS: u16 = 443;

/// All servers; they end when it is dropped.
pub(crate) struct Internet {
    dns: DnsLab,
    /// For programs that ask the system's resolver alone.
    pub(crate) resolver: SystemResolver,
    /// The authority of its good certificates.
    pub(crate) root: String,
    _policy_hosts: Vec<Server>,
}

impl Internet {
    /// Starts all servers for these cases. Several cases may be about one domain: the first says how it is.
    pub(crate) async fn start(cases: &[Case]) -> Self {
        let pki = Pki::new();
        let mut builder = DnsLab::builder();
        for (name, signing) in ZONES {
            builder.zone(name, signing);
        }
        let mut policy_hosts = Vec::new();
        let mut known = BTreeSet::new();
        for case in cases {
            if !known.insert(case.domain) {
                continue;
            }
            let address = start_policy_host(&mut policy_hosts, &pki, case).await;
            let top = case.domain.rsplit('.').next().unwrap();
            let (_, signing) = ZONES.iter().find(|(name, _)| *name == top).unwrap();
            let zone = builder.zone(top, *signing);
            let name = |name: &str| match name {
                "@" => format!("{}.", case.domain),
                name => format!("{name}.{}.", case.domain),
            };
            if case.has_usual_mx {
                zone.mx_of(&name("@"), 10, &name("mx")).a(&name("mx"), [127, 0, 0, 1].into());
            }
            if let Some(address) = address {
                zone.a(&name("mta-sts"), address);
            }
            if let Some(record) = case.record {
                zone.txt(&name("_mta-sts"), record);
            }
            for (at, kind, data) in &case.records {
                zone.record(&name(at), kind, &case.text(data));
            }
        }
        let dns = builder.start();
        let resolver = SystemResolver::start(dns.resolver_address());
        let root = pki.root_pem();
        Self { dns, resolver, root, _policy_hosts: policy_hosts }
    }

    /// What Sigillo has to know of it.
    pub(crate) fn surroundings(&self) -> Surroundings<'_> {
        Surroundings {
            dns: self.dns.resolver_address(),
            trust_anchor: self.dns.trust_anchor(),
            root: &self.root,
            https_port: HTTPS,
        }
    }
}

/// Starts the policy host of a domain, and gives its address.
async fn start_policy_host(servers: &mut Vec<Server>, pki: &Pki, case: &Case) -> Option<Ipv4Addr> {
    let (head, body, certificate) = match &case.host {
        Host::Missing => return None,
        Host::Refuses => return Some(own_address()),
        Host::Answers { head, body, certificate } => (head, body, *certificate),
    };
    let address = own_address();
    let name = format!("mta-sts.{}", case.domain);
    let identity = match certificate {
        Certificate::Good => pki.issue(&[&name]),
        Certificate::Wildcard => pki.issue(&[&format!("*.{}", case.domain)]),
        Certificate::AnotherName => pki.issue(&["mta-sts.example.net"]),
        Certificate::Expired => pki.issue_expired(&[&name]),
        Certificate::SelfSigned => Identity::self_signed(&[&name], |_| {}),
        Certificate::Incomplete => pki.issue_without_intermediate(&[&name]),
    };
    let script = policy_host(&identity, Step::Say(answer(case, head, body)));
    servers.push(Server::run_at(SocketAddr::from((address, HTTPS)), vec![script]).await);
    Some(address)
}

/// The answer byte for byte; its length is told unless it comes in chunks.
fn answer(case: &Case, head: &str, body: &[u8]) -> Vec<u8> {
    // What is no text has no place for a domain.
    let body = match str::from_utf8(body) {
        Ok(text) => case.text(text).into_bytes(),
        Err(_) => body.to_vec(),
    };
    let length = if head.contains("Transfer-Encoding") {
        String::new()
    } else {
        format!("Content-Length: {}\r\n", body.len())
    };
    [format!("HTTP/1.1 {head}\r\n{length}\r\n").as_bytes(), &body].concat()
}
