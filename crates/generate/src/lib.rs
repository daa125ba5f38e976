//! What to publish: providers, policies, records, web-server recipes and the steps.
//!
//! A [`Deployment`] is all that a domain needs for MTA-STS, a [`TlsReporting`] the record that asks
//! for TLS reports, a [`DmarcDeployment`] that of DMARC. Each has the records in every form that
//! zone files and DNS panels ask for, the steps in order, and the findings about what was made. The
//! module [`options`] reads what a person gives into the requests for them.

mod answer;
mod deployment;
pub mod difference;
mod dmarc_deployment;
mod dns_format;
mod dns_record;
mod each_once;
mod live_mx;
pub mod options;
pub mod provider;
pub mod recipe;
mod tls_reporting;
mod words;
mod zones;

pub use answer::{Generated, WithRecords};
pub use deployment::{
    Deployment, DeploymentError, DeploymentRequest, IdChoice, PolicyFile, ProviderNote,
};
pub use dmarc_deployment::{DmarcDeployment, RampUpStage};
pub use dns_format::DnsFormat;
pub use dns_record::{DnsRecord, PointerTarget, RecordType, Zone};
pub use each_once::each_once;
pub use live_mx::LIVE_MX_HOSTS;
pub use tls_reporting::TlsReporting;
