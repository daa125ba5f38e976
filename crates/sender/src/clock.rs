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
pub struct Clock(Arc<dyn Fn() -> Moment + Send + Sync>);

impl Clock {
    /// A clock that asks `now`.
    #[must_use]
    pub fn new(now: impl Fn() -> Moment + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The clocks of the system.
    #[must_use]
    pub fn system() -> Self {
        let started = Instant::now();
        Self::new(move || Moment { time: Timestamp::now(), running: started.elapsed() })
    }

    /// The moment.
    #[must_use]
    pub fn now(&self) -> Moment {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Clock").field(&self.now()).finish()
    }
}
