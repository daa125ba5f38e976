//! What a reader sees who asked for something that can't be given.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sigillo_language::Language;

use crate::Site;
use crate::page::{Frame, Page};
use crate::place::Place;
use crate::request::language::PageLanguage;
use crate::words::words;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    message: String,
    help: String,
}

/// A page that says what is wrong and what to do: the messages `error-NAME` and `error-NAME-help`.
pub(crate) fn page(site: &Site, language: Language, status: StatusCode, name: &str) -> Response {
    let words = words(language);
    let message = words.text(&format!("error-{name}"));
    let help = words.text(&format!("error-{name}-help"));
    let frame = Frame::nowhere(site, language, message.clone());
    Page(status, ErrorPage { frame, message, help }).into_response()
}

/// There is no such page.
pub(crate) async fn not_found(
    State(site): State<Site>,
    PageLanguage(language): PageLanguage,
) -> Response {
    page(&site, language, StatusCode::NOT_FOUND, "not-found")
}

/// The page is there, but not for this method.
pub(crate) async fn method_not_allowed(
    State(site): State<Site>,
    PageLanguage(language): PageLanguage,
) -> Response {
    page(&site, language, StatusCode::METHOD_NOT_ALLOWED, "method")
}
