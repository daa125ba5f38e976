//! Removes results that have been kept for long enough.

use std::time::Duration;

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;

use super::LiveChecks;

/// How often to look for results to remove.
const INTERVAL: Duration = Duration::from_hours(1);

impl LiveChecks {
    /// Removes old results, now and then once an hour, until `stop` is cancelled.
    pub async fn keep_house(&self, stop: CancellationToken) {
        loop {
            self.remove_old().await;
            tokio::select! {
                () = tokio::time::sleep(INTERVAL) => {}
                () = stop.cancelled() => return,
            }
        }
    }

    async fn remove_old(&self) {
        let age = SignedDuration::try_from(self.0.settings.kept_for).unwrap_or(SignedDuration::MAX);
        let Ok(limit) = (self.0.sources.now)().checked_sub(age) else { return };
        match self.0.store.remove_results_before(limit).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "old results were removed"),
            Err(error) => tracing::error!(%error, "old results can't be removed"),
        }
    }
}
