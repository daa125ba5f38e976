//! Where a daemon listens, as Postfix writes it: `unix:PATH` or `inet:ADDRESS:PORT`.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::str::FromStr;

/// The address of a daemon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// A socket in the file system.
    Unix(PathBuf),
    /// An IP address and a port.
    Inet(SocketAddr),
}

/// A connection to a daemon.
#[derive(Debug)]
pub(crate) enum Connected {
    /// To a socket in the file system.
    Unix(UnixStream),
    /// Over TCP.
    Inet(TcpStream),
}

impl Address {
    /// Connects. On one machine that takes no round trip worth not waiting for.
    pub(crate) fn connect(&self) -> io::Result<Connected> {
        match self {
            Self::Unix(path) => UnixStream::connect(path).map(Connected::Unix),
            Self::Inet(address) => {
                let stream = TcpStream::connect(address)?;
                stream.set_nodelay(true)?;
                Ok(Connected::Inet(stream))
            }
        }
    }
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("unix:") {
            return Ok(Self::Unix(path.into()));
        }
        text.strip_prefix("inet:")
            .and_then(|address| address.parse().ok())
            .map(Self::Inet)
            .ok_or_else(|| format!("{text} is neither unix:PATH nor inet:ADDRESS:PORT"))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(formatter, "unix:{}", path.display()),
            Self::Inet(address) => write!(formatter, "inet:{address}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_postfix_writes_them() {
        for text in ["unix:/run/sigillo.sock", "inet:127.0.0.1:8461", "inet:[::1]:8461"] {
            assert_eq!(text.parse::<Address>().unwrap().to_string(), text);
        }
        for text in ["/run/sigillo.sock", "inet:127.0.0.1", "127.0.0.1:8461", ""] {
            assert!(text.parse::<Address>().is_err(), "{text}");
        }
    }
}
