//! The servers together.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tempfile::TempDir;

use super::knot::Knot;
use super::standard;
use super::unbound::Unbound;
use super::zone::{Fault, Signing, Zone};
use crate::{available, program};

/// The programs that a lab needs.
const PROGRAMS: [&str; 4] = ["keymgr", "knotd", "unbound", "unbound-control"];

/// Knot DNS with signed zones below a private root, and Unbound in front of it; both end when the
/// lab is dropped. It starts in about a second.
#[derive(Debug)]
pub struct DnsLab {
    zones: Vec<Zone>,
    trust_anchor: String,
    // Dropped in this order: the servers, then their folder.
    unbound: Unbound,
    careless: Unbound,
    knot: Knot,
    _folder: TempDir,
}

impl DnsLab {
    /// A lab without zones.
    #[must_use]
    pub fn builder() -> DnsLabBuilder {
        DnsLabBuilder { zones: vec![Zone::new("", Signing::Nsec)] }
    }

    /// Starts a lab with the zones that [`DnsLabBuilder::standard_zones`] describes.
    #[must_use]
    pub fn start() -> Self {
        let mut builder = Self::builder();
        builder.standard_zones();
        builder.start()
    }

    /// The lab with the standard zones that tests which run at the same time share; it ends with
    /// the last of them. None if the programs are missing and the tests may do without.
    #[must_use]
    pub fn shared() -> Option<Arc<Self>> {
        static SHARED: Mutex<Weak<DnsLab>> = Mutex::new(Weak::new());
        if !Self::available() {
            return None;
        }
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        let lab = shared.upgrade().unwrap_or_else(|| Arc::new(Self::start()));
        *shared = Arc::downgrade(&lab);
        Some(lab)
    }

    /// Whether the programs of a lab are there; see [`available`].
    #[must_use]
    pub fn available() -> bool {
        available(&PROGRAMS)
    }

    /// Unbound, which validates.
    #[must_use]
    pub fn resolver_address(&self) -> SocketAddr {
        self.unbound.address()
    }

    /// A second Unbound, which passes signatures on but doesn't look at them.
    #[must_use]
    pub fn careless_resolver_address(&self) -> SocketAddr {
        self.careless.address()
    }

    /// Knot, which answers for the lab's zones only.
    #[must_use]
    pub fn authority_address(&self) -> SocketAddr {
        self.knot.address()
    }

    /// The DS records of the private root, as zone-file text.
    #[must_use]
    pub fn trust_anchor(&self) -> &str {
        &self.trust_anchor
    }

    /// Changes a zone while the servers run; the resolvers forget what they knew.
    ///
    /// # Panics
    /// If the zone isn't there, or is one whose signatures are spoilt.
    pub fn edit(&mut self, name: &str, change: impl FnOnce(&mut Zone)) {
        let zone = self.zones.iter_mut().find(|zone| zone.name() == name).unwrap();
        assert!(!matches!(zone.signing(), Signing::Bogus(_)), "a bogus zone can't be changed");
        change(zone);
        self.knot.reload(&self.zones);
        self.forget();
    }

    /// Adds a zone while the servers run; the resolvers forget what they knew.
    ///
    /// # Panics
    /// If the zone is there already, or its signatures would have to be spoilt.
    pub fn add(&mut self, name: &str, signing: Signing, fill: impl FnOnce(&mut Zone)) {
        let mut zone = Zone::new(name, signing);
        assert!(self.zones.iter().all(|other| other.name() != zone.name()), "{name} is there");
        let spoilt = matches!(signing, Signing::Bogus(Fault::Damaged | Fault::Expired));
        assert!(!spoilt, "{name} would have to be spoilt before the start");
        fill(&mut zone);
        self.zones.push(zone);
        self.knot.add(&self.zones);
        self.forget();
    }

    /// Lets the resolvers forget what they know.
    pub fn forget(&self) {
        self.unbound.forget();
        self.careless.forget();
    }
}

/// The zones of a lab before it starts.
#[derive(Debug, Clone)]
pub struct DnsLabBuilder {
    zones: Vec<Zone>,
}

impl DnsLabBuilder {
    /// A zone, to add records to; new ones are delegated from the closest zone above.
    ///
    /// # Panics
    /// If the zone is there already, signed differently.
    pub fn zone(&mut self, name: &str, signing: Signing) -> &mut Zone {
        let new = Zone::new(name, signing);
        let place =
            self.zones.iter().position(|zone| zone.name() == new.name()).unwrap_or_else(|| {
                self.zones.push(new);
                self.zones.len() - 1
            });
        let zone = &mut self.zones[place];
        assert_eq!(zone.signing(), signing, "{name} is signed differently");
        zone
    }

    /// Adds `nsec.test`, `nsec3.test`, `unsigned.test` and the bogus `damaged.test`,
    /// `expired.test`, `wrongkey.test` and `stripped.test`, with the same records in each: `@`
    /// MX 10 `mx1` and TXT, `mx1` A and AAAA, `_25._tcp.mx1` TLSA, `*.wild` TXT and A, `alias` to
    /// `mx1`, `out` to `mx1.unsigned.test`, `in` to `mx1.nsec.test`, `dangling` to a name that
    /// doesn't exist, `loop1` and `loop2` to each other; and the TXT records `strings` (three
    /// strings), `long` (600 bytes) and `huge` (4000 bytes).
    pub fn standard_zones(&mut self) -> &mut Self {
        standard::add(self);
        self
    }

    /// Starts the servers.
    ///
    /// # Panics
    /// If a program is missing or doesn't start.
    #[must_use]
    pub fn start(self) -> DnsLab {
        for name in PROGRAMS {
            let _ = program::find(name);
        }
        let folder = tempfile::tempdir().unwrap();
        let knot = Knot::start(&folder.path().join("knot"), &self.zones);
        let trust_anchor = knot.trust_anchor();
        let unbound = Unbound::start(
            &folder.path().join("unbound"),
            knot.address(),
            Some(trust_anchor.as_str()),
        );
        let careless = Unbound::start(&folder.path().join("careless"), knot.address(), None);
        DnsLab { zones: self.zones, trust_anchor, unbound, careless, knot, _folder: folder }
    }
}
