//! What a sender would do, as JSON.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sigillo_formats::policy::Mode;

use crate::time::Time;

/// What a sender would do for a next hop, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Query {
    /// The version of this layout: 1.
    pub schema: u32,
    /// The next hop, in lower case, with A-labels and without the final dot.
    pub next_hop: String,
    /// What the map `postfix` answers: `secure match=… servername=hostname`, `dane-only`, `dane`,
    /// `NOTFOUND`, or `TEMP` with a text where it can't be told now.
    pub answer: String,
    /// Why, in the order of the steps that led to it.
    pub reason: Vec<QueryReason>,
    /// The MTA-STS policy that counts; null if none does.
    pub policy: Option<QueryPolicy>,
    /// What there is of DANE; null if nobody looks for what is no domain name.
    pub dane: Option<QueryDane>,
    /// Whether the answer was remembered, so that nobody looked now.
    pub cached: bool,
    /// Until when the answer counts without another look; null if it counts until the overrides
    /// change, or if there is nothing to look at.
    pub expires: Option<Time>,
}

/// A step that led to an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QueryReason {
    /// A name for it that does not change.
    pub code: String,
    /// The same for people.
    pub text: String,
    /// What exactly happened, where something went wrong; it may quote what the network says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// An MTA-STS policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QueryPolicy {
    /// Its mode.
    pub mode: Mode,
    /// The patterns of its MX hosts; null if they are in the store alone, and it can't be read.
    pub mx: Option<Vec<String>>,
    /// For how many seconds it counts since it was fetched.
    pub max_age: u32,
    /// The id of the record that named it; null if no record did.
    pub id: Option<String>,
    /// When it was fetched; null if the operator forces it.
    pub fetched_at: Option<Time>,
    /// When it expires; null if the operator forces it.
    pub expires_at: Option<Time>,
}

/// What the MX hosts of a next hop have of DANE.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QueryDane {
    /// What it comes to.
    pub outcome: QueryDaneOutcome,
    /// What was seen of each host, if somebody has looked just now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hosts: Option<Vec<QueryDaneHost>>,
}

/// What DANE comes to, over all MX hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QueryDaneOutcome {
    /// The operator skips it.
    Skipped,
    /// Nobody looks: it is off, or nobody validates DNSSEC.
    Off,
    /// No host has TLSA records that count.
    None,
    /// Every host has usable ones.
    All,
    /// Some hosts have usable ones, others have none.
    Partial,
    /// There are some, and none is usable.
    Unusable,
    /// It could not be found out which hosts there are.
    MxFailed,
    /// It could not be found out whether a host has any.
    TlsaFailed,
}

/// What a host has of DANE.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QueryDaneHost {
    /// Its name.
    pub host: String,
    /// What it has.
    pub outcome: QueryDaneHostOutcome,
    /// Why that could not be found out; it may quote what the network says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// What a host has of DANE, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QueryDaneHostOutcome {
    /// It has no address, so nobody delivers to it.
    NoAddress,
    /// No TLSA records that count.
    None,
    /// Usable TLSA records.
    Usable,
    /// TLSA records of which none is usable.
    Unusable,
    /// It could not be found out.
    Failed,
}

impl Query {
    /// Whether there is no answer now: the next hop has to wait.
    #[must_use]
    pub fn has_to_wait(&self) -> bool {
        self.answer.starts_with("TEMP")
    }
}

impl QueryDaneOutcome {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Skipped,
        Self::Off,
        Self::None,
        Self::All,
        Self::Partial,
        Self::Unusable,
        Self::MxFailed,
        Self::TlsaFailed,
    ];

    /// Its name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Off => "off",
            Self::None => "none",
            Self::All => "all",
            Self::Partial => "partial",
            Self::Unusable => "unusable",
            Self::MxFailed => "mx-failed",
            Self::TlsaFailed => "tlsa-failed",
        }
    }
}

impl QueryDaneHostOutcome {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::NoAddress, Self::None, Self::Usable, Self::Unusable, Self::Failed];

    /// Its name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoAddress => "no-address",
            Self::None => "none",
            Self::Usable => "usable",
            Self::Unusable => "unusable",
            Self::Failed => "failed",
        }
    }
}
