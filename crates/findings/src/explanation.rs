use schemars::JsonSchema;
use serde::Serialize;
use sigillo_language::Language;

use crate::{Code, Severity};

/// A code of the catalogue in one language.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Explanation {
    /// The code.
    pub code: &'static str,
    /// How bad a finding of this code usually is.
    pub severity: Severity,
    /// A short name for the fault.
    pub title: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub help: String,
    /// The section of the standard.
    pub reference: Option<&'static str>,
}

/// The answer about one code.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Explained {
    /// The version of this layout: 1.
    pub schema: u32,
    /// The code.
    #[serde(flatten)]
    pub explanation: Explanation,
}

/// The answer about all codes.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExplainedList {
    /// The version of this layout: 1.
    pub schema: u32,
    /// The codes, in the order of the catalogue.
    pub codes: Vec<Explanation>,
}

impl Explanation {
    /// What the catalogue says of a code.
    #[must_use]
    pub fn new(code: Code, language: Language) -> Self {
        Self {
            code: code.name(),
            severity: code.severity(),
            title: code.title(language),
            why: code.why(language),
            help: code.help(language),
            reference: code.reference(),
        }
    }
}

impl Explained {
    /// The answer about a code.
    #[must_use]
    pub fn new(code: Code, language: Language) -> Self {
        Self { schema: 1, explanation: Explanation::new(code, language) }
    }
}

impl ExplainedList {
    /// The whole catalogue.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let codes = Code::ALL.iter().map(|code| Explanation::new(*code, language)).collect();
        Self { schema: 1, codes }
    }
}
