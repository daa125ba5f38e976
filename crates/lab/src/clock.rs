//! A clock that a test moves by hand, while its servers live in real time.

use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use tokio::task::spawn_blocking;
use tokio::time;

/// How long what is to come may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long is waited for what must not come.
const MOMENT: Duration = Duration::from_millis(30);

/// The clock of a runtime with one thread: it stands still unless it is put forward.
#[derive(Debug)]
pub struct StillClock {
    _running: Sender<()>,
}

impl StillClock {
    /// Stops the clock until this is dropped.
    ///
    /// # Panics
    /// On a runtime with more than one thread.
    #[must_use]
    pub fn stop() -> Self {
        time::pause();
        // As long as something blocks, the runtime doesn't put its clock forward by itself.
        let (sender, receiver) = channel::<()>();
        drop(spawn_blocking(move || receiver.recv()));
        Self { _running: sender }
    }

    /// Puts the clock forward, and a millisecond more: timers are no finer.
    pub async fn forward(&self, duration: Duration) {
        time::advance(duration + Duration::from_millis(1)).await;
    }

    /// Waits in real time until a count has come to a number, and a moment more.
    ///
    /// # Panics
    /// If it hasn't within half a minute, or has gone beyond.
    pub async fn until(&self, count: impl Fn() -> usize, number: usize) {
        let end = Instant::now() + PATIENCE;
        while count() < number {
            assert!(Instant::now() < end, "{} instead of {number}", count());
            pass(Duration::from_millis(1)).await;
        }
        pass(MOMENT).await;
        assert_eq!(count(), number, "more than there was time for");
    }
}

/// Lets everything else go on for some real time.
async fn pass(duration: Duration) {
    spawn_blocking(move || thread::sleep(duration)).await.unwrap();
}
