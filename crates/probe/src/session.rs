//! SMTP sessions, as the observation keeps them.

use std::net::{IpAddr, SocketAddr};

use sigillo_check::observation::{SmtpFailure, SmtpLook, SmtpStage};
use sigillo_formats::DomainName;
use sigillo_net::smtp::{self, SmtpFault, SmtpOutcome, SmtpRequest};
use sigillo_net::tls::{PresentedChain, TlsError};
use tokio::time::Instant;

use crate::dns::milliseconds;
use crate::progress::Progress;
use crate::{Look, tls};

/// A session, and the certificates for DANE.
pub(crate) struct Session {
    pub(crate) look: SmtpLook,
    pub(crate) chain: Option<PresentedChain>,
}

impl Look<'_> {
    /// Talks to one address of a mail host.
    pub(crate) async fn session(&self, host: &DomainName, address: IpAddr) -> Session {
        let mut request = SmtpRequest::new(self.settings.helo_name.clone(), self.now);
        let left = self.deadline.saturating_duration_since(Instant::now());
        request.deadline = request.deadline.min(left);
        request.connect.guard = self.settings.guard;
        request.connect.source = self.settings.source;
        request.trust = self.settings.trust.clone();
        let socket = SocketAddr::new(address, self.settings.smtp_port);
        let seen = smtp::look(socket, host, &request).await;
        let session = Session {
            look: observed(address, &seen),
            chain: seen.tls.and_then(|tls| Some(tls.certificate?.chain)),
        };
        self.progress.tell(Progress::MailHost {
            host: host.to_string(),
            address: address.to_string(),
            secured: session.look.tls.is_some(),
        });
        session
    }
}

fn observed(address: IpAddr, seen: &smtp::SmtpLook) -> SmtpLook {
    let lines = |stage| {
        let lines = seen.said(stage).map(|said| said.lines.as_slice()).unwrap_or_default();
        lines.iter().map(line).collect::<Vec<_>>()
    };
    let last = |stage| lines(stage).pop().unwrap_or_default();
    let mut look = SmtpLook {
        address,
        connect_failure: None,
        greeting: lines(smtp::SmtpStage::Banner),
        capabilities: lines(smtp::SmtpStage::Ehlo),
        failure: None,
        tls: seen.tls.as_ref().and_then(tls::session),
        tls_failure: None,
        elapsed_ms: milliseconds(seen.timings.total),
    };
    match &seen.outcome {
        SmtpOutcome::NotConnected(error) => {
            look.connect_failure = Some(tls::connect_failure(error));
        }
        SmtpOutcome::Refused { stage, .. } => {
            look.failure =
                Some(SmtpFailure::Refused { stage: observed_stage(*stage), line: last(*stage) });
        }
        SmtpOutcome::StartTlsNotOffered => look.failure = Some(SmtpFailure::StarttlsMissing),
        SmtpOutcome::StartTlsRefused { .. } => {
            let line = last(smtp::SmtpStage::StartTls);
            look.failure = Some(SmtpFailure::Refused { stage: SmtpStage::Starttls, line });
        }
        SmtpOutcome::PlaintextAfterStartTls { .. } => look.failure = Some(SmtpFailure::Injection),
        SmtpOutcome::OldTlsOnly { .. } => {
            look.tls_failure = Some(tls::failure(&TlsError::OldVersion, None));
        }
        SmtpOutcome::HandshakeFailed(error) => {
            look.tls_failure = Some(tls::failure(error, seen.legacy.as_ref()));
        }
        SmtpOutcome::Broken { stage, fault } => {
            look.failure = Some(broken(observed_stage(*stage), *fault));
        }
        // Complete.
        _ => {}
    }
    look
}

fn line(line: &smtp::ReplyLine) -> String {
    String::from_utf8_lossy(line.text()).into_owned()
}

const fn observed_stage(stage: smtp::SmtpStage) -> SmtpStage {
    match stage {
        smtp::SmtpStage::Banner => SmtpStage::Greeting,
        smtp::SmtpStage::Ehlo => SmtpStage::Ehlo,
        smtp::SmtpStage::StartTls => SmtpStage::Starttls,
        smtp::SmtpStage::EhloOverTls => SmtpStage::EhloInTls,
    }
}

fn broken(stage: SmtpStage, fault: SmtpFault) -> SmtpFailure {
    match fault {
        SmtpFault::Timeout => SmtpFailure::Timeout { stage },
        SmtpFault::Closed | SmtpFault::Reset | SmtpFault::Io(_) => SmtpFailure::Closed { stage },
        other => SmtpFailure::Malformed { stage, reason: other.to_string() },
    }
}
