//! Asking the running service, over HTTP on its Unix socket.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;
use http_body_util::{BodyDataStream, BodyExt as _, Empty, Limited};
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1;
use hyper::header::{ACCEPT_LANGUAGE, HOST};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use sigillo_sender::admin::AdminProblem;
use tokio::net::UnixStream;
use tokio::time::timeout;

use super::Context;
use crate::configuration::SenderAdmin;
use crate::failure::Failure;
use crate::input::io_reason;

/// How long the service may take to take a connection.
const CONNECTING: Duration = Duration::from_secs(5);

/// The largest answer that is read at once, in bytes: a page of the cache, with room.
const ANSWER_BYTES: usize = 64 * 1024 * 1024;

/// The running service.
#[derive(Debug, Clone)]
pub(super) struct Service {
    socket: PathBuf,
}

impl Context<'_> {
    /// Where the service of a configuration is asked; none if it has no such role.
    pub(super) fn service(&self, config: Option<&str>) -> Result<Option<Service>, Failure> {
        let sources = self.sources(config)?;
        let admin = SenderAdmin::read(&sources)
            .map_err(|errors| self.configuration_invalid(&sources, &errors))?;
        Ok(admin.map(|admin| Service { socket: admin.socket }))
    }

    /// The same for a command that needs it.
    pub(super) fn needed_service(&self, config: Option<&str>) -> Result<Service, Failure> {
        self.service(config)?.ok_or_else(|| self.failure("no-sender-section", &[]))
    }
}

impl Service {
    /// Connects, or says why there is nobody.
    async fn connect(&self) -> io::Result<UnixStream> {
        match timeout(CONNECTING, UnixStream::connect(&self.socket)).await {
            Ok(connected) => connected,
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }

    /// Whether somebody is there, or why not.
    pub(super) async fn is_there(&self) -> io::Result<()> {
        self.connect().await.map(drop)
    }

    /// The failure that nobody is there.
    pub(super) fn absent(&self, context: &Context<'_>, error: &io::Error) -> Failure {
        let reason = match error.kind() {
            // As long as nobody listens there is a file at most.
            io::ErrorKind::ConnectionRefused => context.words().text("say-service-refuses"),
            _ => io_reason(error, context.language),
        };
        let socket = self.socket.display().to_string();
        context.failure("no-service", &[("socket", socket.into()), ("reason", reason.into())])
    }

    fn broken(&self, context: &Context<'_>, reason: String) -> Failure {
        let socket = self.socket.display().to_string();
        let about = [("socket", socket.into()), ("reason", reason.into())];
        context.failure("service-broken", &about)
    }

    /// Asks, and gives the head of the answer; the body comes as it is read.
    pub(super) async fn send<B>(
        &self,
        context: &Context<'_>,
        method: Method,
        path: &str,
        body: B,
    ) -> Result<Response<Incoming>, Failure>
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: std::error::Error + Send + Sync,
    {
        let stream = self.connect().await.map_err(|error| self.absent(context, &error))?;
        let broken = |error: &dyn std::fmt::Display| self.broken(context, error.to_string());
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|error| broken(&error))?;
        tokio::spawn(async move {
            // What goes wrong whoever asks is told too.
            drop(connection.await);
        });
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, "localhost")
            .header(ACCEPT_LANGUAGE, context.language.tag())
            .body(body)
            .map_err(|error| broken(&error))?;
        let response = sender.send_request(request).await.map_err(|error| broken(&error))?;
        if response.status().is_success() {
            return Ok(response);
        }
        let status = response.status();
        let text = self.text(context, response).await?;
        Err(match serde_json::from_slice::<AdminProblem>(&text) {
            Ok(problem) => Failure::of_service(problem.error),
            Err(_) => broken(&status),
        })
    }

    /// Asks for an object.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        context: &Context<'_>,
        method: Method,
        path: &str,
    ) -> Result<T, Failure> {
        self.answer(context, method, path, Empty::<Bytes>::new()).await
    }

    /// The same with a body.
    pub(super) async fn answer<T, B>(
        &self,
        context: &Context<'_>,
        method: Method,
        path: &str,
        body: B,
    ) -> Result<T, Failure>
    where
        T: DeserializeOwned,
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: std::error::Error + Send + Sync,
    {
        let response = self.send(context, method, path, body).await?;
        let text = self.text(context, response).await?;
        serde_json::from_slice(&text).map_err(|error| self.broken(context, error.to_string()))
    }

    async fn text(
        &self,
        context: &Context<'_>,
        response: Response<Incoming>,
    ) -> Result<Bytes, Failure> {
        let body = Limited::new(response.into_body(), ANSWER_BYTES).collect().await;
        body.map(http_body_util::Collected::to_bytes)
            .map_err(|error| self.broken(context, error.to_string()))
    }

    /// Gives the parts of a body as they come.
    pub(super) async fn parts(
        &self,
        context: &Context<'_>,
        response: Response<Incoming>,
        mut give: impl FnMut(&[u8]) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut parts = BodyDataStream::new(response.into_body());
        while let Some(part) = parts.next().await {
            give(&part.map_err(|error| self.broken(context, error.to_string()))?)?;
        }
        Ok(())
    }
}

/// A text as part of a path (RFC 3986 §2.1).
pub(super) fn part_of_path(text: &str) -> String {
    use std::fmt::Write as _;

    let mut part = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            part.push(char::from(byte));
        } else {
            let _ = write!(part, "%{byte:02X}");
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_path_means_nothing_but_itself() {
        assert_eq!(part_of_path("[mail.example.com]:587"), "%5Bmail.example.com%5D%3A587");
        assert_eq!(part_of_path("a/../b?c#d%"), "a%2F..%2Fb%3Fc%23d%25");
    }
}
