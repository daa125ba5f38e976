//! What is told about the cache, as JSON.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::query::QueryPolicy;
use crate::time::Time;

/// Some of all policies that are kept, in the order of their domains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CacheList {
    /// The version of this layout: 1.
    pub schema: u32,
    /// The policies, those that have expired too.
    pub entries: Vec<CacheItem>,
    /// What the store has and nobody can read.
    pub unreadable: Vec<UnreadableItem>,
    /// The domain after which to go on; null where there are no more.
    pub next: Option<String>,
}

/// What is known about a policy domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CacheItem {
    /// The policy domain.
    pub domain: String,
    /// The last policy that was fetched, also if it has expired; null if there is none.
    pub policy: Option<QueryPolicy>,
    /// Whether the policy counts now.
    pub counts: bool,
    /// When somebody last asked for it; null if that isn't known.
    pub used_at: Option<Time>,
    /// What the domain's record last came to.
    pub record: CacheRecord,
    /// What a report says of a policy that can't be had; null if nothing has gone wrong.
    pub failure: Option<String>,
    /// What exactly went wrong, where something did; it may quote what the network says.
    pub detail: Option<String>,
    /// How mail for the domain is sent: `secure`, `dane-only`, `dane`, `no-policy` or `wait`; null
    /// if nobody has asked since the start.
    pub level: Option<String>,
    /// Until when that counts without another look; null if nobody has asked, or if it counts until
    /// the overrides change.
    pub expires: Option<Time>,
}

/// What a domain's record last came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CacheRecord {
    /// Nobody has looked since the start.
    NotAsked,
    /// It names the policy that is here.
    Current,
    /// What it names, or what the policy host has now, can't be had.
    Unfetched,
    /// There is none, or none that counts.
    Absent,
    /// The DNS could not be asked.
    Unknown,
}

impl CacheRecord {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::NotAsked, Self::Current, Self::Unfetched, Self::Absent, Self::Unknown];

    /// Its name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotAsked => "not-asked",
            Self::Current => "current",
            Self::Unfetched => "unfetched",
            Self::Absent => "absent",
            Self::Unknown => "unknown",
        }
    }
}

/// A policy of the store that can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnreadableItem {
    /// Its domain, with anything but printable ASCII escaped.
    pub domain: String,
    /// What is wrong with it.
    pub reason: String,
}

/// All that is known about a policy domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CacheEntry {
    /// The version of this layout: 1.
    pub schema: u32,
    /// The same as in the list.
    #[serde(flatten)]
    pub item: CacheItem,
    /// The policy file as it was served; null if there is none, or the store can't be read. Lists
    /// leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// What was forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CachePurge {
    /// The version of this layout: 1.
    pub schema: u32,
    /// The domain; null if all were forgotten.
    pub domain: Option<String>,
    /// How many domains there was something to forget about: 0 or 1 of one domain, all policies of
    /// the store otherwise.
    pub purged: u64,
    /// Whether mail for the domain was held to a policy; null if all were forgotten.
    pub protected: Option<bool>,
    /// Whether nothing was done but counting.
    pub dry_run: bool,
}

/// What an import came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CacheImport {
    /// The version of this layout: 1.
    pub schema: u32,
    /// Whether nothing was done but reading.
    pub dry_run: bool,
    /// How many lines there were, empty ones left out.
    pub lines: u64,
    /// How many policies were taken.
    pub imported: u64,
    /// How many were not, because a newer one of the same domain is here, or the operator pins one
    /// that enforces.
    pub kept: u64,
    /// How many were not, because they have expired.
    pub expired: u64,
    /// How many lines could not be used.
    pub invalid: u64,
    /// What is wrong with the first of them.
    pub faults: Vec<ImportFault>,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportFault {
    /// The line, or which of the policies of another program's cache, from 1.
    pub line: u64,
    /// A name for it that does not change.
    pub code: String,
    /// What is wrong with it.
    pub message: String,
}

/// How the sender is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own in JSON")]
pub struct SenderStatus {
    /// The version of this layout: 1.
    pub schema: u32,
    /// How many next hops are in memory.
    pub next_hops: usize,
    /// How many may be.
    pub next_hops_at_most: usize,
    /// How many policies the store has; null if it doesn't answer.
    pub policies: Option<u64>,
    /// How many policies wait to be saved.
    pub unsaved: usize,
    /// Which store it is, without a password.
    pub store: String,
    /// Whether the store does what it should.
    pub store_works: bool,
    /// Whether memory has all that the store has, and nobody else writes to it.
    pub complete: bool,
    /// How many looks are under way.
    pub looks: usize,
    /// How many overrides there are.
    pub overrides: usize,
    /// Whether the DNS's signatures are validated, without which nobody looks for DANE.
    pub validates_dnssec: bool,
    /// Whether mail servers are told that there is no policy, whatever there is.
    pub dry_run: bool,
}

/// Whether the sender answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SenderHealth {
    /// The version of this layout: 1.
    pub schema: u32,
    /// `ok`, or `stopping`.
    pub status: String,
    /// Whether the store takes what it is told; the sender answers without it too.
    pub store_works: bool,
}
