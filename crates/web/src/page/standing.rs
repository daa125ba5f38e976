//! Pages that are the same for everybody who reads their language: they are made once.

use std::sync::{PoisonError, RwLock};

use askama::Template;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sigillo_language::Language;

use super::{HTML, rendered};
use crate::place::Place;

/// Which page it is. There is a handful, so a list is searched as fast as anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) place: Place,
    pub(crate) language: Language,
    /// The second that the page speaks of; 0 where it speaks of none.
    pub(crate) second: i64,
}

/// What has been made so far, and not been made again for another second.
#[derive(Default)]
pub(crate) struct StandingPages(RwLock<Vec<(Standing, Bytes)>>);

impl StandingPages {
    /// The page, which `make` gives when it is asked for first.
    pub(crate) fn show<T: Template>(&self, page: Standing, make: impl FnOnce() -> T) -> Response {
        self.kept(page).unwrap_or_else(|| self.keep(page, &make()))
    }

    /// The page, if it has been made.
    pub(crate) fn kept(&self, page: Standing) -> Option<Response> {
        // Nothing that is done under the lock leaves it half done.
        let pages = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (_, text) = pages.iter().find(|(kept, _)| *kept == page)?;
        Some((StatusCode::OK, HTML, text.clone()).into_response())
    }

    /// Keeps the page in place of that of another second.
    pub(crate) fn keep(&self, page: Standing, template: &impl Template) -> Response {
        match rendered(template) {
            Some(text) => {
                let text = Bytes::from(text);
                let mut pages = self.0.write().unwrap_or_else(PoisonError::into_inner);
                pages
                    .retain(|(kept, _)| (kept.place, kept.language) != (page.place, page.language));
                pages.push((page, text.clone()));
                (StatusCode::OK, HTML, text).into_response()
            }
            None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

impl Standing {
    /// The page at a place that speaks of no time.
    pub(crate) const fn new(place: Place, language: Language) -> Self {
        Self { place, language, second: 0 }
    }
}
