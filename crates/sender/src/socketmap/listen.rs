//! Where mail servers ask.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, UnixListener, UnixStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::connection;
use super::request::MapName;
use crate::sender::Sender;

/// An address to listen at, as Postfix writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListenAddress {
    /// `inet:ADDRESS:PORT`; port 0 takes a free one.
    Inet(SocketAddr),
    /// `unix:PATH`.
    Unix(PathBuf),
}

/// A text is no [`ListenAddress`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no address for mail servers: give inet:ADDRESS:PORT or unix:PATH")]
pub struct ListenAddressError {
    text: String,
}

impl FromStr for ListenAddress {
    type Err = ListenAddressError;

    /// Reads `inet:ADDRESS:PORT`, `ADDRESS:PORT` or `unix:PATH`.
    ///
    /// ```
    /// # use sigillo_sender::socketmap::ListenAddress;
    /// let address: ListenAddress = "inet:127.0.0.1:8461".parse()?;
    /// assert_eq!(address.to_string(), "inet:127.0.0.1:8461");
    /// assert_eq!("127.0.0.1:8461".parse(), Ok(address));
    /// assert!("unix:".parse::<ListenAddress>().is_err());
    /// # Ok::<(), sigillo_sender::socketmap::ListenAddressError>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, ListenAddressError> {
        let invalid = || ListenAddressError { text: text.to_owned() };
        match text.strip_prefix("unix:") {
            Some("") => Err(invalid()),
            Some(path) => Ok(Self::Unix(path.into())),
            None => {
                let address = text.strip_prefix("inet:").unwrap_or(text);
                address.parse().map(Self::Inet).map_err(|_| invalid())
            }
        }
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inet(address) => write!(formatter, "inet:{address}"),
            Self::Unix(path) => write!(formatter, "unix:{}", path.display()),
        }
    }
}

/// Who may use a Unix socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SocketOwner {
    /// The permissions, such as `0o660`.
    pub mode: u32,
    /// The number of the group; none: that of the program.
    pub group: Option<u32>,
}

/// A listener that mail servers can already reach.
#[derive(Debug)]
pub struct Listener(Socket);

#[derive(Debug)]
enum Socket {
    Inet(TcpListener),
    /// With the path to remove at the end; none where somebody else made the socket.
    Unix(UnixListener, Option<PathBuf>),
}

impl Listener {
    /// Listens at an address. A Unix socket that nobody listens at any more is replaced.
    ///
    /// # Errors
    /// What the system says.
    pub async fn bind(address: &ListenAddress, owner: SocketOwner) -> io::Result<Self> {
        match address {
            ListenAddress::Inet(address) => TcpListener::bind(address).await.map(Socket::Inet),
            ListenAddress::Unix(path) => bind_unix(path, owner).await,
        }
        .map(Self)
    }

    /// Listens at a TCP socket that the service manager has opened.
    ///
    /// # Errors
    /// What the system says.
    pub fn inherited_inet(listener: std::net::TcpListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        TcpListener::from_std(listener).map(Socket::Inet).map(Self)
    }

    /// Listens at a Unix socket that the service manager has opened, and removes itself.
    ///
    /// # Errors
    /// What the system says.
    pub fn inherited_unix(listener: std::os::unix::net::UnixListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        UnixListener::from_std(listener).map(|listener| Self(Socket::Unix(listener, None)))
    }

    /// Where it listens; the port that was taken, if any would do.
    ///
    /// # Errors
    /// What the system says.
    pub fn address(&self) -> io::Result<ListenAddress> {
        match &self.0 {
            Socket::Inet(listener) => listener.local_addr().map(ListenAddress::Inet),
            Socket::Unix(listener, _) => {
                let address = listener.local_addr()?;
                let path = address.as_pathname().unwrap_or_else(|| Path::new(""));
                Ok(ListenAddress::Unix(path.to_owned()))
            }
        }
    }
}

async fn bind_unix(path: &Path, owner: SocketOwner) -> io::Result<Socket> {
    if UnixStream::connect(path)
        .await
        .is_err_and(|error| error.kind() == io::ErrorKind::ConnectionRefused)
    {
        std::fs::remove_file(path)?;
    }
    let listener = UnixListener::bind(path)?;
    let socket = Socket::Unix(listener, Some(path.to_owned()));
    if let Some(group) = owner.group {
        chown(path, None, Some(group))?;
    }
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(owner.mode))?;
    Ok(socket)
}

impl Drop for Socket {
    fn drop(&mut self) {
        if let Self::Unix(_, Some(path)) = self {
            // Left behind, it would only be replaced at the next start.
            let _ = std::fs::remove_file(path);
        }
    }
}

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
    let connections = TaskTracker::new();
    let permits = Arc::new(Semaphore::new(most));
    let maps: Arc<[MapName]> = maps.into();
    let accepting = listeners.into_iter().map(|listener| {
        let (sender, maps, permits) = (sender.clone(), Arc::clone(&maps), Arc::clone(&permits));
        let (stop, connections) = (stop.clone(), connections.clone());
        async move {
            let accepting = accept(&sender, &maps, &permits, &listener, &connections, &stop);
            stop.run_until_cancelled(accepting).await;
        }
    });
    futures_util::future::join_all(accepting).await;
    connections.close();
    // Whoever still waits for the network then asks again.
    let _ = timeout(GRACE, connections.wait()).await;
}

async fn accept(
    sender: &Sender,
    maps: &Arc<[MapName]>,
    permits: &Arc<Semaphore>,
    listener: &Listener,
    connections: &TaskTracker,
    stop: &CancellationToken,
) {
    loop {
        let Ok(permit) = Arc::clone(permits).acquire_owned().await else { return };
        let (sender, maps, stop) = (sender.clone(), Arc::clone(maps), stop.clone());
        let accepted = match &listener.0 {
            Socket::Inet(listener) => listener.accept().await.map(|(stream, _)| {
                // An answer goes out at once, however short.
                let _ = stream.set_nodelay(true);
                connections.spawn(async move {
                    let _permit = permit;
                    ended(&sender, connection::serve(&sender, &maps, stream, &stop)).await;
                });
            }),
            Socket::Unix(listener, _) => listener.accept().await.map(|(stream, _)| {
                connections.spawn(async move {
                    let _permit = permit;
                    ended(&sender, connection::serve(&sender, &maps, stream, &stop)).await;
                });
            }),
        };
        if let Err(error) = accepted {
            tracing::warn!(%error, "a connection can't be accepted");
            sleep(OUT_OF_ROOM).await;
        }
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
