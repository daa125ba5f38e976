//! The cache of postfix-mta-sts-resolver, as the lines that the service takes.

use std::path::Path;

use bytes::Bytes;
use sigillo_formats::MxPattern;
use sigillo_formats::policy::Policy;
use sigillo_sender::Time;
use sigillo_sender::admin::{ImportFault, PolicyLine};
use sigillo_store::StoreError;
use sigillo_store::foreign::{CachedPolicy, ResolverCache};

use super::import::Parts;
use crate::commands::Context;
use crate::failure::Failure;

/// How many faults are told.
const FAULTS: usize = 20;

/// What could not be made a line.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) unreadable: u64,
    /// What is wrong with the first of them.
    pub(super) faults: Vec<ImportFault>,
}

pub(super) async fn open(context: &Context<'_>, path: &str) -> Result<ResolverCache, Failure> {
    let opened = ResolverCache::open(Path::new(path)).await;
    opened.map_err(|error| unusable(context, &error))
}

fn unusable(context: &Context<'_>, error: &StoreError) -> Failure {
    context.failure("cache-unusable", &[("reason", error.to_string().into())])
}

/// Sends all policies, and an empty line in the place of what is none, so that lines and policies
/// are counted alike.
pub(super) async fn send(
    context: &Context<'_>,
    mut cache: ResolverCache,
    parts: Parts,
) -> Result<Rows, Failure> {
    let mut rows = Rows::default();
    let mut number = 0;
    while let Some(batch) = cache.next().await.map_err(|error| unusable(context, &error))? {
        let mut text = Vec::new();
        let unreadable = batch.unreadable.into_iter().map(|row| (row.domain, row.reason));
        let mut faults: Vec<(String, String)> = unreadable.collect();
        for cached in &batch.policies {
            match policy(cached) {
                Ok(policy) => {
                    number += 1;
                    line(cached, &policy).write(&mut text);
                }
                Err(reason) => faults.push((cached.domain.clone(), reason)),
            }
        }
        for (domain, reason) in faults {
            number += 1;
            text.push(b'\n');
            rows.add(number, format!("{domain:?}: {reason}"));
        }
        if parts.send(Bytes::from(text)).await.is_err() {
            break;
        }
    }
    Ok(rows)
}

impl Rows {
    fn add(&mut self, line: u64, message: String) {
        self.unreadable += 1;
        if self.faults.len() < FAULTS {
            self.faults.push(ImportFault { line, code: "row-unreadable".to_owned(), message });
        }
    }
}

/// The policy that the texts come to, so that none of them can say more than it should.
fn policy(cached: &CachedPolicy) -> Result<Policy, String> {
    let mx = cached.mx.iter().map(|pattern| {
        MxPattern::parse(pattern).map_err(|error| format!("its mx {pattern:?}: {error}"))
    });
    let mx = mx.collect::<Result<Vec<_>, _>>()?;
    Policy::new(cached.mode, cached.max_age, mx).map_err(|error| error.to_string())
}

fn line<'a>(cached: &'a CachedPolicy, policy: &Policy) -> PolicyLine<'a> {
    PolicyLine {
        domain: cached.domain.as_str().into(),
        id: Some(cached.id.as_str().into()),
        fetched_at: Time::new(cached.fetched_at),
        expires_at: None,
        used_at: None,
        policy: policy.to_string().into(),
    }
}
