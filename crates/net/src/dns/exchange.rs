//! One question to one server: over UDP, and over TCP where the answer doesn't fit.
//!
//! Each question has a socket of its own, so that the system picks a port that nobody can guess
//! and lets pass nothing but what comes from the server, and a closed port is told at once.

use std::fmt;
use std::io::{self, ErrorKind};
use std::net::{self, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use bytes::Bytes;
use domain::base::Message;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::{Instant, timeout_at};

use super::message::{Question, check};
use super::servers::Server;

/// How many bytes of a datagram are read: more than were asked for, for servers that don't care.
const RECEIVED_BYTES: usize = 4_096;

/// Why a server gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// The system can't reach it.
    Unreachable(String),
    /// Nothing came in time.
    Timeout,
    /// What came was no answer to the question.
    Malformed(String),
}

impl Failure {
    /// How much is known about what is wrong; the more, the rather it is told.
    pub(super) fn weight(&self) -> u8 {
        match self {
            Self::Unreachable(_) => 0,
            Self::Timeout => 1,
            Self::Malformed(_) => 2,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout => formatter.write_str("no answer in time"),
            Self::Unreachable(reason) | Self::Malformed(reason) => formatter.write_str(reason),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::TimedOut {
            return Self::Timeout;
        }
        Self::Unreachable(error.to_string())
    }
}

/// Asks a server, over each transport for at most `patience` once it is our turn.
///
/// # Errors
/// Why there is no answer.
pub(super) async fn exchange(
    server: &Server,
    question: &Question,
    patience: Duration,
) -> Result<Message<Bytes>, Failure> {
    let Some(query) = question.query() else {
        return Err(Failure::Malformed("the question can't be written".to_owned()));
    };
    server.turn().await;
    let deadline = Instant::now() + patience;
    let mut reply = over_udp(server.address, &query, deadline).await?;
    if reply.header().tc() {
        server.turn().await;
        let deadline = Instant::now() + patience;
        reply = timeout_at(deadline, over_tcp(server.address, &query))
            .await
            .map_err(|_| Failure::Timeout)??;
    }
    check(&reply).map_err(Failure::Malformed)?;
    Ok(reply)
}

/// Asks with a datagram and waits for the reply. What is none is passed over: it may be forged.
async fn over_udp(
    server: SocketAddr,
    query: &Message<Vec<u8>>,
    deadline: Instant,
) -> Result<Message<Bytes>, Failure> {
    let unspecified = match server {
        SocketAddr::V4(_) => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)),
        SocketAddr::V6(_) => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)),
    };
    // A fresh socket has room for what is sent first, so nothing waits until it can be written to.
    let socket = net::UdpSocket::bind(unspecified)?;
    socket.set_nonblocking(true)?;
    socket.connect(server)?;
    socket.send(query.as_slice())?;
    let socket = UdpSocket::from_std(socket)?;
    let mut buffer = vec![0; RECEIVED_BYTES];
    let mut wrong = None;
    loop {
        let Ok(received) = timeout_at(deadline, socket.recv(&mut buffer)).await else {
            return Err(wrong.map_or(Failure::Timeout, Failure::Malformed));
        };
        let datagram = buffer.get(..received?).unwrap_or_default();
        match accept(query, Bytes::copy_from_slice(datagram)) {
            Ok(reply) => return Ok(reply),
            Err(reason) => wrong = Some(reason),
        }
    }
}

/// Asks over a connection (RFC 7766).
async fn over_tcp(server: SocketAddr, query: &Message<Vec<u8>>) -> Result<Message<Bytes>, Failure> {
    let mut stream = TcpStream::connect(server).await?;
    let query_bytes = query.as_slice();
    // A query is a few hundred bytes.
    let length = u16::try_from(query_bytes.len()).unwrap_or(u16::MAX);
    let framed = [length.to_be_bytes().as_slice(), query_bytes].concat();
    stream.write_all(&framed).await?;
    let length = usize::from(stream.read_u16().await.map_err(cut_short)?);
    let mut reply = vec![0; length];
    let _ = stream.read_exact(&mut reply).await.map_err(cut_short)?;
    accept(query, Bytes::from(reply)).map_err(Failure::Malformed)
}

/// A connection that ends before the reply does is an answer of a kind.
fn cut_short(error: io::Error) -> Failure {
    match error.kind() {
        ErrorKind::UnexpectedEof => {
            Failure::Malformed("the connection ended before the reply did".to_owned())
        }
        _ => error.into(),
    }
}

/// Takes bytes for the reply if they are one to this query.
fn accept(query: &Message<Vec<u8>>, bytes: Bytes) -> Result<Message<Bytes>, String> {
    let reply = Message::try_from_octets(bytes)
        .map_err(|_| "what came is too short for a message".to_owned())?;
    let header = reply.header();
    if !header.qr() || header.id() != query.header().id() {
        return Err("what came is no reply to our query".to_owned());
    }
    if header.opcode() != query.header().opcode() {
        return Err("what came is a reply of another kind".to_owned());
    }
    // Some servers don't repeat a question that they refuse.
    let counts = reply.header_counts();
    let bare = counts.qdcount() == 0 && counts.ancount() == 0 && counts.nscount() == 0;
    if bare && reply.is_error() {
        return Ok(reply);
    }
    let same = match (reply.sole_question(), query.sole_question()) {
        (Ok(theirs), Ok(ours)) => theirs == ours,
        _ => false,
    };
    if !same {
        return Err("the reply is to another question".to_owned());
    }
    Ok(reply)
}
