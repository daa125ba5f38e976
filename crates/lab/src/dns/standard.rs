//! The zones that most tests need.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::lab::DnsLabBuilder;
use super::zone::{Fault, Signing, Zone};

const ZONES: [(&str, Signing); 7] = [
    ("nsec.test", Signing::Nsec),
    ("nsec3.test", Signing::Nsec3),
    ("unsigned.test", Signing::Unsigned),
    ("damaged.test", Signing::Bogus(Fault::Damaged)),
    ("expired.test", Signing::Bogus(Fault::Expired)),
    ("wrongkey.test", Signing::Bogus(Fault::WrongKey)),
    ("stripped.test", Signing::Bogus(Fault::Stripped)),
];

/// Adds them; what is in them is said at [`DnsLabBuilder::standard_zones`].
pub(super) fn add(builder: &mut DnsLabBuilder) {
    for (name, signing) in ZONES {
        fill(builder.zone(name, signing));
    }
}

fn fill(zone: &mut Zone) {
    zone.mx(10, "mx1")
        .txt("@", "v=spf1 -all")
        .a("mx1", Ipv4Addr::new(127, 0, 0, 2))
        .aaaa("mx1", Ipv6Addr::LOCALHOST)
        .tlsa("_25._tcp.mx1", 3, 1, 1, &[0xab; 32])
        .txt("*.wild", "by accident")
        .a("*.wild", Ipv4Addr::new(127, 0, 0, 3))
        .cname("alias", "mx1")
        .cname("out", "mx1.unsigned.test.")
        .cname("in", "mx1.nsec.test.")
        .cname("dangling", "nothing-here")
        .cname("loop1", "loop2")
        .cname("loop2", "loop1")
        .txt_strings("strings", &[b"v=STSv1;", b" id=2026", b"1124;"])
        .txt("long", &"x".repeat(600))
        .txt("huge", &"y".repeat(4000));
}
