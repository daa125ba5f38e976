//! Looking at the network.

pub mod dns;
