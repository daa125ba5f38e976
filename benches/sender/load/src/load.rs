//! The load: many clients in one thread, which waits for all of them at once (epoll), so that it
//! takes little of a processor that it may share with the daemon.

use std::process;
use std::time::{Duration, Instant};

use mio::{Events, Poll, Token};
use serde::Serialize;

use crate::address::Address;
use crate::connection::{Check, Client, Tally};
use crate::failure::Failure;
use crate::keys::{Keys, Mix};
use crate::latency::Latencies;
use crate::processor::Taken;

/// How long the daemon may say nothing.
const PATIENCE: Duration = Duration::from_secs(10);

/// What to do.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The daemon: `unix:PATH` or `inet:ADDRESS:PORT`
    #[arg(long)]
    address: Address,
    /// Which questions
    #[arg(long, value_enum, default_value = "hits")]
    mix: Mix,
    /// How many domains they are about
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    domains: u32,
    /// How many connections
    #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    connections: u32,
    /// How many questions are open on each connection
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    depth: u32,
    /// For how many seconds
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// Ends after so many questions, whatever the seconds
    #[arg(long)]
    count: Option<u64>,
    /// The process of the daemon, whose time is told
    #[arg(long)]
    pid: Option<u32>,
    /// Takes any netstring for an answer
    #[arg(long)]
    any_reply: bool,
}

/// What came of it.
#[derive(Debug, Serialize)]
struct Outcome {
    lookups: usize,
    seconds: f64,
    per_second: f64,
    /// In microseconds: half of the answers took no longer, 99 %, 99.9 %, all.
    p50: f64,
    p90: f64,
    p99: f64,
    p999: f64,
    longest: f64,
    request_bytes: Option<(usize, usize)>,
    reply_bytes: Option<(usize, usize)>,
    /// Microseconds of processor time that the daemon took for a lookup.
    daemon_cpu: Option<f64>,
    daemon_threads: Option<usize>,
    daemon_threads_ended: Option<usize>,
    /// Microseconds of processor time that this program took for a lookup.
    own_cpu: f64,
}

/// Puts load on the daemon and tells what came of it, as JSON.
pub(crate) fn run(arguments: &Arguments) -> Result<String, Failure> {
    let accounting = |pid| Taken::by(pid).map_err(|error| Failure::Accounting { pid, error });
    let mut load = Load::new(arguments)?;
    let own = accounting(process::id())?;
    let daemon = arguments.pid.map(accounting).transpose()?;
    let start = Instant::now();
    load.until(arguments.count, start + Duration::from_secs_f64(arguments.seconds))?;
    let seconds = start.elapsed().as_secs_f64();
    let spent = match (arguments.pid, daemon) {
        (Some(pid), Some(before)) => Some(accounting(pid)?.since(&before)),
        _ => None,
    };
    let own = accounting(process::id())?.since(&own);

    let Tally { mut latencies, reply_bytes, request_bytes, .. } = load.tally;
    let lookups = latencies.len();
    #[expect(clippy::cast_precision_loss, reason = "far below what a double holds")]
    let each = |nanoseconds: u64| nanoseconds as f64 / 1000.0 / lookups.max(1) as f64;
    let [p50, p90, p99, p999, longest] =
        latencies.within(&[500, 900, 990, 999, 1000]).try_into().unwrap_or_default();
    let outcome = Outcome {
        lookups,
        seconds,
        #[expect(clippy::cast_precision_loss, reason = "far below what a double holds")]
        per_second: lookups as f64 / seconds,
        p50,
        p90,
        p99,
        p999,
        longest,
        request_bytes,
        reply_bytes,
        daemon_cpu: spent.as_ref().map(|spent| each(spent.nanoseconds)),
        daemon_threads: spent.as_ref().map(|spent| spent.threads),
        daemon_threads_ended: spent.as_ref().map(|spent| spent.ended),
        own_cpu: each(own.nanoseconds),
    };
    serde_json::to_string(&outcome).map_err(|error| Failure::Output(error.into()))
}

struct Load<'a> {
    arguments: &'a Arguments,
    poll: Poll,
    clients: Vec<Client>,
    keys: Keys,
    tally: Tally,
}

impl<'a> Load<'a> {
    /// Connects, without a question.
    fn new(arguments: &'a Arguments) -> Result<Self, Failure> {
        let poll = Poll::new().map_err(Failure::Poll)?;
        let clients = (0..arguments.connections)
            .map(|number| {
                let token = Token(usize::try_from(number).unwrap_or_default());
                Client::connect(&arguments.address, poll.registry(), token)
            })
            .collect::<Result<_, _>>()?;
        let check = if arguments.any_reply { Check::Netstring } else { Check::Answer };
        Ok(Self {
            arguments,
            poll,
            clients,
            keys: Keys::new(arguments.mix, arguments.domains),
            tally: Tally {
                latencies: Latencies::default(),
                reply_bytes: None,
                request_bytes: None,
                check,
            },
        })
    }

    /// Asks until the time or the number is reached, and waits for all answers.
    fn until(&mut self, count: Option<u64>, end: Instant) -> Result<(), Failure> {
        let depth = usize::try_from(self.arguments.depth).unwrap_or(1);
        let mut left = count.unwrap_or(u64::MAX);
        let mut open = 0;
        for client in &mut self.clients {
            let wanted = depth.min(usize::try_from(left).unwrap_or(depth));
            client.ask(
                Instant::now(),
                wanted,
                &mut self.keys,
                &mut self.tally,
                self.poll.registry(),
            )?;
            open += client.open();
            left -= u64::try_from(wanted).unwrap_or_default();
        }
        let mut events = Events::with_capacity(1024);
        let mut buffer = vec![0; 65_536];
        while open > 0 {
            self.poll.poll(&mut events, Some(PATIENCE)).map_err(Failure::Poll)?;
            if events.is_empty() {
                return Err(Failure::Silence(open));
            }
            let over = Instant::now() >= end;
            for event in &events {
                let Some(client) = self.clients.get_mut(event.token().0) else {
                    continue;
                };
                if event.is_writable() {
                    client.send(self.poll.registry())?;
                }
                if !event.is_readable() {
                    continue;
                }
                let before = client.open();
                client.receive(&mut self.tally, &mut buffer)?;
                let answered = before - client.open();
                open -= answered;
                let more =
                    if over { 0 } else { answered.min(usize::try_from(left).unwrap_or(answered)) };
                if more == 0 {
                    continue;
                }
                left -= u64::try_from(more).unwrap_or_default();
                let since = Instant::now();
                if self.arguments.mix == Mix::Reconnect && client.open() == 0 {
                    *client = Client::connect(
                        &self.arguments.address,
                        self.poll.registry(),
                        event.token(),
                    )?;
                }
                let wanted = client.open() + more;
                client.ask(since, wanted, &mut self.keys, &mut self.tally, self.poll.registry())?;
                open += more;
            }
        }
        Ok(())
    }
}
