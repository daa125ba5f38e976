//! What a reader gets, through the router: pages and their links, asked as a browser asks them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod api;
mod below;
mod codes;
mod dmarc;
mod generator;
mod guarded;
mod guide;
mod headers;
mod hostile;
mod languages;
mod links;
mod live_checks;
mod live_mx;
mod reader;
mod results;
mod sitemap;
mod support;
mod tls_rpt;
mod validator;
