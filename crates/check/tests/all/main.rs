//! The rules as their users meet them: an observation in, a judgement out.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod cases;
mod catalogue;
mod domain;
mod layout;
mod properties;
mod reports;
mod sequel;
mod severities;
mod verdicts;
