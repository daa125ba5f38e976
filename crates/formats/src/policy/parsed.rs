use schemars::JsonSchema;
use serde::Serialize;
use sigillo_findings::{Finding, Findings, Span};

use super::{Extension, MaxAge, Mode, Policy, VERSION, advice};
use crate::MxPattern;

/// What a policy file says, and what is wrong with it.
#[derive(Debug, Clone)]
pub struct ParsedPolicy<'a> {
    pub(super) text: &'a [u8],
    /// Where the first field of each name stands, well formed or not.
    pub(super) version: Option<Span>,
    pub(super) mode: Option<(Option<Mode>, Span)>,
    pub(super) max_age: Option<(Option<MaxAge>, Span)>,
    pub(super) mx: Vec<MxPattern>,
    pub(super) mx_spans: Vec<Span>,
    pub(super) extensions: Vec<Extension>,
    /// The names of the extension fields, for advice.
    pub(super) extension_spans: Vec<Span>,
    /// Whether the first field is something else than `version`.
    pub(super) version_comes_late: bool,
    pub(super) version_is_right: bool,
    /// What makes the policy invalid or is accepted only with a warning.
    pub(super) faults: Findings,
}

impl ParsedPolicy<'_> {
    /// Whether a sender accepts the policy.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        !self.faults.has_error()
    }

    /// The policy, if a sender accepts it.
    #[must_use]
    pub fn into_policy(self) -> Option<Policy> {
        if self.faults.has_error() {
            return None;
        }
        // Without an error all three are there, and a mode that needs `mx` has it.
        let mode = self.mode?.0?;
        let max_age = self.max_age?.0?;
        Some(Policy { mode, max_age, mx: self.mx, extensions: self.extensions })
    }

    /// Everything that there is to say about the text, in its order: what makes it invalid, what is
    /// risky, and what could be better.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = self.faults.clone();
        advice::give(self, &mut findings);
        findings.into_text_order()
    }

    /// What was understood, also of an invalid policy: its well-formed fields.
    #[must_use]
    pub fn value(&self) -> PolicyValue {
        PolicyValue {
            version: self.version_is_right.then_some(VERSION),
            mode: self.mode.and_then(|(mode, _)| mode),
            mx: self.mx.clone(),
            max_age: self.max_age.and_then(|(max_age, _)| max_age),
            extensions: self.extensions.clone(),
        }
    }
}

/// The fields of a policy that were understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Policy")]
pub struct PolicyValue {
    /// `STSv1`.
    pub version: Option<&'static str>,
    /// The mode.
    pub mode: Option<Mode>,
    /// The MX patterns in the order of the file.
    pub mx: Vec<MxPattern>,
    /// The lifetime in seconds.
    pub max_age: Option<MaxAge>,
    /// The fields that the standard does not define.
    pub extensions: Vec<Extension>,
}
