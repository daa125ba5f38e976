//! The command line as its users meet it: the real binary, run with a known environment.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod configuration;
mod contract;
mod documents;
mod files;
mod hostile;
mod live;
mod packaging;
mod run;
mod scan;
mod sender;
mod serve;
mod terminal;
mod transcripts;
