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
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hyper::StatusCode;
pub(crate) use operation::{Group, Method, Operation};
pub(crate) use problem::Problem;

use crate::Site;

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
    let mut router = Router::new().route(&format!("{ROOT}/openapi.json"), get(document::show));
    for operation in operations() {
        let path = format!("{ROOT}{}", operation.path);
        let route = if operation.is_pure {
            // Nothing is kept and nobody is asked: pages of others may use it.
            operation.route.layer(from_fn(cross_origin::allow))
        } else {
            operation.route
        };
        router = router.route(&path, route);
    }
    router
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
    let language = input::language(request.uri(), request.headers());
    let response = next.run(request).await;
    let code = match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => "method-not-allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        _ => return Problem::in_language(response, language),
    };
    let allowed = response.headers().get(hyper::header::ALLOW).cloned();
    let problem = Problem::new(response.status(), code).into_response();
    let mut problem = Problem::in_language(problem, language);
    if let Some(allowed) = allowed {
        problem.headers_mut().insert(hyper::header::ALLOW, allowed);
    }
    problem
}
