//! Policies from elsewhere, as lines.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use bytes::BytesMut;
use futures_util::StreamExt as _;
use sigillo_formats::policy::Mode;
use sigillo_language::Language;
use sigillo_store::policies::StoredPolicy;

use super::cache::Doing;
use super::fields::{AnswerLanguage, Fields};
use super::line::{LINE_BYTES, LineFault, read};
use super::object::{CacheImport, ImportFault};
use super::problem::Problem;
use crate::cache::policy::CachedPolicy;
use crate::sender::{Inner, Sender};
use crate::setup::Numbered;

/// How many lines are taken at a time: what the store saves at once.
const LINES_AT_A_TIME: usize = 1_000;

/// How many bytes of lines are taken at a time.
const BYTES_AT_A_TIME: usize = 8 * 1024 * 1024;

/// How many faults are told.
const FAULTS: usize = 20;

/// Takes lines as they come, some at a time; what was taken stays if the rest doesn't come.
pub(super) async fn import(
    State(sender): State<Sender>,
    Fields(Doing { dry_run }): Fields<Doing>,
    AnswerLanguage(language): AnswerLanguage,
    body: Body,
) -> Result<Json<CacheImport>, Problem> {
    let outcome = CacheImport { schema: 1, dry_run, ..CacheImport::default() };
    let mut import = Import { inner: sender.0, language, outcome };
    let mut lines = Lines::default();
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| {
            let reason = [("reason", error.to_string().into())];
            Problem::about(StatusCode::BAD_REQUEST, "body-broken", &reason, language)
        })?;
        for part in chunk.chunks(LINE_BYTES) {
            lines.add(part);
            if lines.is_enough() {
                import.take(lines.take()).await?;
            }
        }
    }
    lines.end();
    import.take(lines.take()).await?;
    let outcome = import.outcome;
    if !dry_run {
        let CacheImport { lines, imported, kept, expired, invalid, .. } = &outcome;
        tracing::info!(lines, imported, kept, expired, invalid, "policies were imported");
    }
    Ok(Json(outcome))
}

/// A line and its number, or its number where it is too long.
type NumberedLine = (u64, Option<Vec<u8>>);

/// Makes lines out of what comes, and keeps no more than it must.
#[derive(Debug, Default)]
struct Lines {
    begun: BytesMut,
    is_too_long: bool,
    number: u64,
    whole: Vec<NumberedLine>,
    bytes: usize,
}

impl Lines {
    fn add(&mut self, chunk: &[u8]) {
        for part in chunk.split_inclusive(|&byte| byte == b'\n') {
            let (text, ends) = match part.strip_suffix(b"\n") {
                Some(text) => (text, true),
                None => (part, false),
            };
            if self.begun.len() + text.len() > LINE_BYTES {
                self.is_too_long = true;
                self.begun.clear();
            } else if !self.is_too_long {
                self.begun.extend_from_slice(text);
            }
            if ends {
                self.end();
            }
        }
    }

    /// The line ends here.
    fn end(&mut self) {
        self.number += 1;
        let line = self.begun.split();
        if self.is_too_long {
            self.is_too_long = false;
            self.whole.push((self.number, None));
        } else if !line.trim_ascii().is_empty() {
            self.bytes += line.len();
            self.whole.push((self.number, Some(line.to_vec())));
        }
    }

    fn is_enough(&self) -> bool {
        self.whole.len() >= LINES_AT_A_TIME || self.bytes >= BYTES_AT_A_TIME
    }

    fn take(&mut self) -> Vec<NumberedLine> {
        self.bytes = 0;
        std::mem::take(&mut self.whole)
    }
}

/// An import that is under way.
struct Import {
    inner: Arc<Inner>,
    language: Language,
    outcome: CacheImport,
}

impl Import {
    async fn take(&mut self, lines: Vec<NumberedLine>) -> Result<(), Problem> {
        let now = self.inner.clock.now();
        self.outcome.lines += lines.len() as u64;
        let reading = tokio::task::spawn_blocking(move || {
            let read = |(number, line): NumberedLine| {
                let line = line.ok_or(LineFault::TooLong);
                (number, line.and_then(|line| read(&line, now.time)))
            };
            lines.into_iter().map(read).collect::<Vec<_>>()
        });
        let read = reading.await.map_err(|_| Problem::stopping(self.language))?;
        let setup = self.inner.setup();
        let (mut stored, mut cached) = (Vec::new(), Vec::new());
        for (number, line) in read {
            match line {
                Err(fault) => self.fault(number, &fault),
                Ok((_, policy)) if !policy.lives_at(now.time) => self.outcome.expired += 1,
                Ok((policy, new)) if self.inner.would_weaken(&setup, &policy, &new) => {
                    self.outcome.kept += 1;
                }
                Ok((policy, new)) => {
                    stored.push(policy);
                    cached.push(new);
                }
            }
        }
        let imported = if self.outcome.dry_run {
            self.inner.would_import(&stored).await
        } else {
            self.inner.import(&setup, &stored, &cached, self.language).await?
        };
        self.outcome.imported += imported;
        self.outcome.kept += (stored.len() as u64).saturating_sub(imported);
        Ok(())
    }

    fn fault(&mut self, line: u64, fault: &LineFault) {
        self.outcome.invalid += 1;
        if self.outcome.faults.len() < FAULTS {
            let (code, message) = fault.told(self.language);
            self.outcome.faults.push(ImportFault { line, code: code.to_owned(), message });
        }
    }
}

impl Inner {
    /// Saves policies and puts them into memory; says how many were newer than what was there.
    async fn import(
        &self,
        setup: &Numbered,
        stored: &[StoredPolicy],
        cached: &[CachedPolicy],
        language: Language,
    ) -> Result<u64, Problem> {
        let saved = self.keeper.store().save_policies(stored).await;
        let saved = saved.map_err(|error| Problem::of_store(&error, language))?;
        for (stored, policy) in stored.iter().zip(cached) {
            if self.cache.len() >= self.cache.limit() {
                // What memory has no room for is in the store alone.
                self.keeper.set_complete(false);
            }
            self.remember(setup, stored, policy);
            self.forget_variants(&stored.domain);
        }
        Ok(saved)
    }

    async fn would_import(&self, policies: &[StoredPolicy]) -> u64 {
        let mut newer = 0;
        for policy in policies {
            let of_memory = |entry: &crate::cache::entry::Shared| {
                entry.sts.policy.as_ref().map(CachedPolicy::fetched_at)
            };
            let known = match self.cache.with(policy.domain.as_str(), of_memory).flatten() {
                None if !self.keeper.is_complete() => {
                    let stored = self.keeper.policy(&policy.domain).await;
                    stored.map(|stored| stored.fetched_at.as_millisecond())
                }
                known => known,
            };
            newer += u64::from(known.is_none_or(|at| at <= policy.fetched_at.as_millisecond()));
        }
        newer
    }

    /// Whether a policy that the operator pins would be replaced by a weaker one.
    fn would_weaken(&self, setup: &Numbered, policy: &StoredPolicy, new: &CachedPolicy) -> bool {
        let is_pinned = setup.rules(&policy.domain).rule.is_pinned();
        is_pinned
            && new.mode() != Mode::Enforce
            && self
                .cache
                .with(policy.domain.as_str(), |entry| {
                    entry.sts.policy.as_ref().is_some_and(|it| it.mode() == Mode::Enforce)
                })
                .unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(chunks: &[&[u8]]) -> Vec<(u64, Option<usize>)> {
        let mut lines = Lines::default();
        for chunk in chunks {
            lines.add(chunk);
        }
        lines.end();
        lines.take().into_iter().map(|(number, line)| (number, line.map(|it| it.len()))).collect()
    }

    #[test]
    fn lines_are_cut_wherever_the_chunks_are() {
        assert_eq!(
            lines(&[b"ab", b"c\n\r\n", b"\nde\r\n", b"f"]),
            [(1, Some(3)), (4, Some(3)), (5, Some(1))]
        );
        assert_eq!(lines(&[]), []);
    }

    #[test]
    fn a_line_that_is_too_long_is_left_out_alone() {
        let long = vec![b'x'; LINE_BYTES];
        let longest = Some(LINE_BYTES);
        assert_eq!(lines(&[b"a\n", &long, b"\nb\n"]), [(1, Some(1)), (2, longest), (3, Some(1))]);
        let found = lines(&[b"a\n", &long, b"x", &long, b"\nb\n"]);
        assert_eq!(found, [(1, Some(1)), (2, None), (3, Some(1))]);
    }
}
