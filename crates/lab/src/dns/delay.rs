//! A proxy that makes any name server slow.

use std::net::{Ipv4Addr, SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

use super::query::{Query, Transport};
use super::scripted::{ScriptedDns, read_message, write_message};

/// How long the server behind may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Passes queries on to a name server, over UDP and TCP, and waits before each answer.
#[derive(Debug)]
pub struct DelayProxy {
    front: ScriptedDns,
}

impl DelayProxy {
    /// Starts in front of `server` on a free port.
    ///
    /// # Panics
    /// If it can't listen.
    #[must_use]
    pub fn start(server: SocketAddr, delay: Duration) -> Self {
        let front = ScriptedDns::start(move |query| match query.transport() {
            Transport::Udp => ask_by_datagram(server, query),
            Transport::Tcp => ask_by_connection(server, query),
        });
        front.set_delay(delay);
        Self { front }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.front.address()
    }

    /// Waits this long before each answer from now on.
    pub fn set_delay(&self, delay: Duration) {
        self.front.set_delay(delay);
    }

    /// How many queries have come.
    #[must_use]
    pub fn queries(&self) -> usize {
        self.front.queries()
    }
}

fn ask_by_datagram(server: SocketAddr, query: &Query) -> Option<Vec<u8>> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).ok()?;
    socket.connect(server).ok()?;
    socket.set_read_timeout(Some(PATIENCE)).ok()?;
    socket.send(query.bytes()).ok()?;
    let mut buffer = vec![0; 65_535];
    let length = socket.recv(&mut buffer).ok()?;
    buffer.truncate(length);
    Some(buffer)
}

fn ask_by_connection(server: SocketAddr, query: &Query) -> Option<Vec<u8>> {
    let mut connection = TcpStream::connect(server).ok()?;
    connection.set_read_timeout(Some(PATIENCE)).ok()?;
    write_message(&mut connection, query.bytes()).ok()?;
    read_message(&mut connection).ok()
}
