//! Looking at the network.
