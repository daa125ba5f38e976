//! What the MX hosts of a next hop have of DANE.

use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream;
use sigillo_formats::DomainName;
use sigillo_net::dns::{
    Answer, DaneHost, Outcome, QueryName, RecordKind, Records, Security, TlsaRecord,
};

use super::record::{failure, lifetime};
use super::{Internet, Network as _};
use crate::NextHop;
use crate::facts::{DaneHostLook, DaneHostOutcome, DaneLook, DaneOutcome};

/// How many hosts are looked at; what comes after them in the order of preference is hardly ever
/// tried, and counts as a host without TLSA records.
const HOSTS: usize = 32;

/// How many at a time.
const AT_A_TIME: usize = 8;

pub(super) async fn look(internet: &Internet, next_hop: &NextHop) -> DaneLook {
    let nothing = |outcome| DaneLook { outcome, ttl: None, hosts: Vec::new() };
    let resolver = &internet.resolver;
    let validates = internet.validates_dnssec();
    let (true, true, Some(port)) = (internet.settings.dane, validates, next_hop.port()) else {
        return nothing(DaneOutcome::Off);
    };
    let domain = next_hop.policy_domain();
    let (hosts, ttl, left_out) = if next_hop.is_host() {
        (vec![domain.clone()], None, false)
    } else {
        let mx = resolver.lookup(&QueryName::from(domain), RecordKind::Mx).await;
        match mx_hosts(&mx, domain) {
            Ok((hosts, left_out)) => (hosts, lifetime(&mx), left_out),
            Err(outcome) => return DaneLook { ttl: lifetime(&mx), ..nothing(outcome) },
        }
    };
    let mut looks: Vec<(DaneHostLook, Option<Duration>)> = stream::iter(hosts)
        .map(async |host| {
            let found = resolver.dane_host(&host, port).await;
            let (outcome, ttl) = judge(&found);
            (DaneHostLook { host, outcome }, ttl)
        })
        .buffered(AT_A_TIME)
        .collect()
        .await;
    let ttl = looks.iter().filter_map(|(_, ttl)| *ttl).chain(ttl).min();
    if left_out {
        looks.push((DaneHostLook { host: domain.clone(), outcome: DaneHostOutcome::None }, None));
    }
    let hosts: Vec<DaneHostLook> = looks.into_iter().map(|(look, _)| look).collect();
    DaneLook { outcome: DaneOutcome::of_hosts(&hosts), ttl, hosts }
}

/// The hosts that mail goes to, if the DNS is secure about them (RFC 7672 §2.2.1), and whether
/// there are more than are looked at; otherwise what that means for DANE.
fn mx_hosts(mx: &Answer, domain: &DomainName) -> Result<(Vec<DomainName>, bool), DaneOutcome> {
    if mx.is_failure() {
        return Err(DaneOutcome::MxFailed(failure(mx)));
    }
    if mx.security != Security::Secure {
        return Err(DaneOutcome::None);
    }
    match &mx.outcome {
        Outcome::Found(Records::Mx(records)) => {
            // A name that no host can have, or the root of a null MX (RFC 7505), gets no mail.
            let hosts = records
                .iter()
                .filter_map(|record| DomainName::from_ascii(record.exchange.as_bytes()).ok());
            let mut hosts: Vec<DomainName> = hosts.collect();
            let left_out = hosts.len() > HOSTS || mx.left_out > 0;
            hosts.truncate(HOSTS);
            Ok((hosts, left_out))
        }
        // Without MX records the domain is the host (RFC 5321 §5.1).
        Outcome::NoData => Ok((vec![domain.clone()], false)),
        _ => Err(DaneOutcome::None),
    }
}

/// What a host has, and how long that counts.
fn judge(found: &DaneHost) -> (DaneHostOutcome, Option<Duration>) {
    let addresses = [&found.ipv4, &found.ipv6];
    let ttl = |answers: &[&Answer]| answers.iter().filter_map(|answer| lifetime(answer)).min();
    let Some(tlsa) = &found.tlsa else {
        let ttl = ttl(&addresses);
        if addresses.iter().all(|answer| answer.is_absent()) {
            return (DaneHostOutcome::NoAddress, ttl);
        }
        // Where one address is known to be insecure, so is the whole host.
        let failed = addresses.iter().find(|answer| answer.is_failure());
        let insecure =
            addresses.iter().any(|it| !it.is_failure() && it.security == Security::Insecure);
        return match failed {
            Some(answer) if !insecure => (DaneHostOutcome::Failed(failure(answer)), None),
            _ => (DaneHostOutcome::None, ttl),
        };
    };
    let ttl = ttl(&[&found.ipv4, &found.ipv6, tlsa]);
    let outcome = match &tlsa.outcome {
        _ if tlsa.is_failure() => DaneHostOutcome::Failed(failure(tlsa)),
        Outcome::Found(Records::Tlsa(records)) if tlsa.security == Security::Secure => {
            if addresses.iter().all(|answer| answer.is_absent()) {
                DaneHostOutcome::NoAddress
            } else if records.iter().any(is_usable) {
                DaneHostOutcome::Usable
            } else {
                DaneHostOutcome::Unusable
            }
        }
        _ => DaneHostOutcome::None,
    };
    (outcome, ttl)
}

fn is_usable(record: &TlsaRecord) -> bool {
    let TlsaRecord { usage, selector, matching, data } = record.clone();
    sigillo_net::dane::TlsaRecord { usage, selector, matching, data }.usable().is_ok()
}
