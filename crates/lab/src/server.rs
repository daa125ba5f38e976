//! Servers that follow scripts, and the scripts of good ones.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

use crate::certificates::Identity;

/// A server that follows scripts: the first connection the first, the last script again and again.
/// It ends when it is dropped, and its connections with it.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
    asked_for: Arc<Mutex<Vec<Option<String>>>>,
    connections: Arc<Mutex<usize>>,
    task: JoinHandle<()>,
}

/// What a server does next. At the end of its script it closes the connection in good order.
#[derive(Debug, Clone)]
pub enum Step {
    /// Sends bytes.
    Say(Vec<u8>),
    /// Sends bytes one by one.
    Drip(Vec<u8>, Duration),
    /// Sends bytes again and again until the client is gone.
    Forever(Vec<u8>),
    /// Waits.
    Wait(Duration),
    /// Reads a line.
    Line,
    /// Reads the head of a request.
    Head,
    /// Reads whatever comes next.
    Any,
    /// Makes a handshake.
    Tls(Arc<ServerConfig>),
    /// Does nothing any more.
    Hang,
    /// Closes the connection without the end of TLS.
    Drop,
    /// Resets the connection.
    Reset,
}

/// Sends a text.
#[must_use]
pub fn say(text: &str) -> Step {
    Step::Say(text.as_bytes().to_vec())
}

/// An answer over HTTP: the status line behind the version, with fields after it if any, and a body
/// whose length is told.
#[must_use]
pub fn http_answer(head: &str, body: &[u8]) -> Step {
    let head = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n", body.len());
    Step::Say([head.as_bytes(), body].concat())
}

/// A policy host with a certificate that gives this answer to any request.
#[must_use]
pub fn policy_host(identity: &Identity, answer: Step) -> Vec<Step> {
    vec![Step::Tls(identity.server()), Step::Head, answer]
}

/// A mail host that greets with its name, offers STARTTLS and shows a certificate.
#[must_use]
pub fn mail_host(name: &str, identity: &Identity) -> Vec<Step> {
    vec![
        say(&format!("220 {name} ESMTP\r\n")),
        Step::Line,
        say(&format!("250-{name}\r\n250-SIZE 10240000\r\n250 STARTTLS\r\n")),
        Step::Line,
        say("220 ready\r\n"),
        Step::Tls(identity.server()),
        Step::Line,
        say(&format!("250-{name}\r\n250 SIZE 10240000\r\n")),
        Step::Line,
        say("221 bye\r\n"),
    ]
}

impl Server {
    /// A server on a free port of 127.0.0.1 that follows one script.
    pub async fn run(script: Vec<Step>) -> Self {
        Self::run_scripts(vec![script]).await
    }

    /// A server on a free port of 127.0.0.1.
    pub async fn run_scripts(scripts: Vec<Vec<Step>>) -> Self {
        Self::run_at((Ipv4Addr::LOCALHOST, 0).into(), scripts).await
    }

    /// A server at an address of loopback; port 0 is any free one.
    ///
    /// # Panics
    /// If it can't listen there.
    pub async fn run_at(address: SocketAddr, scripts: Vec<Vec<Step>>) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let asked_for = Arc::new(Mutex::new(Vec::new()));
        let connections = Arc::new(Mutex::new(0));
        let log = (heard.clone(), asked_for.clone(), connections.clone());
        let task = tokio::spawn(async move {
            let (heard, asked_for, connections) = log;
            let mut under_way = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let number = {
                    let mut connections = connections.lock().unwrap();
                    *connections += 1;
                    *connections - 1
                };
                let script = scripts[number.min(scripts.len() - 1)].clone();
                let (heard, asked_for) = (heard.clone(), asked_for.clone());
                under_way.spawn(async move {
                    let _ = follow(stream, script, &heard, &asked_for).await;
                });
            }
        });
        Self { address, heard, asked_for, connections, task }
    }

    /// What the server was told, over all connections.
    #[must_use]
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// The names that clients asked for (SNI), by handshake.
    #[must_use]
    pub fn server_names(&self) -> Vec<Option<String>> {
        self.asked_for.lock().unwrap().clone()
    }

    /// How many connections there have been.
    #[must_use]
    pub fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

async fn follow(
    stream: TcpStream,
    script: Vec<Step>,
    heard: &Mutex<Vec<String>>,
    server_names: &Mutex<Vec<Option<String>>>,
) -> std::io::Result<()> {
    if script.iter().any(|step| matches!(step, Step::Reset)) {
        stream.set_zero_linger()?;
    }
    let mut stream: Box<dyn Stream> = Box::new(stream);
    for step in script {
        match step {
            Step::Say(bytes) => {
                stream.write_all(&bytes).await?;
                stream.flush().await?;
            }
            Step::Drip(bytes, pause) => {
                for byte in bytes {
                    stream.write_all(&[byte]).await?;
                    stream.flush().await?;
                    tokio::time::sleep(pause).await;
                }
            }
            Step::Forever(bytes) => loop {
                stream.write_all(&bytes).await?;
                stream.flush().await?;
            },
            Step::Wait(pause) => tokio::time::sleep(pause).await,
            Step::Line => hear(&mut stream, heard, b"\r\n").await?,
            Step::Head => hear(&mut stream, heard, b"\r\n\r\n").await?,
            Step::Any => {
                let mut bytes = [0; 4096];
                let _some = stream.read(&mut bytes).await?;
            }
            Step::Tls(config) => {
                let accepted = TlsAcceptor::from(config).accept(stream).await?;
                let name = accepted.get_ref().1.server_name().map(str::to_owned);
                server_names.lock().unwrap().push(name);
                stream = Box::new(accepted);
            }
            Step::Hang => std::future::pending().await,
            Step::Drop | Step::Reset => return Ok(()),
        }
    }
    stream.shutdown().await
}

async fn hear(
    stream: &mut Box<dyn Stream>,
    heard: &Mutex<Vec<String>>,
    end: &[u8],
) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(end) {
        bytes.push(stream.read_u8().await?);
    }
    let text = String::from_utf8_lossy(&bytes).trim_end().to_owned();
    heard.lock().unwrap().push(text);
    Ok(())
}
