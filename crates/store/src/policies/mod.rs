//! What the sending side keeps: the policies of other domains, and which fetches have failed.
//!
//! Several programs may share a database; what one has fetched the others find.

mod failures;
mod reading;
mod row;
mod saving;

pub use failures::FetchFailure;
use jiff::Timestamp;
pub use reading::{PolicyBatch, PolicyCursor, UnreadablePolicy};
use sigillo_formats::DomainName;
use sigillo_formats::mta_sts_record::PolicyId;

/// A policy as it was fetched. Its times are kept to the millisecond.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPolicy {
    /// The policy domain.
    pub domain: DomainName,
    /// The `id` of the record under which it was fetched; none where it was fetched without one.
    pub id: Option<PolicyId>,
    /// The policy file as it was served: up to [`POLICY_BYTES`](sigillo_formats::limits::POLICY_BYTES)
    /// bytes, from the network, and no more than bytes here.
    pub text: Vec<u8>,
    /// When it was last fetched: of two versions the later counts.
    pub fetched_at: Timestamp,
    /// When it expires.
    pub expires_at: Timestamp,
    /// When it was last asked for.
    pub used_at: Timestamp,
}
