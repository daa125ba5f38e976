//! In which language to answer.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use sigillo_language::Language;

/// The language of the page that is asked for: what its address says, else what the reader accepts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageLanguage(pub(crate) Language);

impl<S: Sync> FromRequestParts<S> for PageLanguage {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(of_path(parts.uri.path()).unwrap_or_else(|| accepted(&parts.headers))))
    }
}

/// The language that the first part of a path names.
pub(crate) fn of_path(path: &str) -> Option<Language> {
    path.split('/').nth(1)?.parse().ok()
}

/// The language of ours that the reader likes most (RFC 9110 §12.5.4); English if none.
pub(crate) fn accepted(headers: &HeaderMap) -> Language {
    let fields = headers.get_all(ACCEPT_LANGUAGE).iter();
    Language::accepted(fields.filter_map(|field| field.to_str().ok()))
}
