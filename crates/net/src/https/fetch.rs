use std::net::SocketAddr;
use std::time::Duration;

use sigillo_formats::DomainName;
use tokio::time::{Instant, timeout_at};

use super::error::FetchError;
use super::exchange::{Exchange, exchange};
use super::{FetchRequest, FetchTimings, PolicyFetch};
use crate::connect::{ConnectError, ConnectOptions, connect};
use crate::tls::legacy::{self, LegacyLook};
use crate::tls::{TlsError, TlsRequest, Verification, handshake};

/// The port that a `Host` field leaves out.
const HTTPS_PORT: u16 = 443;

/// Fetches from `address` what the policy host `host` has at the path, to be looked at: the
/// response is read even if the certificate does not pass, and says so
/// ([`PolicyResponse::trusted`](super::PolicyResponse::trusted)).
///
/// One GET: redirects are not followed, nothing is cached, nothing is unpacked, no cookie or
/// credential is sent. At most two connections (the second to tell old versions of TLS).
pub async fn fetch_policy(
    address: SocketAddr,
    host: &DomainName,
    request: &FetchRequest,
) -> PolicyFetch {
    fetch(address, host, request, Verification::Record).await
}

/// Fetches a policy to be followed: if the certificate does not pass, the handshake is broken off
/// and there is no response.
pub async fn fetch_policy_strict(
    address: SocketAddr,
    host: &DomainName,
    request: &FetchRequest,
) -> PolicyFetch {
    fetch(address, host, request, Verification::Enforce).await
}

async fn fetch(
    address: SocketAddr,
    host: &DomainName,
    request: &FetchRequest,
    verification: Verification,
) -> PolicyFetch {
    let started = Instant::now();
    let mut fetch = PolicyFetch {
        timings: FetchTimings::default(),
        tls: None,
        legacy: None,
        response: None,
        error: None,
    };
    let outcome = run(address, host, request, verification, &mut fetch).await;
    fetch.error = outcome.err();
    fetch.timings.total = started.elapsed();
    fetch
}

async fn run(
    address: SocketAddr,
    host: &DomainName,
    request: &FetchRequest,
    verification: Verification,
    fetch: &mut PolicyFetch,
) -> Result<(), FetchError> {
    let started = Instant::now();
    let deadline = started + request.deadline;

    let stream = open(address, request.connect, deadline).await?;
    fetch.timings.connect = Some(started.elapsed());

    let started = Instant::now();
    let tls = TlsRequest {
        name: host,
        trust: &request.trust,
        now: request.now,
        verification,
        protocol: Some(b"http/1.1"),
        deadline,
    };
    let (look, stream) = handshake(stream, &tls).await;
    let failure = look.outcome.as_ref().err().cloned();
    let trusted = look.is_trusted();
    fetch.tls = Some(look);
    let Some(stream) = stream else {
        let failure = failure.unwrap_or(TlsError::Closed);
        if verification == Verification::Record && failure.may_be_old_version() {
            fetch.legacy = Some(look_legacy(address, request.connect, tls).await);
        }
        return Err(failure.into());
    };
    fetch.timings.tls = Some(started.elapsed());

    let exchanged = Exchange {
        authority: authority(host, address.port()),
        path: &request.path,
        user_agent: &request.user_agent,
        deadline,
        trusted,
    };
    exchange(stream, exchanged, fetch).await?;
    Ok(())
}

async fn open(
    address: SocketAddr,
    options: ConnectOptions,
    deadline: Instant,
) -> Result<tokio::net::TcpStream, ConnectError> {
    match timeout_at(deadline, connect(address, options)).await {
        Ok(opened) => opened,
        Err(_) => Err(ConnectError::Timeout),
    }
}

/// How long an old server may take to answer at most.
const LEGACY_TIME: Duration = Duration::from_secs(10);

async fn look_legacy(
    address: SocketAddr,
    options: ConnectOptions,
    mut tls: TlsRequest<'_>,
) -> LegacyLook {
    tls.deadline = tls.deadline.min(Instant::now() + LEGACY_TIME);
    match open(address, options, tls.deadline).await {
        Err(error) => LegacyLook::NotConnected(error),
        Ok(stream) => legacy::look(stream, &tls).await,
    }
}

fn authority(host: &DomainName, port: u16) -> String {
    if port == HTTPS_PORT { host.to_string() } else { format!("{host}:{port}") }
}
