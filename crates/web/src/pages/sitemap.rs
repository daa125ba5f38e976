//! The list of all pages, for search engines.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use sigillo_language::Language;

use crate::Site;
use crate::place::Place;

#[derive(Template)]
#[template(path = "sitemap.xml")]
struct Sitemap {
    /// Each page, by the tags and the addresses of its languages.
    pages: Vec<[(&'static str, String); 2]>,
}

/// The list; there is none where the site doesn't know its own address.
pub(crate) async fn show(State(site): State<Site>) -> Response {
    let Some(origin) = &site.settings().public_url else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let url = |place, language| format!("{origin}{}", site.url(place, language));
    let page = |place| Language::ALL.map(|language| (language.tag(), url(place, language)));
    match (Sitemap { pages: Place::all().map(page).collect() }).render() {
        Ok(text) => ([(CONTENT_TYPE, "application/xml; charset=utf-8")], text).into_response(),
        // Writing to memory does not fail.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
