use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};

use super::outcome::{SmtpFault, SmtpStage};
use super::reply::{Reply, ReplyParser};
use super::{SmtpExchange, SmtpRequest};
use crate::limits::{SMTP_EVIDENCE_BYTES, SMTP_GOODBYE};
use crate::text::bounded_bytes;

/// The most that is taken from the connection at once.
const CHUNK_BYTES: usize = 4_096;

/// A connection over which lines go back and forth.
pub(super) struct Conversation<S> {
    stream: S,
    /// What came after the last reply: at most a chunk.
    pending: Vec<u8>,
    deadline: Instant,
    reply_timeout: Duration,
}

impl<S: AsyncRead + AsyncWrite + Unpin + Send + 'static> Conversation<S> {
    pub(super) fn new(stream: S, deadline: Instant, request: &SmtpRequest) -> Self {
        Self { stream, pending: Vec::new(), deadline, reply_timeout: request.reply_timeout }
    }

    /// Sends a command, or nothing before the banner, and waits for the reply. What came goes into
    /// the transcript in any case.
    pub(super) async fn ask(
        &mut self,
        stage: SmtpStage,
        command: &str,
        transcript: &mut Vec<SmtpExchange>,
    ) -> Result<Reply, SmtpFault> {
        let started = Instant::now();
        let until = self.deadline.min(started + self.reply_timeout);
        let mut parser = ReplyParser::default();
        let outcome = match timeout_at(until, self.exchange(command, &mut parser)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(SmtpFault::Timeout),
        };
        let mut exchange =
            SmtpExchange { stage, code: None, lines: Vec::new(), elapsed: started.elapsed() };
        let answer = match outcome {
            Err(fault) => {
                exchange.lines = parser.into_lines();
                Err(fault)
            }
            // Whole replies can be finished; that is what the exchange waits for.
            Ok(()) => parser.finish().ok_or(SmtpFault::Closed),
        };
        if let Ok(reply) = &answer {
            exchange.code = Some(reply.code);
            exchange.lines.clone_from(&reply.lines);
        }
        transcript.push(exchange);
        answer
    }

    async fn exchange(&mut self, command: &str, parser: &mut ReplyParser) -> Result<(), SmtpFault> {
        if !command.is_empty() {
            let line = format!("{command}\r\n");
            self.stream.write_all(line.as_bytes()).await.map_err(|error| SmtpFault::of(&error))?;
            self.stream.flush().await.map_err(|error| SmtpFault::of(&error))?;
        }
        loop {
            if !self.pending.is_empty() {
                match parser.feed(&self.pending)? {
                    Some(consumed) => {
                        self.pending.drain(..consumed);
                        return Ok(());
                    }
                    None => self.pending.clear(),
                }
            }
            self.pending.resize(CHUNK_BYTES, 0);
            let count = self.stream.read(&mut self.pending).await;
            self.pending.truncate(*count.as_ref().unwrap_or(&0));
            match count {
                Err(error) => return Err(SmtpFault::of(&error)),
                Ok(0) => return Err(SmtpFault::Closed),
                Ok(_) => {}
            }
        }
    }

    /// Says QUIT and lets the server answer and close in the background, for a while.
    pub(super) fn quit(mut self) {
        tokio::spawn(tokio::time::timeout(SMTP_GOODBYE, async move {
            let mut sink = [0; 256];
            if self.stream.write_all(b"QUIT\r\n").await.is_err() {
                return;
            }
            let _ = self.stream.flush().await;
            // One reply, whatever it is; then the end of TLS, and of the connection.
            let _ = self.stream.read(&mut sink).await;
            let _ = self.stream.shutdown().await;
        }));
    }
}

impl Conversation<TcpStream> {
    /// The stream, for a handshake: nothing may have come after the reply to STARTTLS.
    ///
    /// # Errors
    /// What came, bounded.
    pub(super) fn into_stream(mut self) -> Result<TcpStream, Vec<u8>> {
        // A server says nothing before the client's hello, so what has arrived by now counts too.
        let mut more = [0; SMTP_EVIDENCE_BYTES];
        if let Ok(count) = self.stream.try_read(&mut more) {
            self.pending.extend_from_slice(more.get(..count).unwrap_or_default());
        }
        if self.pending.is_empty() {
            Ok(self.stream)
        } else {
            Err(bounded_bytes(&self.pending, SMTP_EVIDENCE_BYTES))
        }
    }
}
