//! The one way in which connections are opened.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::address_guard::{AddressGuard, RefusedAddress};

/// How to connect.
#[derive(Debug, Clone, Copy)]
pub struct ConnectOptions {
    /// Which addresses may be connected to.
    pub guard: AddressGuard,
    /// How long the connection may take to open.
    pub timeout: Duration,
    /// The address to connect from, where it is of the same family; none: the system's choice.
    pub source: Option<IpAddr>,
}

impl Default for ConnectOptions {
    /// Public addresses only, ten seconds, from any address.
    fn default() -> Self {
        Self { guard: AddressGuard::Public, timeout: Duration::from_secs(10), source: None }
    }
}

/// Opens a TCP connection to exactly this address, if the guard allows it.
///
/// # Errors
/// What kept the connection from opening, told apart.
pub async fn connect(
    address: SocketAddr,
    options: ConnectOptions,
) -> Result<TcpStream, ConnectError> {
    options.guard.check(address.ip())?;
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4(),
        SocketAddr::V6(_) => TcpSocket::new_v6(),
    };
    // A machine without IPv6 has no such sockets.
    let socket = socket.map_err(|_| ConnectError::Unreachable)?;
    if let Some(source) = options.source.filter(|source| source.is_ipv4() == address.is_ipv4()) {
        socket
            .bind(SocketAddr::new(source, 0))
            .map_err(|error| ConnectError::Source { kind: error.kind() })?;
    }
    match timeout(options.timeout, socket.connect(address)).await {
        Err(_) => Err(ConnectError::Timeout),
        Ok(Err(error)) => Err(ConnectError::of(&error)),
        Ok(Ok(stream)) => {
            // Each message is written whole; waiting to fill a segment only costs time.
            let _ = stream.set_nodelay(true);
            Ok(stream)
        }
    }
}

/// Why no connection was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The guard refuses the address; nothing was sent.
    #[error(transparent)]
    Guard(#[from] RefusedAddress),
    /// Nothing listens there, or a firewall says so.
    #[error("the connection was refused")]
    Refused,
    /// The connection was cut while it opened.
    #[error("the connection was reset")]
    Reset,
    /// The configured source address can't be used.
    #[error("the source address cannot be used: {kind}")]
    Source {
        /// The system's reason.
        kind: io::ErrorKind,
    },
    /// No answer in time.
    #[error("no answer in time")]
    Timeout,
    /// No route from here, or one that a router says is closed: it may be this machine's network.
    #[error("there is no route to the address")]
    Unreachable,
    /// Anything else of the system.
    #[error("the connection failed: {kind}")]
    Other {
        /// The system's reason.
        kind: io::ErrorKind,
    },
}

impl ConnectError {
    fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::ConnectionRefused => Self::Refused,
            io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => Self::Reset,
            io::ErrorKind::TimedOut => Self::Timeout,
            io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::NetworkDown
            | io::ErrorKind::AddrNotAvailable => Self::Unreachable,
            kind => Self::Other { kind },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_told_apart() {
        for (kind, expected) in [
            (io::ErrorKind::ConnectionRefused, ConnectError::Refused),
            (io::ErrorKind::ConnectionReset, ConnectError::Reset),
            (io::ErrorKind::TimedOut, ConnectError::Timeout),
            (io::ErrorKind::NetworkUnreachable, ConnectError::Unreachable),
            (io::ErrorKind::HostUnreachable, ConnectError::Unreachable),
            (
                io::ErrorKind::PermissionDenied,
                ConnectError::Other { kind: io::ErrorKind::PermissionDenied },
            ),
        ] {
            assert_eq!(ConnectError::of(&kind.into()), expected);
        }
    }
}
