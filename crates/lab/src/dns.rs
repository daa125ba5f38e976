//! Names: real authoritative and recursive servers with signed zones below a private root, and
//! scripted servers.
//!
//! ```no_run
//! use sigillo_lab::dns::{DnsLab, Signing};
//!
//! let mut builder = DnsLab::builder();
//! builder.zone("example.test", Signing::Nsec3).mx(10, "mx1").a("mx1", [127, 0, 0, 2].into());
//! let lab = builder.start();
//! println!("ask {} and trust {}", lab.resolver_address(), lab.trust_anchor());
//! ```

mod delay;
mod knot;
mod lab;
mod query;
mod reply;
mod scripted;
mod standard;
mod system;
mod unbound;
mod zone;

pub use delay::DelayProxy;
pub use lab::{DnsLab, DnsLabBuilder};
pub use query::{Query, Transport};
pub use reply::Reply;
pub use scripted::ScriptedDns;
pub use system::SystemResolver;
pub use zone::{Fault, Signing, Zone};
