//! The pages.

pub(crate) mod api;
pub(crate) mod checker;
pub(crate) mod codes;
pub(crate) mod dmarc;
pub(crate) mod error;
mod form;
pub(crate) mod generator;
pub(crate) mod guide;
pub(crate) mod health;
pub(crate) mod home;
pub(crate) mod sitemap;
pub(crate) mod tls_rpt;
pub(crate) mod validator;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, LOCATION, VARY};
use axum::response::IntoResponse;
use hyper::StatusCode;

use crate::Site;
use crate::place::Place;
use crate::request::language;

/// The root leads to the first page in the language that the reader likes best.
pub(crate) async fn root(State(site): State<Site>, headers: HeaderMap) -> impl IntoResponse {
    let home = site.url(Place::Home, language::accepted(&headers));
    (StatusCode::FOUND, [(LOCATION, home), (VARY, "Accept-Language".to_owned())])
}

/// Search engines may read everything but what makes the site look at domains.
pub(crate) async fn robots(State(site): State<Site>) -> impl IntoResponse {
    let settings = site.settings();
    let sitemap = settings.public_url.as_ref().map_or_else(String::new, |origin| {
        format!("Sitemap: {origin}{}/sitemap.xml\n", settings.base_path)
    });
    let text = format!("User-agent: *\nDisallow: /api/\n{sitemap}");
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], text)
}
