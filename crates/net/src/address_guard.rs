//! Which addresses may be connected to.
//!
//! Whoever controls a DNS zone chooses the address that a checker connects to. Public pages must
//! not become a way into the network they run in, so the guard refuses every block that the IANA
//! registries of special-purpose addresses (RFC 6890) list, and looks through the ways to write an
//! IPv4 address inside an IPv6 one.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether special-purpose addresses are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AddressGuard {
    /// Only addresses of the public internet.
    #[default]
    Public,
    /// Any address: for one's own network and for tests.
    Off,
}

impl AddressGuard {
    /// Whether `address` may be connected to.
    ///
    /// ```
    /// # use sigillo_net::address_guard::{AddressGuard, SpecialPurpose};
    /// let refused = AddressGuard::Public.check("::ffff:127.0.0.1".parse()?).unwrap_err();
    /// assert_eq!(refused.reason, SpecialPurpose::Loopback);
    /// assert!(AddressGuard::Public.check("9.9.9.9".parse()?).is_ok());
    /// assert!(AddressGuard::Off.check("127.0.0.1".parse()?).is_ok());
    /// # Ok::<(), std::net::AddrParseError>(())
    /// ```
    ///
    /// # Errors
    /// The address is of a special-purpose block.
    pub fn check(self, address: IpAddr) -> Result<(), RefusedAddress> {
        if self == Self::Off {
            return Ok(());
        }
        match special_purpose(address) {
            Some(reason) => Err(RefusedAddress { address, reason }),
            None => Ok(()),
        }
    }
}

/// An address that the guard refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{address} is not a public address: {reason}")]
pub struct RefusedAddress {
    /// The address as it was given.
    pub address: IpAddr,
    /// What it, or the IPv4 address inside it, is set aside for.
    pub reason: SpecialPurpose,
}

/// What a block of addresses is set aside for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SpecialPurpose {
    /// Measuring devices (RFC 2544, RFC 5180).
    Benchmarking,
    /// `255.255.255.255`.
    Broadcast,
    /// Discarded on the way (RFC 6666).
    DiscardOnly,
    /// Examples (RFC 5737, RFC 3849, RFC 9637).
    Documentation,
    /// `169.254.0.0/16`, `fe80::/10`.
    LinkLocal,
    /// `127.0.0.0/8`, `::1`.
    Loopback,
    /// `224.0.0.0/4`, `ff00::/8`.
    Multicast,
    /// RFC 1918.
    Private,
    /// Protocols of the IETF (`192.0.0.0/24`, `2001::/23`), among them ORCHID.
    ProtocolAssignment,
    /// Set aside for the future, or given back.
    Reserved,
    /// Between providers and their customers (RFC 6598).
    Shared,
    /// `fec0::/10`, as private addresses were once written.
    SiteLocal,
    /// Segment routing (RFC 9602).
    SegmentRouting,
    /// A tunnel or translator whose inner address can't be judged (Teredo, NAT64 for local use,
    /// 6to4 relays).
    Tunnel,
    /// `fc00::/7` (RFC 4193).
    UniqueLocal,
    /// `0.0.0.0/8`, `::`.
    Unspecified,
}

impl SpecialPurpose {
    /// The purpose in a few English words, for logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Benchmarking => "benchmarking",
            Self::Broadcast => "broadcast",
            Self::DiscardOnly => "discard-only",
            Self::Documentation => "documentation",
            Self::LinkLocal => "link-local",
            Self::Loopback => "loopback",
            Self::Multicast => "multicast",
            Self::Private => "private network",
            Self::ProtocolAssignment => "protocol assignment",
            Self::Reserved => "reserved",
            Self::Shared => "shared address space",
            Self::SiteLocal => "site-local",
            Self::SegmentRouting => "segment routing",
            Self::Tunnel => "tunnel or translation",
            Self::UniqueLocal => "unique local",
            Self::Unspecified => "unspecified",
        }
    }
}

impl fmt::Display for SpecialPurpose {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// What the address is set aside for, if it is.
fn special_purpose(address: IpAddr) -> Option<SpecialPurpose> {
    match address {
        IpAddr::V4(address) => special_purpose_v4(address),
        IpAddr::V6(address) => special_purpose_v6(address),
    }
}

/// The blocks of the IANA IPv4 registry; the narrower block stands first.
const IPV4_BLOCKS: [([u8; 4], u32, SpecialPurpose); 18] = [
    ([0, 0, 0, 0], 8, SpecialPurpose::Unspecified),
    ([10, 0, 0, 0], 8, SpecialPurpose::Private),
    ([100, 64, 0, 0], 10, SpecialPurpose::Shared),
    ([127, 0, 0, 0], 8, SpecialPurpose::Loopback),
    ([169, 254, 0, 0], 16, SpecialPurpose::LinkLocal),
    ([172, 16, 0, 0], 12, SpecialPurpose::Private),
    ([192, 0, 0, 0], 24, SpecialPurpose::ProtocolAssignment),
    ([192, 0, 2, 0], 24, SpecialPurpose::Documentation),
    ([192, 31, 196, 0], 24, SpecialPurpose::ProtocolAssignment), // AS112
    ([192, 52, 193, 0], 24, SpecialPurpose::Tunnel),             // AMT
    ([192, 88, 99, 0], 24, SpecialPurpose::Tunnel),              // 6to4 relays
    ([192, 168, 0, 0], 16, SpecialPurpose::Private),
    ([192, 175, 48, 0], 24, SpecialPurpose::ProtocolAssignment), // AS112
    ([198, 18, 0, 0], 15, SpecialPurpose::Benchmarking),
    ([198, 51, 100, 0], 24, SpecialPurpose::Documentation),
    ([203, 0, 113, 0], 24, SpecialPurpose::Documentation),
    ([224, 0, 0, 0], 4, SpecialPurpose::Multicast),
    ([240, 0, 0, 0], 4, SpecialPurpose::Reserved),
];

fn special_purpose_v4(address: Ipv4Addr) -> Option<SpecialPurpose> {
    if address.is_broadcast() {
        return Some(SpecialPurpose::Broadcast);
    }
    let bits = address.to_bits();
    IPV4_BLOCKS.into_iter().find_map(|(block, length, purpose)| {
        let shift = 32 - length;
        (bits >> shift == u32::from_be_bytes(block) >> shift).then_some(purpose)
    })
}

/// The blocks of the IANA IPv6 registry by their first 64 bits; the narrower block stands first.
const IPV6_BLOCKS: [(u64, u32, SpecialPurpose); 12] = [
    (0x0064_ff9b_0001_0000, 48, SpecialPurpose::Tunnel), // NAT64 for local use
    (0x0100_0000_0000_0000, 64, SpecialPurpose::DiscardOnly),
    (0x0100_0000_0000_0001, 64, SpecialPurpose::Reserved), // a prefix for dummies
    (0x2001_0000_0000_0000, 32, SpecialPurpose::Tunnel),   // Teredo
    (0x2001_0002_0000_0000, 48, SpecialPurpose::Benchmarking),
    (0x2001_0000_0000_0000, 23, SpecialPurpose::ProtocolAssignment),
    (0x2001_0db8_0000_0000, 32, SpecialPurpose::Documentation),
    (0x2620_004f_8000_0000, 48, SpecialPurpose::ProtocolAssignment), // AS112
    (0x3fff_0000_0000_0000, 20, SpecialPurpose::Documentation),
    (0x5f00_0000_0000_0000, 16, SpecialPurpose::SegmentRouting),
    (0xfe80_0000_0000_0000, 10, SpecialPurpose::LinkLocal),
    (0xfec0_0000_0000_0000, 10, SpecialPurpose::SiteLocal),
];

fn special_purpose_v6(address: Ipv6Addr) -> Option<SpecialPurpose> {
    if address.is_loopback() {
        return Some(SpecialPurpose::Loopback);
    }
    if address.is_unspecified() {
        return Some(SpecialPurpose::Unspecified);
    }
    if address.is_multicast() {
        return Some(SpecialPurpose::Multicast);
    }
    if address.is_unique_local() {
        return Some(SpecialPurpose::UniqueLocal);
    }
    if let Some(inner) = embedded_ipv4(address) {
        return special_purpose_v4(inner);
    }
    // The upper half of the bits is what the blocks are told by.
    let bits = (address.to_bits() >> 64) as u64;
    let block = IPV6_BLOCKS.into_iter().find_map(|(block, length, purpose)| {
        let shift = 64 - length;
        (bits >> shift == block >> shift).then_some(purpose)
    });
    // Outside 2000::/3 nothing is global unicast.
    block.or_else(|| (bits >> 61 != 1).then_some(SpecialPurpose::Reserved))
}

/// The IPv4 address that packets to this IPv6 address would reach: IPv4-mapped and -compatible,
/// translated (RFC 2765), NAT64 (RFC 6052) and 6to4 (RFC 3056).
fn embedded_ipv4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [prefix @ .., a, b, c, d] = address.octets();
    match prefix {
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        | [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
        | [0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0]
        | [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0] => Some(Ipv4Addr::new(a, b, c, d)),
        [0x20, 0x02, a, b, c, d, ..] => Some(Ipv4Addr::new(a, b, c, d)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(address: &str) -> Option<SpecialPurpose> {
        AddressGuard::Public.check(address.parse().unwrap()).err().map(|refused| refused.reason)
    }

    #[test]
    fn ipv4_blocks_and_their_neighbours() {
        for (address, expected) in [
            ("0.0.0.0", SpecialPurpose::Unspecified),
            ("0.255.255.255", SpecialPurpose::Unspecified),
            ("10.0.0.1", SpecialPurpose::Private),
            ("100.64.0.1", SpecialPurpose::Shared),
            ("100.127.255.255", SpecialPurpose::Shared),
            ("127.0.0.1", SpecialPurpose::Loopback),
            ("127.255.255.255", SpecialPurpose::Loopback),
            ("169.254.169.254", SpecialPurpose::LinkLocal),
            ("172.16.0.1", SpecialPurpose::Private),
            ("172.31.255.255", SpecialPurpose::Private),
            ("192.0.0.8", SpecialPurpose::ProtocolAssignment),
            ("192.0.2.1", SpecialPurpose::Documentation),
            ("192.88.99.1", SpecialPurpose::Tunnel),
            ("192.168.1.1", SpecialPurpose::Private),
            ("198.18.0.1", SpecialPurpose::Benchmarking),
            ("198.19.255.255", SpecialPurpose::Benchmarking),
            ("198.51.100.7", SpecialPurpose::Documentation),
            ("203.0.113.7", SpecialPurpose::Documentation),
            ("224.0.0.1", SpecialPurpose::Multicast),
            ("239.255.255.255", SpecialPurpose::Multicast),
            ("240.0.0.1", SpecialPurpose::Reserved),
            ("255.255.255.255", SpecialPurpose::Broadcast),
        ] {
            assert_eq!(reason(address), Some(expected), "{address}");
        }
        for address in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "128.0.0.0",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.0.3.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "203.0.114.0",
            "223.255.255.255",
        ] {
            assert_eq!(reason(address), None, "{address}");
        }
    }

    #[test]
    fn ipv6_blocks_and_their_neighbours() {
        for (address, expected) in [
            ("::", SpecialPurpose::Unspecified),
            ("::1", SpecialPurpose::Loopback),
            ("64:ff9b:1::1", SpecialPurpose::Tunnel),
            ("100::1", SpecialPurpose::DiscardOnly),
            ("100:0:0:1::1", SpecialPurpose::Reserved),
            ("2001::1", SpecialPurpose::Tunnel),
            ("2001:2::1", SpecialPurpose::Benchmarking),
            ("2001:10::1", SpecialPurpose::ProtocolAssignment),
            ("2001:1ff:ffff::1", SpecialPurpose::ProtocolAssignment),
            ("2001:db8::1", SpecialPurpose::Documentation),
            ("2620:4f:8000::1", SpecialPurpose::ProtocolAssignment),
            ("3fff::1", SpecialPurpose::Documentation),
            ("3fff:fff::1", SpecialPurpose::Documentation),
            ("4000::1", SpecialPurpose::Reserved),
            ("5f00::1", SpecialPurpose::SegmentRouting),
            ("fc00::1", SpecialPurpose::UniqueLocal),
            ("fdff::1", SpecialPurpose::UniqueLocal),
            ("fe80::1", SpecialPurpose::LinkLocal),
            ("febf::1", SpecialPurpose::LinkLocal),
            ("fec0::1", SpecialPurpose::SiteLocal),
            ("ff02::1", SpecialPurpose::Multicast),
        ] {
            assert_eq!(reason(address), Some(expected), "{address}");
        }
        for address in ["2001:200::1", "2001:4860::1", "2003::1", "2606:4700::1", "2a00:1450::1"] {
            assert_eq!(reason(address), None, "{address}");
        }
    }

    #[test]
    fn ipv4_in_ipv6_is_judged_by_the_ipv4() {
        for wrapped in [
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "2002:7f00:1::1",
        ] {
            assert_eq!(reason(wrapped), Some(SpecialPurpose::Loopback), "{wrapped}");
        }
        for wrapped in [
            "::ffff:9.9.9.9",
            "::9.9.9.9",
            "::ffff:0:9.9.9.9",
            "64:ff9b::9.9.9.9",
            "2002:909:909::",
        ] {
            assert_eq!(reason(wrapped), None, "{wrapped}");
        }
        assert_eq!(reason("::2"), Some(SpecialPurpose::Unspecified));
        assert_eq!(reason("::ffff:10.1.2.3"), Some(SpecialPurpose::Private));
    }
}
