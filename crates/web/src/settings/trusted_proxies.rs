use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;

/// The reverse proxies whose word about a client's address counts; nobody's unless told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies {
    networks: Vec<IpNet>,
    unix: bool,
}

impl TrustedProxies {
    /// The proxies of these texts: addresses, networks such as `10.0.0.0/8`, or `unix` for whoever
    /// connects to a Unix socket.
    ///
    /// # Errors
    /// The first text that is none of these.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, TrustedProxyError> {
        let mut proxies = Self::default();
        for text in texts {
            if text == "unix" {
                proxies.unix = true;
                continue;
            }
            let network = IpNet::from_str(text)
                .or_else(|_| IpAddr::from_str(text).map(IpNet::from))
                .map_err(|_| TrustedProxyError { text: text.to_owned() })?;
            proxies.networks.push(network);
        }
        Ok(proxies)
    }

    /// Whether the proxy at this address is believed; none stands for a Unix socket.
    #[must_use]
    pub fn trust(&self, peer: Option<IpAddr>) -> bool {
        match peer {
            None => self.unix,
            Some(peer) => {
                self.networks.iter().any(|network| network.contains(&peer.to_canonical()))
            }
        }
    }
}

/// The text names no proxy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} names no proxy: give an address, a network such as 10.0.0.0/8, or `unix`")]
pub struct TrustedProxyError {
    text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_addresses_and_the_unix_socket() {
        let proxies = TrustedProxies::parse(["10.0.0.0/8", "::1", "unix"]).unwrap();
        for (peer, trusted) in [
            ("10.1.2.3", true),
            ("::ffff:10.1.2.3", true),
            ("::1", true),
            ("11.0.0.1", false),
            ("::2", false),
        ] {
            assert_eq!(proxies.trust(Some(peer.parse().unwrap())), trusted, "{peer}");
        }
        assert!(proxies.trust(None));
        assert!(!TrustedProxies::default().trust(None));
        assert!(TrustedProxies::parse(["proxy.example"]).is_err());
    }
}
