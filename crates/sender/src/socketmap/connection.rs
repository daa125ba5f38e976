//! One connection of a mail server.

use std::pin::pin;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio_util::sync::CancellationToken;

use super::request::{MapName, Read, Request, read};
use crate::Moment;
use crate::answer::{NOT_FOUND, UNKNOWN_MAP, UNREADABLE};
use crate::limits::REQUEST_BYTES;
use crate::metrics::Other;
use crate::sender::Sender;

/// How much is read at a time: a burst of requests at once.
const READ_BYTES: usize = 4 * REQUEST_BYTES;

/// How much is written at a time where answers are long.
const WRITE_BYTES: usize = 64 * 1024;

/// Answers the requests of a connection, in their order, until the other side ends it; idle ones
/// stay, since Postfix would have to open another for its next message.
///
/// What is no request ends it: nobody could say where the next begins.
pub(super) async fn serve(
    sender: &Sender,
    maps: &[MapName],
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    stop: &CancellationToken,
) -> std::io::Result<()> {
    let mut input = Vec::with_capacity(READ_BYTES);
    let mut output = Vec::new();
    let mut stopped = pin!(stop.cancelled());
    loop {
        let came = tokio::select! {
            biased;
            came = stream.read_buf(&mut input) => came?,
            () = &mut stopped => return Ok(()),
        };
        if came == 0 {
            return Ok(());
        }
        let began = sender.0.clock.now();
        let (mut place, mut requests) = (0, 0);
        loop {
            match read(input.get(place..).unwrap_or_default()) {
                Read::Part => break,
                Read::Whole(request, length) => {
                    place += length;
                    requests += 1;
                    if !sender.answer_at_once(request, maps, began, &mut output) {
                        // What is ready goes out before others are waited for.
                        write(&mut stream, &mut output).await?;
                        sender.answer(request, maps, &mut output).await;
                    }
                    if output.len() >= WRITE_BYTES {
                        write(&mut stream, &mut output).await?;
                    }
                }
                Read::Malformed => {
                    write(&mut stream, &mut output).await?;
                    sender.0.metrics.other(Other::Malformed);
                    let bytes = input.get(place..).unwrap_or_default();
                    let shown = bytes.get(..bytes.len().min(64)).unwrap_or_default();
                    let bytes = shown.escape_ascii().to_string();
                    tracing::warn!(bytes, "a connection sent something that is no request");
                    return Ok(());
                }
            }
        }
        write(&mut stream, &mut output).await?;
        if requests > 0 {
            let took = sender.0.clock.running().saturating_sub(began.running);
            sender.0.metrics.took(requests, took);
        }
        input.drain(..place);
    }
}

async fn write(
    stream: &mut (impl AsyncWrite + Unpin),
    output: &mut Vec<u8>,
) -> std::io::Result<()> {
    if !output.is_empty() {
        stream.write_all(output).await?;
        output.clear();
    }
    Ok(())
}

impl Sender {
    /// Answers a request from memory, without waiting for anything; says whether it could.
    #[inline]
    fn answer_at_once(
        &self,
        request: Request<'_>,
        maps: &[MapName],
        now: Moment,
        output: &mut Vec<u8>,
    ) -> bool {
        let Some(map) = request.map.filter(|map| maps.contains(map)) else {
            self.0.metrics.other(Other::UnknownMap);
            output.extend_from_slice(UNKNOWN_MAP);
            return true;
        };
        // Half of what Postfix asks about are parents of domains.
        if request.key.first() == Some(&b'.') {
            self.0.metrics.other(Other::NotANextHop);
            output.extend_from_slice(NOT_FOUND);
            return true;
        }
        self.reply_from_memory(map, request.key, now, output)
    }

    /// Answers a request, and waits for what has to be looked up.
    async fn answer(&self, request: Request<'_>, maps: &[MapName], output: &mut Vec<u8>) {
        let Some(map) = request.map.filter(|map| maps.contains(map)) else {
            return output.extend_from_slice(UNKNOWN_MAP);
        };
        let Ok(key) = str::from_utf8(request.key) else {
            self.0.metrics.other(Other::NotANextHop);
            return output.extend_from_slice(UNREADABLE);
        };
        self.reply(map, key, output).await;
    }
}
