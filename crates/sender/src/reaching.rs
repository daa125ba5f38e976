//! A database server that can't be reached, or hangs: one question waits for it, the others go on without.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use sigillo_store::{Store, StoreError};
use tokio::time::sleep;

use crate::limits::STORE_TRIED_AGAIN;

/// A store that is asked for as long as it answers. A file of this machine always does.
#[derive(Debug)]
pub(crate) struct Reach {
    store: Store,
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Why the server can't be reached, while it can't.
    away: Mutex<Option<StoreError>>,
}

impl Reach {
    pub(crate) fn new(store: Store) -> Self {
        Self { store, state: Arc::default() }
    }

    pub(crate) const fn store(&self) -> &Store {
        &self.store
    }

    /// Whether the server could not be reached, and hasn't answered since.
    pub(crate) fn is_away(&self) -> bool {
        self.state.away().is_some()
    }

    /// Asks the store; while its server is away the answer is why that is, at once.
    // The question is in a box from the start: whoever asks would carry it about, twice.
    pub(crate) fn ask<T>(
        &self,
        question: impl Future<Output = Result<T, StoreError>>,
    ) -> impl Future<Output = Result<T, StoreError>> {
        let question = Box::pin(question);
        async move {
            let away = self.state.away().clone();
            match away {
                Some(why) => Err(why),
                None => self.ask_anyway(question).await,
            }
        }
    }

    /// Asks the store even if its server is away.
    pub(crate) async fn ask_anyway<T>(
        &self,
        question: Pin<Box<impl Future<Output = Result<T, StoreError>>>>,
    ) -> Result<T, StoreError> {
        let answer = question.await;
        if let Err(why @ StoreError::Unreachable { .. }) = &answer
            && !self.store.url().is_sqlite()
        {
            self.leave_alone(why);
        }
        answer
    }

    fn leave_alone(&self, why: &StoreError) {
        let mut away = self.state.away();
        if away.is_none() {
            tracing::error!(error = %why, "policies can't be saved, and would be lost if the program ended");
            *away = Some(why.clone());
            tokio::spawn(watch(self.store.clone(), Arc::downgrade(&self.state)));
        }
    }
}

impl State {
    fn away(&self) -> MutexGuard<'_, Option<StoreError>> {
        self.away.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tries a server until it answers, or until nobody wants to know any more.
async fn watch(store: Store, state: Weak<State>) {
    loop {
        sleep(STORE_TRIED_AGAIN).await;
        if state.strong_count() == 0 {
            return;
        }
        // Any other error is an answer.
        if !matches!(store.ping().await, Err(StoreError::Unreachable { .. })) {
            if let Some(state) = state.upgrade() {
                *state.away() = None;
                tracing::info!("the database can be reached again");
            }
            return;
        }
    }
}
