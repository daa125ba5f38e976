use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_formats::policy::Mode;
use sigillo_language::Language;

use crate::facts::{Facts, PolicyState, RecordState};
use crate::words;

/// What a domain's MTA-STS comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Senders refuse hosts that fail the policy, and none does.
    Enforced,
    /// Senders deliver all the same and report what fails.
    Testing,
    /// Mode none: as if there were no policy.
    Disabled,
    /// A record is there, but senders can't use the policy.
    Broken,
    /// Senders can use the policy, but some MX host that they would try fails it: mail is lost or
    /// delayed.
    Failing,
    /// There is no MTA-STS.
    Absent,
    /// The record or the policy could not be looked at: nothing is claimed.
    Unknown,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Self; 7] = [
        Self::Enforced,
        Self::Testing,
        Self::Disabled,
        Self::Broken,
        Self::Failing,
        Self::Absent,
        Self::Unknown,
    ];

    /// The name that programs use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enforced => "enforced",
            Self::Testing => "testing",
            Self::Disabled => "disabled",
            Self::Broken => "broken",
            Self::Failing => "failing",
            Self::Absent => "absent",
            Self::Unknown => "unknown",
        }
    }

    /// What it says, for people.
    #[must_use]
    pub fn title(self, language: Language) -> String {
        words::verdict(self, language)
    }

    /// The verdict on what was seen; `mx_fails` says whether some MX host fails the policy.
    pub(crate) fn of(facts: &Facts<'_>, mx_fails: bool) -> Self {
        match facts.record {
            RecordState::Unknown => return Self::Unknown,
            RecordState::Absent => return Self::Absent,
            RecordState::Broken => return Self::Broken,
            RecordState::Present(_) => {}
        }
        let mode = match &facts.policy {
            PolicyState::Unknown => return Self::Unknown,
            PolicyState::Unusable => return Self::Broken,
            PolicyState::Usable(policy) => policy.mode(),
        };
        match mode {
            Mode::Enforce if mx_fails => Self::Failing,
            Mode::Enforce => Self::Enforced,
            Mode::Testing => Self::Testing,
            Mode::None => Self::Disabled,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
