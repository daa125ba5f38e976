//! What a request to the API says.

use std::convert::Infallible;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use hyper::StatusCode;
use serde::de::DeserializeOwned;
use sigillo_language::Language;

use super::Problem;
use crate::request::language::accepted;

/// The language of the answer: `?lang=`, else what the client accepts, else English.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AnswerLanguage(pub(crate) Language);

impl<S: Sync> FromRequestParts<S> for AnswerLanguage {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(language(&parts.uri, &parts.headers)))
    }
}

pub(super) fn language(uri: &Uri, headers: &HeaderMap) -> Language {
    let fields = uri.query().unwrap_or_default().split('&');
    let wanted =
        fields.filter_map(|field| field.strip_prefix("lang=")).find_map(|tag| tag.parse().ok());
    wanted.unwrap_or_else(|| accepted(headers))
}

/// A body in JSON.
#[derive(Debug)]
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(value)) => Ok(Self(value)),
            Err(rejection) => Err(problem(&rejection)),
        }
    }
}

fn problem(rejection: &JsonRejection) -> Problem {
    let code = match rejection {
        JsonRejection::MissingJsonContentType(_) => {
            return Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json-type");
        }
        JsonRejection::JsonSyntaxError(_) => "not-json",
        JsonRejection::JsonDataError(_) => "not-as-described",
        _ => return Problem::new(rejection.status(), "too-large"),
    };
    let source = std::error::Error::source(rejection);
    let detail = source.map_or_else(|| rejection.to_string(), ToString::to_string);
    Problem::new(StatusCode::BAD_REQUEST, code).with_detail(detail)
}
