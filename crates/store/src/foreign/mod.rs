//! Files of other programs, whose policies are taken over. They are only read, and are as hostile
//! as whatever else is read.

mod mta_sts_resolver;

pub use mta_sts_resolver::{CachedPolicy, CachedPolicyBatch, ResolverCache, UnreadableRow};
