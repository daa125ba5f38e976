//! How long a request may take in all, its body included.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use hyper::StatusCode;

use crate::Site;
use crate::pages::error;
use crate::request::language;

/// Longer than the longest look takes by default. A stream of events has begun by then and goes on.
const DEADLINE: Duration = Duration::from_secs(90);

/// Gives an answer in time, if only that there is none.
pub(crate) async fn hold(State(site): State<Site>, request: Request, next: Next) -> Response {
    let language =
        language::of_path(request.uri()).unwrap_or_else(|| language::accepted(request.headers()));
    match tokio::time::timeout(DEADLINE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => error::page(&site, language, StatusCode::REQUEST_TIMEOUT, "timeout"),
    }
}
