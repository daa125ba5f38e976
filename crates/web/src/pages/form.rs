//! Forms whose whole state is the query of their address: what was filled in, and what is wrong with it.

mod faults;
mod fields;
mod filled;
mod record;

pub(crate) use faults::{FieldFault, as_sentence, shortened};
pub(crate) use fields::Fields;
pub(crate) use filled::{Choice, Filled};
pub(crate) use record::JudgedRecord;
