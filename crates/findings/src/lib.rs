//! Findings: what is wrong, where, why it matters and how to mend it, in Italian and English.
//!
//! A rule raises a [`Finding`]: a [`Code`] of the catalogue, the bytes it is about, the values that
//! its texts mention and, where it can be computed, the [`Fix`]. Nothing is put into words until
//! somebody reads it: [`Finding::message`] and [`Finding::render`] do that, in a
//! [`Language`](sigillo_language::Language).
//!
//! The catalogue is the file `catalogue.toml` beside this crate's manifest; the [`Code`] enum is
//! made from it at build time.

mod code;
mod collection;
mod explanation;
mod finding;
mod rendered;
mod severity;
mod span;
mod visible;

pub use code::{Code, UnknownCode};
pub use collection::{Findings, LISTED_PER_CODE};
pub use explanation::{Explained, ExplainedList, Explanation};
pub use finding::{Finding, Fix, Value};
pub use rendered::{RenderedFinding, RenderedFix, RenderedSpan};
pub use severity::Severity;
pub use span::{LineIndex, Position, Span};
pub use visible::{is_hidden, push_visible, visible};
