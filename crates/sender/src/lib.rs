//! Honours MTA-STS (RFC 8461) and DANE (RFC 7672) for sending mail servers: finds out which TLS
//! policy applies to a next hop, remembers it, and answers Postfix and others that ask.
//!
//! [`facts`] is what looking at the [`network`] brings, [`decision`] what follows from it, and
//! [`answer`] how Postfix is told. [`Sender`] remembers facts and answers in memory and in the
//! store; [`socketmap`] is where Postfix asks.

pub mod admin;
pub mod answer;
mod cache;
mod clock;
pub mod decision;
mod discovery;
pub mod facts;
mod failures;
mod flights;
mod housekeeping;
mod keeping;
pub mod limits;
mod metrics;
pub mod network;
pub mod next_hop;
pub mod overrides;
pub mod query;
mod reaching;
mod remembering;
mod reply;
mod sender;
mod settings;
mod setup;
pub mod socketmap;
mod time;

pub use clock::{Clock, Moment};
pub use next_hop::{NextHop, NotANextHop};
pub use sender::Sender;
pub use settings::SenderSettings;
pub use setup::Setup;
pub use time::Time;
