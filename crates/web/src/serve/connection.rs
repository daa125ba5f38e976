//! One connection.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use sigillo_listen::Stream;
use tower::ServiceExt as _;

use super::Peer;

/// How long a client may take for the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// The longest head, in bytes.
const HEAD_BYTES: usize = 16 * 1024;
/// The most fields of a head.
const HEAD_FIELDS: usize = 64;

/// Answers the requests of a connection until it ends.
pub(super) fn serve(
    stream: Stream,
    peer: Peer,
    router: Router,
    graceful: &GracefulShutdown,
) -> impl Future<Output = ()> + use<> {
    let service = router.map_request(move |request: Request<Incoming>| {
        let (mut parts, body) = request.into_parts();
        parts.extensions.insert(peer);
        Request::from_parts(parts, Body::new(body))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEAD_FIELDS)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let connection = graceful.watch(connection);
    async move {
        if let Err(error) = connection.await {
            // A client that goes away is nothing to worry about.
            tracing::debug!(%error, "a connection ended early");
        }
    }
}
