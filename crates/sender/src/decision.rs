//! What a sender does for a next hop, and why.

use sigillo_formats::policy::Mode;

use crate::facts::{DaneOutcome, FailureKind};

/// How mail is sent, in Postfix's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// Only to hosts of the policy, with a certificate that passes for one of its names.
    Secure,
    /// Only to hosts whose TLSA records match.
    DaneOnly,
    /// By TLSA records where there are any; encrypted where none of them is usable.
    Dane,
    /// As the mail server does without being told.
    NoPolicy,
    /// Not now.
    Wait,
}

impl Level {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Secure, Self::DaneOnly, Self::Dane, Self::NoPolicy, Self::Wait];

    /// Its name in JSON, metrics and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Secure => "secure",
            Self::DaneOnly => "dane-only",
            Self::Dane => "dane",
            Self::NoPolicy => "no-policy",
            Self::Wait => "wait",
        }
    }
}

/// What is known about the MTA-STS policy of a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StsState {
    /// A policy that counts: its mode.
    Policy(Mode),
    /// No record, or none that counts, and no policy that still lives.
    Absent,
    /// A record, but the policy can't be had.
    Unfetched(FailureKind),
    /// Nothing is known, because the DNS could not be asked.
    Unknown,
    /// The operator decided that it doesn't count.
    Skipped,
}

/// What to do where only some MX hosts have TLSA records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DanePartial {
    /// Follow an MTA-STS policy that enforces: it leaves no host unauthenticated.
    #[default]
    MtaSts,
    /// Follow the TLSA records: hosts without them are not authenticated.
    Dane,
}

/// Why a decision is what it is, in the order of the steps that led to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// A policy that the operator forces.
    PolicyForced,
    /// The operator skips MTA-STS.
    MtaStsSkipped,
    /// The operator skips DANE.
    DaneSkipped,
    /// A pinned policy counts longer than it says.
    PolicyPinned,
    /// A policy that enforces.
    PolicyEnforces,
    /// A policy in mode testing: mail is delivered whatever happens.
    PolicyTests,
    /// A policy in mode none.
    PolicyNone,
    /// What the policy host has now can't be had, and the policy that is remembered counts.
    PolicyUnrefreshed,
    /// No MTA-STS record, or none that counts.
    NoRecord,
    /// A record, but the policy can't be had, and none is remembered.
    PolicyUnfetched,
    /// The DNS doesn't say whether there is a record; what is remembered counts.
    RecordUnknown,
    /// Nobody looks for DANE.
    DaneOff,
    /// No MX host has TLSA records that count.
    DaneNone,
    /// All MX hosts have usable TLSA records, which come before MTA-STS.
    DaneAll,
    /// Only some MX hosts have usable TLSA records.
    DanePartial,
    /// No TLSA record is usable.
    DaneUnusable,
    /// The DNS doesn't say which hosts there are.
    MxUnknown,
    /// The DNS doesn't say whether a host has TLSA records.
    TlsaUnknown,
    /// The DNS can't be asked, and all hosts had TLSA records when it could.
    DaneRemembered,
    /// A parent domain; policies cover no sub-domains.
    Parent,
    /// An address; policies are for names.
    Address,
    /// No name of a domain.
    NotADomain,
}

impl Reason {
    /// All of them, in their order.
    pub const ALL: [Self; 22] = [
        Self::PolicyForced,
        Self::MtaStsSkipped,
        Self::DaneSkipped,
        Self::PolicyPinned,
        Self::PolicyEnforces,
        Self::PolicyTests,
        Self::PolicyNone,
        Self::PolicyUnrefreshed,
        Self::NoRecord,
        Self::PolicyUnfetched,
        Self::RecordUnknown,
        Self::DaneOff,
        Self::DaneNone,
        Self::DaneAll,
        Self::DanePartial,
        Self::DaneUnusable,
        Self::MxUnknown,
        Self::TlsaUnknown,
        Self::DaneRemembered,
        Self::Parent,
        Self::Address,
        Self::NotADomain,
    ];

    /// Its name in JSON, which never changes its meaning.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PolicyForced => "policy-forced",
            Self::MtaStsSkipped => "mta-sts-skipped",
            Self::DaneSkipped => "dane-skipped",
            Self::PolicyPinned => "policy-pinned",
            Self::PolicyEnforces => "policy-enforces",
            Self::PolicyTests => "policy-tests",
            Self::PolicyNone => "policy-none",
            Self::PolicyUnrefreshed => "policy-unrefreshed",
            Self::NoRecord => "no-record",
            Self::PolicyUnfetched => "policy-unfetched",
            Self::RecordUnknown => "record-unknown",
            Self::DaneOff => "dane-off",
            Self::DaneNone => "dane-none",
            Self::DaneAll => "dane-all",
            Self::DanePartial => "dane-partial",
            Self::DaneUnusable => "dane-unusable",
            Self::MxUnknown => "mx-unknown",
            Self::TlsaUnknown => "tlsa-unknown",
            Self::DaneRemembered => "dane-remembered",
            Self::Parent => "parent",
            Self::Address => "address",
            Self::NotADomain => "not-a-domain",
        }
    }
}

/// What a sender does, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// How mail is sent.
    pub level: Level,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// What decides beside the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent of each other")]
pub struct Circumstances {
    /// What to do where only some hosts have TLSA records.
    pub dane_partial: DanePartial,
    /// The operator decided that TLSA records don't count here.
    pub dane_skipped: bool,
    /// The policy is one that the operator forces.
    pub policy_forced: bool,
    /// The policy counts longer than it says, because it is pinned.
    pub policy_pinned: bool,
    /// All hosts had usable TLSA records when the DNS could last be asked.
    pub dane_before: bool,
    /// The record could not be looked up, and what is remembered counts.
    pub record_unknown: bool,
    /// What the policy host has now can't be had, and what is remembered counts.
    pub policy_unrefreshed: bool,
}

/// Decides. DANE comes before MTA-STS (RFC 8461 §2); what is not known never makes mail weaker
/// than what is (our reading of RFC 7672 §2.1.1 and RFC 8461 §5).
#[must_use]
pub fn decide(sts: StsState, dane: &DaneOutcome, circumstances: Circumstances) -> Decision {
    let mut reasons = Vec::with_capacity(3);
    if circumstances.policy_forced {
        reasons.push(Reason::PolicyForced);
    }
    if circumstances.policy_pinned {
        reasons.push(Reason::PolicyPinned);
    }
    if circumstances.record_unknown {
        reasons.push(Reason::RecordUnknown);
    }
    reasons.push(match sts {
        StsState::Policy(Mode::Enforce) => Reason::PolicyEnforces,
        StsState::Policy(Mode::Testing) => Reason::PolicyTests,
        StsState::Policy(Mode::None) => Reason::PolicyNone,
        StsState::Absent => Reason::NoRecord,
        StsState::Unfetched(_) => Reason::PolicyUnfetched,
        StsState::Unknown => Reason::RecordUnknown,
        StsState::Skipped => Reason::MtaStsSkipped,
    });
    reasons.dedup();
    if circumstances.policy_unrefreshed {
        reasons.push(Reason::PolicyUnrefreshed);
    }
    let enforces = sts == StsState::Policy(Mode::Enforce);
    let by_policy = if enforces { Level::Secure } else { Level::NoPolicy };
    let level = if circumstances.dane_skipped {
        reasons.push(Reason::DaneSkipped);
        by_policy
    } else {
        by_dane(dane, enforces, by_policy, circumstances, &mut reasons)
    };
    Decision { level, reasons }
}

fn by_dane(
    dane: &DaneOutcome,
    enforces: bool,
    by_policy: Level,
    circumstances: Circumstances,
    reasons: &mut Vec<Reason>,
) -> Level {
    match dane {
        DaneOutcome::Off => {
            reasons.push(Reason::DaneOff);
            by_policy
        }
        DaneOutcome::None => {
            reasons.push(Reason::DaneNone);
            by_policy
        }
        DaneOutcome::All => {
            reasons.push(Reason::DaneAll);
            Level::DaneOnly
        }
        DaneOutcome::Partial => {
            reasons.push(Reason::DanePartial);
            let prefers_policy = circumstances.dane_partial == DanePartial::MtaSts;
            if enforces && prefers_policy { Level::Secure } else { Level::Dane }
        }
        DaneOutcome::Unusable => {
            reasons.push(Reason::DaneUnusable);
            if enforces { Level::Secure } else { Level::Dane }
        }
        // Whoever sends by TLSA records looks them up again, so that this is never too weak.
        DaneOutcome::MxFailed(_) | DaneOutcome::TlsaFailed(_) if circumstances.dane_before => {
            reasons.push(Reason::DaneRemembered);
            Level::DaneOnly
        }
        // No host is left unauthenticated by a policy that enforces.
        DaneOutcome::MxFailed(_) => {
            reasons.push(Reason::MxUnknown);
            if enforces { Level::Secure } else { Level::Wait }
        }
        // MTA-STS must not override DANE that fails (RFC 8461 §2).
        DaneOutcome::TlsaFailed(_) => {
            reasons.push(Reason::TlsaUnknown);
            Level::Wait
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(sts: StsState, dane: &DaneOutcome) -> Level {
        decide(sts, dane, Circumstances::default()).level
    }

    #[test]
    fn dane_comes_before_mta_sts() {
        let enforce = StsState::Policy(Mode::Enforce);
        let others = [
            StsState::Policy(Mode::Testing),
            StsState::Policy(Mode::None),
            StsState::Absent,
            StsState::Unfetched(FailureKind::Fetch),
            StsState::Unknown,
            StsState::Skipped,
        ];
        let failed = || "it failed".to_owned();
        for (dane, enforced, otherwise) in [
            (DaneOutcome::Off, Level::Secure, Level::NoPolicy),
            (DaneOutcome::None, Level::Secure, Level::NoPolicy),
            (DaneOutcome::All, Level::DaneOnly, Level::DaneOnly),
            (DaneOutcome::Partial, Level::Secure, Level::Dane),
            (DaneOutcome::Unusable, Level::Secure, Level::Dane),
            (DaneOutcome::MxFailed(failed()), Level::Secure, Level::Wait),
            (DaneOutcome::TlsaFailed(failed()), Level::Wait, Level::Wait),
        ] {
            assert_eq!(level(enforce, &dane), enforced, "{dane:?}");
            for sts in others {
                assert_eq!(level(sts, &dane), otherwise, "{sts:?}, {dane:?}");
            }
        }
    }

    #[test]
    fn what_the_operator_decides_comes_first() {
        let enforce = StsState::Policy(Mode::Enforce);
        let skipped = Circumstances { dane_skipped: true, ..Circumstances::default() };
        assert_eq!(decide(enforce, &DaneOutcome::All, skipped).level, Level::Secure);
        assert_eq!(decide(StsState::Absent, &DaneOutcome::All, skipped).level, Level::NoPolicy);
        let dane = Circumstances { dane_partial: DanePartial::Dane, ..Circumstances::default() };
        assert_eq!(decide(enforce, &DaneOutcome::Partial, dane).level, Level::Dane);
        // There is nothing that could authenticate anybody.
        assert_eq!(decide(enforce, &DaneOutcome::Unusable, dane).level, Level::Secure);
    }

    #[test]
    fn hosts_that_had_tlsa_records_are_not_forgotten_with_the_dns() {
        let before = Circumstances { dane_before: true, ..Circumstances::default() };
        for failure in
            [DaneOutcome::MxFailed(String::new()), DaneOutcome::TlsaFailed(String::new())]
        {
            let decision = decide(StsState::Policy(Mode::Enforce), &failure, before);
            assert_eq!(decision.level, Level::DaneOnly);
            assert_eq!(decision.reasons, [Reason::PolicyEnforces, Reason::DaneRemembered]);
        }
        assert_eq!(decide(StsState::Absent, &DaneOutcome::None, before).level, Level::NoPolicy);
    }
}
