//! The guide: the list of its chapters, and each of them.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sigillo_language::Language;

use super::error;
use crate::Site;
use crate::guide::{Article, Chapter};
use crate::page::{Frame, Page};
use crate::place::Place;
use crate::request::language::PageLanguage;

#[derive(Template)]
#[template(path = "guide/index.html")]
struct Index {
    frame: Frame,
}

#[derive(Template)]
#[template(path = "guide/chapter.html")]
struct ChapterPage<'a> {
    frame: Frame,
    chapter: Chapter,
    article: &'a Article,
}

/// The addresses of the pages.
pub(crate) fn routes() -> Router<Site> {
    Language::ALL.into_iter().fold(Router::new(), |router, language| {
        let index = Place::Guide.path(language);
        router.route(&format!("{index}/{{slug}}"), get(chapter)).route(&index, get(list))
    })
}

async fn list(State(site): State<Site>, PageLanguage(language): PageLanguage) -> impl IntoResponse {
    let frame = Frame::new(&site, language, Place::Guide);
    let (title, description) = (frame.t("guide-heading"), frame.t("guide-lead"));
    let frame = frame.with_title(title).with_description(description);
    Page(StatusCode::OK, Index { frame })
}

async fn chapter(
    State(site): State<Site>,
    PageLanguage(language): PageLanguage,
    Path(slug): Path<String>,
) -> Response {
    let Some(chapter) = Chapter::with_slug(&slug, language) else {
        return error::page(&site, language, StatusCode::NOT_FOUND, "not-found");
    };
    let frame = Frame::new(&site, language, Place::Chapter(chapter))
        .with_title(chapter.title(language).to_owned())
        .with_description(chapter.summary(language).to_owned());
    let article = site.library().article(chapter, language);
    Page(StatusCode::OK, ChapterPage { frame, chapter, article }).into_response()
}
