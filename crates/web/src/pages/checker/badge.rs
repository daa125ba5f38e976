//! A small picture that says what a domain's MTA-STS comes to, for pages elsewhere.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Response};
use sigillo_check::Verdict;
use sigillo_formats::DomainName;
use sigillo_language::Language;

use super::id::PathId;
use crate::Site;
use crate::live::Found;
use crate::request::language::PageLanguage;

/// About how wide a character is, in pixels.
const CHARACTER: usize = 7;
/// The space on both sides of a text, in pixels.
const MARGIN: usize = 20;

#[derive(Template)]
#[template(path = "badge.svg", escape = "html")]
struct Badge {
    words: String,
    colour: &'static str,
    label_width: usize,
    width: usize,
}

/// The badge of a result.
pub(super) async fn of_result(
    State(site): State<Site>,
    PageLanguage(language): PageLanguage,
    PathId(id): PathId,
) -> Response {
    match site.live().find(id).await {
        Ok(Found::Result(result)) => badge(language, Some(result.verdict)),
        Ok(_) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => unreadable(&error),
    }
}

/// The badge of the latest result of a domain, `DOMAIN.svg`. It looks at nothing itself.
pub(super) async fn of_domain(
    State(site): State<Site>,
    PageLanguage(language): PageLanguage,
    Path(file): Path<String>,
) -> Response {
    let domain = file.strip_suffix(".svg").and_then(|name| DomainName::parse(name).ok());
    let Some(domain) = domain else { return StatusCode::NOT_FOUND.into_response() };
    match site.live().latest(&domain).await {
        Ok(latest) => badge(language, latest.map(|result| result.verdict)),
        Err(error) => unreadable(&error),
    }
}

fn unreadable(error: &sigillo_store::StoreError) -> Response {
    tracing::error!(%error, "a result can't be read");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

fn badge(language: Language, verdict: Option<Verdict>) -> Response {
    let verdict = verdict.unwrap_or(Verdict::Unknown);
    let words = crate::words::words(language).text(match verdict {
        Verdict::Enforced => "badge-enforced",
        Verdict::Testing => "badge-testing",
        Verdict::Disabled => "badge-disabled",
        Verdict::Broken => "badge-broken",
        Verdict::Failing => "badge-failing",
        Verdict::Absent => "badge-absent",
        Verdict::Unknown => "badge-unknown",
    });
    let colour = match verdict {
        Verdict::Enforced => "#1d6b45",
        Verdict::Testing => "#85540a",
        Verdict::Broken | Verdict::Failing => "#a3212b",
        Verdict::Disabled | Verdict::Absent | Verdict::Unknown => "#5c554d",
    };
    let label_width = "MTA-STS".len() * CHARACTER + MARGIN;
    let width = label_width + words.chars().count() * CHARACTER + MARGIN;
    match (Badge { words, colour, label_width, width }).render() {
        Ok(text) => {
            let headers = [
                (CONTENT_TYPE, "image/svg+xml"),
                (CACHE_CONTROL, "public, max-age=300"),
                // It is made to be shown elsewhere.
                (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
            ];
            (headers, text).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
