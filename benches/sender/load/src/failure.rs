//! What can go wrong.

use std::io;

use crate::address::Address;

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("can't connect to {address}: {error}; is the daemon running?")]
    Connect { address: Address, error: io::Error },
    #[error("the connection broke: {0}")]
    Connection(io::Error),
    #[error("the daemon closed a connection while {0} answers were open")]
    Closed(usize),
    #[error("no netstring: {0:?}")]
    NoNetstring(String),
    #[error("to {key} the daemon replied {reply:?}")]
    WrongReply { key: String, reply: String },
    #[error("a reply that nobody asked for: {0:?}")]
    Unasked(String),
    #[error("no answer within ten seconds; {0} are open")]
    Silence(usize),
    #[error("can't read the accounting of process {pid}: {error}")]
    Accounting { pid: u32, error: io::Error },
    #[error("no reply has exactly {0} bytes: ask for one more")]
    NoReplyOf(usize),
    #[error("can't listen on {address}: {error}")]
    Listen { address: String, error: io::Error },
    #[error("can't wait for sockets: {0}")]
    Poll(io::Error),
    #[error("can't write: {0}")]
    Output(io::Error),
}
