//! Mail from end to end: domains with mail and policy hosts of their own, and a Postfix that sends
//! to them.
//!
//! ```no_run
//! use sigillo_lab::mail::MailLab;
//!
//! let lab = MailLab::start();
//! let policy = "version: STSv1\nmode: enforce\nmx: mx.good.test\nmax_age: 86400\n";
//! let domain = lab.domain("good.test").policy(policy).start();
//! let sender = lab.sender().policy_map("socketmap:unix:/run/policies:postfix").start();
//! let delivery = sender.deliver("someone@good.test").delivered();
//! println!("{:?}, received {:?}", delivery.tls, domain.mx().messages());
//! ```

mod domain;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

pub use domain::{MailDomain, MailDomainBuilder};

use crate::certificates::Pki;
use crate::dns::{DnsLab, Signing, Zone};
use crate::postfix::{SendingPostfix, SendingPostfixBuilder};
use crate::{available, free_port, is_root};

/// The DNS, an authority that everybody trusts, and a port for HTTPS.
#[derive(Debug)]
pub struct MailLab {
    dns: Mutex<DnsLab>,
    pki: Pki,
    resolver: SocketAddr,
    trust_anchor: String,
    https_port: u16,
}

impl MailLab {
    /// Whether the programs are there and the tests run as root; see [`available`] and [`is_root`].
    #[must_use]
    pub fn available() -> bool {
        DnsLab::available() && available(&["nginx", "postfix", "unshare"]) && is_root()
    }

    /// A lab without domains.
    ///
    /// # Panics
    /// If a program is missing or doesn't start.
    #[must_use]
    pub fn start() -> Self {
        let mut builder = DnsLab::builder();
        builder.zone("test", Signing::Nsec);
        let dns = builder.start();
        Self {
            resolver: dns.resolver_address(),
            trust_anchor: dns.trust_anchor().to_owned(),
            dns: Mutex::new(dns),
            pki: Pki::new(),
            https_port: free_port(),
        }
    }

    /// The lab that tests share which run at the same time; it ends with the last of them. None if
    /// the tests may do without.
    #[must_use]
    pub fn shared() -> Option<Arc<Self>> {
        static SHARED: Mutex<Weak<MailLab>> = Mutex::new(Weak::new());
        if !Self::available() {
            return None;
        }
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        let lab = shared.upgrade().unwrap_or_else(|| Arc::new(Self::start()));
        *shared = Arc::downgrade(&lab);
        Some(lab)
    }

    /// Unbound, which validates.
    #[must_use]
    pub fn resolver_address(&self) -> SocketAddr {
        self.resolver
    }

    /// The DS records of the private root, as zone-file text.
    #[must_use]
    pub fn trust_anchor(&self) -> &str {
        &self.trust_anchor
    }

    /// The authority of all good certificates.
    #[must_use]
    pub fn pki(&self) -> &Pki {
        &self.pki
    }

    /// The port of all policy hosts, each at its own address.
    #[must_use]
    pub fn https_port(&self) -> u16 {
        self.https_port
    }

    /// A Postfix that sends to these domains, before it starts. It trusts the authority.
    #[must_use]
    pub fn sender(&self) -> SendingPostfixBuilder {
        SendingPostfix::builder(self.resolver).authorities(&self.pki.root_pem())
    }

    /// A domain below `test`, or below the root, with a zone of its own, before its servers start.
    #[must_use]
    pub fn domain(&self, name: &str) -> MailDomainBuilder<'_> {
        MailDomainBuilder::new(self, name)
    }

    /// Changes a zone; resolvers forget what they knew.
    ///
    /// # Panics
    /// If it isn't there.
    pub fn edit(&self, zone: &str, change: impl FnOnce(&mut Zone)) {
        self.dns().edit(zone, change);
    }

    /// Adds a zone; resolvers forget what they knew.
    ///
    /// # Panics
    /// If it is there already, or its signatures would have to be spoilt.
    pub fn add(&self, zone: &str, signing: Signing, fill: impl FnOnce(&mut Zone)) {
        self.dns().add(zone, signing, fill);
    }

    fn dns(&self) -> MutexGuard<'_, DnsLab> {
        self.dns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
