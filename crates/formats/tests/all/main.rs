//! The formats as their users meet them: a text in, a judgement out.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod cases;
mod catalogue;
mod corpus;
mod properties;
