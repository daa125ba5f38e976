//! The certificates that were seen, for those who look after them.

use jiff::Timestamp;
use sigillo_check::Observation;
use sigillo_check::observation::{CertificateLook, TlsLook};

/// How many names of a certificate are shown.
const NAMES: usize = 12;

/// A certificate, and who sent it.
pub(super) struct Certificate {
    /// The hosts and addresses that sent it.
    pub(super) senders: Vec<String>,
    pub(super) subject: String,
    pub(super) issuer: String,
    pub(super) names: Vec<String>,
    /// How many names are not shown.
    pub(super) more_names: usize,
    pub(super) not_before: String,
    pub(super) not_after: String,
    pub(super) key: String,
    pub(super) sha256: String,
    /// The version and the cipher of the session.
    pub(super) session: String,
    /// How many certificates came with it.
    pub(super) chain_length: usize,
}

/// The certificates of all hosts, each once.
pub(super) fn certificates(observation: &Observation) -> Vec<Certificate> {
    let host = &observation.policy_host;
    let of_policy_host = host.fetches.iter().filter_map(|fetch| {
        Some((format!("{} ({})", host.name, fetch.address), fetch.tls.as_ref()?))
    });
    let of_mail_hosts = observation.mail_hosts.iter().flat_map(|host| {
        host.sessions.iter().filter_map(move |session| {
            Some((format!("{} ({})", host.name, session.address), session.tls.as_ref()?))
        })
    });
    let mut shown: Vec<Certificate> = Vec::new();
    for (sender, tls) in of_policy_host.chain(of_mail_hosts) {
        let Some(leaf) = tls.chain.first() else { continue };
        match shown.iter_mut().find(|known| known.sha256 == leaf.sha256) {
            Some(known) => known.senders.push(sender),
            None => shown.push(certificate(sender, tls, leaf)),
        }
    }
    shown
}

fn certificate(sender: String, tls: &TlsLook, leaf: &CertificateLook) -> Certificate {
    Certificate {
        senders: vec![sender],
        subject: leaf.subject.clone(),
        issuer: leaf.issuer.clone(),
        names: leaf.names.iter().take(NAMES).cloned().collect(),
        more_names: leaf.names.len().saturating_sub(NAMES),
        not_before: day(leaf.not_before),
        not_after: day(leaf.not_after),
        key: leaf.key.clone(),
        sha256: leaf.sha256.clone(),
        session: format!("{}, {}", tls.version, tls.cipher),
        chain_length: tls.chain.len(),
    }
}

/// The day of a time, or the number where it is beyond all days.
fn day(seconds: i64) -> String {
    match Timestamp::from_second(seconds) {
        Ok(time) => time.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        Err(_) => seconds.to_string(),
    }
}
