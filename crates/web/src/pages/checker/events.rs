//! A look as it goes on, as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::Serialize;
use sigillo_probe::Progress;
use sigillo_store::results::ResultId;

use super::id::PathId;
use crate::Site;
use crate::live::{Found, Run};

/// A step of a look for programs.
#[derive(Debug, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "step")]
pub(crate) enum Step {
    /// A question to the DNS was answered, or not.
    Dns {
        /// The name.
        name: String,
        /// The type of records.
        kind: String,
        /// Whether there is an answer, if only that there is nothing.
        ok: bool,
    },
    /// An address of the policy host was looked at.
    PolicyHost {
        /// The address.
        address: String,
        /// Whether it gave an answer.
        ok: bool,
    },
    /// An address of a mail host was looked at.
    MailHost {
        /// The host.
        host: String,
        /// The address.
        address: String,
        /// Whether TLS was reached.
        ok: bool,
    },
}

impl From<Progress> for Step {
    fn from(progress: Progress) -> Self {
        match progress {
            Progress::Dns { name, kind, answered } => Self::Dns { name, kind, ok: answered },
            Progress::PolicyHost { address, answered } => {
                Self::PolicyHost { address, ok: answered }
            }
            Progress::MailHost { host, address, secured } => {
                Self::MailHost { host, address, ok: secured }
            }
        }
    }
}

/// The steps of a look as they come, then `done`; for a look that is over, `done` at once.
/// None where there is no such look.
pub(crate) async fn stream(site: &Site, id: ResultId) -> Option<Response> {
    match site.live().find(id).await {
        Ok(Found::UnderWay(run)) => Some(events(Some(run))),
        Ok(Found::Result(_)) => Some(events(None)),
        Ok(Found::Nothing) => None,
        Err(error) => {
            tracing::error!(%error, "a result can't be read");
            Some(StatusCode::SERVICE_UNAVAILABLE.into_response())
        }
    }
}

/// The same for the page that watches.
pub(super) async fn show(State(site): State<Site>, PathId(id): PathId) -> Response {
    stream(&site, id).await.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

fn events(run: Option<Arc<Run>>) -> Response {
    let events = stream::unfold((run, 0, false), |(run, seen, is_over)| async move {
        if is_over {
            return None;
        }
        let steps = match &run {
            Some(run) => run.steps_after(seen).await,
            None => Vec::new(),
        };
        if steps.is_empty() {
            let done = Event::default().event("done").data("{}");
            return Some((vec![Ok(done)], (run, seen, true)));
        }
        let seen = seen + steps.len();
        let events = steps.into_iter().map(|step| {
            let step = Event::default().event("step").json_data(Step::from(step));
            // A step is plain data, which is always JSON.
            Ok::<_, Infallible>(step.unwrap_or_default())
        });
        Some((events.collect(), (run, seen, false)))
    });
    let events = futures_util::StreamExt::flat_map(events, stream::iter);
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(15));
    Sse::new(events).keep_alive(keep_alive).into_response()
}
