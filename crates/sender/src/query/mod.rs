//! What a sender would do for a next hop, and why, for people and programs that ask.

mod afresh;
mod object;
mod words;

use sigillo_formats::MxPattern;
use sigillo_formats::policy::{self, Policy};
use sigillo_language::Language;
use sigillo_store::policies::StoredPolicy;

pub use self::afresh::look_alone;
pub use self::object::{
    Query, QueryDane, QueryDaneHost, QueryDaneHostOutcome, QueryDaneOutcome, QueryPolicy,
    QueryReason,
};
use crate::answer;
use crate::cache::entry::{DaneKind, Entry};
use crate::cache::policy::CachedPolicy;
use crate::cache::rules::Rules;
use crate::clock::Moment;
use crate::decision::{Reason, StsState};
use crate::facts::{DaneHostLook, DaneHostOutcome};
use crate::next_hop::{NextHop, NotANextHop};
use crate::sender::Sender;
use crate::time::Time;
use std::sync::Arc;

/// The longest text from the network that is quoted, in characters.
const LONGEST_DETAIL: usize = 500;

impl Sender {
    /// What is told about a next hop, and why: what is remembered where that counts, else what a
    /// look brings. None if the program is about to end.
    pub async fn query(&self, next_hop: &NextHop, language: Language) -> Option<Query> {
        let before = self.0.cache.get(&next_hop.to_string());
        let entry = self.entry(next_hop).await?;
        let cached = before.is_some_and(|before| Arc::ptr_eq(&before, &entry));
        Some(self.describe(next_hop, &entry, None, cached, language).await)
    }

    /// The same after a new look, whatever is remembered; what it brings is remembered. A policy
    /// that could not be had less than five minutes ago is not asked for even then (RFC 8461 §3.3).
    pub async fn query_afresh(&self, next_hop: &NextHop, language: Language) -> Option<Query> {
        let (entry, hosts) = self.look_afresh(next_hop).await?;
        Some(self.describe(next_hop, &entry, hosts.as_deref(), false, language).await)
    }

    async fn describe(
        &self,
        next_hop: &NextHop,
        entry: &Entry,
        hosts: Option<&[DaneHostLook]>,
        cached: bool,
        language: Language,
    ) -> Query {
        let setup = self.0.setup();
        let domain = next_hop.policy_domain();
        // The policy's own words are not in memory.
        let stored = match entry.sts.policy {
            Some(_) => self.0.keeper.policy(domain).await,
            None => None,
        };
        let now = self.0.clock.now();
        let rules = setup.rules(domain);
        let described =
            Described { next_hop, entry, rules, stored: stored.as_ref(), hosts, cached, now };
        let mut query = described.query(language);
        if setup.setup.settings.dry_run {
            let text = words::reason("dry-run", domain.as_str(), language);
            query.reason.push(QueryReason { code: "dry-run".to_owned(), text, detail: None });
        }
        query
    }
}

/// The answer about a key that is no next hop, and its reason.
#[must_use]
pub fn refused(key: &str, fault: NotANextHop, language: Language) -> Query {
    let reason = match fault {
        NotANextHop::Parent => Reason::Parent,
        NotANextHop::Address => Reason::Address,
        NotANextHop::NotADomain => Reason::NotADomain,
    };
    let key: String = key.chars().take(LONGEST_DETAIL).collect();
    Query {
        schema: 1,
        answer: answer::text(answer::NOT_FOUND),
        reason: vec![QueryReason {
            code: reason.code().to_owned(),
            text: words::reason(reason.code(), &key, language),
            detail: None,
        }],
        next_hop: key,
        policy: None,
        dane: None,
        cached: false,
        expires: None,
    }
}

/// What there is to say about a next hop.
struct Described<'a> {
    next_hop: &'a NextHop,
    entry: &'a Entry,
    rules: Rules<'a>,
    stored: Option<&'a StoredPolicy>,
    hosts: Option<&'a [DaneHostLook]>,
    cached: bool,
    now: Moment,
}

impl Described<'_> {
    fn query(&self, language: Language) -> Query {
        let Self { entry, now, .. } = *self;
        let (decision, state) = Entry::decision(&entry.sts, &entry.dane, self.rules, now);
        let domain = self.next_hop.policy_domain().as_str();
        let reason = |reason: Reason| QueryReason {
            code: reason.code().to_owned(),
            text: words::reason(reason.code(), domain, language),
            detail: self.detail(reason),
        };
        Query {
            schema: 1,
            next_hop: self.next_hop.to_string(),
            answer: answer::text(entry.reply()),
            reason: decision.reasons.into_iter().map(reason).collect(),
            policy: self.policy(state),
            dane: Some(self.dane()),
            cached: self.cached,
            expires: entry.counts_until(now).map(Time::new),
        }
    }

    /// What exactly went wrong, where a reason is that something did.
    fn detail(&self, reason: Reason) -> Option<String> {
        let trouble = match reason {
            Reason::PolicyUnfetched | Reason::PolicyUnrefreshed | Reason::RecordUnknown => {
                &self.entry.sts.trouble
            }
            Reason::MxUnknown | Reason::TlsaUnknown | Reason::DaneRemembered => {
                &self.entry.dane.trouble
            }
            _ => &None,
        };
        trouble.as_deref().map(|trouble| quote(trouble))
    }

    fn policy(&self, state: StsState) -> Option<QueryPolicy> {
        if let Some(forced) = self.rules.rule.forced() {
            return Some(QueryPolicy {
                mode: forced.mode(),
                mx: Some(patterns(forced)),
                max_age: forced.max_age().seconds(),
                id: None,
                fetched_at: None,
                expires_at: None,
            });
        }
        let policy = self.entry.sts.policy.as_ref()?;
        matches!(state, StsState::Policy(_)).then(|| of_cached(policy, self.stored))
    }

    fn dane(&self) -> QueryDane {
        QueryDane {
            outcome: outcome(self.entry.dane.outcome),
            hosts: self.hosts.map(|hosts| hosts.iter().map(host).collect()),
        }
    }
}

/// A remembered policy with what the store has of its words.
pub(crate) fn of_cached(policy: &CachedPolicy, stored: Option<&StoredPolicy>) -> QueryPolicy {
    let is_same = |stored: &&StoredPolicy| policy.is_of_text(stored);
    let words = stored.filter(is_same).and_then(|it| policy::parse(&it.text).into_policy());
    let lifetime = policy.lifetime().as_secs();
    QueryPolicy {
        mode: policy.mode(),
        // Of one that enforces memory has the names too.
        mx: words.as_ref().map(patterns).or_else(|| policy.mx()),
        max_age: words.map_or_else(
            || u32::try_from(lifetime).unwrap_or_default(),
            |words| words.max_age().seconds(),
        ),
        id: policy.id().map(str::to_owned),
        fetched_at: Some(Time::from_milliseconds(policy.fetched_at())),
        expires_at: Some(Time::from_milliseconds(policy.expires_at())),
    }
}

fn patterns(policy: &Policy) -> Vec<String> {
    policy.mx().iter().map(MxPattern::to_string).collect()
}

const fn outcome(kind: DaneKind) -> QueryDaneOutcome {
    match kind {
        DaneKind::NotAsked => QueryDaneOutcome::Skipped,
        DaneKind::Off => QueryDaneOutcome::Off,
        DaneKind::None => QueryDaneOutcome::None,
        DaneKind::All => QueryDaneOutcome::All,
        DaneKind::Partial => QueryDaneOutcome::Partial,
        DaneKind::Unusable => QueryDaneOutcome::Unusable,
        DaneKind::MxFailed => QueryDaneOutcome::MxFailed,
        DaneKind::TlsaFailed => QueryDaneOutcome::TlsaFailed,
    }
}

fn host(look: &DaneHostLook) -> QueryDaneHost {
    let (outcome, detail) = match &look.outcome {
        DaneHostOutcome::NoAddress => (QueryDaneHostOutcome::NoAddress, None),
        DaneHostOutcome::None => (QueryDaneHostOutcome::None, None),
        DaneHostOutcome::Usable => (QueryDaneHostOutcome::Usable, None),
        DaneHostOutcome::Unusable => (QueryDaneHostOutcome::Unusable, None),
        DaneHostOutcome::Failed(reason) => (QueryDaneHostOutcome::Failed, Some(quote(reason))),
    };
    QueryDaneHost { host: look.host.to_string(), outcome, detail }
}

/// A text of the network, cut when long.
pub(crate) fn quote(text: &str) -> String {
    match text.char_indices().nth(LONGEST_DETAIL) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}
