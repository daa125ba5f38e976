//! What whoever runs the site chooses.

mod base_path;
mod public_url;
mod trusted_proxies;

pub use base_path::{BasePath, BasePathError};
pub use public_url::{PublicUrl, PublicUrlError};
pub use trusted_proxies::{TrustedProxies, TrustedProxyError};

/// How the site presents itself, and whom it believes.
#[derive(Debug, Clone, Default)]
pub struct SiteSettings {
    /// Where the site begins below the root of its host.
    pub base_path: BasePath,
    /// Where the world finds the site, for links that leave it, such as those of badges.
    pub public_url: Option<PublicUrl>,
    /// Whose word about a client's address counts.
    pub trusted_proxies: TrustedProxies,
}
