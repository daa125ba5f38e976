//! Questions to the DNS, as the observation keeps them.

use std::time::Duration;

use sigillo_check::observation::{DnsLook, DnsOutcome, MxRecord, Security, TlsaRecord, TxtRecord};
use sigillo_net::dns::{Answer, Outcome, QueryName, RecordKind, Records};
use tokio::time::{Instant, timeout_at};

use crate::Look;
use crate::progress::Progress;

/// Whole milliseconds, as many as the layout holds.
pub(crate) fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl Look<'_> {
    /// TXT records.
    pub(crate) async fn txt(&self, name: &str) -> DnsLook<TxtRecord> {
        self.ask(name, RecordKind::Txt, txt_records).await
    }

    /// TXT records that nobody has asked for.
    pub(crate) async fn first_txt(&self, name: &str) -> DnsLook<TxtRecord> {
        let lookup =
            async |query: &QueryName| self.resolver.lookup_first(query, RecordKind::Txt).await;
        self.ask_by(name, RecordKind::Txt, lookup, txt_records).await
    }

    /// MX records; the host of a null MX is empty.
    pub(crate) async fn mx(&self, name: &str) -> DnsLook<MxRecord> {
        self.ask(name, RecordKind::Mx, |records| match records {
            Records::Mx(records) => records
                .iter()
                .map(|record| MxRecord {
                    preference: record.preference,
                    host: if record.exchange == "." {
                        String::new()
                    } else {
                        record.exchange.clone()
                    },
                })
                .collect(),
            _ => Vec::new(),
        })
        .await
    }

    /// IPv4 or IPv6 addresses.
    pub(crate) async fn addresses(&self, name: &str, kind: RecordKind) -> DnsLook<String> {
        self.ask(name, kind, |records| match records {
            Records::A(addresses) => addresses.iter().map(ToString::to_string).collect(),
            Records::Aaaa(addresses) => addresses.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        })
        .await
    }

    /// IPv4 addresses or, where there is none, IPv6 addresses.
    pub(crate) async fn any_address(&self, name: &str) -> DnsLook<String> {
        let ipv4 = self.addresses(name, RecordKind::A).await;
        if ipv4.outcome == DnsOutcome::NoData {
            let ipv6 = self.addresses(name, RecordKind::Aaaa).await;
            if ipv6.outcome == DnsOutcome::Found {
                return ipv6;
            }
        }
        ipv4
    }

    /// TLSA records.
    pub(crate) async fn tlsa(&self, name: &str) -> DnsLook<TlsaRecord> {
        self.ask(name, RecordKind::Tlsa, |records| match records {
            Records::Tlsa(records) => records
                .iter()
                .map(|record| TlsaRecord {
                    usage: record.usage,
                    selector: record.selector,
                    matching: record.matching,
                    data: crate::tls::hexadecimal(&record.data),
                })
                .collect(),
            _ => Vec::new(),
        })
        .await
    }

    /// CAA records as `TAG VALUE`.
    pub(crate) async fn caa(&self, name: &str) -> DnsLook<String> {
        self.ask(name, RecordKind::Caa, |records| match records {
            Records::Caa(records) => records
                .iter()
                .map(|record| format!("{} {}", record.tag, String::from_utf8_lossy(&record.value)))
                .collect(),
            _ => Vec::new(),
        })
        .await
    }

    async fn ask<T>(
        &self,
        name: &str,
        kind: RecordKind,
        records: impl FnOnce(&Records) -> Vec<T>,
    ) -> DnsLook<T> {
        let lookup = async |query: &QueryName| self.resolver.lookup(query, kind).await;
        self.ask_by(name, kind, lookup, records).await
    }

    async fn ask_by<T>(
        &self,
        name: &str,
        kind: RecordKind,
        lookup: impl AsyncFnOnce(&QueryName) -> Answer,
        records: impl FnOnce(&Records) -> Vec<T>,
    ) -> DnsLook<T> {
        let started = Instant::now();
        let look = match QueryName::parse(name) {
            Ok(query) => match timeout_at(self.deadline, lookup(&query)).await {
                Ok(answer) => observed(&answer, records),
                Err(_) => DnsLook {
                    outcome: DnsOutcome::Timeout,
                    elapsed_ms: milliseconds(started.elapsed()),
                    ..nothing(name, kind)
                },
            },
            // A name that can't be asked about does not exist.
            Err(error) => DnsLook {
                outcome: DnsOutcome::NxDomain,
                reason: Some(error.to_string()),
                ..nothing(name, kind)
            },
        };
        self.progress.tell(Progress::Dns {
            name: look.name.clone(),
            kind: look.kind.clone(),
            answered: look.is_known(),
        });
        look
    }
}

fn txt_records(records: &Records) -> Vec<TxtRecord> {
    let Records::Txt(records) = records else { return Vec::new() };
    let strings = |count| u32::try_from(count).unwrap_or(u32::MAX);
    records.iter().map(|record| TxtRecord::new(&record.text, strings(record.strings))).collect()
}

fn nothing<T>(name: &str, kind: RecordKind) -> DnsLook<T> {
    DnsLook {
        name: name.to_owned(),
        kind: kind.to_string(),
        outcome: DnsOutcome::NoData,
        reason: None,
        records: Vec::new(),
        security: Security::Unchecked,
        aliases: Vec::new(),
        ttl: None,
        elapsed_ms: 0,
    }
}

fn observed<T>(answer: &Answer, records: impl FnOnce(&Records) -> Vec<T>) -> DnsLook<T> {
    let (outcome, reason) = match &answer.outcome {
        Outcome::Found(_) => (DnsOutcome::Found, None),
        Outcome::NoData => (DnsOutcome::NoData, None),
        Outcome::NxDomain => (DnsOutcome::NxDomain, None),
        Outcome::ServerFailure { rcode, extended_error } => {
            let reason = match extended_error {
                Some(more) => format!("{rcode} ({more})"),
                None => rcode.to_string(),
            };
            (DnsOutcome::ServerFailure, Some(reason))
        }
        Outcome::Bogus { reason } => (DnsOutcome::Bogus, Some(reason.clone())),
        Outcome::Timeout => (DnsOutcome::Timeout, None),
        Outcome::Unreachable { reason } => (DnsOutcome::Unreachable, Some(reason.clone())),
        Outcome::AliasLoop => (DnsOutcome::Malformed, Some("alias loop".to_owned())),
        Outcome::TooManyAliases => (DnsOutcome::Malformed, Some("too many aliases".to_owned())),
        Outcome::Malformed { reason } => (DnsOutcome::Malformed, Some(reason.clone())),
        _ => (DnsOutcome::Malformed, None),
    };
    DnsLook {
        name: answer.name.as_str().to_owned(),
        kind: answer.kind.to_string(),
        outcome,
        reason,
        records: answer.records().map(records).unwrap_or_default(),
        security: match answer.security {
            sigillo_net::dns::Security::Secure => Security::Secure,
            sigillo_net::dns::Security::Insecure => Security::Insecure,
            sigillo_net::dns::Security::Bogus => Security::Bogus,
            sigillo_net::dns::Security::Indeterminate => Security::Indeterminate,
            sigillo_net::dns::Security::Unchecked => Security::Unchecked,
        },
        aliases: answer.aliases.clone(),
        ttl: answer.ttl,
        elapsed_ms: milliseconds(answer.elapsed),
    }
}
