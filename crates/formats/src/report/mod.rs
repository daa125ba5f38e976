//! The TLS-RPT report (RFC 8460 §4): how a sender's sessions with a domain went, day by day.
//!
//! Reports in the wild are sloppy, so nothing that can be understood is refused: a report is
//! *valid* when at least one of its policies can be used, and what was repaired or ignored is
//! listed with it. [`parse`] takes a report in any of the ways in which it arrives: as JSON, as
//! gzip or ZIP, or inside the mail that carried it.
//!
//! ```
//! use sigillo_formats::report::{self, PolicyType, Reported};
//!
//! let parsed = report::parse(br#"{
//!   "organization-name": "Example Mail",
//!   "date-range": {"start-datetime": "2026-03-01T00:00:00Z",
//!                  "end-datetime": "2026-03-01T23:59:59Z"},
//!   "contact-info": "tls@example.net",
//!   "report-id": "2026-03-01_example.com",
//!   "policies": [{
//!     "policy": {"policy-type": "no-policy-found", "policy-domain": "Example.com."},
//!     "summary": {"total-successful-session-count": "12", "total-failure-session-count": 0}
//!   }]
//! }"#);
//! assert!(parsed.is_valid());
//! let [policy] = parsed.value().policies.as_slice() else { unreachable!() };
//! assert_eq!(policy.policy.policy_type, Some(Reported::Known(PolicyType::NoPolicyFound)));
//! assert_eq!(policy.summary.total_successful_session_count, Some(12));
//! // The count was a text, and the name had a final dot.
//! assert_eq!(parsed.findings().len(), 2);
//! ```

mod container;
mod fields;
mod json;
mod judge;
mod kinds;
mod mail;
mod parse;
mod reader;
mod reported;
mod timestamp;
mod write;

use std::net::IpAddr;

use schemars::JsonSchema;
use serde::Serialize;

pub(crate) use container::is_packed;
pub use kinds::{PolicyType, ResultType, UnknownKind};
pub(crate) use mail::is_mail;
pub use parse::{ParsedReport, parse};
pub use reported::Reported;
pub use timestamp::Timestamp;

use crate::{DomainName, MxPattern};

/// A report, with what was not in it left open.
///
/// A text is never empty; every text may hold anything, so escape it on output.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Report {
    /// Who sends the report.
    pub organization_name: Option<String>,
    /// The time that it is about.
    pub date_range: DateRange,
    /// The mail address of whoever is responsible for the report.
    pub contact_info: Option<String>,
    /// What tells the sender's reports apart; only together with the organization it is unique.
    pub report_id: Option<String>,
    /// The policies that the sender applied.
    ///
    /// Sessions counted under `tlsa` and under `sts` may be the same: never add the two.
    pub policies: Vec<PolicyReport>,
}

impl Report {
    /// The policies that can be used.
    pub fn usable_policies(&self) -> impl Iterator<Item = &PolicyReport> {
        self.policies.iter().filter(|policy| policy.is_usable())
    }

    /// The domain of the mail address in `contact-info`, which the mail's `TLS-Report-Submitter`
    /// field has to name (RFC 8460 §5.3).
    ///
    /// ```
    /// # use sigillo_formats::report::Report;
    /// let report = Report { contact_info: Some("tls@Example.net".to_owned()), ..Report::default() };
    /// assert_eq!(report.submitter().unwrap().as_str(), "example.net");
    /// ```
    #[must_use]
    pub fn submitter(&self) -> Option<DomainName> {
        let (_, domain) = self.contact_info.as_deref()?.rsplit_once('@')?;
        DomainName::parse(domain.trim_end_matches(['>', ' '])).ok()
    }
}

/// The time that a report is about; it should be one day in UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct DateRange {
    /// Where it begins.
    pub start_datetime: Option<Timestamp>,
    /// Where it ends: the last second of a day, or, as many senders have it, the first of the next.
    pub end_datetime: Option<Timestamp>,
}

/// How the sessions under one policy went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct PolicyReport {
    /// The policy that was applied.
    pub policy: AppliedPolicy,
    /// How many sessions there were.
    pub summary: Summary,
    /// Why sessions failed. One session may fail for several reasons, so their counts need not add
    /// up to the summary's.
    pub failure_details: Vec<FailureDetails>,
}

impl PolicyReport {
    /// Whether it says something about a domain: it has a count, and its domain is known or it is
    /// about the lack of a policy.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        let Summary {
            total_successful_session_count: successful,
            total_failure_session_count: failed,
        } = self.summary;
        let without_policy = Some(Reported::Known(PolicyType::NoPolicyFound));
        (successful.is_some() || failed.is_some())
            && (self.policy.policy_domain.is_some() || self.policy.policy_type == without_policy)
    }
}

/// A policy as the sender saw it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct AppliedPolicy {
    /// What kind of policy it is.
    pub policy_type: Option<Reported<PolicyType>>,
    /// Its lines (MTA-STS) or its records (DANE).
    pub policy_string: Vec<String>,
    /// The domain that has the policy. Some senders leave it out where there is no policy; with
    /// DANE it may be the MX host.
    pub policy_domain: Option<Reported<DomainName>>,
    /// The MX hosts that the policy allows.
    pub mx_host: Vec<Reported<MxPattern>>,
}

/// How many sessions there were under one policy.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Summary {
    /// Sessions that were secured as the policy asks.
    pub total_successful_session_count: Option<u64>,
    /// Sessions that were not.
    pub total_failure_session_count: Option<u64>,
}

/// Sessions that failed in one way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FailureDetails {
    /// Why they failed.
    pub result_type: Option<Reported<ResultType>>,
    /// The address that the sender connected from.
    pub sending_mta_ip: Option<Reported<IpAddr>>,
    /// The name of the MX host.
    pub receiving_mx_hostname: Option<Reported<DomainName>>,
    /// How the MX host named itself in its answer to HELO or EHLO.
    pub receiving_mx_helo: Option<String>,
    /// The address of the MX host.
    pub receiving_ip: Option<Reported<IpAddr>>,
    /// How many sessions failed so.
    pub failed_session_count: Option<u64>,
    /// Where to read more; it should be a URI.
    pub additional_information: Option<String>,
    /// An error code or message.
    pub failure_reason_code: Option<String>,
}
