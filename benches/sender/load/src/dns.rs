//! The name server of the measurements, for `bench.test`: domains with a policy have the records of
//! one, everything else doesn't exist. It listens on UDP alone; over TCP it refuses.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use sigillo_lab::dns::{Query, Reply, Transport};

use crate::failure::Failure;
use crate::names;

/// What to do.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Where to listen; port 0 is any that is free
    #[arg(long, default_value = "127.0.0.1:0")]
    address: SocketAddr,
    /// The seconds for which an answer may be remembered
    #[arg(long, default_value_t = 3600)]
    ttl: u32,
    /// The seconds for which it may be remembered that there is none
    #[arg(long, default_value_t = 3600)]
    negative_ttl: u32,
}

type Counts = Arc<Mutex<BTreeMap<String, u64>>>;

/// Says where it listens, then for each line of its input how many queries of each type have come, as
/// JSON; ends with its input.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let listen = |error| Failure::Listen { address: arguments.address.to_string(), error };
    let socket = UdpSocket::bind(arguments.address).map_err(listen)?;
    let mut output = io::stdout().lock();
    let address = socket.local_addr().map_err(listen)?;
    writeln!(output, "{address}").map_err(Failure::Output)?;
    let zone = Zone { ttl: arguments.ttl, negative_ttl: arguments.negative_ttl };
    let counts = Counts::default();
    let counting = Arc::clone(&counts);
    thread::spawn(move || serve(&socket, &zone, &counting));
    for line in io::stdin().lock().lines() {
        line.map_err(Failure::Output)?;
        let counts = counts.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let counts =
            serde_json::to_string(&counts).map_err(|error| Failure::Output(error.into()))?;
        writeln!(output, "{counts}").map_err(Failure::Output)?;
    }
    Ok(())
}

fn serve(socket: &UdpSocket, zone: &Zone, counts: &Counts) {
    let mut buffer = [0; 4096];
    loop {
        let Ok((length, client)) = socket.recv_from(&mut buffer) else {
            continue;
        };
        let bytes = buffer.get(..length).unwrap_or_default().to_vec();
        let query = Query::received(bytes, Transport::Udp);
        *counts.lock().unwrap_or_else(PoisonError::into_inner).entry(query.kind()).or_default() +=
            1;
        // A client that is gone needs no answer.
        let _ = socket.send_to(&zone.reply(&query), client);
    }
}

struct Zone {
    ttl: u32,
    negative_ttl: u32,
}

impl Zone {
    fn reply(&self, query: &Query) -> Vec<u8> {
        const A: u16 = 1;
        const MX: u16 = 15;
        const TXT: u16 = 16;

        let name = query.name();
        let kind = query.kind();
        let reply = Reply::to(query);
        let address = Ipv4Addr::LOCALHOST.octets();
        let below = |label: &str| name.strip_prefix(label).is_some_and(names::has_policy);
        if below("_mta-sts.") {
            return match kind.as_str() {
                "TXT" => reply.answer(&name, TXT, self.ttl, b"\x0ev=STSv1; id=1;").bytes(),
                _ => self.nothing(reply),
            };
        }
        if below("mta-sts.") || below("mx.") {
            return match kind.as_str() {
                "A" => reply.answer(&name, A, self.ttl, &address).bytes(),
                _ => self.nothing(reply),
            };
        }
        if names::has_policy(&name) {
            return match kind.as_str() {
                "MX" => {
                    // Preference 10 and `mx` before the name of the question, which is at byte 12.
                    reply.answer(&name, MX, self.ttl, b"\x00\x0a\x02mx\xc0\x0c").bytes()
                }
                _ => self.nothing(reply),
            };
        }
        self.nothing(reply.rcode(3))
    }

    fn nothing(&self, reply: Reply) -> Vec<u8> {
        reply.soa(names::APEX, self.negative_ttl, self.negative_ttl).bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The code of a reply, how many records answer, and its bytes.
    fn reply(name: &str, kind: u8) -> (u8, u8, Vec<u8>) {
        let mut query = vec![0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        for label in name.split('.') {
            query.push(u8::try_from(label.len()).unwrap());
            query.extend_from_slice(label.as_bytes());
        }
        query.extend_from_slice(&[0, 0, kind, 0, 1]);
        let zone = Zone { ttl: 3600, negative_ttl: 300 };
        let bytes = zone.reply(&Query::received(query, Transport::Udp));
        (bytes[3] & 0xf, bytes[7], bytes)
    }

    #[test]
    fn a_domain_with_a_policy_has_its_records() {
        let (code, answers, bytes) = reply("_mta-sts.d0000001.hit.bench.test", 16);
        assert_eq!((code, answers), (0, 1));
        assert!(bytes.ends_with(b"\x00\x0f\x0ev=STSv1; id=1;"), "{bytes:?}");
        for (name, kind) in [
            ("d0000001.hit.bench.test", 15),
            ("mx.d0000001.hit.bench.test", 1),
            ("mta-sts.d0000001.first.bench.test", 1),
        ] {
            assert_eq!((reply(name, kind).0, reply(name, kind).1), (0, 1), "{name}");
        }
        // AAAA: the name is there, such a record isn't.
        let (code, answers, _) = reply("mta-sts.d0000001.hit.bench.test", 28);
        assert_eq!((code, answers), (0, 0));
    }

    #[test]
    fn everything_else_does_not_exist() {
        for name in ["_mta-sts.d0000001.none.bench.test", "d0000001.none.bench.test", "test"] {
            let (code, answers, bytes) = reply(name, 16);
            assert_eq!((code, answers, bytes[9]), (3, 0, 1), "{name}");
        }
    }
}
