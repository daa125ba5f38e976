//! How long a daemon that was just started takes until it answers.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::address::{Address, Connected};
use crate::failure::Failure;
use crate::keys::{Keys, Mix};
use crate::socketmap;

/// What to do.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The daemon: `unix:PATH` or `inet:ADDRESS:PORT`
    #[arg(long)]
    address: Address,
    /// When it was started, in nanoseconds since 1970: `date +%s%N`
    #[arg(long)]
    since: u64,
    /// The mix whose first question is asked
    #[arg(long, value_enum, default_value = "hits")]
    mix: Mix,
    /// How many seconds to wait for the daemon
    #[arg(long, default_value_t = 120)]
    patience: u64,
}

/// Waits for the first answer, asks until it comes, and tells it with the seconds since the start.
pub(crate) fn run(arguments: &Arguments) -> Result<String, Failure> {
    let end = Instant::now() + Duration::from_secs(arguments.patience);
    let mut turn = VecDeque::new();
    Keys::new(arguments.mix, 1).turn(&mut turn);
    let mut question = Vec::new();
    if let Some(first) = turn.front() {
        socketmap::ask(&first.key, &mut question);
    }
    let stream = loop {
        match arguments.address.connect() {
            Ok(stream) => break stream,
            Err(error) if Instant::now() >= end => {
                return Err(Failure::Connect { address: arguments.address.clone(), error });
            }
            Err(_) => thread::sleep(Duration::from_millis(1)),
        }
    };
    let reply = match stream {
        Connected::Unix(stream) => answer(stream, &question),
        Connected::Inet(stream) => answer(stream, &question),
    }?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = now.saturating_sub(Duration::from_nanos(arguments.since)).as_secs_f64();
    Ok(serde_json::json!({ "seconds": seconds, "reply": reply }).to_string())
}

fn answer(mut stream: impl Read + Write, question: &[u8]) -> Result<String, Failure> {
    stream.write_all(question).map_err(Failure::Connection)?;
    let mut read = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let length = stream.read(&mut buffer).map_err(Failure::Connection)?;
        if length == 0 {
            return Err(Failure::Closed(1));
        }
        read.extend_from_slice(buffer.get(..length).unwrap_or_default());
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        match socketmap::netstring(&read) {
            Ok(Some((reply, _))) => return Ok(text(reply)),
            Ok(None) => {}
            Err(_) => return Err(Failure::NoNetstring(text(&read))),
        }
    }
}
