use std::net::SocketAddr;

use sigillo_formats::DomainName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};

use super::capabilities::Capabilities;
use super::conversation::Conversation;
use super::outcome::{SmtpFault, SmtpOutcome, SmtpStage};
use super::reply::Reply;
use super::{SmtpExchange, SmtpLook, SmtpRequest, SmtpTimings};
use crate::connect::{ConnectError, connect};
use crate::tls::legacy::{self, LegacyLook};
use crate::tls::{TlsError, TlsRequest, Verification, handshake};

/// Looks at the MX host `mx_host` at `address`. It says QUIT before any mail.
///
/// At most two connections, one after the other (the second to tell old versions of TLS).
pub async fn look(address: SocketAddr, mx_host: &DomainName, request: &SmtpRequest) -> SmtpLook {
    let started = Instant::now();
    let mut look = SmtpLook {
        outcome: SmtpOutcome::Complete,
        transcript: Vec::new(),
        capabilities: None,
        capabilities_over_tls: None,
        tls: None,
        legacy: None,
        timings: SmtpTimings::default(),
    };
    let session = Session { address, mx_host, request, deadline: started + request.deadline };
    if let Err(outcome) = session.run(&mut look).await {
        look.outcome = outcome;
    }
    look.timings.total = started.elapsed();
    look
}

struct Session<'a> {
    address: SocketAddr,
    mx_host: &'a DomainName,
    request: &'a SmtpRequest,
    deadline: Instant,
}

impl Session<'_> {
    async fn run(&self, look: &mut SmtpLook) -> Result<(), SmtpOutcome> {
        let started = Instant::now();
        let stream = self.open().await.map_err(SmtpOutcome::NotConnected)?;
        look.timings.connect = Some(started.elapsed());

        let stream = self.start_tls(stream, &mut look.transcript, &mut look.capabilities).await?;

        let started = Instant::now();
        let (seen, stream) = handshake(stream, &self.tls_request()).await;
        let failure = seen.outcome.as_ref().err().cloned();
        look.tls = Some(seen);
        let Some(stream) = stream else {
            let failure = failure.unwrap_or(TlsError::Closed);
            return Err(self.explain(failure, look).await);
        };
        look.timings.tls = Some(started.elapsed());

        let mut conversation = Conversation::new(stream, self.deadline, self.request);
        let reply =
            self.ehlo(&mut conversation, SmtpStage::EhloOverTls, &mut look.transcript).await;
        match reply {
            Ok(reply) => {
                look.capabilities_over_tls = Some(Capabilities::of(&reply));
                conversation.quit();
                Ok(())
            }
            Err(outcome) => Err(leave(conversation, outcome)),
        }
    }

    async fn open(&self) -> Result<TcpStream, ConnectError> {
        match timeout_at(self.deadline, connect(self.address, self.request.connect)).await {
            Ok(opened) => opened,
            Err(_) => Err(ConnectError::Timeout),
        }
    }

    /// A handshake that has to end when the next reply has to.
    fn tls_request(&self) -> TlsRequest<'_> {
        TlsRequest {
            name: self.mx_host,
            trust: &self.request.trust,
            now: self.request.now,
            verification: Verification::Record,
            protocol: None,
            deadline: self.deadline.min(Instant::now() + self.request.reply_timeout),
        }
    }

    /// From the banner to the point where the handshake may begin.
    async fn start_tls(
        &self,
        stream: TcpStream,
        transcript: &mut Vec<SmtpExchange>,
        capabilities: &mut Option<Capabilities>,
    ) -> Result<TcpStream, SmtpOutcome> {
        let mut conversation = Conversation::new(stream, self.deadline, self.request);
        match self.ask_for_tls(&mut conversation, transcript, capabilities).await {
            Ok(()) => conversation
                .into_stream()
                .map_err(|bytes| SmtpOutcome::PlaintextAfterStartTls { bytes }),
            Err(outcome) => Err(leave(conversation, outcome)),
        }
    }

    async fn ask_for_tls(
        &self,
        conversation: &mut Conversation<TcpStream>,
        transcript: &mut Vec<SmtpExchange>,
        capabilities: &mut Option<Capabilities>,
    ) -> Result<(), SmtpOutcome> {
        let stage = SmtpStage::Banner;
        let banner = conversation.ask(stage, "", transcript).await;
        expect(stage, 220, banner)?;

        let reply = self.ehlo(conversation, SmtpStage::Ehlo, transcript).await?;
        let offered = capabilities.insert(Capabilities::of(&reply));
        if !offered.offer("STARTTLS") {
            return Err(SmtpOutcome::StartTlsNotOffered);
        }

        let stage = SmtpStage::StartTls;
        let reply = conversation.ask(stage, "STARTTLS", transcript).await;
        match expect(stage, 220, reply) {
            Err(SmtpOutcome::Refused { code, .. }) => Err(SmtpOutcome::StartTlsRefused { code }),
            other => other.map(|_| ()),
        }
    }

    async fn ehlo<S>(
        &self,
        conversation: &mut Conversation<S>,
        stage: SmtpStage,
        transcript: &mut Vec<SmtpExchange>,
    ) -> Result<Reply, SmtpOutcome>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let command = format!("EHLO {}", self.request.helo_name);
        let reply = conversation.ask(stage, &command, transcript).await;
        expect(stage, 250, reply)
    }

    /// Why the handshake failed: whether the server knows only old versions takes a second look.
    async fn explain(&self, failure: TlsError, look: &mut SmtpLook) -> SmtpOutcome {
        if !failure.may_be_old_version() {
            return SmtpOutcome::HandshakeFailed(failure);
        }
        let legacy = look.legacy.insert(self.look_legacy().await);
        match legacy.version() {
            Some(version) if version.is_old() => SmtpOutcome::OldTlsOnly { version },
            _ => SmtpOutcome::HandshakeFailed(failure),
        }
    }

    async fn look_legacy(&self) -> LegacyLook {
        let stream = match self.open().await {
            Ok(stream) => stream,
            Err(error) => return LegacyLook::NotConnected(error),
        };
        // The conversation is the one that is in the transcript already.
        match self.start_tls(stream, &mut Vec::new(), &mut None).await {
            Ok(stream) => legacy::look(stream, &self.tls_request()).await,
            Err(_) => LegacyLook::NotStarted,
        }
    }
}

/// The reply, if it has the code that belongs here.
fn expect(
    stage: SmtpStage,
    code: u16,
    reply: Result<Reply, SmtpFault>,
) -> Result<Reply, SmtpOutcome> {
    match reply {
        Ok(reply) if reply.code == code => Ok(reply),
        Ok(Reply { code: code @ 400.., .. }) => Err(SmtpOutcome::Refused { stage, code }),
        Ok(Reply { code, .. }) => {
            Err(SmtpOutcome::Broken { stage, fault: SmtpFault::UnexpectedCode(code) })
        }
        Err(fault) => Err(SmtpOutcome::Broken { stage, fault }),
    }
}

/// Leaves a conversation, with QUIT where the server still listens.
fn leave<S>(conversation: Conversation<S>, outcome: SmtpOutcome) -> SmtpOutcome
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    if !matches!(outcome, SmtpOutcome::Broken { .. }) {
        conversation.quit();
    }
    outcome
}
