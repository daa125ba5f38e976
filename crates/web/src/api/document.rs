//! The OpenAPI document, made from the operations.

use std::sync::OnceLock;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use sigillo_language::Language;

use super::operation::{Content, Method, Operation, Parameter};
use super::problem::ProblemDocument;
use super::{Group, ROOT, message, more, operations};
use crate::Site;
use crate::words::words;

/// The document.
pub(super) async fn show(State(site): State<Site>) -> impl IntoResponse {
    static DOCUMENT: OnceLock<Bytes> = OnceLock::new();
    let document = DOCUMENT.get_or_init(|| {
        let base = site.settings().base_path.as_str();
        Bytes::from(document(base).to_string())
    });
    ([(CONTENT_TYPE, "application/json")], document.clone())
}

/// The document of the API below `base`, in English like all of the API's names.
pub(crate) fn document(base: &str) -> Value {
    let mut generators = Generators::new();
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations() {
        let described = describe(&operation, &mut generators);
        let path = paths.entry(operation.path).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(path) = path {
            path.insert(operation.method.name().to_owned(), described);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Sigillo",
            "version": env!("CARGO_PKG_VERSION"),
            "description": text("api-description"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": format!("{base}{ROOT}") }],
        "tags": Group::ALL.map(|group| json!({ "name": group.name() })),
        "paths": paths,
        "components": { "schemas": generators.definitions() },
    })
}

/// What bodies may hold is not what answers do: there everything that has a default may be missing.
struct Generators {
    bodies: SchemaGenerator,
    answers: SchemaGenerator,
}

impl Generators {
    fn new() -> Self {
        let settings = SchemaSettings::draft2020_12().with(|settings| {
            // Where OpenAPI 3.1 keeps the schemas that several operations use.
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        });
        Self {
            bodies: settings.clone().into_generator(),
            answers: settings.for_serialize().into_generator(),
        }
    }

    fn definitions(&mut self) -> Map<String, Value> {
        let mut definitions = self.bodies.take_definitions(true);
        definitions.extend(self.answers.take_definitions(true));
        definitions
    }
}

fn text(name: &str) -> String {
    words(Language::English).text(name)
}

fn describe(operation: &Operation, generators: &mut Generators) -> Value {
    let parameters: Vec<Value> =
        operation.parameters.iter().map(parameter).chain(query_parameters(operation)).collect();
    let mut described = json!({
        "operationId": operation.name,
        "tags": [operation.group.name()],
        "summary": text(&message(operation.name)),
        "description": text(&more(operation.name)),
        "parameters": parameters,
        "responses": responses(operation, &mut generators.answers),
    });
    if let (Some(body), Value::Object(described)) = (&operation.body, &mut described) {
        // Bytes may be none at all, as an empty file is.
        let is_json = body.media_type == "application/json";
        let content = content(body, &mut generators.bodies);
        described.insert("requestBody".into(), json!({ "required": is_json, "content": content }));
    }
    described
}

fn parameter(parameter: &Parameter) -> Value {
    json!({
        "name": parameter.name,
        "in": "path",
        "required": true,
        "schema": { "type": "string", "pattern": parameter.pattern },
        "example": parameter.example,
    })
}

fn query_parameters(operation: &Operation) -> impl Iterator<Item = Value> {
    let language = json!({
        "name": "lang",
        "in": "query",
        "description": text("api-lang"),
        "schema": { "type": "string", "enum": Language::ALL.map(Language::tag) },
    });
    let wait = (operation.name == "check").then(|| {
        json!({
            "name": "wait",
            "in": "query",
            "description": text("api-wait"),
            "schema": { "type": "boolean", "default": true },
        })
    });
    [Some(language), wait].into_iter().flatten()
}

fn responses(operation: &Operation, generator: &mut SchemaGenerator) -> Value {
    let mut responses = Map::new();
    let answer = content(&operation.answer, generator);
    responses.insert("200".into(), json!({ "description": "OK", "content": answer }));
    if operation.answers_later {
        let begun = content(&Content::json::<super::check::Begun>(), generator);
        let description = text("api-accepted");
        responses.insert("202".into(), json!({ "description": description, "content": begun }));
    }
    let problem =
        Content { media_type: "application/problem+json", ..Content::json::<ProblemDocument>() };
    let problem = content(&problem, generator);
    for status in operation.problems {
        let mut described =
            json!({ "description": text(&format!("api-status-{status}")), "content": problem });
        if let (429, Value::Object(described)) = (status, &mut described) {
            let seconds =
                json!({ "required": true, "schema": { "type": "integer", "minimum": 0 } });
            described.insert("headers".into(), json!({ "Retry-After": seconds }));
        }
        responses.insert(status.to_string(), described);
    }
    let others = json!({ "description": text("api-other-problems"), "content": problem });
    responses.insert("default".into(), others);
    Value::Object(responses)
}

fn content(content: &Content, generator: &mut SchemaGenerator) -> Value {
    let mut described = Map::new();
    described.insert("schema".into(), (content.schema)(generator).to_value());
    if let Some(Ok(example)) = content.example.map(serde_json::from_str::<Value>) {
        described.insert("example".into(), example);
    }
    json!({ content.media_type: described })
}

impl Method {
    const fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
        }
    }
}
