use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// A server that follows scripts: the first connection the first, the last script again and again.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
    asked_for: Arc<Mutex<Vec<Option<String>>>>,
    connections: Arc<Mutex<usize>>,
}

/// What a server does next. At the end of its script it closes the connection in good order.
#[derive(Clone)]
pub(crate) enum Step {
    /// Sends bytes.
    Say(Vec<u8>),
    /// Sends bytes one by one.
    Drip(Vec<u8>, Duration),
    /// Sends bytes again and again until the client is gone.
    Forever(Vec<u8>),
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

pub(crate) fn say(text: &str) -> Step {
    Step::Say(text.as_bytes().to_vec())
}

impl Server {
    pub(crate) async fn run(script: Vec<Step>) -> Self {
        Self::run_scripts(vec![script]).await
    }

    pub(crate) async fn run_scripts(scripts: Vec<Vec<Step>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let server_names = Arc::new(Mutex::new(Vec::new()));
        let connections = Arc::new(Mutex::new(0));
        let server = Self {
            address,
            heard: heard.clone(),
            asked_for: server_names.clone(),
            connections: connections.clone(),
        };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = {
                    let mut connections = connections.lock().unwrap();
                    *connections += 1;
                    *connections - 1
                };
                let script = scripts[number.min(scripts.len() - 1)].clone();
                let (heard, server_names) = (heard.clone(), server_names.clone());
                tokio::spawn(async move {
                    let _ = follow(stream, script, &heard, &server_names).await;
                });
            }
        });
        server
    }

    /// What the server was told, over all connections.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// The names that clients asked for (SNI), by handshake.
    pub(crate) fn server_names(&self) -> Vec<Option<String>> {
        self.asked_for.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
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
