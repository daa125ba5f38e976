//! What a person gives to have something generated, on the command line, in a form or to the API.
//!
//! [`DeploymentOptions`], [`DmarcOptions`] and [`TlsRptOptions`] are plain data. Reading them gives a
//! request, or [`OptionErrors`]: what is wrong with each option, under a code that is the same
//! everywhere, in words that suit a form as well as a command line. A text that is there but empty
//! counts as given: forms leave out what was not filled in.

mod deployment;
mod dmarc;
mod error;
mod fault;
mod reader;
mod tls_rpt;
mod values;

pub use deployment::DeploymentOptions;
pub use dmarc::{DmarcOptions, DmarcRequest};
pub use error::{OptionError, OptionErrors, OptionName, RenderedOptionError};
pub use fault::Fault;
pub use tls_rpt::{TlsRptOptions, TlsRptRequest};
pub use values::{domain, domain_below, seconds};

/// How many values an option may have: as many as live MX hosts are looked at. No policy or record
/// needs as many, and what a stranger sends must not cost more than a long policy does.
pub const VALUES_PER_OPTION: usize = crate::LIVE_MX_HOSTS;

/// How long resolvers keep a record where nothing else is said, in seconds.
const USUAL_TTL: u32 = 3600;

#[cfg(test)]
mod tests;
