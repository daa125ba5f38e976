//! Real Postfix servers: such that receive, and such that send.

mod instance;
mod log;
mod receiving;
mod sending;
mod submission;

pub use log::{QueueId, Tls};
pub use receiving::{Postfix, PostfixBuilder, Received};
pub use sending::{Delivery, Failure, Outcome, SendingPostfix, SendingPostfixBuilder};
