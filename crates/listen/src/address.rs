//! Where to listen.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

/// An address to listen at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListenAddress {
    /// `ADDRESS:PORT`; port 0 takes a free one.
    Tcp(SocketAddr),
    /// `unix:PATH`.
    Unix(PathBuf),
}

/// A text is no [`ListenAddress`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is no address to listen at: give an IP address with a port, such as 127.0.0.1:8460, or unix:PATH"
)]
pub struct ListenAddressError {
    text: String,
}

impl FromStr for ListenAddress {
    type Err = ListenAddressError;

    /// Reads `ADDRESS:PORT` or `unix:PATH`.
    ///
    /// ```
    /// # use sigillo_listen::ListenAddress;
    /// assert!("127.0.0.1:8460".parse::<ListenAddress>().is_ok());
    /// assert!("[::1]:8460".parse::<ListenAddress>().is_ok());
    /// assert!("unix:/run/sigillo/web".parse::<ListenAddress>().is_ok());
    /// assert!("localhost".parse::<ListenAddress>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, ListenAddressError> {
        let invalid = || ListenAddressError { text: text.to_owned() };
        match text.strip_prefix("unix:") {
            Some("") => Err(invalid()),
            Some(path) => Ok(Self::Unix(path.into())),
            None => text.parse().map(Self::Tcp).map_err(|_| invalid()),
        }
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(formatter),
            Self::Unix(path) => write!(formatter, "unix:{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_shown_as_it_was_written() {
        for text in ["127.0.0.1:0", "[::1]:8460", "unix:/run/s", "unix:s"] {
            let address: ListenAddress = text.parse().unwrap();
            assert_eq!(address.to_string(), text);
        }
    }

    #[test]
    fn other_texts_are_refused_by_their_text() {
        for text in ["", "unix:", "8460", "127.0.0.1", "localhost:8460", "inet:127.0.0.1:1", "/s"] {
            let error = text.parse::<ListenAddress>().unwrap_err().to_string();
            assert!(error.starts_with(&format!("{text:?} is no address")), "{error}");
        }
    }
}
