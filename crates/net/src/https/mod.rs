//! Fetching a policy from one address of its host (RFC 8461 §3.3).

mod error;
mod exchange;
mod fetch;
mod response;

use std::time::Duration;

use jiff::Timestamp;
use sigillo_formats::report::ResultType;

pub use error::{FetchError, HttpError, HttpPhase};
pub use fetch::{fetch_policy, fetch_policy_strict};
pub use response::{HeaderField, PolicyResponse};

use crate::connect::ConnectOptions;
use crate::tls::legacy::LegacyLook;
use crate::tls::{TlsLook, Trust};

/// Where policies are (RFC 8461 §3.3).
pub const WELL_KNOWN_PATH: &str = "/.well-known/mta-sts.txt";

/// What a fetch is made with.
#[derive(Debug, Clone)]
pub struct FetchRequest {
    /// The path, beginning with a slash: [`WELL_KNOWN_PATH`] but for a look at wrong places.
    pub path: String,
    /// Who asks; empty: the field is not sent.
    pub user_agent: String,
    /// How long all of it may take.
    pub deadline: Duration,
    /// How to connect.
    pub connect: ConnectOptions,
    /// The roots for the host's certificate.
    pub trust: Trust,
    /// The time at which the certificate is judged.
    pub now: Timestamp,
}

impl FetchRequest {
    /// A fetch as senders make it: 60 seconds, as RFC 8461 §3.3 suggests, over public addresses
    /// with the bundled roots.
    #[must_use]
    pub fn new(user_agent: &str, now: Timestamp) -> Self {
        Self {
            path: WELL_KNOWN_PATH.to_owned(),
            user_agent: user_agent.to_owned(),
            deadline: Duration::from_mins(1),
            connect: ConnectOptions::default(),
            trust: Trust::bundled(),
            now,
        }
    }
}

/// What a fetch showed, as far as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFetch {
    /// How long its phases took.
    pub timings: FetchTimings,
    /// The handshake, if a connection opened.
    pub tls: Option<TlsLook>,
    /// What a second hello brought that offers all there ever was, if the handshake failed as it
    /// does with an old server.
    pub legacy: Option<LegacyLook>,
    /// The response, as far as it came.
    pub response: Option<PolicyResponse>,
    /// What kept the response from being read to its end, or to the bound of its size.
    pub error: Option<FetchError>,
}

impl PolicyFetch {
    /// Whether the certificate passes, so that a sender may use what came.
    #[must_use]
    pub fn is_trusted(&self) -> bool {
        self.tls.as_ref().is_some_and(TlsLook::is_trusted)
    }

    /// The policy's text, if a sender gets one: a response with status 200, whole, not encoded, over
    /// a connection whose certificate passes. Its media type is another question.
    #[must_use]
    pub fn policy(&self) -> Option<&[u8]> {
        let response = self.response.as_ref()?;
        let usable = self.error.is_none()
            && response.trusted
            && response.status == 200
            && !response.truncated
            && response.content_encoding().is_none();
        usable.then_some(&response.body)
    }

    /// What a report says about the fetch (RFC 8460 §4.3.2.2); none if it gave a text. Whether that
    /// is a policy (`sts-policy-invalid`) is another question.
    #[must_use]
    pub fn result_type(&self) -> Option<ResultType> {
        if self.policy().is_some() {
            return None;
        }
        let certificate = self.tls.as_ref().and_then(|tls| tls.certificate.as_ref());
        Some(match certificate {
            Some(look) if !look.judgement.passes() => ResultType::StsWebpkiInvalid,
            _ => ResultType::StsPolicyFetchError,
        })
    }
}

/// How long the phases of a fetch took, each from its own beginning; none where it did not come to
/// its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FetchTimings {
    /// Opening the connection.
    pub connect: Option<Duration>,
    /// The handshake.
    pub tls: Option<Duration>,
    /// From the request to the head of the response.
    pub first_byte: Option<Duration>,
    /// All of it, however it ended.
    pub total: Duration,
}
