//! Live checks.

use std::time::Duration;

use axum::Json;
use axum::extract::{Extension, Path, State};
use axum::http::header::{HeaderMap, HeaderValue, LOCATION};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use hyper::StatusCode;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use sigillo_check::{CheckReport, Judgement};
use sigillo_generate::options::{OptionError, OptionErrors, OptionName, domain_below};
use sigillo_language::Language;
use sigillo_store::results::{ResultId, SavedResult};
use tokio::time::timeout;

use super::input::{AnswerLanguage, Body, Fields};
use super::operation::{Content, Method, Parameter};
use super::{Group, Operation, Problem, ROOT};
use crate::Site;
use crate::live::{Ended, Found, Run};
use crate::pages::checker::events;
use crate::request::client::Client;

/// A domain to look at.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// The mail domain: the part of its addresses behind the @.
    domain: String,
}

/// Whether to wait for the result.
#[derive(Debug, Default, Deserialize)]
struct Waiting {
    wait: Option<bool>,
}

/// A look that has been begun.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Begun {
    /// The version of this layout: 1.
    schema: u32,
    /// The id of the result to come.
    id: String,
    /// The domain.
    domain: String,
    /// Whether the look is over: then the result is there.
    done: bool,
}

/// How long an answer waits for a look that may take longer: less than any request may.
const PATIENCE: Duration = Duration::from_secs(80);

const ID: Parameter = Parameter {
    name: "id",
    pattern: "^[0-9a-f]{32}$",
    example: "0123456789abcdef0123456789abcdef",
};

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    let looking = |name, method, path, parameters, answer, problems, route| Operation {
        name,
        group: Group::Check,
        method,
        path,
        is_pure: false,
        parameters,
        body: None,
        answer,
        answers_later: name != "events",
        problems,
        route,
    };
    vec![
        Operation {
            body: Some(Content::json::<Wanted>().with_example(r#"{"domain":"example.com"}"#)),
            ..looking(
                "check",
                Method::Post,
                "/check",
                &[],
                Content::json::<CheckReport>(),
                &[400, 413, 415, 422, 429],
                post(begin),
            )
        },
        looking(
            "result",
            Method::Get,
            "/check/{id}",
            &[ID],
            Content::json::<CheckReport>(),
            &[400, 404],
            get(result),
        ),
        looking(
            "events",
            Method::Get,
            "/check/{id}/events",
            &[ID],
            Content { media_type: "text/event-stream", schema: event_schema, example: None },
            &[400, 404],
            get(stream),
        ),
    ]
}

/// What each event of the stream is.
fn event_schema(_generator: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "properties": {
            "event": { "type": "string", "enum": ["step", "done"] },
            "data": { "type": "string", "contentMediaType": "application/json" },
        },
        "required": ["event", "data"],
    })
}

async fn begin(
    State(site): State<Site>,
    Extension(client): Extension<Client>,
    AnswerLanguage(language): AnswerLanguage,
    Fields(Waiting { wait }): Fields<Waiting>,
    Body(wanted): Body<Wanted>,
) -> Result<Response, Problem> {
    let domain = domain_below("_smtp._tls", &wanted.domain).map_err(|fault| {
        let errors: OptionErrors = OptionError::new(OptionName::Domain, fault).into();
        Problem::of_options(errors)
    })?;
    let run = site.live().begin(&domain, client.network()).map_err(Problem::of_busy)?;
    if wait == Some(false) {
        return Ok(under_way(&site, &run));
    }
    match timeout(PATIENCE, run.end_of()).await {
        Ok(Ended::Seen(result)) => {
            Ok((location(&site, run.id), Json(report(&result, language))).into_response())
        }
        Ok(Ended::Lost) => Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "look-lost")),
        Err(_) => Ok(under_way(&site, &run)),
    }
}

/// The answer that the result is still to come.
fn under_way(site: &Site, run: &Run) -> Response {
    (StatusCode::ACCEPTED, location(site, run.id), Json(begun(run))).into_response()
}

fn begun(run: &Run) -> Begun {
    let (id, domain) = (run.id.to_string(), run.domain.to_string());
    Begun { schema: 1, id, domain, done: run.ended().is_some() }
}

fn location(site: &Site, id: ResultId) -> HeaderMap {
    let url = format!("{}{ROOT}/check/{id}", site.settings().base_path);
    // A path of ours has nothing that a header can't hold.
    HeaderValue::from_str(&url).map(|url| (LOCATION, url)).into_iter().collect()
}

async fn result(
    State(site): State<Site>,
    AnswerLanguage(language): AnswerLanguage,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    match site.live().find(read_id(&id)?).await {
        Ok(Found::Result(result)) => Ok(Json(report(&result, language)).into_response()),
        Ok(Found::UnderWay(run)) => Ok((StatusCode::ACCEPTED, Json(begun(&run))).into_response()),
        Ok(Found::Nothing) => Err(no_result()),
        Err(error) => {
            tracing::error!(%error, "a result can't be read");
            Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "store"))
        }
    }
}

async fn stream(
    State(site): State<Site>,
    AnswerLanguage(_): AnswerLanguage,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    events::stream(&site, read_id(&id)?).await.ok_or_else(no_result)
}

fn read_id(text: &str) -> Result<ResultId, Problem> {
    ResultId::parse(text).map_err(|_| no_result())
}

const fn no_result() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "no-result")
}

fn report(result: &SavedResult, language: Language) -> CheckReport {
    let observation = &result.observation;
    Judgement::of(observation, None).report(observation, language)
}
