//! A client: one connection with so many questions open.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::time::Instant;

use memchr::memmem;
use mio::{Interest, Registry, Token};

use crate::address::{Address, Connected};
use crate::failure::Failure;
use crate::keys::{Keys, Question};
use crate::latency::Latencies;
use crate::socketmap;

/// What replies have to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    /// The right status, and for a policy the MX host of the domain.
    Answer,
    /// Netstrings, as the echo server sends.
    Netstring,
}

/// What has come of all questions.
#[derive(Debug)]
pub(crate) struct Tally {
    /// How long answers took.
    pub latencies: Latencies,
    /// The bytes of the shortest and the longest reply, with all around it.
    pub reply_bytes: Option<(usize, usize)>,
    /// The bytes of the shortest and the longest request.
    pub request_bytes: Option<(usize, usize)>,
    /// What replies have to be.
    pub check: Check,
}

/// A client.
#[derive(Debug)]
pub(crate) struct Client {
    stream: Stream,
    token: Token,
    /// What comes next in this client's turn.
    turn: VecDeque<Question>,
    open: VecDeque<(Instant, Question)>,
    unsent: Vec<u8>,
    unread: Vec<u8>,
}

#[derive(Debug)]
enum Stream {
    Unix(mio::net::UnixStream),
    Inet(mio::net::TcpStream),
}

impl Client {
    /// Connects, and hears of answers under the token.
    pub(crate) fn connect(
        address: &Address,
        registry: &Registry,
        token: Token,
    ) -> Result<Self, Failure> {
        let connected = address
            .connect()
            .map_err(|error| Failure::Connect { address: address.clone(), error })?;
        let mut stream = Stream::new(connected).map_err(Failure::Connection)?;
        stream.register(registry, token, Interest::READABLE).map_err(Failure::Poll)?;
        Ok(Self {
            stream,
            token,
            turn: VecDeque::new(),
            open: VecDeque::new(),
            unsent: Vec::new(),
            unread: Vec::new(),
        })
    }

    /// The questions without an answer yet.
    pub(crate) fn open(&self) -> usize {
        self.open.len()
    }

    /// Asks until so many questions are open, in one write. Their time counts from `since`.
    pub(crate) fn ask(
        &mut self,
        since: Instant,
        depth: usize,
        keys: &mut Keys,
        tally: &mut Tally,
        registry: &Registry,
    ) -> Result<(), Failure> {
        while self.open.len() < depth {
            let Some(question) = self.turn.pop_front() else {
                keys.turn(&mut self.turn);
                continue;
            };
            let before = self.unsent.len();
            socketmap::ask(&question.key, &mut self.unsent);
            widen(&mut tally.request_bytes, self.unsent.len() - before);
            self.open.push_back((since, question));
        }
        self.send(registry)
    }

    /// Sends what is left to send.
    pub(crate) fn send(&mut self, registry: &Registry) -> Result<(), Failure> {
        while !self.unsent.is_empty() {
            match self.stream.write(&self.unsent) {
                Ok(sent) => drop(self.unsent.drain(..sent)),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    // Only now, for a socket becomes writable with whatever the other side reads.
                    let interest = Interest::READABLE | Interest::WRITABLE;
                    return self
                        .stream
                        .reregister(registry, self.token, interest)
                        .map_err(Failure::Poll);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Failure::Connection(error)),
            }
        }
        Ok(())
    }

    /// Reads what is there and notes the answers.
    pub(crate) fn receive(&mut self, tally: &mut Tally, buffer: &mut [u8]) -> Result<(), Failure> {
        loop {
            match self.stream.read(buffer) {
                Ok(0) => return Err(Failure::Closed(self.open.len())),
                Ok(length) => {
                    self.unread.extend_from_slice(buffer.get(..length).unwrap_or_default());
                    self.take_answers(tally)?;
                    // A short read has emptied the socket: `epoll(7)` says when there is more.
                    if length < buffer.len() {
                        return Ok(());
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Failure::Connection(error)),
            }
        }
    }

    fn take_answers(&mut self, tally: &mut Tally) -> Result<(), Failure> {
        let now = Instant::now();
        let mut taken = 0;
        while let Some(rest) = self.unread.get(taken..).filter(|rest| !rest.is_empty()) {
            let Some((reply, length)) =
                socketmap::netstring(rest).map_err(|_| Failure::NoNetstring(shown(rest)))?
            else {
                break;
            };
            let Some((asked, question)) = self.open.pop_front() else {
                return Err(Failure::Unasked(shown(reply)));
            };
            if tally.check == Check::Answer && !answers(&question, reply) {
                return Err(Failure::WrongReply { key: question.key, reply: shown(reply) });
            }
            widen(&mut tally.reply_bytes, length);
            tally.latencies.push(now.duration_since(asked));
            taken += length;
        }
        self.unread.drain(..taken);
        Ok(())
    }
}

/// Whether a reply is the right one.
fn answers(question: &Question, reply: &[u8]) -> bool {
    if question.found {
        reply.starts_with(b"OK secure ") && memmem::find(reply, question.key.as_bytes()).is_some()
    } else {
        reply == b"NOTFOUND "
    }
}

fn widen(range: &mut Option<(usize, usize)>, bytes: usize) {
    let (least, most) = range.unwrap_or((bytes, bytes));
    *range = Some((least.min(bytes), most.max(bytes)));
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).into_owned()
}

impl Stream {
    fn new(connected: Connected) -> io::Result<Self> {
        Ok(match connected {
            Connected::Unix(stream) => {
                stream.set_nonblocking(true)?;
                Self::Unix(mio::net::UnixStream::from_std(stream))
            }
            Connected::Inet(stream) => {
                stream.set_nonblocking(true)?;
                Self::Inet(mio::net::TcpStream::from_std(stream))
            }
        })
    }

    fn register(
        &mut self,
        registry: &Registry,
        token: Token,
        interest: Interest,
    ) -> io::Result<()> {
        match self {
            Self::Unix(stream) => registry.register(stream, token, interest),
            Self::Inet(stream) => registry.register(stream, token, interest),
        }
    }

    fn reregister(
        &mut self,
        registry: &Registry,
        token: Token,
        interest: Interest,
    ) -> io::Result<()> {
        match self {
            Self::Unix(stream) => registry.reregister(stream, token, interest),
            Self::Inet(stream) => registry.reregister(stream, token, interest),
        }
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Unix(stream) => stream.read(buffer),
            Self::Inet(stream) => stream.read(buffer),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Unix(stream) => stream.write(bytes),
            Self::Inet(stream) => stream.write(bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_has_to_answer_its_question() {
        let found = Question { key: "d0000001.hit.bench.test".to_owned(), found: true };
        let not_found = Question { key: ".test".to_owned(), found: false };
        let policy = b"OK secure match=mx.d0000001.hit.bench.test servername=hostname";
        assert!(answers(&found, policy));
        assert!(answers(&not_found, b"NOTFOUND "));
        assert!(!answers(&not_found, policy));
        for reply in [
            &b"NOTFOUND "[..],
            b"TEMP too many questions",
            b"OK secure match=mx.d0000002.hit.bench.test servername=hostname",
        ] {
            assert!(!answers(&found, reply));
        }
    }
}
