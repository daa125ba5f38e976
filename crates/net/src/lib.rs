//! Looking at the network: connections, TLS with everything kept, the policy fetch, SMTP, DANE.
//!
//! This is the only crate that opens connections to addresses that come from outside. Each look
//! goes to one address that the caller names, is bounded in time and size (see [`limits`]), and
//! gives back what was seen as data; it judges nothing but certificates, and those at a time that
//! the caller passes in.

pub mod address_guard;
pub mod connect;
pub mod dane;
pub mod dns;
pub mod https;
pub mod limits;
pub mod pace;
pub mod smtp;
mod text;
pub mod tls;
