//! A client that sends one request a connection.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// Longer than any answer takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// An answer.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    head: String,
    pub(super) body: String,
}

impl Reply {
    /// The value of a field; empty if there is none.
    pub(super) fn field(&self, name: &str) -> &str {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(field, _)| field.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value)
    }
}

/// Where requests go.
pub(super) trait Connection: Read + Write {}
impl<T: Read + Write> Connection for T {}

pub(super) fn tcp(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

pub(super) fn unix(path: &Path) -> UnixStream {
    let stream = UnixStream::connect(path).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

pub(super) fn get(connection: impl Connection, path: &str) -> Reply {
    exchange(connection, &format!("GET {path} HTTP/1.1\r\n"), "")
}

pub(super) fn post(connection: impl Connection, path: &str, json: &str) -> Reply {
    let head = format!("POST {path} HTTP/1.1\r\nContent-Type: application/json\r\n");
    exchange(connection, &head, json)
}

/// Sends a request and reads the answer to its end.
pub(super) fn exchange(mut connection: impl Connection, head: &str, body: &str) -> Reply {
    let length = body.len();
    let end = format!("Host: test\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
    connection.write_all(format!("{head}{end}").as_bytes()).unwrap();
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no head: {text:?}"));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Reply { status, head: head.to_owned(), body: body.to_owned() }
}
