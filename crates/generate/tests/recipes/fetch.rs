//! One HTTP request as a sender makes it, over TLS or plain, with the test's own root alone.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::version::{TLS12, TLS13};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion,
};

const TIMEOUT: Duration = Duration::from_secs(20);

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// The value of a header; names are compared without case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// A request; the host is the policy host unless told otherwise.
#[derive(Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) host: &'a str,
}

impl Request<'_> {
    /// Sends it over TLS to a port of this machine; `server_name` is in the SNI and has to be in
    /// the certificate.
    pub(crate) fn over_tls(
        self,
        port: u16,
        server_name: &str,
        root: &CertificateDer<'static>,
        version: Version,
    ) -> Response {
        let mut roots = RootCertStore::empty();
        roots.add(root.clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[version.supported()])
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(server_name.to_owned()).unwrap();
        let connection = ClientConnection::new(Arc::new(config), name).unwrap();
        self.send(StreamOwned::new(connection, connect(port)))
    }

    /// Sends it without encryption.
    pub(crate) fn plain(self, port: u16) -> Response {
        self.send(connect(port))
    }

    fn send(self, mut stream: impl Read + Write) -> Response {
        let Self { method, path, host } = self;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        )
        .unwrap();
        stream.flush().unwrap();
        let mut bytes = Vec::new();
        match stream.read_to_end(&mut bytes) {
            Ok(_) => {}
            // Some servers close without saying so in TLS: the length says whether all is there.
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {}
            Err(error) => panic!("{method} {path} for {host}: {error}"),
        }
        parse(&bytes, method)
    }
}

/// A version of TLS that the standard allows (RFC 8461 §7.2).
#[derive(Debug, Clone, Copy)]
pub(crate) enum Version {
    Tls12,
    Tls13,
}

impl Version {
    const fn supported(self) -> &'static SupportedProtocolVersion {
        match self {
            Self::Tls12 => &TLS12,
            Self::Tls13 => &TLS13,
        }
    }
}

fn connect(port: u16) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(TIMEOUT)).unwrap();
    stream.set_write_timeout(Some(TIMEOUT)).unwrap();
    stream
}

fn parse(bytes: &[u8], method: &str) -> Response {
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .unwrap_or_else(|| panic!("no HTTP answer: {:?}", String::from_utf8_lossy(bytes)));
    let head = str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let headers: Vec<_> = lines
        .map(|line| line.split_once(':').unwrap())
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect();
    let response =
        Response { status: status.parse().unwrap(), headers, body: bytes[end + 4..].to_vec() };
    assert_eq!(response.header("Transfer-Encoding"), None, "not needed");
    if method != "HEAD" {
        let length = response.header("Content-Length").map(str::parse);
        assert!(
            length.is_none_or(|length| length == Ok(response.body.len())),
            "the body is torn: {response:?}"
        );
    }
    response
}

/// Whether a server refuses a client that offers nothing better than TLS 1.1, with the alert for
/// that (RFC 8446 §6.2).
pub(crate) fn refuses_tls11(port: u16, server_name: &str) -> bool {
    let mut stream = connect(port);
    stream.write_all(&client_hello_of_tls11(server_name)).unwrap();
    let mut answer = [0; 7];
    // A record of type alert, level fatal, description protocol_version.
    stream.read_exact(&mut answer).is_ok() && answer[0] == 21 && answer[5..] == [2, 70]
}

fn client_hello_of_tls11(server_name: &str) -> Vec<u8> {
    let name = length_prefixed(server_name.as_bytes());
    let server_names = length_prefixed(&[&[0], name.as_slice()].concat());
    let extensions = [
        extension(0, &server_names),
        extension(10, &[0, 4, 0, 29, 0, 23]), // groups: X25519, P-256
        extension(11, &[1, 0]),               // uncompressed points
    ]
    .concat();
    let body = [
        &[3, 2],                                     // TLS 1.1
        [7; 32].as_slice(),                          // random
        &[0],                                        // no session
        &[0, 6, 0xc0, 0x13, 0xc0, 0x09, 0x00, 0x2f], // ECDHE and RSA with AES-128-CBC
        &[1, 0],                                     // no compression
        &length_prefixed(&extensions),
    ]
    .concat();
    let message = [&[1, 0], length_prefixed(&body).as_slice()].concat();
    [&[22, 3, 1], length_prefixed(&message).as_slice()].concat()
}

fn extension(kind: u8, content: &[u8]) -> Vec<u8> {
    [&[0, kind], length_prefixed(content).as_slice()].concat()
}

/// The bytes after their number in two bytes.
fn length_prefixed(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    [&length.to_be_bytes(), bytes].concat()
}
