//! What programs are given, the same on the command line and by the API: what was generated, with
//! the records also in the format of the program that publishes them.

use schemars::JsonSchema;
use serde::Serialize;
use sigillo_language::Language;

use crate::options::{Fault, OptionError, OptionName};
use crate::{Deployment, DeploymentError, DeploymentRequest, DnsFormat};

/// An answer with the records also in the format that was asked for.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct WithRecords<T> {
    /// The answer.
    #[serde(flatten)]
    pub answer: T,
    /// The records as the program of `--dns-format` reads them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dns_text: Option<String>,
}

/// The answer of `generate`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Generated {
    /// What to publish, and how.
    #[serde(flatten)]
    pub deployment: Deployment,
    /// The records as the program of `--dns-format` reads them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dns_text: Option<String>,
    /// The files that were written, below the folder of `--out`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<Vec<String>>,
}

impl DeploymentRequest {
    /// Makes what is wanted; nothing is written.
    ///
    /// # Errors
    /// The domain is too long for its records, or the mode needs patterns and there are none: never
    /// for a request that was read from options.
    pub fn generate(&self, language: Language) -> Result<Generated, OptionError> {
        let deployment = Deployment::new(self, language).map_err(|error| match error {
            DeploymentError::NoMx => OptionError::new(OptionName::Mx, Fault::NoMx),
            DeploymentError::DomainTooLong => {
                let fault = Fault::DomainTooLong { domain: self.domain.clone() };
                OptionError::new(OptionName::Domain, fault)
            }
        })?;
        let write =
            |format: DnsFormat| format.write_zones(&deployment.zone, &deployment.dns, language);
        Ok(Generated { dns_text: self.dns_format.map(write), deployment, written: None })
    }
}
