use std::num::NonZeroU32;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// How much of the time that was not used may be made up for: timers are no finer than this.
const SLACK: Duration = Duration::from_millis(20);

/// Lets so many through in a second.
#[derive(Debug)]
pub(crate) struct Pace {
    interval: Duration,
    next: Instant,
}

impl Pace {
    pub(crate) fn new(per_second: NonZeroU32) -> Self {
        Self { interval: Duration::from_secs(1) / per_second.get(), next: Instant::now() }
    }

    /// Waits for one's turn.
    pub(crate) async fn turn(&mut self) {
        let now = Instant::now();
        if let Some(earliest) = now.checked_sub(SLACK) {
            self.next = self.next.max(earliest);
        }
        let turn = self.next;
        self.next += self.interval;
        if turn > now {
            sleep_until(turn).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nobody_goes_before_the_time() {
        let started = Instant::now();
        let mut pace = Pace::new(NonZeroU32::MIN.saturating_add(999));
        for _ in 0..200 {
            pace.turn().await;
        }
        // The first goes at once, and a part of the slack may have been made up for.
        assert!(started.elapsed() >= Duration::from_millis(150), "{:?}", started.elapsed());
    }
}
