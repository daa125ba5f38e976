//! What looking at the network brings, as plain data.

use std::time::Duration;

use sigillo_formats::DomainName;
use sigillo_formats::mta_sts_record::PolicyId;
use sigillo_formats::policy::Policy;

/// What the TXT records at `_mta-sts.DOMAIN` come to (RFC 8461 §3.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordLook {
    /// What there is.
    pub outcome: RecordOutcome,
    /// How long that counts, as the DNS says; none where it says nothing.
    pub ttl: Option<Duration>,
}

/// What the TXT records come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordOutcome {
    /// A record with this id.
    Id(PolicyId),
    /// There is none.
    Absent,
    /// There are some, but none that counts: several, or one that is not well formed.
    Unusable,
    /// Nothing is known: the question could not be answered.
    Failed(String),
}

/// A policy as it was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchedPolicy {
    /// What it says.
    pub policy: Policy,
    /// Its bytes, at most 64 KiB.
    pub text: Box<[u8]>,
}

/// Why there is no policy to be had (RFC 8461 §3.3, RFC 8460 §4.3.2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchFailure {
    /// What a report says.
    pub kind: FailureKind,
    /// What happened, for the operator; texts in it come from the network.
    pub reason: String,
}

/// What reports distinguish about policies that can't be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// The policy host could not be reached, or gave something else than a policy file.
    Fetch,
    /// Its certificate does not pass.
    Certificate,
    /// What it gave is no policy.
    Invalid,
}

impl FailureKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Fetch, Self::Certificate, Self::Invalid];

    /// The result type of reports (RFC 8460 §4.3.2.2).
    #[must_use]
    pub const fn result_type(self) -> &'static str {
        match self {
            Self::Fetch => "sts-policy-fetch-error",
            Self::Certificate => "sts-webpki-invalid",
            Self::Invalid => "sts-policy-invalid",
        }
    }
}

/// What the MX hosts of a next hop have of DANE (RFC 7672 §2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaneLook {
    /// What it comes to.
    pub outcome: DaneOutcome,
    /// How long that counts, as the DNS says; none where it says nothing.
    pub ttl: Option<Duration>,
    /// What was seen of each host, where there are any to speak of.
    pub hosts: Vec<DaneHostLook>,
}

/// What DANE comes to, over all MX hosts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DaneOutcome {
    /// Nobody looked, because it is off or nobody validates.
    Off,
    /// No host has TLSA records that are secure, or the list of hosts is not.
    None,
    /// Every host has usable ones.
    All,
    /// Some hosts have usable ones, others have none.
    Partial,
    /// There are some, and none is usable.
    Unusable,
    /// It could not be found out which hosts there are.
    MxFailed(String),
    /// It could not be found out whether a host has any, though it may.
    TlsaFailed(String),
}

/// What was seen of a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaneHostLook {
    /// Its name.
    pub host: DomainName,
    /// What it has.
    pub outcome: DaneHostOutcome,
}

/// What a host has of DANE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DaneHostOutcome {
    /// Nobody can deliver to it: it has no address.
    NoAddress,
    /// No TLSA records that count.
    None,
    /// Usable TLSA records.
    Usable,
    /// TLSA records of which none is usable; TLS is required all the same (RFC 7672 §2.2).
    Unusable,
    /// It could not be found out.
    Failed(String),
}

impl DaneOutcome {
    /// What hosts come to together: those that nobody can deliver to don't count. A lookup that
    /// fails takes that host out where all others have usable records, since whoever delivers by
    /// them fails there too (RFC 7672 §2.2); otherwise nothing may be concluded.
    #[must_use]
    pub fn of_hosts(hosts: &[DaneHostLook]) -> Self {
        let mut usable = 0_usize;
        let mut unusable = 0_usize;
        let mut none = 0_usize;
        let mut failed = None;
        for look in hosts {
            match &look.outcome {
                DaneHostOutcome::NoAddress => {}
                DaneHostOutcome::None => none += 1,
                DaneHostOutcome::Usable => usable += 1,
                DaneHostOutcome::Unusable => unusable += 1,
                DaneHostOutcome::Failed(reason) => {
                    failed = failed.or_else(|| Some(format!("{}: {reason}", look.host)));
                }
            }
        }
        match (usable, unusable, none, failed) {
            (1.., 0, 0, _) => Self::All,
            (_, _, _, Some(reason)) => Self::TlsaFailed(reason),
            (0, 0, _, None) => Self::None,
            (0, 1.., 0, None) => Self::Unusable,
            _ => Self::Partial,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_come_to_what_leaves_none_unauthenticated() {
        use DaneHostOutcome::{Failed, NoAddress, None, Unusable, Usable};
        let of = |outcomes: &[DaneHostOutcome]| {
            let host = DomainName::parse("mx.example.com").unwrap();
            let looks: Vec<DaneHostLook> = outcomes
                .iter()
                .map(|outcome| DaneHostLook { host: host.clone(), outcome: outcome.clone() })
                .collect();
            DaneOutcome::of_hosts(&looks)
        };
        let failed = || Failed("it failed".to_owned());
        let failure = || DaneOutcome::TlsaFailed("mx.example.com: it failed".to_owned());
        for (outcomes, expected) in [
            (vec![], DaneOutcome::None),
            (vec![None], DaneOutcome::None),
            (vec![NoAddress], DaneOutcome::None),
            (vec![Usable], DaneOutcome::All),
            (vec![Usable, Usable, NoAddress], DaneOutcome::All),
            (vec![Usable, None], DaneOutcome::Partial),
            (vec![Usable, Unusable], DaneOutcome::Partial),
            (vec![Unusable, None], DaneOutcome::Partial),
            (vec![Unusable, Unusable], DaneOutcome::Unusable),
            (vec![Usable, failed()], DaneOutcome::All),
            (vec![failed()], failure()),
            (vec![None, failed()], failure()),
            (vec![Usable, None, failed()], failure()),
            (vec![Unusable, failed()], failure()),
        ] {
            assert_eq!(of(&outcomes), expected, "{outcomes:?}");
        }
    }
}
