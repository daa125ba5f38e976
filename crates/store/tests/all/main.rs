//! What the store promises, of both databases by the same tests, and of each what only it can do.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[macro_use]
mod databases;
mod away;
mod failures;
mod foreign;
mod opening;
mod policies;
mod results;
mod samples;
mod sqlite;
mod tampering;
mod tls;
mod unwritable;
