//! Whether the name servers have fallen silent, for whoever runs them to be told once.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// For how long nobody is answered until that is worth telling: a single domain whose own servers
/// are slow has a question unanswered now and then.
const WORTH_TELLING: Duration = Duration::from_secs(10);

/// Since when no question is answered, if the last ones weren't.
#[derive(Debug, Default)]
pub(super) struct Silence {
    since: Mutex<Option<Since>>,
    /// Whether there is any, so that whoever is answered need not lock.
    is_there: AtomicBool,
}

#[derive(Debug)]
struct Since {
    began: Instant,
    is_told: bool,
}

impl Silence {
    /// Sees a question that was answered; whether that is to be told, because the silence was.
    pub(super) fn ends(&self) -> bool {
        if !self.is_there.load(Ordering::Relaxed) {
            return false;
        }
        let mut since = self.lock();
        self.is_there.store(false, Ordering::Relaxed);
        since.take().is_some_and(|since| since.is_told)
    }

    /// Sees a question that was not answered; whether that is to be told now.
    pub(super) fn goes_on(&self, now: Instant) -> bool {
        let mut since = self.lock();
        self.is_there.store(true, Ordering::Relaxed);
        let since = since.get_or_insert(Since { began: now, is_told: false });
        let is_news = !since.is_told && now.duration_since(since.began) >= WORTH_TELLING;
        since.is_told |= is_news;
        is_news
    }

    fn lock(&self) -> MutexGuard<'_, Option<Since>> {
        self.since.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silence_is_told_once_when_it_lasts_and_so_is_its_end() {
        let silence = Silence::default();
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        assert!(!silence.ends());
        // A question without an answer, and one with.
        assert!(!silence.goes_on(at(0)));
        assert!(!silence.ends());
        assert!(!silence.goes_on(at(20)) && !silence.goes_on(at(29)));
        assert!(silence.goes_on(at(30)) && !silence.goes_on(at(31)));
        assert!(silence.ends() && !silence.ends());
        assert!(!silence.goes_on(at(32)));
    }
}
