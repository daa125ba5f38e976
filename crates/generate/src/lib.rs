//! What to publish: providers, policies, records, web-server recipes and the steps.

pub mod difference;
mod live_mx;
pub mod provider;
pub mod recipe;

pub use live_mx::LIVE_MX_HOSTS;
