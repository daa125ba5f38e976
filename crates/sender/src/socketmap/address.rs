//! Where mail servers ask.

use std::fmt;
use std::str::FromStr;

use sigillo_listen::ListenAddress;

/// An address to listen at, written as the tables of Postfix name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocketmapAddress(pub ListenAddress);

/// A text is no [`SocketmapAddress`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no address for mail servers: give inet:ADDRESS:PORT or unix:PATH")]
pub struct SocketmapAddressError {
    text: String,
}

impl FromStr for SocketmapAddress {
    type Err = SocketmapAddressError;

    /// Reads `inet:ADDRESS:PORT`, `ADDRESS:PORT` or `unix:PATH`.
    ///
    /// ```
    /// # use sigillo_sender::socketmap::SocketmapAddress;
    /// let address: SocketmapAddress = "inet:127.0.0.1:8461".parse()?;
    /// assert_eq!(address.to_string(), "inet:127.0.0.1:8461");
    /// assert_eq!("127.0.0.1:8461".parse(), Ok(address));
    /// assert!("unix:".parse::<SocketmapAddress>().is_err());
    /// # Ok::<(), sigillo_sender::socketmap::SocketmapAddressError>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, SocketmapAddressError> {
        let address = match text.strip_prefix("inet:") {
            // What follows is never the path of a socket.
            Some(address) => address.parse().map(ListenAddress::Tcp).ok(),
            None => text.parse().ok(),
        };
        address.map(Self).ok_or_else(|| SocketmapAddressError { text: text.to_owned() })
    }
}

impl fmt::Display for SocketmapAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            ListenAddress::Tcp(address) => write!(formatter, "inet:{address}"),
            unix @ ListenAddress::Unix(_) => unix.fmt(formatter),
        }
    }
}
