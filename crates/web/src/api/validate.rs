//! Texts that are judged.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path};
use axum::routing::post;
use hyper::StatusCode;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use sigillo_formats::limits::{REPORT_BYTES, TXT_BYTES};
use sigillo_formats::{Kind, Validation};

use super::input::{AnswerLanguage, Body};
use super::operation::{Content, Method, Parameter};
use super::{Group, Operation, Problem};
use crate::kind_choice::KindChoice;

/// A text to judge.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Text {
    /// What the text is; without it, what it looks like.
    #[serde(default)]
    kind: KindChoice,
    /// The text; of a packed report, send the bytes to `/validate/report`.
    text: String,
}

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    let judging = |name, path, parameters, body, problems, route| Operation {
        name,
        group: Group::Validate,
        method: Method::Post,
        path,
        is_pure: true,
        parameters,
        body: Some(body),
        answer: Content::json::<Validation>(),
        answers_later: false,
        problems,
        route,
    };
    let example = r#"{"kind":"policy","text":"version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 604800\n"}"#;
    vec![
        judging(
            "validate",
            "/validate",
            &[],
            Content::json::<Text>().with_example(example),
            &[400, 413, 415, 422],
            post(text),
        ),
        judging(
            "validate-bytes",
            "/validate/{kind}",
            &[Parameter {
                name: "kind",
                pattern: "^(auto|policy|record|tls-rpt|dmarc|report)$",
                example: "policy",
            }],
            Content { media_type: "application/octet-stream", schema: bytes_schema, example: None },
            &[400, 404, 413, 422],
            // A report may be larger than anything else that is sent here.
            post(bytes).layer(DefaultBodyLimit::max(REPORT_BYTES)),
        ),
    ]
}

fn bytes_schema(_generator: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "binary" })
}

async fn text(
    AnswerLanguage(language): AnswerLanguage,
    Body(Text { kind, text }): Body<Text>,
) -> Result<Json<Validation>, Problem> {
    let kind = kind.of(text.as_bytes()).ok_or(NOT_RECOGNISED)?;
    Ok(Json(kind.judge(text.as_bytes()).render(text.as_bytes(), language)))
}

async fn bytes(
    AnswerLanguage(language): AnswerLanguage,
    Path(kind): Path<String>,
    bytes: Bytes,
) -> Result<Json<Validation>, Problem> {
    let choice: KindChoice =
        kind.parse().map_err(|_| Problem::new(StatusCode::NOT_FOUND, "unknown-kind"))?;
    let kind = choice.of(&bytes).ok_or(NOT_RECOGNISED)?;
    if kind != Kind::Report && bytes.len() > 2 * TXT_BYTES {
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large"));
    }
    Ok(Json(kind.judge(&bytes).render(&bytes, language)))
}

/// The text looks like none of the kinds.
const NOT_RECOGNISED: Problem =
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "kind-not-recognised");
