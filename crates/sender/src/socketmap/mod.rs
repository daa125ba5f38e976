//! Postfix's way to ask (`socketmap_table(5)`): netstrings over a connection that stays open.

mod address;
mod connection;
pub mod request;
mod serve;

pub use address::{SocketmapAddress, SocketmapAddressError};
pub use request::MapName;
pub use serve::serve;
