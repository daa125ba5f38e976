//! The JSON API: the same functions and the same types as the command line.
//!
//! [`operations`] says what there is; the routes and the OpenAPI document are made from that list,
//! so neither can have what the other lacks.

mod check;
mod codes;
mod cross_origin;
mod document;
mod generate;
mod input;
mod operation;
mod problem;
mod validate;

use axum::Router;
use axum::extract::Request;
use axum::http::Uri;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hyper::StatusCode;
pub(crate) use operation::{Group, Method, Operation};
pub(crate) use problem::Problem;

use sigillo_language::Language;

use crate::Site;
use crate::request::language::accepted;

/// Where the API begins.
pub(crate) const ROOT: &str = "/api/v1";

/// What the API can do.
pub(crate) fn operations() -> Vec<Operation> {
    [generate::operations(), validate::operations(), check::operations(), codes::operations()]
        .into_iter()
        .flatten()
        .collect()
}

/// The message that says what an operation does.
pub(crate) fn message(operation: &str) -> String {
    format!("api-{operation}")
}

/// The message that says more about an operation.
pub(crate) fn more(operation: &str) -> String {
    format!("api-{operation}-more")
}

/// The addresses of the API.
pub(crate) fn routes() -> Router<Site> {
    let document = get(document::show).layer(from_fn(cross_origin::allow));
    let mut router = Router::new().route(&format!("{ROOT}/openapi.json"), document);
    for operation in operations() {
        let path = format!("{ROOT}{}", operation.path);
        let route = if operation.is_pure {
            // Nothing is kept and nobody is asked: pages of others may use it.
            operation.route.options(cross_origin::preflight).layer(from_fn(cross_origin::allow))
        } else {
            operation.route
        };
        router = router.route(&path, route);
    }
    router
        .route(ROOT, axum::routing::any(not_found))
        .route(&format!("{ROOT}/"), axum::routing::any(not_found))
        .route(&format!("{ROOT}/{{*rest}}"), axum::routing::any(not_found))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn(explain_refusals))
}

async fn not_found() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "no-such-operation")
}

async fn method_not_allowed() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed")
}

/// Refusals that come from below the API are problem documents too.
async fn explain_refusals(request: Request, next: Next) -> Response {
    let language = input::language(request.uri(), accepted(request.headers()));
    let mut response = next.run(request).await;
    if response.extensions().get::<Problem>().is_none() {
        let status = response.status();
        let problem = match status {
            // A path that is no text.
            StatusCode::BAD_REQUEST => Problem::new(StatusCode::NOT_FOUND, "no-such-operation"),
            StatusCode::METHOD_NOT_ALLOWED => Problem::new(status, "method-not-allowed"),
            StatusCode::PAYLOAD_TOO_LARGE => Problem::new(status, "too-large"),
            StatusCode::SERVICE_UNAVAILABLE => Problem::new(status, "store"),
            _ => return response,
        };
        response.extensions_mut().insert(problem);
    }
    Problem::in_language(response, language)
}

/// The problem of a request to the API that took too long; none if it was to anything else.
pub(crate) fn took_too_long(path: &str, uri: &Uri, accepted: Language) -> Option<Response> {
    path.strip_prefix(ROOT).filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
    let problem = Problem::new(StatusCode::REQUEST_TIMEOUT, "timeout");
    Some(Problem::in_language(problem.into_response(), input::language(uri, accepted)))
}
