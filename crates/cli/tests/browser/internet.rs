//! The internet that the site looks at: a domain that does everything right, one that senders fail at, and one
//! that means harm.

use std::net::{Ipv4Addr, SocketAddr};

use rcgen::{DnType, SanType};
use sigillo_lab::certificates::{Identity, Pki};
use sigillo_lab::dns::{Reply, ScriptedDns};
use sigillo_lab::server::{Server, Step, http_answer, mail_host, policy_host, say};

/// What a page must show as text and never obey: elements, the end of an attribute, what turns text around.
const HARM: &str = "\"><img src=x onerror=alert(1)><script>alert(2)</script>\u{202e}\u{1b}[31m";

/// The same for the names of a certificate, which are ASCII.
const HARMFUL_NAME: &str = "\"><img src=x onerror=alert(3)>.hostile.example";

const GOOD_POLICY: &str = "version: STSv1\nmode: enforce\nmx: mx.good.example\nmax_age: 604800\n";
const FAILING_POLICY: &str =
    "version: STSv1\nmode: enforce\nmx: mail.failing.example\nmax_age: 604800\n";

/// All that the site can reach. It ends when it is dropped.
pub(crate) struct Internet {
    pki: Pki,
    name_server: ScriptedDns,
    _servers: Vec<Server>,
    /// The port of every policy host.
    pub(crate) https_port: u16,
    /// The port of every mail host.
    pub(crate) smtp_port: u16,
}

/// The addresses of a domain's policy host and mail host.
const fn addresses(domain: u8) -> (Ipv4Addr, Ipv4Addr) {
    (Ipv4Addr::new(127, 0, domain, 10), Ipv4Addr::new(127, 0, domain, 20))
}

const GOOD: u8 = 1;
const FAILING: u8 = 2;
const HOSTILE: u8 = 3;

impl Internet {
    /// Starts all servers.
    pub(crate) async fn start() -> Self {
        let pki = Pki::new();
        let hostile_policy = format!(
            "version: STSv1\r\nmode: enforce\r\nmx: {HARM}\r\nmax_age: 86400\r\nnote: {HARM}\r\n"
        );
        let hosts = [
            (GOOD, "mta-sts.good.example", GOOD_POLICY.to_owned()),
            (FAILING, "mta-sts.failing.example", FAILING_POLICY.to_owned()),
            (HOSTILE, "mta-sts.hostile.example", hostile_policy),
        ];
        let mut servers = Vec::new();
        let mut https_port = 0;
        for (domain, name, policy) in hosts {
            let answer = http_answer("200 OK\r\nContent-Type: text/plain", policy.as_bytes());
            let script = policy_host(&pki.issue(&[name]), answer);
            https_port = listen(&mut servers, addresses(domain).0, https_port, script).await;
        }
        let harmful = Identity::self_signed(&["mx.hostile.example"], |params| {
            params.distinguished_name.push(DnType::CommonName, HARM);
            params.distinguished_name.push(DnType::OrganizationName, HARM);
            params.subject_alt_names.push(SanType::DnsName(HARMFUL_NAME.try_into().unwrap()));
        });
        let mail_hosts = [
            (GOOD, mail_host("mx.good.example", &pki.issue(&["mx.good.example"]))),
            (FAILING, mail_host("mx.failing.example", &pki.issue_expired(&["mx.failing.example"]))),
            (HOSTILE, hostile_mail_host(&harmful)),
        ];
        let mut smtp_port = 0;
        for (domain, script) in mail_hosts {
            smtp_port = listen(&mut servers, addresses(domain).1, smtp_port, script).await;
        }
        let name_server = ScriptedDns::replying(|query, reply| {
            answer(query.name().trim_end_matches('.'), query.kind().as_str(), reply)
        });
        Self { pki, name_server, _servers: servers, https_port, smtp_port }
    }

    /// The authority of its good certificates.
    pub(crate) fn root_pem(&self) -> String {
        self.pki.root_pem()
    }

    /// The name server that knows it.
    pub(crate) fn dns_address(&self) -> SocketAddr {
        self.name_server.address()
    }
}

/// Starts a server at an address, and gives its port, which is any free one if it is 0.
async fn listen(servers: &mut Vec<Server>, address: Ipv4Addr, port: u16, script: Vec<Step>) -> u16 {
    let server = Server::run_at((address, port).into(), vec![script]).await;
    let port = server.address.port();
    servers.push(server);
    port
}

/// A mail host all of whose words mean harm.
fn hostile_mail_host(identity: &Identity) -> Vec<Step> {
    let greeting = say(&format!("220 {HARM} ESMTP\r\n"));
    let offer = say(&format!("250-{HARM}\r\n250 STARTTLS\r\n"));
    let usual = mail_host("mx.hostile.example", identity).into_iter().skip(3);
    [greeting, Step::Line, offer].into_iter().chain(usual).collect()
}

fn answer(name: &str, kind: &str, reply: Reply) -> Reply {
    let harm = format!("v=STSv1; id={HARM};");
    match (name, kind) {
        ("good.example", "MX") => reply.mx(name, 10, "mx.good.example"),
        ("mx.good.example", "A") => reply.a(name, addresses(GOOD).1),
        ("mta-sts.good.example", "A") => reply.a(name, addresses(GOOD).0),
        ("_mta-sts.good.example" | "_mta-sts.failing.example", "TXT") => {
            reply.txt(name, b"v=STSv1; id=20260615;")
        }
        ("_smtp._tls.good.example", "TXT") => {
            reply.txt(name, b"v=TLSRPTv1; rua=mailto:tls@good.example")
        }
        ("_dmarc.good.example", "TXT") => {
            reply.txt(name, b"v=DMARC1; p=reject; rua=mailto:dmarc@good.example")
        }
        ("failing.example", "MX") => reply.mx(name, 10, "mx.failing.example"),
        ("mx.failing.example", "A") => reply.a(name, addresses(FAILING).1),
        ("mta-sts.failing.example", "A") => reply.a(name, addresses(FAILING).0),
        ("hostile.example", "MX") => reply.mx(name, 10, "mx.hostile.example"),
        ("mx.hostile.example", "A") => reply.a(name, addresses(HOSTILE).1),
        ("mta-sts.hostile.example", "A") => reply.a(name, addresses(HOSTILE).0),
        ("_mta-sts.hostile.example", "TXT") => reply.txt(name, harm.as_bytes()),
        ("_smtp._tls.hostile.example", "TXT") => {
            reply.txt(name, format!("v=TLSRPTv1; rua=mailto:{HARM}").as_bytes())
        }
        ("_dmarc.hostile.example", "TXT") => {
            reply.txt(name, format!("v=DMARC1; p={HARM}").as_bytes())
        }
        (name, _) if name == "example" || is_known(name) => reply.soa("example", 300, 300),
        _ => reply.rcode(3).soa("example", 300, 300),
    }
}

/// Whether something is at a name or below it, though not of the kind that was asked for.
fn is_known(name: &str) -> bool {
    let known = ["mx", "mta-sts", "_mta-sts", "_smtp._tls", "_tls", "_dmarc"];
    ["good.example", "failing.example", "hostile.example"].iter().any(|domain| {
        let label = name.strip_suffix(domain).map(|label| label.trim_end_matches('.'));
        label.is_some_and(|label| label.is_empty() || known.contains(&label))
    })
}
