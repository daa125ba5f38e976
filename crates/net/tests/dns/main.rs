//! The resolver against real and scripted servers: each outcome, each security.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what the tests' helpers can't do has to fail the test"
)]

mod ask;
mod attacks;
mod dane;
mod failures;
mod hostile;
mod mutations;
mod rates;
mod security;
mod settings;
mod unvalidated;
