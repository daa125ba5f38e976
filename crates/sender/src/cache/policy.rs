//! A policy as the cache holds it: what is needed to answer, and no more.

use jiff::{SignedDuration, Timestamp};
use sigillo_formats::mta_sts_record::PolicyId;
use sigillo_formats::policy::{self, Mode, Policy};
use sigillo_store::policies::StoredPolicy;
use triomphe::ThinArc;

use crate::answer;

/// A policy that was fetched.
///
/// All of it is one allocation behind one pointer, since there may be a million; and copies share
/// it, since each look makes some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CachedPolicy(ThinArc<Facts, u8>);

/// What is known of a policy; its id and what Postfix is told of it come behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Facts {
    mode: Mode,
    id_bytes: u8,
    fetched_at: i64,
    expires_at: i64,
}

impl CachedPolicy {
    /// A policy that was fetched at a time, with the id of the record that named it.
    pub(crate) fn new(policy: &Policy, id: Option<&PolicyId>, fetched_at: Timestamp) -> Self {
        let lifetime = i64::from(policy.max_age().seconds()) * 1_000;
        let fetched_at = fetched_at.as_millisecond();
        let id = id.map_or("", PolicyId::as_str);
        let reply = match policy.mode() {
            // Even the largest file has names for far less than a reply may hold.
            Mode::Enforce => answer::ok(&answer::secure(policy)),
            Mode::Testing | Mode::None => Vec::new(),
        };
        let facts = Facts {
            mode: policy.mode(),
            // An id has at most 32 characters (RFC 8461 §3.1).
            id_bytes: u8::try_from(id.len()).unwrap_or_default(),
            fetched_at,
            expires_at: fetched_at.saturating_add(lifetime),
        };
        Self(ThinArc::from_header_and_slice(facts, &[id.as_bytes(), &reply].concat()))
    }

    /// A policy as the store has it; none if its text is no policy.
    pub(crate) fn stored(stored: &StoredPolicy) -> Option<Self> {
        let policy = policy::parse(&stored.text).into_policy()?;
        let cached = Self::new(&policy, stored.id.as_ref(), stored.fetched_at);
        Some(cached.expiring_at(stored.expires_at))
    }

    /// The same, but expiring at another time than its `max_age` says.
    pub(crate) fn expiring_at(self, time: Timestamp) -> Self {
        let expires_at = time.as_millisecond();
        if expires_at == self.expires_at() {
            return self;
        }
        let facts = Facts { expires_at, ..*self.facts() };
        Self(ThinArc::from_header_and_slice(facts, self.bytes()))
    }

    fn facts(&self) -> &Facts {
        &self.0.header.header
    }

    fn bytes(&self) -> &[u8] {
        &self.0.slice
    }

    /// What the policy asks for.
    pub(crate) fn mode(&self) -> Mode {
        self.facts().mode
    }

    /// The id of the record that it was fetched for.
    pub(crate) fn id(&self) -> Option<&str> {
        let id = self.bytes().get(..self.facts().id_bytes.into())?;
        str::from_utf8(id).ok().filter(|id| !id.is_empty())
    }

    /// Whether it was fetched for a record with this id.
    pub(crate) fn is_of(&self, id: &PolicyId) -> bool {
        self.id() == Some(id.as_str())
    }

    /// What Postfix is told where the policy enforces.
    pub(crate) fn reply(&self) -> &[u8] {
        self.bytes().get(self.facts().id_bytes.into()..).unwrap_or_default()
    }

    /// The patterns of its MX hosts, each once, as far as they are here: those of a policy that
    /// enforces.
    pub(crate) fn mx(&self) -> Option<Vec<String>> {
        let answer = answer::text(self.reply());
        let names = answer.strip_prefix("secure match=")?.split(' ').next()?;
        let pattern = |name: &str| match name.strip_prefix('.') {
            Some(_) => format!("*{name}"),
            None => name.to_owned(),
        };
        Some(names.split(':').map(pattern).collect())
    }

    /// When it was fetched, in Unix milliseconds.
    pub(crate) fn fetched_at(&self) -> i64 {
        self.facts().fetched_at
    }

    /// Whether it was made of what is stored, rather than fetched at another time.
    pub(crate) fn is_of_text(&self, stored: &StoredPolicy) -> bool {
        stored.fetched_at.as_millisecond() == self.fetched_at()
    }

    /// Until when it counts, in Unix milliseconds.
    pub(crate) fn expires_at(&self) -> i64 {
        self.facts().expires_at
    }

    /// Whether it still counts at a time: "now" is before its end (RFC 8461 §3.3).
    pub(crate) fn lives_at(&self, time: Timestamp) -> bool {
        time.as_millisecond() < self.expires_at()
    }

    /// How long it was to count when it was fetched.
    pub(crate) fn lifetime(&self) -> SignedDuration {
        SignedDuration::from_millis(self.expires_at().saturating_sub(self.fetched_at()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_keeps_its_id_and_what_is_said_of_it() {
        let policy = policy::parse(b"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 60\n")
            .into_policy()
            .unwrap();
        let at = Timestamp::from_second(1_000).unwrap();
        let id = PolicyId::parse("20260101").unwrap();
        let cached = CachedPolicy::new(&policy, Some(&id), at);
        assert!(cached.is_of(&id));
        assert_eq!(cached.mx(), Some(vec!["a.example".to_owned()]));
        assert_eq!(cached.reply(), b"45:OK secure match=a.example servername=hostname,");
        assert!(cached.lives_at(Timestamp::from_millisecond(1_059_999).unwrap()));
        assert!(!cached.lives_at(Timestamp::from_second(1_060).unwrap()));
        let without = CachedPolicy::new(&policy, None, at);
        assert_eq!((without.id(), without.reply()), (None, cached.reply()));
    }
}
