//! Answers mail servers that connect.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use sigillo_listen::{Listener, Stream};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::connection;
use super::request::MapName;
use crate::sender::Sender;

/// How long answers that are under way may take at the end.
const GRACE: Duration = Duration::from_secs(5);

/// How long to wait when the system has no room for another connection.
const OUT_OF_ROOM: Duration = Duration::from_millis(100);

/// Answers whoever connects, `most` connections at a time, until it is told to stop; then what is
/// being answered is answered to its end. Others wait to be accepted.
pub async fn serve(
    sender: Sender,
    listeners: Vec<Listener>,
    maps: Vec<MapName>,
    most: usize,
    stop: CancellationToken,
) {
    let answering = Answering {
        sender,
        maps: maps.into(),
        permits: Arc::new(Semaphore::new(most)),
        connections: TaskTracker::new(),
        stop,
    };
    let accepting = listeners
        .iter()
        .map(|listener| answering.stop.run_until_cancelled(answering.accept(listener)));
    futures_util::future::join_all(accepting).await;
    // Whoever connects from now on is told at once that nobody listens.
    drop(listeners);
    answering.connections.close();
    // Whoever still waits for the network then asks again.
    let _ = timeout(GRACE, answering.connections.wait()).await;
}

/// What connections are answered with.
struct Answering {
    sender: Sender,
    maps: Arc<[MapName]>,
    permits: Arc<Semaphore>,
    connections: TaskTracker,
    stop: CancellationToken,
}

impl Answering {
    async fn accept(&self, listener: &Listener) {
        loop {
            let Ok(permit) = Arc::clone(&self.permits).acquire_owned().await else { return };
            // Each kind is served by code of its own, which asks at no read which it is.
            match listener.accept().await {
                Ok((Stream::Tcp(stream), _)) => self.answer(stream, permit),
                Ok((Stream::Unix(stream), _)) => self.answer(stream, permit),
                Err(error) => {
                    tracing::warn!(%error, "a connection can't be accepted");
                    sleep(OUT_OF_ROOM).await;
                }
            }
        }
    }

    /// Answers a connection beside others, until it ends.
    fn answer(
        &self,
        stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
        permit: OwnedSemaphorePermit,
    ) {
        let (sender, maps, stop) = (self.sender.clone(), Arc::clone(&self.maps), self.stop.clone());
        self.connections.spawn(async move {
            let _permit = permit;
            ended(&sender, connection::serve(&sender, &maps, stream, &stop)).await;
        });
    }
}

async fn ended(sender: &Sender, serving: impl Future<Output = io::Result<()>>) {
    sender.0.metrics.opened();
    if let Err(error) = serving.await {
        // A mail server that goes away is nothing to worry about.
        tracing::debug!(%error, "a connection ended early");
    }
    sender.0.metrics.closed();
}
