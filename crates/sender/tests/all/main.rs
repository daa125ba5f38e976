//! What the sending side promises, whatever happens to the network, the clocks and the program.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod discipline;
mod histories;
mod history;
mod judge;
mod lives;
mod model;
mod reloads;
mod scenarios;
mod world;
