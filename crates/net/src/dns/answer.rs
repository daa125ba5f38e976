use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use domain::base::iana::OptRcode;

use super::query_name::QueryName;
use super::record::{RecordKind, Records};

/// What became of a question to the DNS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What was asked about.
    pub name: QueryName,
    /// What was asked for.
    pub kind: RecordKind,
    /// What came of it.
    pub outcome: Outcome,
    /// How far the outcome can be trusted.
    pub security: Security,
    /// The aliases in order: what the name is an alias of, what that is an alias of, … In lower
    /// case, without the final dot, what isn't printable escaped. The last owns the records, or
    /// is what doesn't exist.
    pub aliases: Vec<String>,
    /// The shortest time to live of the records and aliases, in seconds.
    pub ttl: Option<u32>,
    /// How long it counts that there is nothing, in seconds: the SOA's TTL or its minimum,
    /// whichever is less (RFC 2308 §5); none where there is something, or no SOA.
    pub negative_ttl: Option<u32>,
    /// How many records were left out of [`Outcome::Found`] because there were too many.
    pub left_out: usize,
    /// How long it took, that is how long it took the first time if the answer was remembered.
    pub elapsed: Duration,
    /// The server that gave the answer, or the last that was tried.
    pub server: SocketAddr,
}

impl Answer {
    /// The records, if there are any.
    #[must_use]
    pub fn records(&self) -> Option<&Records> {
        match &self.outcome {
            Outcome::Found(records) => Some(records),
            _ => None,
        }
    }

    /// Whether it is known that there are no such records.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self.outcome, Outcome::NoData | Outcome::NxDomain)
    }

    /// Whether nothing is known: neither that there are records, nor that there are none.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        !matches!(self.outcome, Outcome::Found(_) | Outcome::NoData | Outcome::NxDomain)
    }
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// There are records.
    Found(Records),
    /// The name exists, but has no records of this kind.
    NoData,
    /// The name, or the last of its aliases, doesn't exist.
    NxDomain,
    /// The server said that it failed.
    ServerFailure {
        /// In which way.
        rcode: ResponseCode,
        /// What more it said (RFC 8914): the code, its name, and the text, printable.
        extended_error: Option<String>,
    },
    /// The data is signed, and wrong (RFC 4033 §5).
    Bogus {
        /// What is wrong, printable.
        reason: String,
    },
    /// No server answered in time.
    Timeout,
    /// No server could be reached.
    Unreachable {
        /// What the system said.
        reason: String,
    },
    /// The aliases lead back to one of them.
    AliasLoop,
    /// There are more than [`MAXIMUM_ALIASES`](super::MAXIMUM_ALIASES) aliases in a row.
    TooManyAliases,
    /// What came was no answer to the question.
    Malformed {
        /// What was wrong with it.
        reason: String,
    },
}

/// How far an outcome can be trusted (RFC 4033 §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Security {
    /// Signed, and validated from the trust anchor on: the records, all aliases to them, or the
    /// proof that there are none.
    Secure,
    /// Proven to be unsigned; also a signed alias to something unsigned.
    Insecure,
    /// Wrong signatures.
    Bogus,
    /// It can't be told: there was no answer, or no trust anchor above the name.
    Indeterminate,
    /// Nobody looked.
    Unchecked,
}

impl Security {
    /// The weaker of two: what holds for an answer that is made of both.
    #[must_use]
    pub fn weaker(self, other: Self) -> Self {
        let rank = |security| match security {
            Self::Bogus => 0,
            Self::Unchecked => 1,
            Self::Indeterminate => 2,
            Self::Insecure => 3,
            Self::Secure => 4,
        };
        if rank(self) <= rank(other) { self } else { other }
    }
}

/// How a server said that it failed (RFC 1035 §4.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseCode {
    /// The server didn't understand the question.
    FormErr,
    /// The server failed; a validating resolver says so too of data whose signatures are wrong.
    ServFail,
    /// The server doesn't do that.
    NotImp,
    /// The server doesn't want to.
    Refused,
    /// Another code.
    Other(u16),
}

impl ResponseCode {
    pub(super) fn new(rcode: OptRcode) -> Self {
        match rcode {
            OptRcode::FORMERR => Self::FormErr,
            OptRcode::SERVFAIL => Self::ServFail,
            OptRcode::NOTIMP => Self::NotImp,
            OptRcode::REFUSED => Self::Refused,
            other => Self::Other(other.to_int()),
        }
    }
}

impl fmt::Display for ResponseCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FormErr => formatter.write_str("FORMERR"),
            Self::ServFail => formatter.write_str("SERVFAIL"),
            Self::NotImp => formatter.write_str("NOTIMP"),
            Self::Refused => formatter.write_str("REFUSED"),
            Self::Other(code) => write!(formatter, "RCODE{code}"),
        }
    }
}
