//! The description of the API for people.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use sigillo_language::Language;

use crate::Site;
use crate::api::{self, Group, Method, Operation};
use crate::page::{Frame, Page, Prose};
use crate::place::Place;
use crate::request::language::PageLanguage;

#[derive(Template)]
#[template(path = "api.html")]
struct Description {
    frame: Frame,
    root: String,
    groups: Vec<(Group, Vec<Described>)>,
}

/// An operation on the page.
struct Described {
    name: &'static str,
    does: String,
    more: Prose,
    method: &'static str,
    path: &'static str,
    is_pure: bool,
    command: String,
}

/// The addresses of the page.
pub(crate) fn routes() -> Router<Site> {
    let at = |language| Place::Api.path(language);
    Language::ALL
        .into_iter()
        .fold(Router::new(), |router, language| router.route(&at(language), get(show)))
}

async fn show(State(site): State<Site>, PageLanguage(language): PageLanguage) -> impl IntoResponse {
    let frame = Frame::new(&site, language, Place::Api);
    let description = frame.t("api-description");
    let frame = frame.with_description(description);
    let root = format!("{}{}{}", frame.origin(), site.settings().base_path, api::ROOT);
    let operations = api::operations();
    let groups = Group::ALL
        .map(|group| {
            let of_group = operations.iter().filter(|operation| operation.group == group);
            (group, of_group.map(|operation| described(operation, &root, &frame)).collect())
        })
        .into();
    Page(StatusCode::OK, Description { frame, root, groups })
}

fn described(operation: &Operation, root: &str, frame: &Frame) -> Described {
    Described {
        name: operation.name,
        does: frame.t(&api::message(operation.name)),
        more: frame.p(&api::more(operation.name)),
        method: match operation.method {
            Method::Get => "GET",
            Method::Post => "POST",
        },
        path: operation.path,
        is_pure: operation.is_pure,
        command: command(operation, root),
    }
}

/// A command that asks for it.
fn command(operation: &Operation, root: &str) -> String {
    let path = operation.parameters.iter().fold(operation.path.to_owned(), |path, parameter| {
        path.replace(&format!("{{{}}}", parameter.name), parameter.example)
    });
    // Where the world finds the site may not be known; the reader's own address is as good.
    let root = if root.starts_with('/') {
        format!("http://127.0.0.1:8460{root}")
    } else {
        root.to_owned()
    };
    match &operation.body {
        None => format!("curl {root}{path}"),
        Some(body) => match body.example {
            Some(example) => format!(
                "curl --json '{}' {root}{path}",
                // In single quotes a shell takes all else as it stands.
                example.replace('\'', r"'\''")
            ),
            None => format!(
                "curl --data-binary @FILE -H 'Content-Type: {}' {root}{path}",
                body.media_type
            ),
        },
    }
}
