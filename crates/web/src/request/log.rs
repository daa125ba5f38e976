//! A line in the log for each request, without anything personal: no address, no query, no name.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use hyper::Method;

use crate::metrics;

/// Writes the line, and counts, when the answer begins.
pub(crate) async fn write(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = name(request.method());
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let duration = started.elapsed();
    let status = response.status().as_u16();
    // The pattern, not the path: that may hold a domain that somebody asked about.
    let route = matched.as_ref().map_or("none", MatchedPath::as_str);
    metrics::request(method, route, status, duration);
    tracing::info!(
        method,
        route,
        status,
        microseconds = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX),
        "request"
    );
    response
}

/// The name of a method; a client may invent any number of others.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
