//! Accepts connections at TCP addresses and Unix sockets.
//!
//! A [`Listener`] listens at a [`ListenAddress`], or at what the service manager has opened; a
//! [`SocketOwner`] says who may use a Unix socket, and a [`Stream`] is a connection of either kind.

mod address;
mod listener;
mod stream;
mod unix;

pub use address::{ListenAddress, ListenAddressError};
pub use listener::Listener;
pub use stream::Stream;
pub use unix::{SOCKET_PATH_BYTES, SocketOwner};
