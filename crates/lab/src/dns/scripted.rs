//! Name servers that answer what a script says, over UDP and TCP.

use std::fmt;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::query::{Query, Transport};
use super::reply::Reply;
use crate::{free_port, loopback};

/// How often the server looks whether it should end.
const TICK: Duration = Duration::from_millis(20);

type Script = dyn Fn(&Query) -> Option<Vec<u8>> + Send + Sync;

/// A name server on loopback that sends what its script returns for each query: any bytes at all,
/// or nothing. It ends when it is dropped.
///
/// ```
/// use sigillo_lab::dns::{Reply, ScriptedDns};
///
/// let refusing = ScriptedDns::start(|query| Some(Reply::to(query).rcode(5).bytes()));
/// assert!(refusing.address().port() > 0);
/// ```
pub struct ScriptedDns {
    shared: Arc<Shared>,
    address: SocketAddr,
    threads: Vec<JoinHandle<()>>,
}

struct Shared {
    script: Box<Script>,
    delay: Mutex<Duration>,
    ending: AtomicBool,
    queries: AtomicUsize,
}

impl ScriptedDns {
    /// Starts a server on a free port.
    ///
    /// # Panics
    /// If it can't listen.
    pub fn start(script: impl Fn(&Query) -> Option<Vec<u8>> + Send + Sync + 'static) -> Self {
        Self::with_both(listen(), script)
    }

    /// Starts a server at an address.
    ///
    /// # Panics
    /// If it can't listen there.
    pub fn start_at(
        address: SocketAddr,
        script: impl Fn(&Query) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> Self {
        let sockets = bind(address).unwrap_or_else(|error| panic!("{address}: {error}"));
        Self::with_both(sockets, script)
    }

    /// The same over UDP alone: over TCP a connection is refused.
    ///
    /// # Panics
    /// If it can't listen.
    pub fn start_without_tcp(
        script: impl Fn(&Query) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> Self {
        let (udp, _, address) = listen();
        Self::with_datagrams(address, udp, script)
    }

    fn with_both(
        (udp, tcp, address): (UdpSocket, TcpListener, SocketAddr),
        script: impl Fn(&Query) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> Self {
        let mut server = Self::with_datagrams(address, udp, script);
        let connections = spawn(&server.shared, move |shared| serve_connections(shared, &tcp));
        server.threads.push(connections);
        server
    }

    fn with_datagrams(
        address: SocketAddr,
        udp: UdpSocket,
        script: impl Fn(&Query) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> Self {
        let shared = Arc::new(Shared {
            script: Box::new(script),
            delay: Mutex::default(),
            ending: AtomicBool::new(false),
            queries: AtomicUsize::new(0),
        });
        let threads = vec![spawn(&shared, move |shared| serve_datagrams(shared, &udp))];
        Self { shared, address, threads }
    }

    /// A server with a reply to each query: what `build` makes of an empty one. Over UDP it is
    /// truncated if it is too long.
    pub fn replying(build: impl Fn(&Query, Reply) -> Reply + Send + Sync + 'static) -> Self {
        Self::start(move |query| Some(build(query, Reply::to(query)).fitting(query.transport())))
    }

    /// A server that never answers.
    #[must_use]
    pub fn silent() -> Self {
        Self::start(|_| None)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits this long before each answer from now on.
    pub fn set_delay(&self, delay: Duration) {
        *self.shared.delay.lock().unwrap_or_else(PoisonError::into_inner) = delay;
    }

    /// How many queries have come.
    #[must_use]
    pub fn queries(&self) -> usize {
        self.shared.queries.load(Ordering::Relaxed)
    }
}

impl fmt::Debug for ScriptedDns {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ScriptedDns")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Drop for ScriptedDns {
    fn drop(&mut self) {
        self.shared.ending.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            // A script that panicked has said so.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn answer(&self, bytes: &[u8], transport: Transport) -> Option<Vec<u8>> {
        self.queries.fetch_add(1, Ordering::Relaxed);
        let delay = *self.delay.lock().unwrap_or_else(PoisonError::into_inner);
        thread::sleep(delay);
        (self.script)(&Query::received(bytes.to_vec(), transport))
    }

    fn is_ending(&self) -> bool {
        self.ending.load(Ordering::Relaxed)
    }
}

/// Sockets for both transports on one free port.
pub(super) fn listen() -> (UdpSocket, TcpListener, SocketAddr) {
    for _ in 0..10 {
        if let Ok(sockets) = bind(loopback(free_port())) {
            return sockets;
        }
    }
    panic!("no free port on {} in ten attempts", Ipv4Addr::LOCALHOST);
}

/// Sockets for both transports at an address.
fn bind(address: SocketAddr) -> io::Result<(UdpSocket, TcpListener, SocketAddr)> {
    let (udp, tcp) = (UdpSocket::bind(address)?, TcpListener::bind(address)?);
    udp.set_read_timeout(Some(TICK))?;
    tcp.set_nonblocking(true)?;
    Ok((udp, tcp, address))
}

fn spawn(
    shared: &Arc<Shared>,
    serve: impl FnOnce(&Arc<Shared>) + Send + 'static,
) -> JoinHandle<()> {
    let shared = Arc::clone(shared);
    thread::spawn(move || serve(&shared))
}

/// Answers each datagram in a thread of its own, so that a slow answer delays no other.
fn serve_datagrams(shared: &Arc<Shared>, socket: &UdpSocket) {
    let mut buffer = vec![0; 65_535];
    while !shared.is_ending() {
        let Ok((length, client)) = socket.recv_from(&mut buffer) else {
            continue;
        };
        let query = buffer[..length].to_vec();
        let socket = socket.try_clone().unwrap();
        let shared = Arc::clone(shared);
        thread::spawn(move || {
            if let Some(answer) = shared.answer(&query, Transport::Udp) {
                let _ = socket.send_to(&answer, client);
            }
        });
    }
}

fn serve_connections(shared: &Arc<Shared>, listener: &TcpListener) {
    while !shared.is_ending() {
        let Ok((connection, _)) = listener.accept() else {
            thread::sleep(TICK / 4);
            continue;
        };
        let shared = Arc::clone(shared);
        thread::spawn(move || serve_connection(&shared, connection));
    }
}

fn serve_connection(shared: &Shared, mut connection: TcpStream) {
    let _ = connection.set_nonblocking(false);
    let _ = connection.set_read_timeout(Some(Duration::from_secs(10)));
    while let Ok(query) = read_message(&mut connection) {
        let Some(answer) = shared.answer(&query, Transport::Tcp) else {
            // Silence, as long as the client waits.
            let _ = connection.read(&mut [0]);
            return;
        };
        if write_message(&mut connection, &answer).is_err() {
            return;
        }
    }
}

/// Reads a message with the length before it (RFC 1035 §4.2.2).
pub(super) fn read_message(connection: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut length = [0; 2];
    connection.read_exact(&mut length)?;
    let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
    connection.read_exact(&mut message)?;
    Ok(message)
}

/// Writes a message with the length before it.
pub(super) fn write_message(connection: &mut TcpStream, message: &[u8]) -> io::Result<()> {
    let length = u16::try_from(message.len()).map_err(io::Error::other)?;
    connection.write_all(&[&length.to_be_bytes(), message].concat())
}
