//! What entries are decided by, beside the facts.

use sigillo_formats::policy::{Mode, Policy};

use crate::answer::{self, REPLY_BYTES, TOO_LONG};
use crate::decision::Circumstances;
use crate::overrides::{DaneUse, MtaStsOverride, Override};

/// What an entry is decided by, beside the facts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules<'a> {
    /// What the operator decides for the policy domain.
    pub(crate) rule: Rule<'a>,
    /// What holds for all domains.
    pub(crate) circumstances: Circumstances,
    /// Which version of all this it is.
    pub(crate) generation: u32,
}

/// What the operator decides for a policy domain, if anything.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule<'a>(pub(crate) Option<&'a Override>);

impl<'a> Rule<'a> {
    /// The policy that counts whatever is published.
    pub(crate) fn forced(self) -> Option<&'a Policy> {
        match &self.0?.mta_sts {
            MtaStsOverride::Forced(policy) => Some(policy),
            _ => None,
        }
    }

    /// What Postfix is told of it.
    #[expect(clippy::box_collection, reason = "a thin pointer is what entries keep")]
    pub(crate) fn forced_reply(self) -> Option<Box<Vec<u8>>> {
        let policy = self.forced().filter(|policy| policy.mode() == Mode::Enforce)?;
        let data = answer::secure(policy);
        let is_short = data.len() + "OK ".len() <= REPLY_BYTES;
        Some(Box::new(if is_short { answer::ok(&data) } else { TOO_LONG.to_vec() }))
    }

    /// Whether a cached policy never gets weaker.
    pub(crate) fn is_pinned(self) -> bool {
        self.0.is_some_and(|it| it.mta_sts.is_pinned())
    }

    /// Whether it doesn't matter what the domain publishes.
    pub(crate) fn replaces_mta_sts(self) -> bool {
        self.skips_mta_sts() || self.forced().is_some()
    }

    /// Whether it is as if the domain had no policy.
    pub(crate) fn skips_mta_sts(self) -> bool {
        self.0.is_some_and(|it| it.mta_sts == MtaStsOverride::Skip)
    }

    /// Whether it is as if the hosts had no TLSA records.
    pub(crate) fn skips_dane(self) -> bool {
        self.0.is_some_and(|it| it.dane == DaneUse::Skip)
    }
}
