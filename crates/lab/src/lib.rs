//! A small internet on loopback, for tests: real servers, and scripted ones that misbehave on
//! purpose.
//!
//! The real programs come from Debian's packages; `scripts/test` installs them. Each lab takes
//! free ports and temporary folders, so that many run side by side, and ends what it started when
//! it is dropped. What can't be done here fails the test that asked for it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a lab that can't be built has to fail the test"
)]

pub mod certificates;
pub mod clock;
mod disk;
pub mod dns;
pub mod mail;
mod nginx;
mod ports;
pub mod postfix;
mod postgres;
mod program;
pub mod server;

pub use disk::Disk;
pub use nginx::Nginx;
pub use ports::{free_port, loopback, own_address};
pub use postfix::Postfix;
pub use postgres::Postgres;
pub use program::{Program, available, find, is_root, run};
