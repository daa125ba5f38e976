//! Reading the values of options, in the words of the command line.

use sigillo_formats::DomainName;
pub(super) use sigillo_generate::each_once;
use sigillo_generate::options::{self, Fault};

use super::Context;
use crate::failure::Failure;

impl Context<'_> {
    /// A domain name.
    pub(super) fn domain(&self, text: &str) -> Result<DomainName, Failure> {
        options::domain(text).map_err(|fault| self.fault("", &fault))
    }

    /// A domain below which a name with this prefix still fits.
    pub(super) fn domain_for(&self, prefix: &str, text: &str) -> Result<DomainName, Failure> {
        options::domain_below(prefix, text).map_err(|fault| self.fault("", &fault))
    }

    /// A duration in seconds.
    pub(super) fn seconds(&self, option: &str, text: &str) -> Result<u64, Failure> {
        options::seconds(text).map_err(|fault| self.fault(option, &fault))
    }

    /// A failure over the value of an option.
    fn fault(&self, option: &str, fault: &Fault) -> Failure {
        Failure::of_value(fault, option, self.language)
    }
}
