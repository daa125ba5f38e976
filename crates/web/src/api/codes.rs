//! The catalogue of findings, the providers and the recipes.

use axum::Json;
use axum::extract::Path;
use axum::routing::get;
use hyper::StatusCode;
use sigillo_findings::{Code, Explained, ExplainedList};
use sigillo_generate::provider::ProviderList;
use sigillo_generate::recipe::RecipeList;

use super::input::AnswerLanguage;
use super::operation::{Content, Method, Parameter};
use super::{Group, Operation, Problem};

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    let listing = |name, group, path, answer, route| Operation {
        name,
        group,
        method: Method::Get,
        path,
        is_pure: true,
        parameters: &[],
        body: None,
        answer,
        answers_later: false,
        problems: &[400],
        route,
    };
    vec![
        listing("codes", Group::Codes, "/codes", Content::json::<ExplainedList>(), get(all)),
        Operation {
            parameters: &[Parameter {
                name: "code",
                pattern: "^[a-z0-9-]{1,64}$",
                example: "policy-mode-invalid",
            }],
            problems: &[400, 404],
            ..listing("code", Group::Codes, "/codes/{code}", Content::json::<Explained>(), get(one))
        },
        listing(
            "providers",
            Group::Generate,
            "/providers",
            Content::json::<ProviderList>(),
            get(providers),
        ),
        listing(
            "recipes",
            Group::Generate,
            "/recipes",
            Content::json::<RecipeList>(),
            get(recipes),
        ),
    ]
}

async fn all(AnswerLanguage(language): AnswerLanguage) -> Json<ExplainedList> {
    Json(ExplainedList::new(language))
}

async fn one(
    AnswerLanguage(language): AnswerLanguage,
    Path(code): Path<String>,
) -> Result<Json<Explained>, Problem> {
    let code: Code =
        code.parse().map_err(|_| Problem::new(StatusCode::NOT_FOUND, "unknown-code"))?;
    Ok(Json(Explained::new(code, language)))
}

async fn providers(AnswerLanguage(language): AnswerLanguage) -> Json<ProviderList> {
    Json(ProviderList::new(language))
}

async fn recipes(AnswerLanguage(_): AnswerLanguage) -> Json<RecipeList> {
    Json(RecipeList::new())
}
