//! What a request says.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Path, Query};
use axum::http::StatusCode;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use sigillo_formats::DomainName;
use sigillo_language::Language;

use super::problem::Problem;
use crate::query::quote;

/// The language of the answer: `?lang=`, else what the client accepts, else English.
#[derive(Debug, Clone, Copy)]
pub(super) struct AnswerLanguage(pub(super) Language);

impl<S: Sync> FromRequestParts<S> for AnswerLanguage {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(language(parts)))
    }
}

fn language(parts: &Parts) -> Language {
    let mut fields = parts.uri.query().unwrap_or_default().split('&');
    let wanted = fields.find_map(|field| field.strip_prefix("lang=")?.parse().ok());
    let accepted = || {
        let fields = parts.headers.get_all(ACCEPT_LANGUAGE).iter();
        Language::accepted(fields.filter_map(|field| field.to_str().ok()))
    };
    wanted.unwrap_or_else(accepted)
}

/// The fields of the query; `lang` may always be one.
#[derive(Debug)]
pub(super) struct Fields<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Fields<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        Query::try_from_uri(&parts.uri).map(|Query(fields)| Self(fields)).map_err(|rejection| {
            let reason = [("reason", rejection.body_text().into())];
            Problem::about(StatusCode::BAD_REQUEST, "bad-query", &reason, language(parts))
        })
    }
}

/// The last part of the path, as text.
#[derive(Debug)]
pub(super) struct Name(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Name {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        path.map(|Path(name)| Self(name))
            .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "not-text", language(parts)))
    }
}

/// A domain in the path.
#[derive(Debug)]
pub(super) struct PathDomain(pub(super) DomainName);

impl<S: Send + Sync> FromRequestParts<S> for PathDomain {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Name(name) = Name::from_request_parts(parts, state).await?;
        domain(&name, language(parts)).map(Self)
    }
}

/// Reads a domain.
pub(super) fn domain(name: &str, language: Language) -> Result<DomainName, Problem> {
    DomainName::parse(name).map_err(|_| {
        let name = [("name", quote(name).into())];
        Problem::about(StatusCode::BAD_REQUEST, "not-a-domain", &name, language)
    })
}
