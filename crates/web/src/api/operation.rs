//! What the API can do, an operation at a time, as routes and as documents.

use axum::routing::MethodRouter;
use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::Site;

/// What an operation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// Making policies and records.
    Generate,
    /// Judging texts.
    Validate,
    /// Looking at domains.
    Check,
    /// The catalogue of findings.
    Codes,
}

impl Group {
    /// All groups, in the order of the documents.
    pub(crate) const ALL: [Self; 4] = [Self::Generate, Self::Validate, Self::Check, Self::Codes];

    /// The message that names it for people.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Generate => "api-group-generate",
            Self::Validate => "api-group-validate",
            Self::Check => "api-group-check",
            Self::Codes => "api-group-codes",
        }
    }

    /// The name in the OpenAPI document.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Generate => "generate",
            Self::Validate => "validate",
            Self::Check => "check",
            Self::Codes => "codes",
        }
    }
}

/// One thing that the API can do.
pub(crate) struct Operation {
    /// The name of the operation; `api-NAME` is the message that says what it does.
    pub(crate) name: &'static str,
    /// What it is about.
    pub(crate) group: Group,
    /// The method.
    pub(crate) method: Method,
    /// The path below the root of the API, with its parameters in braces.
    pub(crate) path: &'static str,
    /// Whether the answer depends on nothing but the request, so that pages of others may ask too.
    pub(crate) is_pure: bool,
    /// The parameters of the path.
    pub(crate) parameters: &'static [Parameter],
    /// The body, if it takes one.
    pub(crate) body: Option<Content>,
    /// What comes back when all is well.
    pub(crate) answer: Content,
    /// Whether it may say that the answer comes later.
    pub(crate) answers_later: bool,
    /// The problems that it can answer with.
    pub(crate) problems: &'static [u16],
    /// What answers.
    pub(crate) route: MethodRouter<Site>,
}

/// A method of HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    /// GET
    Get,
    /// POST
    Post,
}

/// A parameter in a path.
pub(crate) struct Parameter {
    /// Its name there.
    pub(crate) name: &'static str,
    /// What it may be, as a regular expression.
    pub(crate) pattern: &'static str,
    /// One that there is, or could be.
    pub(crate) example: &'static str,
}

/// A body in either direction.
pub(crate) struct Content {
    /// Its media type.
    pub(crate) media_type: &'static str,
    /// What it looks like.
    pub(crate) schema: fn(&mut SchemaGenerator) -> Schema,
    /// One that does what it should.
    pub(crate) example: Option<&'static str>,
}

impl Content {
    /// JSON of a type.
    pub(crate) const fn json<T: JsonSchema>() -> Self {
        Self { media_type: "application/json", schema: schema_of::<T>, example: None }
    }

    /// The same with an example.
    pub(crate) const fn with_example(mut self, example: &'static str) -> Self {
        self.example = Some(example);
        self
    }
}

fn schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}
