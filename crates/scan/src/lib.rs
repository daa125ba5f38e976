//! Looks at lists of domains of any length.
//!
//! A list is read as it is needed ([`DomainList`]), a [`Selection`] says which of it are to be
//! looked at, [`scan`] looks at a bounded number at a time, and a [`ResultFile`] takes the lines
//! and knows, after a kill, which are there. [`Totals`] sums them up. Memory does not grow with the
//! list, but for the eight bytes of each domain that a resumed scan has to skip.

mod entry;
mod list;
mod rates;
mod results;
mod run;
mod selection;
mod totals;
mod verdicts;

pub use entry::Entry;
pub use list::{DomainList, ListError};
pub use rates::{POLICY_HOST_RATE, RESOLVER_RATE, Rates};
pub use results::{ResultError, ResultFile};
pub use run::{CONCURRENCY, LOOKS_AT_ONCE, Scanned, Settings, scan};
pub use selection::{Done, Exclusions, Selection, Shard, ShardError};
pub use totals::{ProviderTotals, Totals};
pub use verdicts::Verdicts;
