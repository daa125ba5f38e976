use std::future::Future;
use std::time::{Duration, Instant};

use moka::Expiry;
use moka::future::Cache;

use super::answer::{Answer, Outcome};
use super::query_name::QueryName;
use super::record::{RecordKind, Records};

/// The longest that an answer is remembered.
const LONGEST: Duration = Duration::from_hours(1);

/// How long a failure is: only so that lookups that run beside each other share it.
const FAILURE: Duration = Duration::from_secs(1);

/// How many bytes of text an answer may have to count as one.
const UNIT: usize = 512;

/// Answers that still count. The same question asked twice at a time goes out once.
pub(super) struct AnswerCache(Cache<(QueryName, RecordKind), Answer>);

impl AnswerCache {
    /// Remembers `capacity` answers; long ones count for several.
    pub(super) fn new(capacity: u64) -> Self {
        let cache =
            Cache::builder().max_capacity(capacity).weigher(weight).expire_after(Lifetime).build();
        Self(cache)
    }

    pub(super) async fn get(
        &self,
        name: &QueryName,
        kind: RecordKind,
        ask: impl Future<Output = Answer>,
    ) -> Answer {
        self.0.get_with((name.clone(), kind), ask).await
    }

    pub(super) async fn put(&self, answer: &Answer) {
        self.0.insert((answer.name.clone(), answer.kind), answer.clone()).await;
    }
}

fn weight(_: &(QueryName, RecordKind), answer: &Answer) -> u32 {
    let aliases: usize = answer.aliases.iter().map(String::len).sum();
    let records = match answer.records() {
        Some(Records::Txt(texts)) => texts.iter().map(|record| record.text.len() + 32).sum(),
        Some(Records::Tlsa(records)) => records.iter().map(|record| record.data.len() + 32).sum(),
        Some(Records::Caa(records)) => records.iter().map(|record| record.value.len() + 64).sum(),
        Some(_) => UNIT,
        None => 0,
    };
    u32::try_from(1 + (aliases + records) / UNIT).unwrap_or(u32::MAX)
}

struct Lifetime;

impl Expiry<(QueryName, RecordKind), Answer> for Lifetime {
    fn expire_after_create(
        &self,
        _: &(QueryName, RecordKind),
        answer: &Answer,
        _: Instant,
    ) -> Option<Duration> {
        let seconds = match answer.outcome {
            Outcome::Found(_) => answer.ttl,
            // The aliases on the way count no longer than their own TTL.
            Outcome::NoData | Outcome::NxDomain => {
                let negative = answer.negative_ttl.unwrap_or_default();
                Some(answer.ttl.map_or(negative, |ttl| ttl.min(negative)))
            }
            _ => return Some(FAILURE),
        };
        Some(Duration::from_secs(u64::from(seconds.unwrap_or_default())).min(LONGEST))
    }
}
