//! Refusals that come from below a page, in words: what reads a request knows neither language nor frame.

use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::Response;
use hyper::StatusCode;

use crate::Site;
use crate::pages::error;
use crate::request::language;

/// Puts a page in the place of a bare refusal, wherever a reader may meet one.
pub(crate) async fn explain(State(site): State<Site>, request: Request, next: Next) -> Response {
    let base = site.settings().base_path.as_str();
    let path = request.uri().path().strip_prefix(base).unwrap_or_default();
    let language = language::of_path(path);
    let response = next.run(request).await;
    let Some(language) = language.filter(|_| !is_page(&response)) else { return response };
    let status = response.status();
    let name = match status {
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::SERVICE_UNAVAILABLE => "store",
        _ if status.is_client_error() => "form",
        _ => return response,
    };
    error::page(&site, language, status, name)
}

/// Whether an answer has words of its own already.
fn is_page(response: &Response) -> bool {
    let content_type = response.headers().get(CONTENT_TYPE);
    content_type.is_some_and(|it| it.as_bytes().starts_with(b"text/html"))
}
