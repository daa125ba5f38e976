//! What a request to the API says.

use std::error::Error;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::Uri;
use axum::http::request::Parts;
use hyper::StatusCode;
use serde::de::DeserializeOwned;
use sigillo_language::Language;

use super::Problem;
use crate::request::language::accepted;

/// The fields of the query.
#[derive(Debug)]
pub(crate) struct Fields<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Fields<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        match Query::try_from_uri(&parts.uri) {
            Ok(Query(fields)) => Ok(Self(fields)),
            Err(rejection) => Err(bad_query().with_detail(reason(&rejection))),
        }
    }
}

const fn bad_query() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad-query")
}

/// The language of the answer: `?lang=`, else what the client accepts, else English.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AnswerLanguage(pub(crate) Language);

impl<S: Sync> FromRequestParts<S> for AnswerLanguage {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        match wanted(&parts.uri) {
            Some(tag) => tag.parse().map(Self).map_err(|_| bad_query()),
            None => Ok(Self(accepted(&parts.headers))),
        }
    }
}

/// The same where it is too late to refuse what is no language.
pub(super) fn language(uri: &Uri, accepted: Language) -> Language {
    let wanted = wanted(uri).and_then(|tag| tag.parse().ok());
    wanted.unwrap_or(accepted)
}

/// The value of `lang`.
fn wanted(uri: &Uri) -> Option<&str> {
    let mut fields = uri.query().unwrap_or_default().split('&');
    fields.find_map(|field| field.strip_prefix("lang="))
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
    Problem::new(StatusCode::BAD_REQUEST, code).with_detail(reason(rejection))
}

/// What is behind a rejection.
fn reason(rejection: &dyn Error) -> String {
    rejection.source().map_or_else(|| rejection.to_string(), ToString::to_string)
}
