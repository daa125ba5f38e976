//! The catalogue of findings: the list of all codes, and each of them.

mod group;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use group::CodeGroup;
use sigillo_findings::Code;
use sigillo_language::Language;

use crate::Site;
use crate::guide::Chapter;
use crate::page::{Frame, Page, Standing, tone};
use crate::place::Place;
use crate::request::language::PageLanguage;

/// The longest name that others are compared with, in bytes: twice as long as any code.
const COMPARED_BYTES: usize = 80;
/// How alike a name has to be to be meant, from 0 to 1.
const LIKENESS: f64 = 0.8;

#[derive(Template)]
#[template(path = "codes/index.html")]
struct Index {
    frame: Frame,
    groups: Vec<(CodeGroup, Vec<Code>)>,
}

#[derive(Template)]
#[template(path = "codes/code.html")]
struct CodePage<'a> {
    frame: Frame,
    code: Code,
    /// A text that has the fault, with what is said about it, as HTML.
    example: Option<String>,
    chapters: &'a [Chapter],
}

#[derive(Template)]
#[template(path = "codes/unknown.html")]
struct UnknownCode {
    frame: Frame,
    nearest: Option<Code>,
}

/// The addresses of the pages.
pub(crate) fn routes() -> Router<Site> {
    Language::ALL.into_iter().fold(Router::new(), |router, language| {
        let index = Place::Codes.path(language);
        router.route(&format!("{index}/{{name}}"), get(code)).route(&index, get(list))
    })
}

async fn list(State(site): State<Site>, PageLanguage(language): PageLanguage) -> Response {
    site.standing().show(Standing::new(Place::Codes, language), || {
        let frame = Frame::new(&site, language, Place::Codes);
        let (title, description) = (frame.t("codes-heading"), frame.t("codes-lead"));
        let frame = frame.with_title(title).with_description(description);
        Index { frame, groups: CodeGroup::all_with_codes() }
    })
}

async fn code(
    State(site): State<Site>,
    PageLanguage(language): PageLanguage,
    Path(name): Path<String>,
) -> Response {
    let Ok(code) = name.parse::<Code>() else { return unknown(&site, language, &name) };
    let frame = Frame::new(&site, language, Place::Code(code))
        .with_title(plain(code.title(language)))
        .with_description(plain(code.why(language)));
    let library = site.library();
    let example = library.example(code).and_then(|example| {
        // As for pages: writing to memory does not fail.
        example.show(&site.settings().base_path, language, Some(code)).ok()
    });
    let chapters = library.mentions(code);
    Page(StatusCode::OK, CodePage { frame, code, example, chapters }).into_response()
}

/// A text of the catalogue for where nothing can be marked as code.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

fn unknown(site: &Site, language: Language, name: &str) -> Response {
    let title = crate::words::words(language).text("codes-unknown");
    let frame = Frame::nowhere(site, language, title);
    Page(StatusCode::NOT_FOUND, UnknownCode { frame, nearest: nearest(name) }).into_response()
}

/// The code whose name is most like this one.
fn nearest(name: &str) -> Option<Code> {
    if name.len() > COMPARED_BYTES {
        return None;
    }
    let name = name.to_ascii_lowercase();
    Code::ALL
        .iter()
        .map(|code| (strsim::jaro_winkler(&name, code.name()), *code))
        .filter(|(likeness, _)| *likeness > LIKENESS)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_code_is_understood() {
        assert_eq!(nearest("policy-emtpy"), Some(Code::PolicyEmpty));
        assert_eq!(nearest("POLICY-EMPTY"), Some(Code::PolicyEmpty));
        assert_eq!(nearest("zzz"), None);
        assert_eq!(nearest(""), None);
        assert_eq!(nearest(&"policy-empty".repeat(10_000)), None);
    }
}
