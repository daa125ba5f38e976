//! The web pages, in every language that Sigillo speaks, and the JSON API.
//!
//! A [`Site`] is everything that answers are made from; [`Site::router`] gives the pages and the API,
//! [`serve`](serve::serve) puts them on listeners. Pages are rendered on the server and work without JavaScript; the
//! small modules in `assets` make them live. Everything is inside the binary, and no page asks any other host
//! for anything.

mod api;
mod assets;
mod guide;
mod kind_choice;
pub mod live;
pub mod metrics;
mod page;
mod pages;
mod place;
mod request;
pub mod serve;
mod settings;
mod site;
mod words;

pub use settings::{
    BasePath, BasePathError, PublicUrl, PublicUrlError, SiteSettings, TrustedProxies,
    TrustedProxyError,
};
pub use site::Site;
