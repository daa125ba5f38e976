//! What commands and other programs are told over HTTP, by a sender whose network is scripted.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod cache;
mod http;
mod import;
mod query;
mod world;
