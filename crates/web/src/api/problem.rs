//! What went wrong, as a problem document (RFC 9457).

use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use hyper::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use sigillo_generate::options::{OptionErrors, RenderedOptionError};
use sigillo_language::Language;

use crate::live::Busy;
use crate::words::words;

/// Why there is no answer. It is put into words when the language is known.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    /// What happened exactly, where somebody has said so already.
    detail: Option<String>,
    options: Option<Box<OptionErrors>>,
    retry_after: Option<u64>,
}

/// A problem in words.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(crate) struct ProblemDocument {
    /// Always `about:blank`: the code tells problems apart.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status of the answer.
    status: u16,
    /// What went wrong.
    title: String,
    /// What happened exactly, and what to do.
    detail: String,
    /// A name for what went wrong; it never changes its meaning.
    code: &'static str,
    /// What is wrong with each option.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<RenderedOptionError>,
}

impl Problem {
    /// The problem whose texts are the messages `problem-CODE` and `problem-CODE-help`.
    pub(crate) const fn new(status: StatusCode, code: &'static str) -> Self {
        Self { status, code, detail: None, options: None, retry_after: None }
    }

    /// The same with what happened exactly.
    pub(crate) fn with_detail(self, detail: String) -> Self {
        Self { detail: Some(detail), ..self }
    }

    /// Options that can't be read.
    pub(crate) fn of_options(errors: OptionErrors) -> Self {
        let problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-options");
        Self { options: Some(Box::new(errors)), ..problem }
    }

    /// Too many looks.
    pub(crate) fn of_busy(busy: Busy) -> Self {
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many-checks");
        Self { retry_after: Some(busy.seconds()), ..problem }
    }

    fn document(&self, language: Language) -> ProblemDocument {
        let words = words(language);
        let help = words.text(&format!("problem-{}-help", self.code));
        ProblemDocument {
            kind: "about:blank",
            status: self.status.as_u16(),
            title: words.text(&format!("problem-{}", self.code)),
            detail: match &self.detail {
                Some(detail) => format!("{detail}. {help}"),
                None => help,
            },
            code: self.code,
            errors: self
                .options
                .iter()
                .flat_map(|errors| errors.iter().map(|error| error.render(language)))
                .collect(),
        }
    }

    /// Puts the problem of an answer into words; any other answer stays as it is.
    pub(crate) fn in_language(mut response: Response, language: Language) -> Response {
        let Some(problem) = response.extensions_mut().remove::<Self>() else { return response };
        let document = problem.document(language);
        let mut answer = (problem.status, axum::Json(document)).into_response();
        let headers = answer.headers_mut();
        // What others have said about the answer still holds, such as who may read it.
        for (name, value) in response.headers() {
            if ![CONTENT_LENGTH, CONTENT_TYPE].contains(name) {
                headers.append(name, value.clone());
            }
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = problem.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer
    }
}

impl IntoResponse for Problem {
    /// An answer without a body, which [`in_language`](Self::in_language) gives words.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
