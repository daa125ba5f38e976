//! Looking at an MX host: banner, EHLO, STARTTLS, handshake, EHLO, QUIT (RFC 5321, RFC 3207).

mod capabilities;
mod conversation;
mod look;
mod outcome;
mod reply;

use std::time::Duration;

use jiff::Timestamp;
use sigillo_formats::DomainName;
use sigillo_formats::report::ResultType;

pub use capabilities::{Capabilities, Capability};
pub use look::look;
pub use outcome::{SmtpFault, SmtpOutcome, SmtpStage};
pub use reply::{Reply, ReplyError, ReplyLine, ReplyParser};

use crate::connect::ConnectOptions;
use crate::tls::legacy::LegacyLook;
use crate::tls::{self, TlsLook, Trust};

/// What a look is made with.
#[derive(Debug, Clone)]
pub struct SmtpRequest {
    /// The name to greet with.
    pub helo_name: DomainName,
    /// How long all of it may take.
    pub deadline: Duration,
    /// How long one reply may take.
    pub reply_timeout: Duration,
    /// How to connect.
    pub connect: ConnectOptions,
    /// The roots for the host's certificate.
    pub trust: Trust,
    /// The time at which the certificate is judged.
    pub now: Timestamp,
}

impl SmtpRequest {
    /// A look over public addresses with the bundled roots: 20 seconds a reply (a host that makes
    /// strangers wait, as many do, needs some ten), 45 in all.
    #[must_use]
    pub fn new(helo_name: DomainName, now: Timestamp) -> Self {
        Self {
            helo_name,
            deadline: Duration::from_secs(45),
            reply_timeout: Duration::from_secs(20),
            connect: ConnectOptions::default(),
            trust: Trust::bundled(),
            now,
        }
    }
}

/// What a look showed, as far as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmtpLook {
    /// How it ended.
    pub outcome: SmtpOutcome,
    /// What the server said, in order.
    pub transcript: Vec<SmtpExchange>,
    /// What it offers before TLS.
    pub capabilities: Option<Capabilities>,
    /// What it offers over TLS.
    pub capabilities_over_tls: Option<Capabilities>,
    /// The handshake, if it came to that.
    pub tls: Option<TlsLook>,
    /// What a second hello brought that offers all there ever was, if the handshake failed as it
    /// does with an old server.
    pub legacy: Option<LegacyLook>,
    /// How long its phases took.
    pub timings: SmtpTimings,
}

impl SmtpLook {
    /// What a report says about a session like this (RFC 8460 §4.3.1); none for one that passes and
    /// for one that never came to TLS for another reason, as a host that is busy.
    #[must_use]
    pub fn result_type(&self) -> Option<ResultType> {
        match &self.outcome {
            SmtpOutcome::StartTlsNotOffered | SmtpOutcome::StartTlsRefused { .. } => {
                Some(ResultType::StarttlsNotSupported)
            }
            SmtpOutcome::PlaintextAfterStartTls { .. } => Some(ResultType::ValidationFailure),
            _ => self.tls.as_ref().and_then(tls::result_type),
        }
    }

    /// What the server said at a stage, as far as it came.
    #[must_use]
    pub fn said(&self, stage: SmtpStage) -> Option<&SmtpExchange> {
        self.transcript.iter().find(|exchange| exchange.stage == stage)
    }
}

/// What a server said at one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmtpExchange {
    /// When.
    pub stage: SmtpStage,
    /// The code, if the reply was whole.
    pub code: Option<u16>,
    /// The lines, the last perhaps torn.
    pub lines: Vec<ReplyLine>,
    /// How long it took.
    pub elapsed: Duration,
}

/// How long the phases of a look took; none where it did not come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SmtpTimings {
    /// Opening the connection.
    pub connect: Option<Duration>,
    /// The handshake.
    pub tls: Option<Duration>,
    /// All of it, however it ended.
    pub total: Duration,
}
