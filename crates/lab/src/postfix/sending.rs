use std::collections::HashMap;
use std::fmt::Write;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::sync::{Mutex, PoisonError};

use super::instance::{Instance, new_folder, write_cold};
use super::log::{QueueId, Status, Tls};
use super::submission::submit;
use crate::dns::{DelayProxy, SystemResolver};
use crate::free_port;

/// Who sends what is sent by [`SendingPostfix::send`].
const SENDER: &str = "sender@sender.test";

/// A real Postfix that sends. Its names come from a resolver of the test's own, although the C
/// library asks only whom `/etc/resolv.conf` names: it runs where another file has that name. It
/// ends when it is dropped.
#[derive(Debug)]
pub struct SendingPostfix {
    address: SocketAddrV4,
    told: Mutex<HashMap<QueueId, usize>>,
    // Dropped in this order: what asks, then who is asked.
    instance: Instance,
    resolver: SystemResolver,
}

/// A Postfix that sends, before it starts.
#[derive(Debug)]
pub struct SendingPostfixBuilder {
    resolver: SocketAddr,
    policy_map: Option<String>,
    security_level: String,
    authorities: Option<String>,
    routes: String,
    settings: String,
}

/// What a try to deliver a message came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The other side has taken it.
    Delivered(Delivery),
    /// It is kept, to be tried again.
    Deferred(Failure),
    /// It goes back to its sender.
    Bounced(Failure),
}

/// A message that was delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// How; none without TLS.
    pub tls: Option<Tls>,
    /// To whom, such as `mx.example.test[127.0.0.2]:25`.
    pub relay: String,
    /// The status code (RFC 3463).
    pub dsn: String,
    /// The id that the other side has given it, if it is a Postfix as well.
    pub queued_as: Option<QueueId>,
}

/// A message that was not delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Why, in Postfix's words.
    pub reason: String,
    /// The status code (RFC 3463).
    pub dsn: String,
    /// Who didn't take it; `none` if nobody was asked.
    pub relay: String,
    /// What was logged during the try.
    pub log: Vec<String>,
}

impl SendingPostfix {
    /// One that asks this resolver, which may listen on any port; it has no policies, trusts
    /// nobody, and uses TLS where it is offered.
    #[must_use]
    pub fn builder(resolver: SocketAddr) -> SendingPostfixBuilder {
        SendingPostfixBuilder {
            resolver,
            policy_map: None,
            security_level: "may".to_owned(),
            authorities: None,
            routes: String::new(),
            settings: String::new(),
        }
    }

    /// Hands in a message to a recipient.
    ///
    /// # Panics
    /// If it isn't taken.
    #[must_use]
    pub fn send(&self, to: &str) -> QueueId {
        submit(self.address, SENDER, to)
    }

    /// What the next try to deliver a message came to: the first one that this hasn't told yet. It
    /// is waited for.
    ///
    /// # Panics
    /// If there is none within a minute.
    #[must_use]
    pub fn outcome(&self, id: &QueueId) -> Outcome {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner).get(id).copied();
        let place = told.unwrap_or_default();
        let what = format!("what became of {id}");
        let outcome = self
            .instance
            .wait_for(&what, |log| log.statuses(&id.0).into_iter().nth(place).map(Outcome::read));
        self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), place + 1);
        outcome
    }

    /// Sends a message to a recipient and says what the first try came to.
    ///
    /// # Panics
    /// If it isn't taken, or isn't tried within a minute.
    #[must_use]
    pub fn deliver(&self, to: &str) -> Outcome {
        self.outcome(&self.send(to))
    }

    /// Tries a deferred message again at once, and says what that came to.
    ///
    /// # Panics
    /// If it isn't deferred, or isn't tried within a minute.
    #[must_use]
    pub fn retry(&self, id: &QueueId) -> Outcome {
        self.instance.retry(&id.0);
        self.outcome(id)
    }

    /// The resolver that it asks, for tests that make it slow.
    #[must_use]
    pub fn resolver(&self) -> &DelayProxy {
        self.resolver.front()
    }
}

impl SendingPostfixBuilder {
    /// Asks a table for policies, such as `socketmap:unix:/path:postfix`.
    #[must_use]
    pub fn policy_map(mut self, map: &str) -> Self {
        self.policy_map = Some(map.to_owned());
        self
    }

    /// The level where no policy says another, such as `dane`.
    #[must_use]
    pub fn security_level(mut self, level: &str) -> Self {
        level.clone_into(&mut self.security_level);
        self
    }

    /// Trusts these authorities (PEM).
    #[must_use]
    pub fn authorities(mut self, pem: &str) -> Self {
        self.authorities = Some(pem.to_owned());
        self
    }

    /// Sends what is addressed to a domain to a next hop, such as `[mail.example.test]:587`.
    #[must_use]
    pub fn route(mut self, domain: &str, next_hop: &str) -> Self {
        writeln!(self.routes, "{domain} smtp:{next_hop}").unwrap();
        self
    }

    /// Adds a line to `main.cf`, which counts more than what is there already.
    #[must_use]
    pub fn setting(mut self, line: &str) -> Self {
        writeln!(self.settings, "{line}").unwrap();
        self
    }

    /// Starts it. Only root can, and only where a program may have mounts of its own.
    ///
    /// # Panics
    /// If it doesn't come to listen.
    #[must_use]
    pub fn start(self) -> SendingPostfix {
        for _ in 0..5 {
            let folder = new_folder();
            let resolver = SystemResolver::start(self.resolver);
            let file = |name: &str, text: &str| {
                let path = folder.path().join(name);
                write_cold(&path, text);
                path.display().to_string()
            };
            let address = SocketAddrV4::new(Ipv4Addr::LOCALHOST, free_port());
            let map = self.policy_map.as_deref().unwrap_or_default();
            let settings = format!(
                "myhostname = sender.test\n\
                 mynetworks = 127.0.0.0/8\n\
                 smtpd_relay_restrictions = permit_mynetworks, reject\n\
                 transport_maps = texthash:{}\n\
                 smtp_tls_loglevel = 1\n\
                 smtp_tls_security_level = {}\n\
                 smtp_tls_policy_maps = {map}\n\
                 smtp_tls_CAfile = {}\n\
                 smtp_dns_support_level = dnssec\n\
                 smtp_host_lookup = dns\n\
                 default_destination_concurrency_failed_cohort_limit = 0\n\
                 smtp_connection_cache_on_demand = no\n\
                 {}",
                file("routes", &format!("sender.test discard:\n{}", self.routes)),
                self.security_level,
                file("authorities.pem", self.authorities.as_deref().unwrap_or_default()),
                self.settings,
            );
            let wrapper = resolver.command();
            if let Ok(instance) = Instance::start(folder, address, &settings, Some(wrapper)) {
                return SendingPostfix { address, told: Mutex::default(), instance, resolver };
            }
        }
        panic!("no free port for Postfix in five attempts");
    }
}

impl Outcome {
    fn read(status: Status) -> Self {
        let Status { relay, dsn, word, reason, tls, said, .. } = status;
        if word == "sent" {
            let queued_as = QueueId::queued(&reason);
            return Self::Delivered(Delivery { tls, relay, dsn, queued_as });
        }
        let failure = Failure { reason, dsn, relay, log: said };
        if word == "bounced" { Self::Bounced(failure) } else { Self::Deferred(failure) }
    }

    /// How it was delivered.
    ///
    /// # Panics
    /// If it wasn't.
    #[must_use]
    pub fn delivered(self) -> Delivery {
        match self {
            Self::Delivered(delivery) => delivery,
            other => panic!("not delivered: {other:?}"),
        }
    }

    /// Why it was deferred.
    ///
    /// # Panics
    /// If it wasn't.
    #[must_use]
    pub fn deferred(self) -> Failure {
        match self {
            Self::Deferred(failure) => failure,
            other => panic!("not deferred: {other:?}"),
        }
    }

    /// Why it was sent back.
    ///
    /// # Panics
    /// If it wasn't.
    #[must_use]
    pub fn bounced(self) -> Failure {
        match self {
            Self::Bounced(failure) => failure,
            other => panic!("not sent back: {other:?}"),
        }
    }
}

impl Failure {
    /// Whether the reason, or a line that was logged during the try, has this text.
    #[must_use]
    pub fn says(&self, text: &str) -> bool {
        self.log.iter().chain([&self.reason]).any(|line| line.contains(text))
    }
}
