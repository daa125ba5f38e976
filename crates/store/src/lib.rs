//! What Sigillo keeps, in SQLite or in PostgreSQL: the only place with SQL.
//!
//! A [`Store`] hides which of the two it is. Each area of what is kept is a module with its types,
//! its statements and its tables: [`results`], [`policies`]. The statements are those that both databases read
//! alike; what they don't, the back ends do each in its way. [`foreign`]
//! reads what other programs have kept.
//!
//! Whatever comes out of the database is hostile: bounded in size, checked, never a panic. Every
//! operation ends within [`limits::OPERATION`].

#[macro_use]
mod backend;
mod error;
pub mod foreign;
pub mod limits;
mod migrations;
pub mod policies;
pub mod results;
mod store;
mod url;

pub use error::StoreError;
pub use store::Store;
pub use url::{StoreUrl, StoreUrlError};
