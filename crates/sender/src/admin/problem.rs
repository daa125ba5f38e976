//! What goes wrong, as JSON.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sigillo_language::{Argument, Language, MessageFiles};
use sigillo_store::StoreError;

static MESSAGES: MessageFiles = MessageFiles::new(
    include_str!("../../messages/en/admin.ftl"),
    include_str!("../../messages/it/admin.ftl"),
);

/// The words of what goes wrong, the message of this name with its arguments.
pub(super) fn words(name: &str, arguments: &[(&str, Argument<'_>)], language: Language) -> String {
    MESSAGES.messages(language).format(name, arguments)
}

/// What goes wrong, for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AdminProblem {
    /// The version of this layout: 1.
    pub schema: u32,
    /// What went wrong.
    pub error: AdminProblemBody,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AdminProblemBody {
    /// A name for it that does not change.
    pub code: String,
    /// What happened, to what.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// What goes wrong, with the status of the answer.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    body: AdminProblemBody,
}

impl Problem {
    /// The problem whose texts are the messages `problem-CODE` and `problem-CODE-help`.
    pub(super) fn new(status: StatusCode, code: &str, language: Language) -> Self {
        Self::about(status, code, &[], language)
    }

    /// The same about something.
    pub(super) fn about(
        status: StatusCode,
        code: &str,
        arguments: &[(&str, Argument<'_>)],
        language: Language,
    ) -> Self {
        let body = AdminProblemBody {
            code: code.to_owned(),
            message: words(&format!("problem-{code}"), arguments, language),
            help: words(&format!("problem-{code}-help"), arguments, language),
        };
        Self { status, body }
    }

    /// The store doesn't do what it should.
    pub(super) fn of_store(error: &StoreError, language: Language) -> Self {
        let reason = [("reason", error.to_string().into())];
        Self::about(StatusCode::SERVICE_UNAVAILABLE, "store-failing", &reason, language)
    }

    /// The program is about to end.
    pub(super) fn stopping(language: Language) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", language)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status, Json(AdminProblem { schema: 1, error: self.body })).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_what_is_asked_for_and_no_more() {
        assert_eq!(MESSAGES.differences(), Vec::<String>::new());
        let sources = [
            include_str!("mod.rs"),
            include_str!("cache.rs"),
            include_str!("fields.rs"),
            include_str!("import.rs"),
            include_str!("line.rs"),
            include_str!("problem.rs"),
            include_str!("query.rs"),
        ]
        .map(|source| source.split("#[cfg(test)]").next().unwrap_or_default());
        for name in MESSAGES.messages(Language::English).names() {
            let of = name.strip_prefix("problem-").unwrap_or(name);
            let code = format!("\"{}\"", of.strip_suffix("-help").unwrap_or(of));
            assert!(sources.iter().any(|source| source.contains(&code)), "nobody says {name}");
        }
        for call in sources.iter().flat_map(|source| source.split("StatusCode::").skip(1)) {
            // Behind a status a code follows, unless all is well.
            let code = call.split_once(", \"").and_then(|(status, rest)| {
                let is_status = status.bytes().all(|it| it.is_ascii_uppercase() || it == b'_');
                rest.split('"').next().filter(|_| is_status)
            });
            let Some(code) = code else { continue };
            for name in [format!("problem-{code}"), format!("problem-{code}-help")] {
                assert!(MESSAGES.messages(Language::English).has(&name), "{name}");
            }
        }
    }
}
