//! The recipes, loaded by the programs that they are for.
//!
//! nginx, Apache, Caddy, HAProxy and node are the real ones and have to be installed; with
//! `SIGILLO_LAB=off` the tests of those that aren't say so and pass. What can't be run here is
//! parsed, and checked for what makes it right.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what the tests' helpers can't do has to fail the test"
)]

mod apache;
mod caddy;
mod cloudflare;
mod commands;
mod fetch;
mod haproxy;
mod hosted;
mod nginx;
mod program;
mod s3_cloudfront;
mod site;
mod snapshots;
