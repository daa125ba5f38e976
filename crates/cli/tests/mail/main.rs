//! Real mail under the real program: a Postfix that asks `sigillo serve` for policies sends to Postfix servers
//! whose domains have records, policies and TLSA records in a real DNS.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod cached;
mod client;
mod clocks;
mod crowd;
mod daemon;
mod dane;
mod delivered;
mod fleet;
mod front;
mod hanging;
mod mail;
mod overrides;
mod refused;
mod resolver;
mod restarts;
mod store;
