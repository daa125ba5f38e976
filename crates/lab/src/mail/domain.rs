//! A domain that receives mail.

use std::net::{Ipv4Addr, SocketAddrV4};

use super::MailLab;
use crate::certificates::Identity;
use crate::dns::{Signing, Zone};
use crate::{Nginx, Postfix, own_address};

/// A domain with a mail host, `mx.DOMAIN`, and a policy host if it has a policy; both end when it is
/// dropped.
#[derive(Debug)]
pub struct MailDomain<'a> {
    lab: &'a MailLab,
    name: String,
    mx_address: Ipv4Addr,
    mx: Option<Postfix>,
    policy_address: Ipv4Addr,
    policy_identity: Identity,
    policy_host: Option<Nginx>,
}

/// A domain before its servers start.
#[derive(Debug)]
pub struct MailDomainBuilder<'a> {
    lab: &'a MailLab,
    name: String,
    signing: Signing,
    identity: Option<Identity>,
    policy: Option<String>,
    policy_identity: Identity,
    tlsa: Option<[u8; 32]>,
}

impl<'a> MailDomainBuilder<'a> {
    pub(super) fn new(lab: &'a MailLab, name: &str) -> Self {
        Self {
            lab,
            name: name.to_owned(),
            signing: Signing::Nsec,
            identity: Some(lab.pki().issue(&[&format!("mx.{name}")])),
            policy: None,
            policy_identity: lab.pki().issue(&[&format!("mta-sts.{name}")]),
            tlsa: None,
        }
    }

    /// Signs the zone in this way instead of with NSEC.
    #[must_use]
    pub fn signing(mut self, signing: Signing) -> Self {
        self.signing = signing;
        self
    }

    /// Shows this chain at the mail host, instead of a good one.
    #[must_use]
    pub fn identity(mut self, identity: Identity) -> Self {
        self.identity = Some(identity);
        self
    }

    /// Offers no STARTTLS.
    #[must_use]
    pub fn without_tls(mut self) -> Self {
        self.identity = None;
        self
    }

    /// Serves this policy, with a record whose id is `1`.
    #[must_use]
    pub fn policy(mut self, policy: &str) -> Self {
        self.policy = Some(policy.to_owned());
        self
    }

    /// Shows this chain at the policy host, instead of a good one.
    #[must_use]
    pub fn policy_identity(mut self, identity: Identity) -> Self {
        self.policy_identity = identity;
        self
    }

    /// Has a TLSA record `3 1 1` for the key with this digest.
    #[must_use]
    pub fn tlsa(mut self, digest: [u8; 32]) -> Self {
        self.tlsa = Some(digest);
        self
    }

    /// Has a TLSA record `3 1 1` that fits the mail host's certificate.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn fitting_tlsa(self) -> Self {
        let digest = self.identity.as_ref().unwrap().public_key_digest();
        self.tlsa(digest)
    }

    /// Starts the servers, and adds the zone.
    ///
    /// # Panics
    /// If one doesn't come to listen, or the zone is there already.
    #[must_use]
    pub fn start(self) -> MailDomain<'a> {
        let (mx_address, policy_address) = (own_address(), own_address());
        let mut domain = MailDomain {
            lab: self.lab,
            name: self.name,
            mx_address,
            mx: None,
            policy_address,
            policy_identity: self.policy_identity,
            policy_host: None,
        };
        domain.start_mx(self.identity.as_ref());
        if let Some(policy) = &self.policy {
            domain.start_policy_host(policy);
        }
        self.lab.add(&domain.name, self.signing, |zone| {
            zone.mx(10, "mx").a("mx", mx_address);
            if let Some(digest) = self.tlsa {
                zone.tlsa("_25._tcp.mx", 3, 1, 1, &digest);
            }
            if self.policy.is_some() {
                zone.a("mta-sts", policy_address);
                publish_id(zone, "1");
            }
        });
        domain
    }
}

impl MailDomain<'_> {
    /// The domain.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The mail host.
    ///
    /// # Panics
    /// If it has been stopped.
    #[must_use]
    pub fn mx(&self) -> &Postfix {
        self.mx.as_ref().expect("a running mail host")
    }

    /// The policy host.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn policy_host(&self) -> &Nginx {
        self.policy_host.as_ref().expect("a running policy host")
    }

    /// Ends the mail host, and starts it anew with another chain, or without STARTTLS.
    ///
    /// # Panics
    /// If it doesn't come to listen.
    pub fn start_mx(&mut self, identity: Option<&Identity>) {
        drop(self.mx.take());
        let host = format!("mx.{}", self.name);
        let builder = Postfix::builder(self.mx_address, &host).receives_for(&self.name);
        let builder = match identity {
            Some(identity) => builder.identity(identity),
            None => builder,
        };
        self.mx = Some(builder.port(25).start());
    }

    /// Ends the policy host, and starts it anew with a policy.
    ///
    /// # Panics
    /// If it doesn't come to listen.
    pub fn start_policy_host(&mut self, policy: &str) {
        self.stop_policy_host();
        let address = SocketAddrV4::new(self.policy_address, self.lab.https_port());
        let host = format!("mta-sts.{}", self.name);
        self.policy_host = Some(Nginx::start_at(address, &host, &self.policy_identity, policy));
    }

    /// Ends the policy host: connections to it are refused.
    pub fn stop_policy_host(&mut self) {
        drop(self.policy_host.take());
    }

    /// Publishes another id in the record.
    ///
    /// # Panics
    /// If the zone can't be changed.
    pub fn set_id(&self, id: &str) {
        self.lab.edit(&self.name, |zone| publish_id(zone, id));
    }

    /// Takes the record away.
    ///
    /// # Panics
    /// If the zone can't be changed.
    pub fn remove_record(&self) {
        self.lab.edit(&self.name, |zone| {
            zone.remove("_mta-sts", "TXT");
        });
    }
}

/// Replaces the record; its TTL is short, for tests that change it.
fn publish_id(zone: &mut Zone, id: &str) {
    let record = format!("\"v=STSv1; id={id};\"");
    zone.remove("_mta-sts", "TXT").record_with_ttl("_mta-sts", 1, "TXT", &record);
}
