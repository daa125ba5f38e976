//! How long a request may take in all, its body included.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::Uri;
use axum::middleware::Next;
use axum::response::Response;
use hyper::StatusCode;
use sigillo_language::Language;

use crate::pages::error;
use crate::request::language;
use crate::{Site, api};

/// Longer than the longest look takes by default. A stream of events has begun by then and goes on.
const DEADLINE: Duration = Duration::from_secs(90);

/// Gives an answer in time, if only that there is none.
pub(crate) async fn hold(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (uri, accepted) = (request.uri().clone(), language::accepted(request.headers()));
    match tokio::time::timeout(DEADLINE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => took_too_long(&site, &uri, accepted),
    }
}

fn took_too_long(site: &Site, uri: &Uri, accepted: Language) -> Response {
    let base = site.settings().base_path.as_str();
    let path = uri.path().strip_prefix(base).unwrap_or_default();
    api::took_too_long(path, uri, accepted).unwrap_or_else(|| {
        let language = language::of_path(path).unwrap_or(accepted);
        error::page(site, language, StatusCode::REQUEST_TIMEOUT, "timeout")
    })
}
