//! The servers that `benches/live/run` measures against: a real Knot with a zone of many domains, a
//! policy host and a mail host that all of the domains with a policy share.
//!
//! usage: live FOLDER NAMES ADOPTERS
//!
//! The folder receives the lists `names.txt` and `adopters.txt`, the private root `roots.pem` and a
//! `resolv.conf`. All servers listen on the usual ports of addresses of loopback, which takes root:
//! other checkers know no other ports. It says `ready` when they answer, and ends with its input.

#![allow(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a lab that can't be built has to fail"
)]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::{env, fs, io};

use rustls::ServerConfig;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use sigillo_lab::certificates::Pki;
use sigillo_lab::server::{Server, Step, http_answer, mail_host};
use sigillo_lab::{Program, find};

const NAME_SERVER: Ipv4Addr = Ipv4Addr::new(127, 86, 0, 1);
const POLICY_HOST: Ipv4Addr = Ipv4Addr::new(127, 86, 0, 2);
const MAIL_HOST: Ipv4Addr = Ipv4Addr::new(127, 86, 0, 3);
const POLICY: &[u8] = b"version: STSv1\nmode: enforce\nmx: mx.hoster.test\nmax_age: 604800\n";

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, names, adopters] = arguments.as_slice() else {
        panic!("usage: live FOLDER NAMES ADOPTERS");
    };
    let folder = Path::new(folder);
    let names = domains("n", names.parse().unwrap());
    let adopters = domains("a", adopters.parse().unwrap());
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write("names.txt", &(names.join("\n") + "\n"));
    write("adopters.txt", &(adopters.join("\n") + "\n"));
    write("resolv.conf", &format!("nameserver {NAME_SERVER}\n"));
    let pki = Pki::new();
    write("roots.pem", &pki.root_pem());
    let _name_server = name_server(folder, &zone(&names, &adopters));
    let web = policy_host(&pki, &adopters);
    let _web = Server::run_at(SocketAddr::from((POLICY_HOST, 443)), vec![web]).await;
    let mail = mail_host("mx.hoster.test", &pki.issue(&["mx.hoster.test"]));
    let _mail = Server::run_at(SocketAddr::from((MAIL_HOST, 25)), vec![mail]).await;
    println!("ready");
    let _end = tokio::task::spawn_blocking(|| io::stdin().read_to_end(&mut Vec::new())).await;
}

fn domains(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|number| format!("{prefix}{number}.test")).collect()
}

/// The zone `test`: all domains have mail, and the adopters everything that MTA-STS asks for.
fn zone(names: &[String], adopters: &[String]) -> String {
    let mut zone = format!(
        "$TTL 3600\n@ SOA ns1 hostmaster 1 3600 600 86400 300\n@ NS ns1\nns1 A {NAME_SERVER}\n\
         mx.hoster A {MAIL_HOST}\npolicy.hoster A {POLICY_HOST}\n"
    );
    for name in names.iter().chain(adopters) {
        writeln!(zone, "{name}. MX 10 mx.hoster").unwrap();
    }
    for name in adopters {
        writeln!(
            zone,
            "_mta-sts.{name}. TXT \"v=STSv1; id=20260101000000;\"\n\
             mta-sts.{name}. CNAME policy.hoster\n\
             _smtp._tls.{name}. TXT \"v=TLSRPTv1; rua=mailto:tls@{name}\"\n\
             _dmarc.{name}. TXT \"v=DMARC1; p=reject\"\n\
             {name}. TXT \"v=spf1 mx -all\""
        )
        .unwrap();
    }
    zone
}

/// Knot with the zone, and with a root that knows nothing else.
fn name_server(folder: &Path, zone: &str) -> Program {
    let place = folder.display();
    fs::write(folder.join("test.zone"), zone).unwrap();
    let root = format!(
        "$TTL 3600\n@ SOA ns1.test. hostmaster.test. 1 3600 600 86400 300\n@ NS ns1.test.\n\
         test. NS ns1.test.\nns1.test. A {NAME_SERVER}\n"
    );
    fs::write(folder.join("root.zone"), root).unwrap();
    let configuration = folder.join("knot.conf");
    let text = format!(
        "server:\n  rundir: {place}\n  listen: {NAME_SERVER}@53\n  udp-workers: 1\n  \
         tcp-workers: 1\n  background-workers: 1\nlog:\n  - target: stderr\n    any: warning\n\
         database:\n  storage: {place}/db\ntemplate:\n  - id: default\n    storage: {place}\n    \
         zonefile-sync: -1\n    journal-content: none\nzone:\n  - domain: .\n    file: root.zone\n  \
         - domain: test.\n    file: test.zone\n"
    );
    fs::write(&configuration, text).unwrap();
    let mut command = Command::new(find("knotd"));
    let mut program = Program::start(command.arg("-c").arg(&configuration), "knotd", folder);
    // Over TCP it listens once the zones are there.
    let ready = || TcpStream::connect((NAME_SERVER, 53)).is_ok();
    program.wait_until(ready).unwrap_or_else(|log| panic!("knotd ended at once:\n{log}"));
    program
}

/// What a policy host does that has a certificate for each domain.
fn policy_host(pki: &Pki, adopters: &[String]) -> Vec<Step> {
    let keys = adopters.iter().map(|domain| {
        let host = format!("mta-sts.{domain}");
        let key = pki.issue(&[host.as_str()]).certified();
        (host, Arc::new(key))
    });
    let mut config = ServerConfig::clone(&pki.issue(&["policy.hoster.test"]).server());
    config.cert_resolver = Arc::new(ByName(keys.collect()));
    let answer = http_answer("200 OK\r\nContent-Type: text/plain", POLICY);
    vec![Step::Tls(Arc::new(config)), Step::Head, answer]
}

/// Certificates by the name that a client asks for.
#[derive(Debug)]
struct ByName(HashMap<String, Arc<CertifiedKey>>);

impl ResolvesServerCert for ByName {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.0.get(hello.server_name()?).cloned()
    }
}
