//! Commands that ask the running service, and one that does without.

mod cache;
mod query;
mod service;
