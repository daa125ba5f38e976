//! All policies, as lines.

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use sigillo_formats::DomainName;
use sigillo_store::StoreError;
use sigillo_store::limits::POLICIES_AT_A_TIME;

use super::line::PolicyLine;
use crate::sender::Sender;

/// Where the export goes on.
enum Place {
    /// After a domain; none: at the first.
    After(Option<DomainName>),
    End,
}

/// Reads a batch when the one before has been taken. If the store fails on the way the answer breaks
/// off, so that nobody takes it for whole.
pub(super) async fn export(State(sender): State<Sender>) -> Response {
    let lines = stream::try_unfold((sender, Place::After(None)), async |(sender, place)| {
        let Place::After(after) = place else { return Ok::<_, StoreError>(None) };
        let kept = sender.0.kept_after(after.as_ref(), POLICIES_AT_A_TIME).await;
        let kept = kept.inspect_err(|error| tracing::warn!(%error, "an export breaks off"))?;
        for unreadable in &kept.unreadable {
            let (domain, reason) = (&unreadable.domain, &unreadable.reason);
            tracing::warn!(domain, reason, "a stored policy can't be read, and is not exported");
        }
        let mut text = Vec::new();
        for stored in &kept.policies {
            PolicyLine::of(stored).write(&mut text);
        }
        let next = kept.next.map_or(Place::End, |next| Place::After(Some(next)));
        Ok(Some((Bytes::from(text), (sender, next))))
    });
    ([(CONTENT_TYPE, "application/x-ndjson")], Body::from_stream(lines)).into_response()
}
