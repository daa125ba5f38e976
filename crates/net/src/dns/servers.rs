use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use domain::base::Message;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::exchange::{Failure, exchange};
use super::message::{Question, is_conclusive};
use super::settings::ResolverSettings;
use super::silence::Silence;
use crate::pace::Pace;

/// The most servers that are asked for one answer.
const MAXIMUM_SERVERS: usize = 8;

/// The recursive servers, one of which has to answer.
#[derive(Debug)]
pub(super) struct Servers {
    /// At least one.
    list: Vec<Server>,
    addresses: Vec<SocketAddr>,
    /// The one that answered last, so that a dead one costs its timeout only once.
    preferred: AtomicUsize,
    timeout: Duration,
    tries: u8,
    /// How long a question may have to wait for its turn.
    queue: Duration,
    permits: Semaphore,
    silence: Silence,
}

/// A recursive server.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) address: SocketAddr,
    /// How often it is asked, where that is bounded.
    pace: Option<Pace>,
}

impl Server {
    /// Waits until it may be asked.
    pub(super) async fn turn(&self) {
        if let Some(pace) = &self.pace {
            pace.turn().await;
        }
    }
}

/// A reply, whatever it says.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) message: Message<Bytes>,
    pub(super) server: SocketAddr,
}

/// No reply, and from which server the best explanation is.
#[derive(Debug, Clone)]
pub(super) struct NoReply {
    pub(super) failure: Failure,
    pub(super) server: SocketAddr,
}

impl Servers {
    /// Of the servers the first few count; there has to be one.
    pub(super) fn new(
        first: SocketAddr,
        others: &[SocketAddr],
        settings: &ResolverSettings,
    ) -> Self {
        let addresses: Vec<SocketAddr> =
            std::iter::once(first).chain(others.iter().copied()).take(MAXIMUM_SERVERS).collect();
        let parallel = settings.parallel.clamp(1, Semaphore::MAX_PERMITS);
        let server = |address: &SocketAddr| {
            let limit = settings.rate.filter(|limit| limit.covers(address.ip()));
            let pace = limit.map(|limit| Pace::new(limit.per_second, Instant::now()));
            Server { address: *address, pace }
        };
        // A question over TCP takes two turns, and all others may be before it.
        let turns = u32::try_from(parallel).unwrap_or(u32::MAX).saturating_mul(2);
        let queue = settings.rate.map(|limit| Duration::from_secs(1) / limit.per_second.get());
        Self {
            list: addresses.iter().map(server).collect(),
            addresses,
            preferred: AtomicUsize::new(0),
            timeout: settings.timeout,
            tries: settings.tries.max(1),
            queue: queue.unwrap_or_default().saturating_mul(turns),
            permits: Semaphore::new(parallel),
            silence: Silence::default(),
        }
    }

    /// The servers, in the order given.
    pub(super) fn list(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Whether all are on this machine.
    pub(super) fn are_local(&self) -> bool {
        self.addresses.iter().all(|server| server.ip().to_canonical().is_loopback())
    }

    /// How long a question may take until there is no answer.
    pub(super) fn patience(&self) -> Duration {
        // Over TCP it may take as long again.
        let attempts = u32::from(self.tries) * 2;
        (self.timeout * attempts + self.queue) * u32::try_from(self.list.len()).unwrap_or(1)
    }

    /// Asks the servers one after the other until one knows an answer; in rounds, unless the
    /// system knows that none can be reached. The log says if none replies for long.
    ///
    /// # Errors
    /// The best explanation why none has replied at all.
    pub(super) async fn ask(&self, question: &Question) -> Result<Reply, NoReply> {
        let replied = self.ask_all(question).await;
        match &replied {
            Ok(Reply { server, .. }) if self.silence.ends() => {
                tracing::info!(%server, "a name server answers again");
            }
            Err(NoReply { failure, server }) if self.silence.goes_on(Instant::now()) => {
                let reason = failure.to_string();
                tracing::warn!(%server, reason, "no name server answers");
            }
            _ => {}
        }
        replied
    }

    async fn ask_all(&self, question: &Question) -> Result<Reply, NoReply> {
        // The semaphore is never closed; if it were, nothing would depend on the permit.
        let _permit = self.permits.acquire().await;
        let preferred = self.preferred.load(Ordering::Relaxed);
        let mut refusal = None;
        let mut worst: Option<NoReply> = None;
        for _ in 0..self.tries {
            let mut reachable = false;
            for (index, server) in self.from(preferred) {
                match exchange(server, question, self.timeout).await {
                    Ok(message) if is_conclusive(&message) => {
                        // Most of the time it is, and writing would cost the other threads.
                        if index != preferred {
                            self.preferred.store(index, Ordering::Relaxed);
                        }
                        return Ok(Reply { message, server: server.address });
                    }
                    Ok(message) => {
                        let _ = refusal.get_or_insert(Reply { message, server: server.address });
                    }
                    Err(failure) => {
                        reachable |= !matches!(failure, Failure::Unreachable(_));
                        let heavier = worst
                            .as_ref()
                            .is_none_or(|worst| worst.failure.weight() < failure.weight());
                        if heavier {
                            worst = Some(NoReply { failure, server: server.address });
                        }
                    }
                }
            }
            if let Some(reply) = refusal {
                return Ok(reply);
            }
            if !reachable {
                break;
            }
        }
        Err(worst.unwrap_or_else(|| NoReply { failure: Failure::Timeout, server: self.any() }))
    }

    /// The server that is to be asked first.
    pub(super) fn any(&self) -> SocketAddr {
        let preferred = self.preferred.load(Ordering::Relaxed);
        let unspecified = || SocketAddr::from(([0, 0, 0, 0], 0));
        self.from(preferred).next().map_or_else(unspecified, |(_, server)| server.address)
    }

    /// The servers with their places, from one on.
    fn from(&self, first: usize) -> impl Iterator<Item = (usize, &Server)> {
        let count = self.list.len();
        self.list.iter().enumerate().cycle().skip(first).take(count)
    }
}
