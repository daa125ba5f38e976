//! A result as a file.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sigillo_check::{CheckReport, Judgement};
use sigillo_language::Language;
use sigillo_store::results::{ResultId, SavedResult};

use super::id::PathId;
use crate::Site;
use crate::live::Found;
use crate::request::language::PageLanguage;

/// The result as the command line and the API give it.
pub(super) async fn json(
    State(site): State<Site>,
    PageLanguage(language): PageLanguage,
    PathId(id): PathId,
) -> Response {
    match find(&site, id).await {
        Ok(result) => {
            let disposition = attachment(&result, "json");
            ([(CONTENT_DISPOSITION, disposition)], Json(report(&result, language))).into_response()
        }
        Err(response) => response,
    }
}

/// The result as a document.
pub(super) async fn markdown(
    State(site): State<Site>,
    PageLanguage(language): PageLanguage,
    PathId(id): PathId,
) -> Response {
    match find(&site, id).await {
        Ok(result) => {
            let headers = [
                (CONTENT_TYPE, "text/markdown; charset=utf-8".to_owned()),
                (CONTENT_DISPOSITION, attachment(&result, "md")),
            ];
            (headers, report(&result, language).markdown(language)).into_response()
        }
        Err(response) => response,
    }
}

async fn find(site: &Site, id: ResultId) -> Result<Arc<SavedResult>, Response> {
    match site.live().find(id).await {
        Ok(Found::Result(result)) => Ok(result),
        Ok(_) => Err(StatusCode::NOT_FOUND.into_response()),
        Err(error) => {
            tracing::error!(%error, "a result can't be read");
            Err(StatusCode::SERVICE_UNAVAILABLE.into_response())
        }
    }
}

fn report(result: &SavedResult, language: Language) -> CheckReport {
    let observation = &result.observation;
    Judgement::of(observation, None).report(observation, language)
}

/// A domain name is safe in a file name: letters, digits, hyphens and dots.
fn attachment(result: &SavedResult, extension: &str) -> String {
    format!("attachment; filename=\"mta-sts-{}.{extension}\"", result.observation.domain)
}
