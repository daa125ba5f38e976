use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV6};
use std::path::Path;
use std::time::Duration;

use crate::pace::RateLimit;

/// Where the system names its resolvers.
const SYSTEM_FILE: &str = "/etc/resolv.conf";

/// How many servers of the system's file count; the C library's resolver takes as many.
const SYSTEM_SERVERS: usize = 3;

/// How a [`Resolver`](super::Resolver) asks.
#[derive(Debug, Clone)]
pub struct ResolverSettings {
    /// The recursive servers, the preferred first; with none, those of the system.
    pub servers: Vec<SocketAddr>,
    /// Who looks at signatures.
    pub dnssec: Dnssec,
    /// Where validation begins: DS or DNSKEY records in zone-file form, with TTL and class, in
    /// place of the root's own keys.
    pub trust_anchor: Option<String>,
    /// Believe the AD bit also of servers that are not on this machine. Whoever sits between can
    /// forge it.
    pub trust_remote_ad: bool,
    /// How long one server may take for one answer; 5 s unless told.
    pub timeout: Duration,
    /// How often the list of servers is gone through; 2 unless told, at least 1.
    pub tries: u8,
    /// How many questions may be under way at a time, each with a socket; 256 unless told.
    pub parallel: usize,
    /// How many questions each server is asked in a second; no limit unless told. One that waits
    /// for its turn is under way.
    pub rate: Option<RateLimit>,
    /// How many answers are remembered until their TTL ends; none with 0, 10,000 unless told.
    pub cache: u64,
    /// Whether the keys on the way from the root to a name are asked for beside the question
    /// itself rather than one after the other: an answer is validated in a round trip or two in
    /// place of many, for a question or two more on each name that isn't signed.
    pub prefetch: bool,
}

impl Default for ResolverSettings {
    fn default() -> Self {
        Self {
            servers: Vec::new(),
            dnssec: Dnssec::Auto,
            trust_anchor: None,
            trust_remote_ad: false,
            timeout: Duration::from_secs(5),
            tries: 2,
            parallel: 256,
            rate: None,
            cache: 10_000,
            prefetch: true,
        }
    }
}

/// Who looks at signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Dnssec {
    /// This resolver, if the servers pass signatures on; otherwise nobody, which
    /// [`Resolver::dnssec_status`](super::Resolver::dnssec_status) says.
    #[default]
    Auto,
    /// This resolver; it is refused if the servers don't pass signatures on.
    Validate,
    /// The servers: their AD bit is believed. They have to be on this machine.
    TrustAd,
    /// Nobody.
    Off,
}

/// The resolvers that the system names; the one on this machine if there is no file or no name in
/// it, as the C library does.
pub(super) fn system_servers() -> Vec<SocketAddr> {
    let text = fs::read_to_string(Path::new(SYSTEM_FILE)).unwrap_or_default();
    let servers = parse_system_file(&text);
    if servers.is_empty() {
        return vec![SocketAddr::from((Ipv4Addr::LOCALHOST, 53))];
    }
    servers
}

fn parse_system_file(text: &str) -> Vec<SocketAddr> {
    text.lines()
        .filter_map(|line| {
            let mut words = line.split_ascii_whitespace();
            (words.next() == Some("nameserver")).then(|| words.next()).flatten()
        })
        .filter_map(parse_server)
        .take(SYSTEM_SERVERS)
        .collect()
}

/// An address, for a link-local one with the number of its interface after `%`.
fn parse_server(text: &str) -> Option<SocketAddr> {
    let (address, scope) = text.split_once('%').unwrap_or((text, "0"));
    match address.parse().ok()? {
        IpAddr::V4(address) => Some(SocketAddr::from((address, 53))),
        IpAddr::V6(address) => Some(SocketAddrV6::new(address, 53, 0, scope.parse().ok()?).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_file() {
        let text = "# nameserver 192.0.2.9\nsearch example.com\nnameserver 192.0.2.1\n\
                    nameserver\t::1 \nnameserver nonsense\nnameserver fe80::1%2\n\
                    nameserver 192.0.2.4\n";
        let servers: Vec<String> =
            parse_system_file(text).iter().map(ToString::to_string).collect();
        assert_eq!(servers, ["192.0.2.1:53", "[::1]:53", "[fe80::1%2]:53"]);
        assert!(parse_system_file("").is_empty());
    }
}
