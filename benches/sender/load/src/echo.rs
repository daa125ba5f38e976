//! The floor: a server on the runtime that Sigillo has, which parses nothing. It answers each read
//! with one reply of a fixed size, or, where requests are known to have one size, each of them.
//!
//! Like Sigillo's, the runtime has as many threads as there are processors, or as the variable
//! `TOKIO_WORKER_THREADS` says.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, UnixListener};

use crate::address::Address;
use crate::failure::Failure;
use crate::socketmap;

/// What to do.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Where to listen: `unix:PATH` or `inet:ADDRESS:PORT`
    #[arg(long)]
    address: Address,
    /// The bytes of a reply, with all around it
    #[arg(long)]
    reply: usize,
    /// The bytes of a request; without them each read is one
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    request: Option<u64>,
}

/// Serves until it is ended.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let reply = socketmap::reply_of(arguments.reply).ok_or(Failure::NoReplyOf(arguments.reply))?;
    let replies = Replies {
        // Lives as long as the program.
        reply: Box::leak(reply.into_boxed_slice()),
        request: arguments.request.map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX)),
    };
    let listen = |error| Failure::Listen { address: arguments.address.to_string(), error };
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_io().build().map_err(Failure::Poll)?;
    runtime.block_on(async {
        // Accepted on a worker, as Sigillo's connections are.
        let task = match &arguments.address {
            Address::Unix(path) => {
                let listener = UnixListener::bind(path).map_err(listen)?;
                tokio::spawn(async move {
                    loop {
                        let (stream, _) = listener.accept().await?;
                        tokio::spawn(replies.serve(stream));
                    }
                })
            }
            Address::Inet(address) => {
                let listener = TcpListener::bind(address).await.map_err(listen)?;
                tokio::spawn(async move {
                    loop {
                        let (stream, _) = listener.accept().await?;
                        stream.set_nodelay(true)?;
                        tokio::spawn(replies.serve(stream));
                    }
                })
            }
        };
        let ended: io::Result<()> = task.await.unwrap_or_else(|error| Err(error.into()));
        ended.map_err(Failure::Connection)
    })
}

#[derive(Debug, Clone, Copy)]
struct Replies {
    reply: &'static [u8],
    request: Option<usize>,
}

impl Replies {
    /// Answers one client until it is gone.
    async fn serve(self, mut stream: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<()> {
        let mut buffer = [0; 4096];
        let mut unanswered = 0;
        let mut batch = Vec::new();
        loop {
            let length = stream.read(&mut buffer).await?;
            if length == 0 {
                return Ok(());
            }
            let Some(request) = self.request else {
                stream.write_all(self.reply).await?;
                continue;
            };
            unanswered += length;
            batch.clear();
            while unanswered >= request {
                unanswered -= request;
                batch.extend_from_slice(self.reply);
            }
            stream.write_all(&batch).await?;
        }
    }
}
