//! The hosts that receive mail.

use futures_util::future::join_all;
use sigillo_check::observation::{DaneLook, DnsLook, MailHostLook, MxRecord, Security, TlsaRecord};
use sigillo_formats::DomainName;
use sigillo_net::dane::{self, DaneOutcome};
use sigillo_net::dns::RecordKind;

use crate::Look;
use crate::limits::MAIL_HOSTS;
use crate::session::Session;

/// The mail of a domain.
pub(crate) struct Mail {
    pub(crate) mx: DnsLook<MxRecord>,
    pub(crate) hosts: Vec<MailHostLook>,
    pub(crate) left_out: u32,
}

/// Sub-domains that often have mail of their own.
const SUBDOMAINS: [&str; 4] = ["mail", "lists", "news", "newsletter"];

/// The MX records of sub-domains.
pub(crate) async fn subdomains(look: &Look<'_>) -> Vec<DnsLook<MxRecord>> {
    let names = SUBDOMAINS.map(|label| format!("{label}.{}", look.domain));
    join_all(names.iter().map(|name| look.mx(name))).await
}

/// The MX records of the domain, and each of their hosts.
pub(crate) async fn look_all(look: &Look<'_>) -> Mail {
    let mx = look.mx(look.domain.as_str()).await;
    let mut hosts: Vec<(String, Option<u16>)> = Vec::new();
    for record in &mx.records {
        let is_new = hosts.iter().all(|(host, _)| *host != record.host);
        // The empty host of a null MX is none (RFC 7505).
        if is_new && !record.host.is_empty() {
            hosts.push((record.host.clone(), Some(record.preference)));
        }
    }
    if mx.is_absent() {
        // The implicit MX (RFC 5321 §5.1).
        hosts.push((look.domain.to_string(), None));
    }
    let left_out = hosts.len().saturating_sub(MAIL_HOSTS);
    hosts.truncate(MAIL_HOSTS);
    let looks = hosts.into_iter().map(|(host, preference)| look_host(look, host, preference));
    Mail { hosts: join_all(looks).await, left_out: u32::try_from(left_out).unwrap_or(u32::MAX), mx }
}

async fn look_host(look: &Look<'_>, name: String, preference: Option<u16>) -> MailHostLook {
    let tlsa_name = format!("_{}._tcp.{name}", look.settings.smtp_port);
    let host = DomainName::parse(&name).ok().filter(|_| look.settings.smtp);
    let host = host.as_ref();
    let family =
        |kind| {
            look.family(&name, kind, move |address| async move {
                Some(look.session(host?, address).await)
            })
        };
    let (ipv4, ipv6, tlsa) =
        tokio::join!(family(RecordKind::A), family(RecordKind::Aaaa), look.tlsa(&tlsa_name));
    let left_out = ipv4.left_out.saturating_add(ipv6.left_out);
    let sessions: Vec<Session> = ipv4.looks.into_iter().chain(ipv6.looks).collect();
    let (ipv4, ipv6) = (ipv4.addresses, ipv6.addresses);
    // RFC 7672 §2.2.2: a host whose address is not secure needs no TLSA look-up.
    let is_insecure = [ipv4.security, ipv6.security].contains(&Security::Insecure);
    let tlsa = (!is_insecure || !tlsa.records.is_empty()).then_some(tlsa);
    let dane = tlsa.as_ref().and_then(|tlsa| verify(look, &name, tlsa, &sessions));
    MailHostLook {
        name,
        preference,
        ipv4,
        ipv6,
        tlsa,
        dane,
        sessions: sessions.into_iter().map(|session| session.look).collect(),
        left_out,
    }
}

/// What DANE comes to over all addresses that showed certificates; none where there is nothing to
/// verify.
fn verify(
    look: &Look<'_>,
    host: &str,
    tlsa: &DnsLook<TlsaRecord>,
    sessions: &[Session],
) -> Option<DaneLook> {
    if tlsa.records.is_empty() {
        return None;
    }
    let records: Vec<dane::TlsaRecord> = tlsa.records.iter().map(record).collect();
    let mut names = vec![look.domain.clone()];
    names.extend(DomainName::parse(host));
    let outcomes = sessions
        .iter()
        .filter_map(|session| session.chain.as_ref())
        .map(|chain| dane::verify(&records, chain, &names, look.now).outcome);
    let mut result = None;
    for outcome in outcomes {
        let seen = match outcome {
            DaneOutcome::NoRecords => continue,
            DaneOutcome::Unusable => DaneLook::Unusable,
            DaneOutcome::Matched => DaneLook::Match,
            DaneOutcome::Failed => return Some(DaneLook::Mismatch),
        };
        result = Some(seen);
    }
    result
}

fn record(record: &TlsaRecord) -> dane::TlsaRecord {
    let data = record
        .data
        .as_bytes()
        .chunks(2)
        .filter_map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    dane::TlsaRecord {
        usage: record.usage,
        selector: record.selector,
        matching: record.matching,
        data,
    }
}
