//! Puts a site on listeners.

mod connection;

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::server::graceful::GracefulShutdown;
use sigillo_listen::Listener;
use tokio::sync::{Semaphore, watch};
use tokio_util::sync::CancellationToken;

/// How many connections may be open at a time; more wait in the system's queue.
const CONNECTIONS: usize = 8192;
/// How long answers that are under way may take when the site stops.
const FAREWELL: Duration = Duration::from_secs(10);
/// How long to wait after an error of `accept`, such as that too many files are open.
const PAUSE: Duration = Duration::from_millis(100);

/// The other end of a connection; a Unix socket has no address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Peer(Option<IpAddr>);

impl Peer {
    /// The address.
    #[must_use]
    pub const fn address(self) -> Option<IpAddr> {
        self.0
    }
}

impl From<IpAddr> for Peer {
    fn from(address: IpAddr) -> Self {
        Self(Some(address))
    }
}

/// Serves what `router` holds on all `listeners` until `stop` is cancelled; then accepts nothing
/// more and gives the answers under way ten seconds. A new router counts for new connections.
///
/// # Errors
/// Never for a single connection: only if a listener itself is gone.
pub async fn serve(
    listeners: Vec<Listener>,
    router: watch::Receiver<Router>,
    stop: CancellationToken,
) -> io::Result<()> {
    let graceful = Arc::new(GracefulShutdown::new());
    let permits = Arc::new(Semaphore::new(CONNECTIONS));
    let mut accepting = tokio::task::JoinSet::new();
    for listener in listeners {
        accepting.spawn(accept(
            listener,
            router.clone(),
            Arc::clone(&graceful),
            Arc::clone(&permits),
            stop.clone(),
        ));
    }
    while let Some(ended) = accepting.join_next().await {
        ended.map_err(io::Error::other)?;
    }
    if let Some(graceful) = Arc::into_inner(graceful)
        && tokio::time::timeout(FAREWELL, graceful.shutdown()).await.is_err()
    {
        tracing::warn!("answers that took too long were cut off");
    }
    Ok(())
}

async fn accept(
    listener: Listener,
    router: watch::Receiver<Router>,
    graceful: Arc<GracefulShutdown>,
    permits: Arc<Semaphore>,
    stop: CancellationToken,
) {
    loop {
        // The semaphore is never closed.
        let Ok(permit) = Arc::clone(&permits).acquire_owned().await else { return };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => return,
        };
        match accepted {
            Ok((stream, from)) => {
                let peer = Peer(from.map(|from| from.ip()));
                let current = router.borrow().clone();
                let connection = connection::serve(stream, peer, current, &graceful);
                tokio::spawn(async move {
                    connection.await;
                    drop(permit);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection can't be accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
