//! The outcome as programs get it.

use sigillo_formats::Validation;

use crate::page::prose::length as html_length;

/// How much of the JSON is shown, in bytes of HTML.
const JSON_HTML: usize = 10_000;

/// The JSON of an outcome, or its beginning.
pub(super) struct Json {
    pub(super) text: String,
    pub(super) is_cut: bool,
}

impl Json {
    pub(super) fn of(validation: &Validation) -> Self {
        // Nothing in it is a map with keys other than texts, so writing it does not fail.
        let whole = serde_json::to_string_pretty(validation).unwrap_or_default();
        let mut length = 0;
        let mut text = String::new();
        for line in whole.split_inclusive('\n') {
            length += html_length(line);
            if length > JSON_HTML {
                return Self { text, is_cut: true };
            }
            text.push_str(line);
        }
        Self { text, is_cut: false }
    }
}
