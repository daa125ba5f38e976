//! The live checker: the form, the look while it is under way, the result.

mod badge;
mod certificates;
mod comparison;
mod download;
pub(crate) mod events;
mod form;
mod id;
mod path;
mod result;

use axum::Router;
use axum::routing::get;
use sigillo_language::Language;
use sigillo_store::results::ResultId;

use crate::Site;
use crate::place::Place;

/// The addresses of the checker's pages.
pub(crate) fn routes() -> Router<Site> {
    Language::ALL.into_iter().fold(Router::new(), |router, language| {
        let form = Place::Checker.path(language);
        router
            .route(&format!("{form}/{{id}}"), get(result::show))
            .route(&format!("{form}/{{id}}/events"), get(events::show))
            .route(&format!("{form}/{{id}}/report.json"), get(download::json))
            .route(&format!("{form}/{{id}}/report.md"), get(download::markdown))
            .route(&format!("{form}/{{id}}/badge.svg"), get(badge::of_result))
            .route(&format!("{form}/badge/{{domain}}"), get(badge::of_domain))
            .route(&form, get(form::show).post(form::begin))
    })
}

/// The address of a result.
fn result_url(site: &Site, language: Language, id: ResultId) -> String {
    format!("{}/{id}", site.url(Place::Checker, language))
}
