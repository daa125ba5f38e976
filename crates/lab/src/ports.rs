//! Free ports and addresses on loopback, for programs that have to be told one.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::process;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, PoisonError};

/// What this process has given out: between the look and its use a port seems free to others.
static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// A port on which nothing listens, neither over TCP nor over UDP, and that no other caller in
/// this process has been given.
#[must_use]
pub fn free_port() -> u16 {
    for _ in 0..1_000 {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        if UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
            continue;
        }
        if GIVEN.lock().unwrap_or_else(PoisonError::into_inner).insert(port) {
            return port;
        }
    }
    panic!("no free port in a thousand attempts");
}

/// The address of a port on 127.0.0.1.
#[must_use]
pub fn loopback(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// An address of loopback that no other caller has been given, in this process or in another that
/// runs now: for servers that have to listen on a port that is the same for all, such as 25.
///
/// # Panics
/// If this process has been given 250 already.
#[must_use]
pub fn own_address() -> Ipv4Addr {
    static GIVEN: AtomicU8 = AtomicU8::new(1);
    let last = GIVEN.fetch_add(1, Ordering::Relaxed);
    assert!((1..=250).contains(&last), "no address left");
    // Processes that run at the same time hardly ever have the low 15 bits of their numbers in
    // common; from 127.64.0.0 on it is far from the addresses that tests name themselves.
    let [.., high, low] = process::id().to_be_bytes();
    Ipv4Addr::new(127, 64 + (high & 0x7f), low, last)
}
