//! The form of the checker, and what happens when it is sent.

use askama::Template;
use axum::extract::{Extension, Form, Query, State};
use axum::http::StatusCode;
use axum::http::header::{LOCATION, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sigillo_generate::options::domain_below;
use sigillo_language::Language;

use super::result_url;
use crate::Site;
use crate::live::Busy;
use crate::page::{Frame, Page};
use crate::place::Place;
use crate::request::client::Client;
use crate::request::language::PageLanguage;

#[derive(Template)]
#[template(path = "checker.html")]
struct CheckerForm {
    frame: Frame,
    domain: String,
    fault: Option<Fault>,
}

/// Why there is no result.
struct Fault {
    message: String,
    help: String,
}

/// What the form asks for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    domain: String,
}

/// The form; a domain in the address is already filled in.
pub(super) async fn show(
    State(site): State<Site>,
    PageLanguage(language): PageLanguage,
    Query(wanted): Query<Wanted>,
) -> Response {
    page(&site, language, StatusCode::OK, wanted.domain, None)
}

/// Begins a look, and leads to where it can be watched.
pub(super) async fn begin(
    State(site): State<Site>,
    Extension(client): Extension<Client>,
    PageLanguage(language): PageLanguage,
    Form(wanted): Form<Wanted>,
) -> Response {
    // The longest labels that a look puts in front of it.
    let domain = match domain_below("_smtp._tls", wanted.domain.trim()) {
        Ok(domain) => domain,
        Err(error) => {
            let message = error.message(language, "domain");
            let fault = Fault { message, help: error.help(language) };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return page(&site, language, status, wanted.domain, Some(fault));
        }
    };
    match site.live().begin(&domain, client.network()) {
        Ok(run) => {
            let url = result_url(&site, language, run.id);
            (StatusCode::SEE_OTHER, [(LOCATION, url)]).into_response()
        }
        Err(busy) => {
            let response = page(
                &site,
                language,
                StatusCode::TOO_MANY_REQUESTS,
                wanted.domain,
                Some(fault(&site, language, busy)),
            );
            ([(RETRY_AFTER, busy.seconds().to_string())], response).into_response()
        }
    }
}

fn fault(site: &Site, language: Language, busy: Busy) -> Fault {
    let frame = Frame::new(site, language, Place::Checker);
    let name = if busy.is_clients { "checker-busy-client" } else { "checker-busy" };
    Fault { message: frame.t(name), help: frame.t1("checker-busy-help", "seconds", busy.seconds()) }
}

fn page(
    site: &Site,
    language: Language,
    status: StatusCode,
    domain: String,
    fault: Option<Fault>,
) -> Response {
    let frame = Frame::new(site, language, Place::Checker);
    let description = frame.t("checker-lead");
    let frame = frame.with_description(description);
    Page(status, CheckerForm { frame, domain, fault }).into_response()
}
