//! Whether the site is alive and ready, for those who watch over it.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use hyper::StatusCode;

use crate::Site;

/// It is alive, if it can say so.
pub(crate) async fn alive() -> impl IntoResponse {
    (StatusCode::OK, [(CONTENT_TYPE, PLAIN)], "ok\n")
}

/// It is ready, if what it keeps can be reached.
pub(crate) async fn ready(State(site): State<Site>) -> impl IntoResponse {
    match site.live().store().ping().await {
        Ok(()) => (StatusCode::OK, [(CONTENT_TYPE, PLAIN)], "ok\n"),
        Err(error) => {
            tracing::warn!(%error, "the store can't be reached");
            (StatusCode::SERVICE_UNAVAILABLE, [(CONTENT_TYPE, PLAIN)], "store unreachable\n")
        }
    }
}

const PLAIN: &str = "text/plain; charset=utf-8";
