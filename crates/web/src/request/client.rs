//! Who asks: the address that limits count by.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName};
use axum::middleware::Next;
use axum::response::Response;

use crate::serve::Peer;
use crate::{Site, TrustedProxies};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address of whoever asks, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Client(Option<IpAddr>);

/// The part of an address that limits count by: whoever has one address of an IPv6 network of this
/// length has all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ClientNetwork {
    /// An IPv4 address.
    V4(Ipv4Addr),
    /// The first 56 bits of an IPv6 address, which is what one customer usually gets.
    V6(u64),
    /// Somebody on this machine, by a Unix socket, without a word of a proxy.
    Local,
}

impl Client {
    /// The network that limits count by.
    pub(crate) fn network(self) -> ClientNetwork {
        match self.0.map(|address| address.to_canonical()) {
            None => ClientNetwork::Local,
            Some(IpAddr::V4(address)) => ClientNetwork::V4(address),
            Some(IpAddr::V6(address)) => ClientNetwork::V6(first_56_bits(address)),
        }
    }
}

fn first_56_bits(address: Ipv6Addr) -> u64 {
    let [first, second, third, fourth, ..] = address.segments();
    [first, second, third, fourth & 0xff00]
        .into_iter()
        .fold(0, |bits, segment| bits << 16 | u64::from(segment))
}

/// Finds out who asks, and leaves it with the request as an extension.
pub(crate) async fn identify(
    State(site): State<Site>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<Peer>().copied().unwrap_or_default();
    let client = client(peer, request.headers(), &site.settings().trusted_proxies);
    request.extensions_mut().insert(client);
    next.run(request).await
}

/// The last address of the way here that no trusted proxy has: whatever stands before it, the
/// client could have written itself.
fn client(peer: Peer, headers: &HeaderMap, proxies: &TrustedProxies) -> Client {
    let mut client = peer.address();
    if !proxies.trust(client) {
        return Client(client);
    }
    // Several fields are one list (RFC 9110 §5.3).
    let fields: Vec<&str> =
        headers.get_all(X_FORWARDED_FOR).iter().filter_map(|field| field.to_str().ok()).collect();
    for text in fields.iter().rev().flat_map(|field| field.rsplit(',')) {
        let Some(address) = forwarded_address(text.trim()) else { break };
        client = Some(address);
        if !proxies.trust(client) {
            break;
        }
    }
    Client(client)
}

/// An address, which some proxies write with a port.
fn forwarded_address(text: &str) -> Option<IpAddr> {
    let address = text.parse::<IpAddr>().ok();
    address.or_else(|| text.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str], proxies: &[&str]) -> Option<String> {
        let peer = match peer {
            "unix" => Peer::default(),
            address => Peer::from(address.parse::<IpAddr>().unwrap()),
        };
        let mut headers = HeaderMap::new();
        for field in forwarded {
            headers.append(X_FORWARDED_FOR, field.parse().unwrap());
        }
        let proxies = TrustedProxies::parse(proxies.iter().copied()).unwrap();
        client(peer, &headers, &proxies).0.map(|address| address.to_string())
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let local = &["127.0.0.1", "10.0.0.0/8"][..];
        for (peer, forwarded, proxies, expected) in [
            ("192.0.2.1", &["198.51.100.7"][..], local, Some("192.0.2.1")),
            ("127.0.0.1", &["198.51.100.7"], local, Some("198.51.100.7")),
            ("127.0.0.1", &["203.0.113.9, 198.51.100.7, 10.0.0.3"], local, Some("198.51.100.7")),
            ("127.0.0.1", &["203.0.113.9", "198.51.100.7"], local, Some("198.51.100.7")),
            ("127.0.0.1", &["198.51.100.7:4711"], local, Some("198.51.100.7")),
            ("127.0.0.1", &["[2001:db8::7]:4711"], local, Some("2001:db8::7")),
            ("127.0.0.1", &["unknown"], local, Some("127.0.0.1")),
            ("127.0.0.1", &["203.0.113.9, nonsense"], local, Some("127.0.0.1")),
            ("127.0.0.1", &[], local, Some("127.0.0.1")),
            ("unix", &["198.51.100.7"], &["unix"], Some("198.51.100.7")),
            ("unix", &["198.51.100.7"], &[], None),
        ] {
            assert_eq!(seen(peer, forwarded, proxies).as_deref(), expected, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn a_customer_has_a_whole_ipv6_network() {
        let network = |text: &str| Client(Some(text.parse().unwrap())).network();
        assert_eq!(network("2001:db8:1:2ff::1"), network("2001:db8:1:201:ffff::2"));
        assert_ne!(network("2001:db8:1:2ff::1"), network("2001:db8:1:3ff::1"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }
}
