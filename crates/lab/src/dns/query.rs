//! A query as a server got it, and a plain query to see whether a server answers.

use std::net::{Ipv4Addr, SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

use domain::base::iana::Rcode;
use domain::base::{Message, MessageBuilder, Name, Rtype};

use super::scripted::{read_message, write_message};

/// How long a server may take to which a query is passed on.
const PATIENCE: Duration = Duration::from_secs(20);

/// How a query came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    /// In a datagram.
    Udp,
    /// Over a connection.
    Tcp,
}

/// A query, as a scripted server got it.
#[derive(Debug, Clone)]
pub struct Query {
    bytes: Vec<u8>,
    transport: Transport,
}

impl Query {
    /// A query of these bytes, without the length that stands before them over TCP.
    #[must_use]
    pub fn received(bytes: Vec<u8>, transport: Transport) -> Self {
        Self { bytes, transport }
    }

    /// The bytes, without the length that stands before them over TCP.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How it came.
    #[must_use]
    pub fn transport(&self) -> Transport {
        self.transport
    }

    /// The name that is asked for, in lower case without the final dot; empty if there is none.
    #[must_use]
    pub fn name(&self) -> String {
        self.question().map(|(name, _)| name).unwrap_or_default()
    }

    /// The type that is asked for, such as `TXT`; empty if there is none.
    #[must_use]
    pub fn kind(&self) -> String {
        self.question().map(|(_, kind)| kind.to_string()).unwrap_or_default()
    }

    /// Whether the query asks not to validate (CD, RFC 4035 §3.2.2).
    #[must_use]
    pub fn checking_disabled(&self) -> bool {
        self.message().is_some_and(|message| message.header().cd())
    }

    /// Whether the query asks to be told if the answer is authentic (AD, RFC 6840 §5.7).
    #[must_use]
    pub fn authentic_data(&self) -> bool {
        self.message().is_some_and(|message| message.header().ad())
    }

    /// Whether signatures are wanted (DO, RFC 3225).
    #[must_use]
    pub fn dnssec_ok(&self) -> bool {
        self.message()
            .is_some_and(|message| message.opt().is_some_and(|options| options.dnssec_ok()))
    }

    /// Asks another server the same, over the same transport; none if it doesn't answer.
    #[must_use]
    pub fn pass_on(&self, server: SocketAddr) -> Option<Vec<u8>> {
        match self.transport {
            Transport::Udp => send(server, &self.bytes, PATIENCE),
            Transport::Tcp => {
                let mut connection = TcpStream::connect(server).ok()?;
                connection.set_read_timeout(Some(PATIENCE)).ok()?;
                write_message(&mut connection, &self.bytes).ok()?;
                read_message(&mut connection).ok()
            }
        }
    }

    pub(super) fn message(&self) -> Option<Message<&[u8]>> {
        Message::from_octets(self.bytes.as_slice()).ok()
    }

    fn question(&self) -> Option<(String, Rtype)> {
        let question = self.message()?.sole_question().ok()?;
        let name = question.qname().to_string().to_ascii_lowercase();
        Some((name.trim_end_matches('.').to_owned(), question.qtype()))
    }
}

/// Whether a server gives the SOA record of a zone; it isn't waited for long.
pub(super) fn answers_for(server: SocketAddr, zone: &str) -> bool {
    ask(server, zone).is_some_and(|answer| {
        let answer = Message::from_octets(answer.as_slice()).unwrap();
        answer.header().rcode() == Rcode::NOERROR && answer.header_counts().ancount() > 0
    })
}

fn ask(server: SocketAddr, zone: &str) -> Option<Vec<u8>> {
    let mut query = MessageBuilder::new_vec();
    query.header_mut().set_rd(true);
    query.header_mut().set_cd(true);
    let mut query = query.question();
    query.push((Name::<Vec<u8>>::from_chars(format!("{zone}.").chars()).ok()?, Rtype::SOA)).ok()?;
    let answer = send(server, query.finish().as_slice(), Duration::from_millis(500))?;
    (answer.len() >= 12).then_some(answer)
}

/// Sends a datagram and waits for one.
fn send(server: SocketAddr, query: &[u8], patience: Duration) -> Option<Vec<u8>> {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).ok()?;
    socket.connect(server).ok()?;
    socket.set_read_timeout(Some(patience)).ok()?;
    socket.send(query).ok()?;
    let mut buffer = vec![0; 65_535];
    let length = socket.recv(&mut buffer).ok()?;
    buffer.truncate(length);
    Some(buffer)
}
