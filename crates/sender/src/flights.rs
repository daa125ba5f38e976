//! One look at a time: whoever asks for what somebody else is looking for waits with them.

use std::collections::HashMap;
use std::collections::hash_map;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

/// Looks that are under way, by what they look for.
#[derive(Debug)]
pub(crate) struct Flights<T> {
    under_way: Mutex<HashMap<Box<str>, Waiting<T>>>,
}

impl<T: Clone + Send + Sync + 'static> Flights<T> {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self { under_way: Mutex::new(HashMap::new()) })
    }

    /// What the look under way brings, or one that `begin` begins. It goes on to its end also if
    /// nobody waits any more. None if it broke off, which only the end of the program does.
    pub(crate) async fn join<F>(self: &Arc<Self>, key: &str, begin: impl FnOnce() -> F) -> Option<T>
    where
        F: Future<Output = T> + Send + 'static,
    {
        match self.enter(key, begin) {
            Ok(waiting) | Err((waiting, _)) => wait(waiting).await,
        }
    }

    /// What a look that `begin` begins brings, once none is under way.
    pub(crate) async fn begin_after<F, B>(self: &Arc<Self>, key: &str, mut begin: B) -> Option<T>
    where
        F: Future<Output = T> + Send + 'static,
        B: FnOnce() -> F,
    {
        loop {
            match self.enter(key, begin) {
                Ok(waiting) => return wait(waiting).await,
                Err((before, again)) => {
                    drop(wait(before).await);
                    begin = again;
                }
            }
        }
    }

    /// Begins a look, unless one is under way: then that, and `begin` back.
    fn enter<F, B>(self: &Arc<Self>, key: &str, begin: B) -> Result<Waiting<T>, (Waiting<T>, B)>
    where
        F: Future<Output = T> + Send + 'static,
        B: FnOnce() -> F,
    {
        match self.lock().entry(key.into()) {
            hash_map::Entry::Occupied(under_way) => Err((under_way.get().clone(), begin)),
            hash_map::Entry::Vacant(free) => {
                let (sender, receiver) = watch::channel(None);
                let look = begin();
                let landing = Landing { flights: Arc::clone(self), key: key.into() };
                tokio::spawn(async move {
                    let landing = landing;
                    let outcome = look.await;
                    // First, so that whoever comes later begins anew.
                    drop(landing);
                    let _ = sender.send(Some(outcome));
                });
                Ok(free.insert(receiver).clone())
            }
        }
    }

    /// Waits for the look that is under way, if there is one.
    pub(crate) async fn wait(&self, key: &str) {
        let waiting = self.lock().get(key).cloned();
        if let Some(waiting) = waiting {
            drop(wait(waiting).await);
        }
    }

    /// How many looks are under way.
    pub(crate) fn count(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Box<str>, watch::Receiver<Option<T>>>> {
        // Nothing in here is left half done.
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What whoever waits for a look has.
type Waiting<T> = watch::Receiver<Option<T>>;

async fn wait<T: Clone>(mut waiting: Waiting<T>) -> Option<T> {
    let outcome = waiting.wait_for(Option::is_some).await.ok()?;
    outcome.clone()
}

/// Takes a look off the list at its end, also if it panics.
struct Landing<T> {
    flights: Arc<Flights<T>>,
    key: Box<str>,
}

impl<T> Drop for Landing<T> {
    fn drop(&mut self) {
        let mut under_way = self.flights.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.remove(&self.key);
    }
}
