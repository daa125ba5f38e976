//! A look that somebody may be watching.

use std::sync::{Arc, OnceLock};

use sigillo_formats::DomainName;
use sigillo_probe::Progress;
use sigillo_store::results::{ResultId, SavedResult};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::metrics;

/// How many steps are kept for those who begin to watch later; a look has fewer.
const STEPS: usize = 512;

/// A look at a domain, under way or over.
pub(crate) struct Run {
    /// Under which id it is found.
    pub(crate) id: ResultId,
    /// The domain that is looked at.
    pub(crate) domain: DomainName,
    state: watch::Sender<State>,
    ended: OnceLock<(Instant, Ended)>,
}

/// How far a look is.
#[derive(Default)]
struct State {
    steps: Vec<Progress>,
    has_ended: bool,
}

/// How a look ended.
#[derive(Debug, Clone)]
pub(crate) enum Ended {
    /// Something was seen.
    Seen(Arc<SavedResult>),
    /// The look came to no end of its own: a fault of this program.
    Lost,
}

impl Run {
    pub(super) fn new(id: ResultId, domain: DomainName) -> Self {
        metrics::look_begins();
        let state = watch::Sender::new(State::default());
        Self { id, domain, state, ended: OnceLock::new() }
    }

    /// A step is done.
    pub(super) fn add(&self, step: Progress) {
        self.state.send_modify(|state| {
            if state.steps.len() < STEPS {
                state.steps.push(step);
            }
        });
    }

    fn end(&self, ended: Ended) {
        metrics::look_ends(match &ended {
            Ended::Seen(result) => Some(result.verdict),
            Ended::Lost => None,
        });
        let _ = self.ended.set((Instant::now(), ended));
        self.state.send_modify(|state| state.has_ended = true);
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&self) -> Option<Ended> {
        self.ended.get().map(|(_, ended)| ended.clone())
    }

    pub(super) fn ended_at(&self) -> Option<Instant> {
        self.ended.get().map(|(at, _)| *at)
    }

    /// Waits for the end.
    pub(crate) async fn end_of(&self) -> Ended {
        let mut state = self.state.subscribe();
        // The sender lives as long as this look.
        let _ = state.wait_for(|state| state.has_ended).await;
        self.ended().unwrap_or(Ended::Lost)
    }

    /// How many steps are done.
    pub(crate) fn step_count(&self) -> usize {
        self.state.borrow().steps.len()
    }

    /// Waits for steps behind the first `seen`; none left means that the look is over.
    pub(crate) async fn steps_after(&self, seen: usize) -> Vec<Progress> {
        let mut state = self.state.subscribe();
        match state.wait_for(|state| state.steps.len() > seen || state.has_ended).await {
            Ok(state) => state.steps.get(seen..).unwrap_or_default().to_vec(),
            Err(_) => Vec::new(),
        }
    }
}

/// Sees to it that a look ends for those who watch, also if looking panics.
pub(super) struct Ending<'a>(Option<&'a Run>);

impl<'a> Ending<'a> {
    pub(super) const fn of(run: &'a Run) -> Self {
        Self(Some(run))
    }

    pub(super) fn with(mut self, ended: Ended) {
        if let Some(run) = self.0.take() {
            run.end(ended);
        }
    }
}

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        if let Some(run) = self.0 {
            run.end(Ended::Lost);
        }
    }
}
