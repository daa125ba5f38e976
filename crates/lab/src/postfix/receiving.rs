use std::net::{Ipv4Addr, SocketAddrV4};

use super::instance::{Instance, new_folder, write_cold};
use super::log::{Log, QueueId, Tls};
use crate::certificates::Identity;
use crate::free_port;

/// A real Postfix that receives; without domains, for nobody. It ends when it is dropped.
#[derive(Debug)]
pub struct Postfix {
    address: SocketAddrV4,
    instance: Instance,
}

/// A Postfix that receives, before it starts.
#[derive(Debug)]
pub struct PostfixBuilder {
    address: Ipv4Addr,
    host: String,
    port: Option<u16>,
    identity: Option<Identity>,
    domains: Vec<String>,
}

/// A message that a Postfix has taken, and thrown away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The id at the receiving side.
    pub id: QueueId,
    /// What its header says, without angle brackets.
    pub message_id: String,
    /// Its recipient.
    pub to: String,
    /// How it came; none without TLS.
    pub tls: Option<Tls>,
}

impl Postfix {
    /// Starts one that receives for nobody and offers STARTTLS, at an address of loopback, on a
    /// free port. Only root can.
    ///
    /// # Panics
    /// If it doesn't come to listen.
    #[must_use]
    pub fn start(address: Ipv4Addr, host: &str, identity: &Identity) -> Self {
        Self::builder(address, host).identity(identity).start()
    }

    /// One at an address of loopback that calls itself `host`; on a free port, without TLS, for
    /// nobody.
    #[must_use]
    pub fn builder(address: Ipv4Addr, host: &str) -> PostfixBuilder {
        PostfixBuilder {
            address,
            host: host.to_owned(),
            port: None,
            identity: None,
            domains: Vec::new(),
        }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddrV4 {
        self.address
    }

    /// The message with an id of this server; it is waited for, as a log may be behind.
    ///
    /// # Panics
    /// If it doesn't come within a minute.
    #[must_use]
    pub fn message(&self, id: &QueueId) -> Received {
        self.instance.wait_for(&format!("the message {id}"), |log| received(log, id))
    }

    /// The messages that it has taken so far, in the order in which they came.
    #[must_use]
    pub fn messages(&self) -> Vec<Received> {
        let log = self.instance.log();
        let ids = log.lines().iter().filter(|line| line.program == "smtpd").filter_map(|line| {
            let (id, rest) = line.text.split_once(": ")?;
            rest.starts_with("client=").then(|| QueueId(id.to_owned()))
        });
        ids.filter_map(|id| received(&log, &id)).collect()
    }
}

impl PostfixBuilder {
    /// Listens on this port instead: servers look for each other on 25 (RFC 5321 §4.5.4.2).
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }

    /// Offers STARTTLS and shows this chain.
    #[must_use]
    pub fn identity(mut self, identity: &Identity) -> Self {
        self.identity = Some(identity.clone());
        self
    }

    /// Takes what is addressed to a domain, and throws it away.
    #[must_use]
    pub fn receives_for(mut self, domain: &str) -> Self {
        self.domains.push(domain.to_owned());
        self
    }

    /// Starts it. Only root can.
    ///
    /// # Panics
    /// If it doesn't come to listen.
    #[must_use]
    pub fn start(self) -> Postfix {
        for _ in 0..5 {
            let folder = new_folder();
            let address = SocketAddrV4::new(self.address, self.port.unwrap_or_else(free_port));
            let tls = self.identity.as_ref().map(|identity| {
                let file = folder.path().join("identity.pem");
                let pem = [identity.key_pem.as_str(), &identity.chain_pem].concat();
                write_cold(&file, &pem);
                format!(
                    "smtpd_tls_security_level = may\n\
                     smtpd_tls_loglevel = 1\n\
                     smtpd_tls_chain_files = {}\n",
                    file.display()
                )
            });
            let settings = format!(
                "myhostname = {}\n\
                 mynetworks =\n\
                 relay_domains = {}\n\
                 relay_transport = discard:\n\
                 smtpd_relay_restrictions = {}\n\
                 {}",
                self.host,
                self.domains.join(" "),
                if self.domains.is_empty() { "reject" } else { "reject_unauth_destination" },
                tls.as_deref().unwrap_or_default()
            );
            if let Ok(instance) = Instance::start(folder, address, &settings, None) {
                return Postfix { address, instance };
            }
        }
        panic!("no free port for Postfix at {} in five attempts", self.address);
    }
}

/// A message with all that the log says of it, once it has been thrown away.
fn received(log: &Log, id: &QueueId) -> Option<Received> {
    let start = format!("{id}: client=");
    let place = log.lines().iter().position(|line| line.text.starts_with(&start))?;
    let header = format!("{id}: message-id=");
    let message_id = log.lines().iter().find_map(|line| line.text.strip_prefix(&header))?;
    let status = log.statuses(&id.0).into_iter().find(|status| status.word == "sent")?;
    Some(Received {
        id: id.clone(),
        message_id: message_id.trim_matches(['<', '>']).to_owned(),
        to: status.recipient,
        tls: log.tls_before(place),
    })
}
