//! A small internet, in which one thing is wrong at a time: what is seen of it, and what that
//! comes to.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod certificates;
mod denial;
mod healthy;
mod internet;
mod mail;
mod mail_host;
mod name_server;
mod policy_host;
mod question;
mod raising;
mod rates;
mod real;
mod records;
mod reports;
mod signed;
