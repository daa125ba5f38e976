//! What time it is, by both clocks.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

/// A moment by both clocks. Policies end at a time of day, across restarts and whatever the clock
/// is set to meanwhile; what is remembered for a while is counted by a clock that is never set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The time of day.
    pub time: Timestamp,
    /// How long the program has been running.
    pub running: Duration,
}

/// Tells the moment. Cheap to clone.
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    System { started: Instant },
    Given(Arc<dyn Fn() -> Moment + Send + Sync>),
}

impl Clock {
    /// A clock that asks `now`.
    #[must_use]
    pub fn new(now: impl Fn() -> Moment + Send + Sync + 'static) -> Self {
        Self(Source::Given(Arc::new(now)))
    }

    /// The clocks of the system.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System { started: Instant::now() })
    }

    /// The moment.
    #[must_use]
    #[inline]
    pub fn now(&self) -> Moment {
        match &self.0 {
            Source::System { started } => {
                Moment { time: Timestamp::now(), running: started.elapsed() }
            }
            Source::Given(now) => now(),
        }
    }

    /// How long the program has been running.
    #[must_use]
    #[inline]
    pub fn running(&self) -> Duration {
        match &self.0 {
            Source::System { started } => started.elapsed(),
            Source::Given(now) => now().running,
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Clock").field(&self.now()).finish()
    }
}
