//! The first page: one field, and the tools.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use sigillo_language::Language;

use crate::Site;
use crate::page::{Frame, Standing};
use crate::place::Place;
use crate::request::language::PageLanguage;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    tools: [Tool; 6],
}

/// A tool on the page.
struct Tool {
    place: Place,
    /// The message that says what it is for.
    purpose: &'static str,
}

const TOOLS: [(Place, &str); 6] = [
    (Place::Generator, "home-generator"),
    (Place::Checker, "home-checker"),
    (Place::Validator, "home-validator"),
    (Place::TlsRpt, "home-tls-rpt"),
    (Place::Dmarc, "home-dmarc"),
    (Place::Guide, "home-guide"),
];

/// The addresses of the page.
pub(crate) fn routes() -> Router<Site> {
    let at = |language| Place::Home.path(language);
    Language::ALL
        .into_iter()
        .fold(Router::new(), |router, language| router.route(&at(language), get(show)))
}

async fn show(State(site): State<Site>, PageLanguage(language): PageLanguage) -> Response {
    site.standing().show(Standing::new(Place::Home, language), || {
        let frame = Frame::new(&site, language, Place::Home);
        let title = frame.t("home-title");
        let tools = TOOLS.map(|(place, purpose)| Tool { place, purpose });
        Home { frame: frame.with_title(title), tools }
    })
}
