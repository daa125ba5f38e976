//! What a look at a domain saw, and the rules that judge it.
//!
//! An [`Observation`] is plain data; [`Judgement::of`] is a pure function of it. The same
//! observation can be saved, judged again with later rules, compared, and put into words in any
//! language.

mod certificate;
mod facts;
mod judgement;
pub mod live_mx;
pub mod observation;
mod record_alone;
mod report;
mod rules;
mod stem;
mod summary;
mod verdict;
mod words;

pub use judgement::Judgement;
pub use observation::Observation;
pub use report::{Check, CheckReport, Evidence, Status};
pub use rules::{HostOutcome, Passes};
pub use stem::Stem;
pub use verdict::Verdict;
