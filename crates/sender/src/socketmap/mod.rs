//! Postfix's way to ask (`socketmap_table(5)`): netstrings over a connection that stays open.

mod connection;
mod listen;
pub mod request;

pub use listen::{ListenAddress, ListenAddressError, Listener, SocketOwner, serve};
pub use request::MapName;
