//! Looks at servers on loopback that behave and misbehave, each with the outcome that belongs to it.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod certificates;
mod connecting;
mod dane;
mod https;
mod openssl;
mod properties;
mod smtp;
mod support;
mod tls;
