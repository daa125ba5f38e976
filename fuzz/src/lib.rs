//! What must hold for any input, as functions that panic where it does not.
//!
//! Each function is the body of a fuzz target of the same name and takes any bytes. The test
//! `smoke` runs all of them for some seconds with every run of the tests; `docs/fuzzing.md` says
//! how to run them for long. A new body is a function, a row of [`TARGETS`], a program in
//! `fuzz_targets/` and a folder of seeds; the test says what is missing.

#![allow(
    clippy::missing_panics_doc,
    reason = "to panic is how a body says that it found something"
)]

mod generate;
mod judgement;
mod names;
mod network;
mod policy;
mod records;
mod report;
mod sender;
mod zone_text;

pub use generate::{deployment, provider_recognition};
pub use names::{domain_name, mx_pattern, report_uri};
pub use network::{certificate, observation, smtp_reply, tls_answer};
pub use policy::policy;
pub use records::{dmarc_record, mta_sts_record, selection, tls_rpt_record};
pub use report::report;
pub use sender::{next_hop, overrides, socketmap_request};
pub use zone_text::zone_text;

/// A body and the name that its program, its seeds and its corpus have.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// The name.
    pub name: &'static str,
    /// The body.
    pub body: fn(&[u8]),
}

/// All bodies.
pub const TARGETS: [Target; 19] = [
    Target { name: "certificate", body: certificate },
    Target { name: "deployment", body: deployment },
    Target { name: "dmarc_record", body: dmarc_record },
    Target { name: "domain_name", body: domain_name },
    Target { name: "mta_sts_record", body: mta_sts_record },
    Target { name: "mx_pattern", body: mx_pattern },
    Target { name: "next_hop", body: next_hop },
    Target { name: "observation", body: observation },
    Target { name: "overrides", body: overrides },
    Target { name: "policy", body: policy },
    Target { name: "provider_recognition", body: provider_recognition },
    Target { name: "report", body: report },
    Target { name: "report_uri", body: report_uri },
    Target { name: "selection", body: selection },
    Target { name: "smtp_reply", body: smtp_reply },
    Target { name: "socketmap_request", body: socketmap_request },
    Target { name: "tls_answer", body: tls_answer },
    Target { name: "tls_rpt_record", body: tls_rpt_record },
    Target { name: "zone_text", body: zone_text },
];
