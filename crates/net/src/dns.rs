//! The domain name system, for a checker and for DANE: every answer says what became of the
//! question, how secure the answer is (DNSSEC, RFC 4033 §5), which aliases it went through and how
//! long it counts. Nothing is an error but a resolver that can't be set up: that a name doesn't
//! exist, that a server fails, that a signature is wrong are facts to be told apart.
//!
//! ```no_run
//! use sigillo_formats::DomainName;
//! use sigillo_net::dns::{QueryName, RecordKind, Resolver, ResolverSettings};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let resolver = Resolver::new(ResolverSettings::default()).await?;
//! let name = QueryName::mta_sts(&DomainName::parse("example.com")?)?;
//! let answer = resolver.lookup(&name, RecordKind::Txt).await;
//! println!("{:?}, {:?}", answer.outcome, answer.security);
//! # Ok(())
//! # }
//! ```
//!
//! What comes from servers is hostile: names and messages are bounded, at most
//! [`MAXIMUM_RECORDS`] records are kept, each lookup ends in a bounded time, and nothing panics.

mod answer;
mod cache;
mod chain;
mod dane;
mod exchange;
mod lookup;
mod message;
mod query_name;
mod reading;
mod record;
mod resolver;
mod servers;
mod settings;
mod silence;
mod trust_anchor;
mod validator;

pub use answer::{Answer, Outcome, ResponseCode, Security};
pub use dane::DaneHost;
pub use query_name::{QueryName, QueryNameError};
pub use reading::{MAXIMUM_ALIASES, MAXIMUM_RECORDS};
pub use record::{CaaRecord, MxRecord, RecordKind, Records, SoaRecord, TlsaRecord, TxtRecord};
pub use resolver::{DnssecStatus, Resolver, ResolverError};
pub use settings::{Dnssec, ResolverSettings};
