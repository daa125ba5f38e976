//! What to publish: providers, policies, records, web-server recipes and the steps.

pub mod recipe;
