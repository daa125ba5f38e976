//! The internet of a test: name server, policy host and mail host of one domain.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddrV4};
use std::time::Duration;

use jiff::Timestamp;
use sigillo_check::{Judgement, Observation};
use sigillo_findings::Severity;
use sigillo_formats::DomainName;
use sigillo_lab::certificates::Pki;
use sigillo_lab::dns::{self, Query, Reply, ScriptedDns};
use sigillo_lab::free_port;
use sigillo_lab::server::{Server, Step, http_answer, mail_host, policy_host};
use sigillo_language::Language;
use sigillo_net::address_guard::AddressGuard;
use sigillo_net::dns::{Dnssec, Resolver, ResolverSettings};
use sigillo_net::tls::Trust;
use sigillo_probe::{ProbeSettings, Prober, ProgressSender};

use crate::raising::hear;

pub(crate) const DOMAIN: &str = "good.example";
pub(crate) const POLICY_HOST: &str = "mta-sts.good.example";
pub(crate) const MX: &str = "mx.good.example";
pub(crate) const RECORD: &str = "_mta-sts.good.example";
/// Names that nobody has, as the look makes them of its random number.
pub(crate) const NOBODYS_NAME: &str = "sigillo-0000000000005eed.good.example";
pub(crate) const NOBODYS_RECORD: &str = "_mta-sigillo-0000000000005eed.good.example";
pub(crate) const POLICY: &str =
    "version: STSv1\nmode: enforce\nmx: mx.good.example\nmax_age: 604800\n";
pub(crate) const POLICY_ADDRESS: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 10);
const SECOND_POLICY_ADDRESS: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 11);
pub(crate) const MX_ADDRESS: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 20);
const SECOND_MX_ADDRESS: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 21);

/// How long a look in haste may take.
const HASTE: Duration = Duration::from_secs(3);

/// What the name server says to a question, if anything.
type Say = Box<dyn Fn(Reply) -> Option<Reply> + Send + Sync>;

/// An internet in the making: all is well until something is changed.
pub(crate) struct Internet {
    pub(crate) pki: Pki,
    names: BTreeMap<(String, &'static str), Say>,
    policy_host: Vec<Vec<Step>>,
    second_policy_host: Vec<Vec<Step>>,
    mail_host: Vec<Vec<Step>>,
    second_mail_host: Vec<Vec<Step>>,
    /// The ports; any free one with 0.
    https_port: u16,
    smtp_port: u16,
    guard: AddressGuard,
    source: Option<IpAddr>,
    refuses: bool,
    transport: Transport,
    dns_timeout: Duration,
    timeout: Duration,
}

/// How the name server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transport {
    /// Over UDP, and over TCP where that has no room.
    Usual,
    /// Over TCP alone.
    Tcp,
    /// Over UDP it says that there is more, and over TCP nobody listens.
    Nowhere,
}

/// What a look at the domain showed.
pub(crate) struct Seen {
    pub(crate) observation: Observation,
    pub(crate) judgement: Judgement,
}

impl Internet {
    /// A domain that does everything right.
    pub(crate) fn healthy() -> Self {
        let pki = Pki::new();
        let policy = http_answer("200 OK\r\nContent-Type: text/plain", POLICY.as_bytes());
        let mut internet = Self {
            policy_host: vec![policy_host(&pki.issue(&[POLICY_HOST]), policy)],
            second_policy_host: Vec::new(),
            mail_host: vec![mail_host(MX, &pki.issue(&[MX]))],
            second_mail_host: Vec::new(),
            pki,
            names: BTreeMap::new(),
            https_port: 0,
            smtp_port: 0,
            guard: AddressGuard::Off,
            source: None,
            refuses: false,
            transport: Transport::Usual,
            dns_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(25),
        };
        internet.txt(RECORD, b"v=STSv1; id=20260615;");
        internet.txt("_smtp._tls.good.example", b"v=TLSRPTv1; rua=mailto:tls@reports.example");
        let dmarc = b"v=DMARC1; p=reject; rua=mailto:dmarc@good.example";
        internet.txt("_dmarc.good.example", dmarc);
        internet.reply(DOMAIN, "MX", |reply| reply.mx(DOMAIN, 10, MX));
        internet.reply("reports.example", "MX", |reply| {
            reply.mx("reports.example", 10, "mx.reports.example")
        });
        internet.reply(POLICY_HOST, "A", |reply| reply.a(POLICY_HOST, POLICY_ADDRESS));
        internet.reply(MX, "A", |reply| reply.a(MX, MX_ADDRESS));
        internet
    }

    /// What is said about a name in place of what was.
    pub(crate) fn reply(
        &mut self,
        name: &str,
        kind: &'static str,
        build: impl Fn(Reply) -> Reply + Send + Sync + 'static,
    ) {
        let say: Say = Box::new(move |reply| Some(build(reply)));
        self.names.insert((name.to_owned(), kind), say);
    }

    /// From now on there is nothing of that kind at a name.
    pub(crate) fn forget(&mut self, name: &str, kind: &'static str) {
        self.names.remove(&(name.to_owned(), kind));
    }

    /// From now on no name exists.
    pub(crate) fn forget_all(&mut self) {
        self.names.clear();
    }

    /// The text of a name in place of what was.
    pub(crate) fn txt(&mut self, name: &'static str, text: &'static [u8]) {
        self.reply(name, "TXT", |reply| reply.txt(name, text));
    }

    /// From now on a question is not answered, and not waited for long.
    pub(crate) fn silence(&mut self, name: &str, kind: &'static str) {
        self.dns_timeout = Duration::from_secs(2);
        self.names.insert((name.to_owned(), kind), Box::new(|_| None));
    }

    /// From now on a question is not answered, and waited for as long as there is time.
    pub(crate) fn ignore(&mut self, name: &str, kind: &'static str) {
        self.dns_timeout = Duration::from_mins(1);
        self.names.insert((name.to_owned(), kind), Box::new(|_| None));
    }

    /// From now on a question is answered when a look in haste is nearly at its end.
    pub(crate) fn answer_late(&mut self, name: &str, kind: &'static str) {
        let say = self.names.remove(&(name.to_owned(), kind)).unwrap();
        let late: Say = Box::new(move |reply| {
            std::thread::sleep(HASTE * 5 / 6);
            say(reply)
        });
        self.names.insert((name.to_owned(), kind), late);
    }

    /// The policy host has a second address, which gives this answer.
    pub(crate) fn second_policy_host(&mut self, answer: Step) {
        self.second_policy_host = vec![policy_host(&self.pki.issue(&[POLICY_HOST]), answer)];
        self.reply(POLICY_HOST, "A", |reply| {
            reply.a(POLICY_HOST, POLICY_ADDRESS).a(POLICY_HOST, SECOND_POLICY_ADDRESS)
        });
    }

    /// The policy host follows another script, or doesn't listen.
    pub(crate) fn policy_host(&mut self, script: impl Into<Option<Vec<Step>>>) {
        self.policy_host = script.into().into_iter().collect();
    }

    /// The same with a script for each connection, the last for all that follow.
    pub(crate) fn policy_host_scripts(&mut self, scripts: Vec<Vec<Step>>) {
        self.policy_host = scripts;
    }

    /// The policy host gives another answer.
    pub(crate) fn answer(&mut self, answer: Step) {
        self.policy_host = vec![policy_host(&self.pki.issue(&[POLICY_HOST]), answer)];
    }

    /// The mail host follows another script, or doesn't listen.
    pub(crate) fn mail_host(&mut self, script: impl Into<Option<Vec<Step>>>) {
        self.mail_host = script.into().into_iter().collect();
    }

    /// The same with a script for each connection, the last for all that follow.
    pub(crate) fn mail_host_scripts(&mut self, scripts: Vec<Vec<Step>>) {
        self.mail_host = scripts;
    }

    /// The mail host has a second address, with another script.
    pub(crate) fn second_mail_host(&mut self, script: Vec<Step>) {
        self.second_mail_host = vec![script];
        self.reply(MX, "A", |reply| reply.a(MX, MX_ADDRESS).a(MX, SECOND_MX_ADDRESS));
    }

    /// No question is answered with records any more.
    pub(crate) fn refuse_all(&mut self) {
        self.refuses = true;
    }

    /// Every answer is too long for UDP.
    pub(crate) fn truncate_all(&mut self) {
        self.transport = Transport::Tcp;
    }

    /// Every answer is too long for UDP, and TCP is blocked.
    pub(crate) fn truncate_all_without_tcp(&mut self) {
        self.transport = Transport::Nowhere;
    }

    /// The policy host is another server than the test's own.
    pub(crate) fn policy_host_is(&mut self, address: SocketAddrV4) {
        self.policy_host = Vec::new();
        self.https_port = address.port();
        self.reply(POLICY_HOST, "A", move |reply| reply.a(POLICY_HOST, *address.ip()));
    }

    /// The mail host is another server than the test's own.
    pub(crate) fn mail_host_is(&mut self, address: SocketAddrV4) {
        self.mail_host = Vec::new();
        self.smtp_port = address.port();
        self.reply(MX, "A", move |reply| reply.a(MX, *address.ip()));
    }

    /// No address of this machine may be connected to.
    pub(crate) fn guard(&mut self) {
        self.guard = AddressGuard::Public;
    }

    /// Connections come from this address.
    pub(crate) fn connect_from(&mut self, source: IpAddr) {
        self.source = Some(source);
    }

    /// The port that the mail host will have.
    pub(crate) fn smtp_port(&mut self) -> u16 {
        self.smtp_port = free_port();
        self.smtp_port
    }

    /// The look has little time.
    pub(crate) fn hasten(&mut self) {
        self.timeout = HASTE;
    }

    /// Looks at the domain.
    pub(crate) async fn look(self) -> Seen {
        self.look_telling(&ProgressSender::none()).await
    }

    /// The same, with the steps told.
    pub(crate) async fn look_telling(mut self, progress: &ProgressSender) -> Seen {
        let names = std::mem::take(&mut self.names);
        let script = move |query: &Query| {
            if self.refuses {
                return Some(Reply::to(query).rcode(5).bytes());
            }
            if self.transport != Transport::Usual && query.transport() == dns::Transport::Udp {
                return Some(Reply::to(query).truncated().bytes());
            }
            answer(&names, query)
        };
        let name_server = match self.transport {
            Transport::Nowhere => ScriptedDns::start_without_tcp(script),
            _ => ScriptedDns::start(script),
        };
        let settings = ResolverSettings {
            servers: vec![name_server.address()],
            dnssec: Dnssec::Off,
            timeout: self.dns_timeout,
            tries: 1,
            ..ResolverSettings::default()
        };
        self.look_through(settings, progress).await
    }

    /// Looks at the domain with the answers of another name server.
    pub(crate) async fn look_through(
        self,
        settings: ResolverSettings,
        progress: &ProgressSender,
    ) -> Seen {
        let (_policy_host, https_port) =
            listen(POLICY_ADDRESS, self.https_port, self.policy_host).await;
        let _second = listen(SECOND_POLICY_ADDRESS, https_port, self.second_policy_host).await;
        let (_mail_host, smtp_port) = listen(MX_ADDRESS, self.smtp_port, self.mail_host).await;
        let _second = listen(SECOND_MX_ADDRESS, smtp_port, self.second_mail_host).await;
        let prober = Prober::new(
            Resolver::new(settings).await.unwrap(),
            ProbeSettings {
                timeout: self.timeout,
                https_port,
                smtp_port,
                smtp: true,
                helo_name: DomainName::parse("checker.example").unwrap(),
                user_agent: "test/1".to_owned(),
                guard: self.guard,
                trust: Trust::none().with_pem(self.pki.root_pem().as_bytes()).unwrap(),
                source: self.source,
            },
        );
        let now: Timestamp = "2026-06-15T12:00:00Z".parse().unwrap();
        let domain = DomainName::parse(DOMAIN).unwrap();
        let observation = prober.look(&domain, now, 0x5eed, progress).await;
        Seen::of(observation, None)
    }
}

impl Seen {
    /// What was seen, beside what was seen earlier if anything.
    pub(crate) fn of(observation: Observation, earlier: Option<&Observation>) -> Self {
        let judgement = Judgement::of(&observation, earlier);
        hear(&judgement);
        Self { observation, judgement }
    }

    /// Asserts what the look comes to: the verdict, the exit status, and the code of every finding,
    /// the most urgent first.
    #[track_caller]
    pub(crate) fn comes_to(&self, verdict: &str, exit_status: u8, codes: &[&str]) {
        let judgement = &self.judgement;
        let exit = judgement.exit_status(Severity::Error);
        assert_eq!(
            (judgement.verdict.name(), exit, self.codes().as_slice()),
            (verdict, exit_status, codes),
            "{:#?}",
            self.messages()
        );
        for language in Language::ALL {
            let summary = judgement.summary(language);
            let messages = judgement.findings.iter().map(|finding| finding.message(language));
            for text in messages.chain([summary]) {
                assert!(!text.is_empty() && !text.contains(['{', '}']), "a gap in {text:?}");
            }
        }
    }

    /// The code of every finding, the most urgent first.
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.judgement.findings.iter().map(|finding| finding.code().name()).collect()
    }

    /// Asserts that what came from the network outlives being saved, and that no control character
    /// is in the files. For a terminal whoever writes to it escapes them.
    #[track_caller]
    pub(crate) fn can_be_saved(&self) {
        let saved = serde_json::to_string(&self.observation).unwrap();
        let read: Observation = serde_json::from_str(&saved).unwrap();
        assert_eq!(read, self.observation);
        let report = self.judgement.report(&self.observation, Language::English);
        let report = serde_json::to_string(&report).unwrap();
        for json in [saved, report] {
            assert!(!json.contains(|character: char| character.is_ascii_control()), "{json}");
        }
    }

    /// All that is said to a person.
    pub(crate) fn messages(&self) -> Vec<String> {
        let findings = &self.judgement.findings;
        findings.iter().map(|finding| finding.message(Language::English)).collect()
    }
}

/// A server with scripts at an address, and its port, which is any free one if it is 0. Without a
/// script nothing listens there.
async fn listen(address: Ipv4Addr, port: u16, scripts: Vec<Vec<Step>>) -> (Option<Server>, u16) {
    if scripts.is_empty() {
        return (None, if port == 0 { free_port() } else { port });
    }
    let server = Server::run_at((address, port).into(), scripts).await;
    let port = server.address.port();
    (Some(server), port)
}

fn answer(names: &BTreeMap<(String, &'static str), Say>, query: &Query) -> Option<Vec<u8>> {
    let name = query.name();
    let said = names.iter().find(|((known, kind), _)| *known == name && *kind == query.kind());
    let reply = Reply::to(query);
    let reply = if let Some((_, say)) = said {
        say(reply)?
    } else {
        let below = format!(".{name}");
        let exists = names.keys().any(|(known, _)| *known == name || known.ends_with(&below));
        reply.rcode(if exists { 0 } else { 3 }).soa("example", 300, 300)
    };
    Some(reply.fitting(query.transport()))
}
