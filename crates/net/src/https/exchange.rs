use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, HOST, USER_AGENT};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use super::error::{HttpError, HttpPhase};
use super::response::PolicyResponse;
use super::{FetchTimings, PolicyFetch};
use crate::limits::{HTTP_FIELDS, HTTP_HEAD_BYTES, POLICY_BYTES};

/// One request and the rules of its response.
pub(super) struct Exchange<'a> {
    pub(super) authority: String,
    pub(super) path: &'a str,
    pub(super) user_agent: &'a str,
    pub(super) deadline: Instant,
    pub(super) trusted: bool,
}

/// Sends the request and puts what comes of the response into `fetch`.
pub(super) async fn exchange<S>(
    stream: S,
    exchange: Exchange<'_>,
    fetch: &mut PolicyFetch,
) -> Result<(), HttpError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let request = request(&exchange)?;
    // The task that drives the connection ends with this set, whatever happens.
    let mut driver = JoinSet::new();
    let response =
        head(stream, request, exchange.deadline, &mut driver, &mut fetch.timings).await?;
    let (head, body) = response.into_parts();
    let kept = fetch.response.insert(PolicyResponse::new(
        head.status.as_u16(),
        &head.headers,
        exchange.trusted,
    ));
    match timeout_at(exchange.deadline, read_body(body, kept)).await {
        Ok(read) => read,
        Err(_) => Err(HttpError::Timeout(HttpPhase::Body)),
    }
}

fn request(exchange: &Exchange<'_>) -> Result<Request<Empty<Bytes>>, HttpError> {
    let mut request = Request::get(exchange.path)
        .header(HOST, &exchange.authority)
        .header(ACCEPT, "text/plain, */*;q=0.1");
    if !exchange.user_agent.is_empty() {
        request = request.header(USER_AGENT, exchange.user_agent);
    }
    request.body(Empty::new()).map_err(|_| HttpError::UnusableRequest)
}

async fn head<S>(
    stream: S,
    request: Request<Empty<Bytes>>,
    deadline: Instant,
    driver: &mut JoinSet<()>,
    timings: &mut FetchTimings,
) -> Result<Response<Incoming>, HttpError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let started = Instant::now();
    let response = timeout_at(deadline, async {
        let (mut sender, connection) = http1::Builder::new()
            .max_buf_size(HTTP_HEAD_BYTES)
            .max_headers(HTTP_FIELDS)
            .handshake(TokioIo::new(stream))
            .await?;
        driver.spawn(async move {
            // What goes wrong shows in the response.
            let _ = connection.await;
        });
        sender.send_request(request).await
    });
    match response.await {
        Err(_) => Err(HttpError::Timeout(HttpPhase::Head)),
        Ok(Err(error)) => Err(HttpError::of(&error, HttpPhase::Head)),
        Ok(Ok(response)) => {
            timings.first_byte = Some(started.elapsed());
            Ok(response)
        }
    }
}

/// Reads the body until it ends or is longer than a policy may be.
async fn read_body(mut body: Incoming, kept: &mut PolicyResponse) -> Result<(), HttpError> {
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| HttpError::of(&error, HttpPhase::Body))?;
        let Ok(data) = frame.into_data() else { continue };
        kept.body.extend_from_slice(&data);
        if kept.body.len() > POLICY_BYTES {
            kept.body.truncate(POLICY_BYTES + 1);
            kept.truncated = true;
            return Ok(());
        }
    }
    Ok(())
}
