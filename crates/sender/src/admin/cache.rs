//! What is remembered about policy domains.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use sigillo_formats::DomainName;
use sigillo_language::Language;
use sigillo_store::StoreError;
use sigillo_store::limits::POLICIES_AT_A_TIME;
use sigillo_store::policies::{PolicyCursor, StoredPolicy};

use super::fields::{AnswerLanguage, Fields, PathDomain, domain};
use super::object::{CacheEntry, CacheItem, CacheList, CachePurge, CacheRecord, UnreadableItem};
use super::problem::Problem;
use crate::cache::entry::{DaneKind, RecordPart, Shared};
use crate::cache::policy::CachedPolicy;
use crate::clock::Moment;
use crate::next_hop::NextHop;
use crate::query::{Query, of_cached, quote};
use crate::remembering::Purged;
use crate::sender::{Inner, Sender};
use crate::time::Time;

/// How many policies a page has unless told.
const PAGE: u32 = 100;

/// Which page of the list.
#[derive(Debug, Deserialize)]
pub(super) struct Page {
    /// The domain after which it begins.
    after: Option<String>,
    /// How many policies it has at most.
    limit: Option<u32>,
}

/// Whether to do it.
#[derive(Debug, Deserialize)]
pub(super) struct Doing {
    /// Whether only to say what would be done.
    #[serde(default)]
    pub(super) dry_run: bool,
}

pub(super) async fn list(
    State(sender): State<Sender>,
    Fields(page): Fields<Page>,
    AnswerLanguage(language): AnswerLanguage,
) -> Result<Json<CacheList>, Problem> {
    let after = page.after.map(|after| domain(&after, language)).transpose()?;
    let limit = page.limit.unwrap_or(PAGE).clamp(1, POLICIES_AT_A_TIME);
    let policies = sender.0.kept_after(after.as_ref(), limit).await;
    let kept = policies.map_err(|error| Problem::of_store(&error, language))?;
    let now = sender.0.clock.now();
    let item = |stored: &StoredPolicy| sender.0.item(&stored.domain, Some(stored), now);
    Ok(Json(CacheList {
        schema: 1,
        entries: kept.policies.iter().filter_map(item).collect(),
        unreadable: kept.unreadable,
        next: kept.next.map(|next| next.to_string()),
    }))
}

pub(super) async fn show(
    State(sender): State<Sender>,
    PathDomain(domain): PathDomain,
    AnswerLanguage(language): AnswerLanguage,
) -> Result<Json<CacheEntry>, Problem> {
    let stored = sender.0.keeper.policy(&domain).await;
    let now = sender.0.clock.now();
    let item = sender.0.item(&domain, stored.as_ref(), now);
    let item = item.ok_or_else(|| not_cached(&domain, language))?;
    let shown = item.policy.as_ref().and_then(|policy| policy.fetched_at);
    let text = stored
        .filter(|stored| shown == Some(Time::new(stored.fetched_at)))
        .map(|stored| String::from_utf8_lossy(&stored.text).into_owned());
    Ok(Json(CacheEntry { schema: 1, item, text }))
}

pub(super) async fn refresh(
    State(sender): State<Sender>,
    PathDomain(domain): PathDomain,
    AnswerLanguage(language): AnswerLanguage,
) -> Result<Json<Query>, Problem> {
    tracing::info!(%domain, "a look was asked for");
    let query = sender.query_afresh(&NextHop::domain(domain), language).await;
    query.map(Json).ok_or_else(|| Problem::stopping(language))
}

pub(super) async fn purge(
    State(sender): State<Sender>,
    PathDomain(domain): PathDomain,
    Fields(Doing { dry_run }): Fields<Doing>,
    AnswerLanguage(language): AnswerLanguage,
) -> Result<Json<CachePurge>, Problem> {
    let inner = &sender.0;
    let purged =
        if dry_run { Ok(inner.would_purge(&domain).await) } else { inner.purge(&domain).await };
    let purged = purged.map_err(|error| Problem::of_store(&error, language))?;
    let protected = purged.protected_at(inner.clock.now());
    if !dry_run && protected {
        tracing::warn!(%domain, "a policy that protects mail was purged: until it is fetched again, nothing does");
    } else if !dry_run {
        tracing::info!(%domain, was_known = purged.was_known, "what was known of a domain was purged");
    }
    Ok(Json(CachePurge {
        schema: 1,
        domain: Some(domain.to_string()),
        purged: purged.was_known.into(),
        protected: Some(protected),
        dry_run,
    }))
}

pub(super) async fn purge_all(
    State(sender): State<Sender>,
    Fields(Doing { dry_run }): Fields<Doing>,
    AnswerLanguage(language): AnswerLanguage,
) -> Result<Json<CachePurge>, Problem> {
    let purged = if dry_run {
        sender.0.keeper.store().count_policies().await
    } else {
        sender.0.purge_all().await
    };
    let purged = purged.map_err(|error| Problem::of_store(&error, language))?;
    if !dry_run {
        tracing::warn!(
            policies = purged,
            "all policies were purged: until they are fetched again, nothing protects mail"
        );
    }
    Ok(Json(CachePurge { schema: 1, domain: None, purged, protected: None, dry_run }))
}

fn not_cached(domain: &DomainName, language: Language) -> Problem {
    let domain = [("domain", domain.as_str().into())];
    Problem::about(StatusCode::NOT_FOUND, "not-in-cache", &domain, language)
}

/// Some of all policies that are kept.
pub(super) struct Kept {
    pub(super) policies: Vec<StoredPolicy>,
    pub(super) unreadable: Vec<UnreadableItem>,
    /// The domain after which to go on.
    pub(super) next: Option<DomainName>,
}

impl Inner {
    /// The next policies in the order of their domains: those of the store, and those that it has
    /// yet to be told of.
    pub(super) async fn kept_after(
        &self,
        after: Option<&DomainName>,
        limit: u32,
    ) -> Result<Kept, StoreError> {
        let mut place = after.map(PolicyCursor::after);
        let mut unreadable = Vec::new();
        let (mut policies, more) = loop {
            let batch = self.keeper.store().policies_after(place.as_ref(), limit);
            let batch = self.keeper.ask(batch).await?;
            unreadable.extend(batch.unreadable);
            place = batch.next;
            if !batch.policies.is_empty() || place.is_none() {
                break (batch.policies, place.is_some());
            }
        };
        let last = policies.last().map(|policy| policy.domain.clone()).filter(|_| more);
        let is_here = |policy: &StoredPolicy| {
            after.is_none_or(|after| *after < policy.domain)
                && last.as_ref().is_none_or(|last| policy.domain <= *last)
        };
        let unsaved: Vec<_> = self.keeper.all_unsaved().into_iter().filter(is_here).collect();
        policies.retain(|policy| unsaved.iter().all(|unsaved| unsaved.domain != policy.domain));
        policies.extend(unsaved);
        policies.sort_by(|one, other| one.domain.cmp(&other.domain));
        // Those behind the last one come again with the next page.
        unreadable
            .retain(|it| last.as_ref().is_none_or(|last| it.domain.as_str() <= last.as_str()));
        let unreadable = unreadable
            .into_iter()
            .map(|it| UnreadableItem { domain: quote(&it.domain), reason: quote(&it.reason) });
        Ok(Kept { policies, unreadable: unreadable.collect(), next: last })
    }

    async fn would_purge(&self, domain: &DomainName) -> Purged {
        let entry = self.cache.get(domain.as_str());
        let stored = self.keeper.policy(domain).await;
        let policy = entry.as_ref().and_then(|entry| entry.sts.policy.clone());
        let policy = policy.or_else(|| CachedPolicy::stored(stored.as_ref()?));
        Purged { was_known: entry.is_some() || stored.is_some(), policy }
    }

    /// What is known about a domain; none if that is nothing.
    fn item(
        &self,
        domain: &DomainName,
        stored: Option<&StoredPolicy>,
        now: Moment,
    ) -> Option<CacheItem> {
        let entry = self.cache.get(domain.as_str());
        let known = entry.as_ref().and_then(|entry| entry.sts.policy.clone());
        let policy = match (known, stored) {
            // Others may have fetched a newer one, which counts as soon as somebody asks.
            (Some(known), _) => Some(known),
            (None, Some(stored)) => CachedPolicy::stored(stored),
            (None, None) => None,
        };
        if entry.is_none() && policy.is_none() {
            return None;
        }
        let is_pinned = self.setup().rules(domain).rule.is_pinned();
        let in_memory = entry.as_ref().map(|entry| entry.used_at()).filter(|&used| used > 0);
        let used_at = in_memory.map(|used| i64::from(used) * 1_000);
        let used_at = used_at.max(stored.map(|stored| stored.used_at.as_millisecond()));
        let decided = entry.as_ref().filter(|entry| is_decided(entry));
        let sts = entry.as_ref().map(|entry| &entry.sts);
        let record = sts.map_or(RecordPart::NotAsked, |sts| sts.record);
        Some(CacheItem {
            domain: domain.to_string(),
            counts: policy.as_ref().is_some_and(|policy| is_pinned || policy.lives_at(now.time)),
            policy: policy.map(|policy| of_cached(&policy, stored)),
            used_at: used_at.map(Time::from_milliseconds),
            record: match record {
                RecordPart::NotAsked => CacheRecord::NotAsked,
                RecordPart::Current => CacheRecord::Current,
                RecordPart::Unfetched(_) => CacheRecord::Unfetched,
                RecordPart::Absent => CacheRecord::Absent,
                RecordPart::Unknown => CacheRecord::Unknown,
            },
            failure: match record {
                RecordPart::Unfetched(kind) => Some(kind.result_type().to_owned()),
                _ => None,
            },
            detail: sts.and_then(|sts| sts.trouble.as_deref()).map(|trouble| quote(trouble)),
            level: decided.map(|entry| entry.level().name().to_owned()),
            expires: decided.and_then(|entry| entry.counts_until(now)).map(Time::new),
        })
    }
}

/// Whether somebody has asked, so that the level comes from looks at all that counts.
fn is_decided(entry: &Shared) -> bool {
    entry.dane.outcome != DaneKind::NotAsked
}
