//! Looks at a domain: everything that a sending server would meet on the way to deliver mail, in
//! parallel, into one [`Observation`].
//!
//! What depends on nothing is asked at once; each look begins as soon as what it needs is known.
//! One look opens a bounded number of connections ([`limits`]) and takes a bounded time
//! ([`ProbeSettings::timeout`]).

mod dns;
mod family;
mod fetch;
pub mod limits;
mod mail_host;
mod policy_host;
mod progress;
mod reports;
mod session;
mod tls;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
pub use progress::{Progress, ProgressSender};
use sigillo_check::Observation;
use sigillo_check::observation::{DnsLook, Means, Misplaced, MxRecord, SCHEMA, TxtRecord};
use sigillo_formats::DomainName;
use sigillo_net::address_guard::AddressGuard;
use sigillo_net::dns::Resolver;
use sigillo_net::pace::{AddressPaces, RateLimit};
use sigillo_net::tls::Trust;
use tokio::time::Instant;

/// How domains are looked at.
#[derive(Debug, Clone)]
pub struct ProbeSettings {
    /// How long a look may take in all: 60 seconds unless told, as long as the standard lets a
    /// sender wait for a policy alone (RFC 8461 §3.3).
    pub timeout: Duration,
    /// The port of policy hosts: 443.
    pub https_port: u16,
    /// The port of mail hosts: 25.
    pub smtp_port: u16,
    /// Whether mail hosts are looked at.
    pub smtp: bool,
    /// The name to greet mail hosts with.
    pub helo_name: DomainName,
    /// Who asks policy hosts.
    pub user_agent: String,
    /// Which addresses may be connected to.
    pub guard: AddressGuard,
    /// The roots for certificates.
    pub trust: Trust,
    /// The address to connect from, where it is of the same family; none: the system's choice.
    pub source: Option<IpAddr>,
}

/// Looks at domains.
#[derive(Debug, Clone)]
pub struct Prober {
    resolver: Resolver,
    settings: ProbeSettings,
    /// How often each policy host is asked, where that is bounded.
    policy_hosts: Option<Arc<AddressPaces>>,
}

/// One look, as its parts need to know it.
struct Look<'a> {
    resolver: &'a Resolver,
    settings: &'a ProbeSettings,
    policy_hosts: Option<&'a AddressPaces>,
    domain: &'a DomainName,
    /// The moment at which certificates are judged.
    now: Timestamp,
    deadline: Instant,
    progress: &'a ProgressSender,
}

impl Prober {
    /// A prober that asks this resolver.
    #[must_use]
    pub const fn new(resolver: Resolver, settings: ProbeSettings) -> Self {
        Self { resolver, settings, policy_hosts: None }
    }

    /// The same with a limit to how often each address of policy hosts is asked, over all looks of
    /// this prober and its clones. Waiting counts as time of the look.
    #[must_use]
    pub fn with_policy_host_limit(mut self, limit: RateLimit) -> Self {
        self.policy_hosts = Some(Arc::new(AddressPaces::new(limit)));
        self
    }

    /// The resolver.
    #[must_use]
    pub const fn resolver(&self) -> &Resolver {
        &self.resolver
    }

    /// Asks for the TXT records at `_mta-sts.DOMAIN` and for nothing else: the first question to a
    /// long list of domains, of which few have a record.
    pub async fn record(&self, domain: &DomainName) -> DnsLook<TxtRecord> {
        let progress = ProgressSender::none();
        self.question(domain, &progress).first_txt(&format!("_mta-sts.{domain}")).await
    }

    /// Asks for the MX records of a domain and for nothing else: what a policy can be made from
    /// ([`sigillo_check::live_mx`]).
    pub async fn mx(&self, domain: &DomainName) -> DnsLook<MxRecord> {
        let progress = ProgressSender::none();
        self.question(domain, &progress).mx(domain.as_str()).await
    }

    /// A look that is a single question, at which no certificate is judged.
    fn question<'a>(&'a self, domain: &'a DomainName, progress: &'a ProgressSender) -> Look<'a> {
        Look {
            resolver: &self.resolver,
            settings: &self.settings,
            policy_hosts: self.policy_hosts.as_deref(),
            domain,
            now: Timestamp::UNIX_EPOCH,
            deadline: Instant::now() + self.settings.timeout,
            progress,
        }
    }

    /// Looks at a domain. `now` is the time of day, `nonce` a random number that makes a name
    /// which nobody has; what is seen is told to `progress` as it comes.
    pub async fn look(
        &self,
        domain: &DomainName,
        now: Timestamp,
        nonce: u64,
        progress: &ProgressSender,
    ) -> Observation {
        let started = Instant::now();
        let look = Look {
            resolver: &self.resolver,
            settings: &self.settings,
            policy_hosts: self.policy_hosts.as_deref(),
            domain,
            now,
            deadline: started + self.settings.timeout,
            progress,
        };
        let nobody = format!("sigillo-{nonce:016x}");
        let record_name = format!("_mta-sts.{domain}");
        let draft_name = format!("_mta_sts.{domain}");
        let nobodys_record = format!("_mta-{nobody}.{domain}");
        let nobodys_name = format!("{nobody}.{domain}");
        let texts = async {
            tokio::join!(
                look.txt(&record_name),
                look.txt(domain.as_str()),
                look.txt(&draft_name),
                look.txt(&nobodys_record),
                look.any_address(&nobodys_name),
            )
        };
        // In boxes: a look is large, and whoever awaits it would carry it about.
        let (texts, policy_host, mail, reports, subdomains) = tokio::join!(
            Box::pin(texts),
            Box::pin(policy_host::look(&look)),
            Box::pin(mail_host::look_all(&look)),
            Box::pin(reports::look(&look)),
            Box::pin(mail_host::subdomains(&look)),
        );
        let (record, apex, draft_name, wildcard_txt, wildcard_address) = texts;
        Observation {
            schema: SCHEMA,
            domain: domain.clone(),
            started: now.as_second(),
            elapsed_ms: dns::milliseconds(started.elapsed()),
            means: self.means(),
            record,
            misplaced: Misplaced { apex: Some(apex), draft_name: Some(draft_name) },
            wildcard_txt: Some(wildcard_txt),
            wildcard_address: Some(wildcard_address),
            policy_host,
            mx: mail.mx,
            mail_hosts: mail.hosts,
            mail_hosts_left_out: mail.left_out,
            subdomains,
            tls_rpt: reports.tls_rpt,
            dmarc: reports.dmarc,
            report_domains: reports.domains,
        }
    }

    fn means(&self) -> Means {
        Means {
            resolvers: self.resolver.servers().iter().map(ToString::to_string).collect(),
            dnssec: self.resolver.dnssec_status().to_string(),
            smtp: self.settings.smtp,
            ipv6: has_ipv6(),
        }
    }
}

/// Whether this machine has a route to the IPv6 Internet: a socket that is only told where to send
/// to sends nothing.
fn has_ipv6() -> bool {
    let socket = std::net::UdpSocket::bind("[::]:0");
    // An address of the documentation block; nothing is sent there.
    socket.is_ok_and(|socket| socket.connect("[2001:db8::1]:53").is_ok())
}
