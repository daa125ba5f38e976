//! How often others are asked: no more than so many times a second, whoever asks.
//!
//! Whose turn is when is worked out from the time that is passed in; only [`Pace::turn`] and
//! [`AddressPaces::turn`] look at the clock and wait.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::address_guard::AddressGuard;

/// How much of the time that was not used may be made up for: timers are no finer than this.
const SLACK: Duration = Duration::from_millis(20);

/// How many addresses are kept before those whose time has passed are forgotten.
const KEPT_ADDRESSES: usize = 64;

/// How often an address may be turned to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// How many times a second.
    pub per_second: NonZeroU32,
    /// Whether this holds for public addresses only: one's own network sets its own limits.
    pub public_only: bool,
}

impl RateLimit {
    /// Whether this holds for an address.
    #[must_use]
    pub fn covers(&self, address: IpAddr) -> bool {
        !self.public_only || AddressGuard::Public.check(address).is_ok()
    }
}

/// Turns at even distances, of which so many come in a second.
#[derive(Debug)]
pub struct Pace {
    interval: Duration,
    next: Mutex<Instant>,
}

impl Pace {
    /// So many turns in a second, the first of them at the time `now`.
    #[must_use]
    pub fn new(per_second: NonZeroU32, now: Instant) -> Self {
        Self { interval: Duration::from_secs(1) / per_second.get(), next: Mutex::new(now) }
    }

    /// Takes the next turn that is free at the time `now`, and says when it is.
    #[must_use]
    pub fn take(&self, now: Instant) -> Instant {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        // What timers are too coarse for may be made up for, and nothing else.
        let slack = if self.interval < SLACK { SLACK } else { Duration::ZERO };
        let turn = (*next).max(now.checked_sub(slack).unwrap_or(now));
        *next = turn + self.interval;
        turn
    }

    /// Waits for one's turn. Who stops waiting has had it all the same.
    pub async fn turn(&self) {
        wait(self.take(Instant::now())).await;
    }
}

/// A [`Pace`] for each address, of which only those are kept whose next turn is still to come.
///
/// An IPv6 address counts as its /64, which belongs to one network: a hoster may have an address
/// for each customer on one machine.
#[derive(Debug)]
pub struct AddressPaces {
    limit: RateLimit,
    turns: Mutex<Turns>,
}

#[derive(Debug)]
struct Turns {
    next: HashMap<IpAddr, Instant>,
    /// With how many addresses it is time to forget those whose turn has passed.
    full: usize,
}

impl AddressPaces {
    /// So many turns for each address.
    #[must_use]
    pub fn new(limit: RateLimit) -> Self {
        Self { limit, turns: Mutex::new(Turns { next: HashMap::new(), full: KEPT_ADDRESSES }) }
    }

    /// Takes the next turn of an address that is free at the time `now`, and says when it is.
    #[must_use]
    pub fn take(&self, address: IpAddr, now: Instant) -> Instant {
        if !self.limit.covers(address) {
            return now;
        }
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        if turns.next.len() >= turns.full {
            turns.next.retain(|_, next| *next > now);
            // Twice what is left, so that each address costs little to forget.
            turns.full = (turns.next.len() * 2).max(KEPT_ADDRESSES);
        }
        let next = turns.next.entry(network(address)).or_insert(now);
        let turn = (*next).max(now);
        *next = turn + Duration::from_secs(1) / self.limit.per_second.get();
        turn
    }

    /// Waits for one's turn. Who stops waiting has had it all the same.
    pub async fn turn(&self, address: IpAddr) {
        wait(self.take(address, Instant::now())).await;
    }
}

async fn wait(turn: Instant) {
    if turn > Instant::now() {
        sleep_until(turn).await;
    }
}

/// What an address counts as.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let host_bits = u128::from(u64::MAX);
            Ipv6Addr::from_bits(address.to_bits() & !host_bits).into()
        }
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLI: Duration = Duration::from_millis(1);

    fn per_second(number: u32) -> NonZeroU32 {
        NonZeroU32::new(number).unwrap()
    }

    fn everywhere(number: u32) -> AddressPaces {
        AddressPaces::new(RateLimit { per_second: per_second(number), public_only: false })
    }

    /// When those have their turn who come at these times, in milliseconds.
    fn turns(rate: u32, coming: &[u32]) -> Vec<u128> {
        let start = Instant::now();
        let pace = Pace::new(per_second(rate), start);
        let turn = |at: &u32| {
            let now = start + MILLI * *at;
            (pace.take(now).max(now) - start).as_millis()
        };
        coming.iter().map(turn).collect()
    }

    #[test]
    fn turns_come_at_even_distances() {
        assert_eq!(
            turns(10, &[0, 0, 0, 10, 1000, 1000, 1150]),
            [0, 100, 200, 300, 1000, 1100, 1200]
        );
        // Two milliseconds: a timer that comes 10 ms late is made up for, half a second is not.
        assert_eq!(turns(500, &[0, 12, 12, 12, 12]), [0, 12, 12, 12, 12]);
        let late = [vec![0], vec![500; 15]].concat();
        assert_eq!(turns(500, &late)[11..], [500, 502, 504, 506, 508]);
    }

    #[test]
    fn each_address_has_its_own_turns() {
        let paces = everywhere(2);
        let start = Instant::now();
        for (address, expected) in [
            ("192.0.2.1", 0),
            ("192.0.2.2", 0),
            ("192.0.2.1", 500),
            ("::ffff:192.0.2.1", 1000),
            ("2001:db8::1", 0),
            ("2001:db8::2:3", 500),
            ("2001:db8:0:1::1", 0),
        ] {
            let turn = paces.take(address.parse().unwrap(), start) - start;
            assert_eq!(turn.as_millis(), expected, "{address}");
        }
    }

    #[test]
    fn ones_own_network_may_be_left_out() {
        let limit = RateLimit { per_second: NonZeroU32::MIN, public_only: true };
        let paces = AddressPaces::new(limit);
        let now = Instant::now();
        for (address, is_limited) in [("10.0.0.1", false), ("::1", false), ("9.9.9.9", true)] {
            let address = address.parse().unwrap();
            let _first = paces.take(address, now);
            assert_eq!(paces.take(address, now) > now, is_limited, "{address}");
        }
    }

    #[test]
    fn a_million_addresses_take_no_more_room_than_those_of_a_moment() {
        let paces = everywhere(10);
        let start = Instant::now();
        let mut most = 0;
        for number in 0..1_000_000 {
            // A thousand a second, of which a hundred have a turn to come.
            let address = std::net::Ipv4Addr::from_bits(number).into();
            let _turn = paces.take(address, start + MILLI * number);
            let turns = paces.turns.lock().unwrap();
            most = most.max(turns.next.len().max(turns.next.capacity()));
        }
        assert!((100..1_000).contains(&most), "{most}");
    }

    #[tokio::test(start_paused = true)]
    async fn waiting_takes_until_the_turn() {
        let start = Instant::now();
        let pace = Pace::new(per_second(4), start);
        let paces = everywhere(4);
        for _ in 0..9 {
            pace.turn().await;
            paces.turn(IpAddr::from([192, 0, 2, 1])).await;
        }
        assert_eq!(start.elapsed().as_millis(), 2000);
    }
}
