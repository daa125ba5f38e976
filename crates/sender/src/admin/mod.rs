//! What the running sender tells over HTTP: to commands on its own socket, and to other programs
//! that ask what Postfix asks over its maps.
//!
//! | address | does |
//! | --- | --- |
//! | `GET /v1/query/NEXT_HOP` | [`Query`](crate::query::Query); `?fresh=true` looks anew, for commands alone |
//! | `GET /v1/cache` | [`CacheList`], from the domain after `?after=`, `?limit=` at most |
//! | `GET /v1/cache/DOMAIN` | [`CacheEntry`] |
//! | `POST /v1/cache/DOMAIN/refresh` | looks at the domain anew: its [`Query`](crate::query::Query) |
//! | `DELETE /v1/cache/DOMAIN`, `DELETE /v1/cache` | forgets: [`CachePurge`]; `?dry_run=true` only says what |
//! | `GET /v1/cache/export` | every policy as a [`PolicyLine`], one a line |
//! | `POST /v1/cache/import` | takes such lines: [`CacheImport`]; `?dry_run=true` only says what |
//! | `GET /v1/status` | [`SenderStatus`] |
//! | `GET /health` | [`SenderHealth`]; 503 when the sender is about to end |
//!
//! Texts come in the language of `?lang=`, else as `Accept-Language` says. What goes wrong is an
//! [`AdminProblem`].

mod cache;
mod export;
mod fields;
mod import;
mod line;
mod object;
mod problem;
mod query;
mod status;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};

use self::fields::AnswerLanguage;
pub use self::line::{LINE_BYTES, PolicyLine};
pub use self::object::{
    CacheEntry, CacheImport, CacheItem, CacheList, CachePurge, CacheRecord, ImportFault,
    SenderHealth, SenderStatus, UnreadableItem,
};
use self::problem::Problem;
pub use self::problem::{AdminProblem, AdminProblemBody};
use crate::sender::Sender;

impl Sender {
    /// What commands on the same machine may ask and do; for a socket that only the operator can
    /// reach.
    pub fn admin_router(&self) -> Router {
        let router = Router::new()
            .route("/v1/query/{next_hop}", get(query::show))
            .route("/v1/cache", get(cache::list).delete(cache::purge_all))
            .route("/v1/cache/export", get(export::export))
            .route("/v1/cache/import", post(import::import))
            .route("/v1/cache/{domain}", get(cache::show).delete(cache::purge))
            .route("/v1/cache/{domain}/refresh", post(cache::refresh))
            .route("/v1/status", get(status::show));
        finished(router, self)
    }

    /// What mail servers that ask over HTTP may know; it changes nothing, and whoever can reach it
    /// has no more looked at than over the maps.
    pub fn http_router(&self) -> Router {
        finished(Router::new().route("/v1/query/{next_hop}", get(query::show_remembered)), self)
    }
}

fn finished(router: Router<Sender>, sender: &Sender) -> Router {
    router
        .route("/health", get(status::health))
        .fallback(no_such_path)
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(sender.clone())
}

async fn no_such_path(AnswerLanguage(language): AnswerLanguage) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "no-such-path", language)
}

async fn method_not_allowed(AnswerLanguage(language): AnswerLanguage) -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", language)
}
