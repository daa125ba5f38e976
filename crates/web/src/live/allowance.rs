//! How many looks may be asked for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::Busy;
use crate::request::client::ClientNetwork;

/// Of how many clients it is remembered what they asked for. Where there are more, those who asked least are
/// forgotten first, and what all may ask for still holds.
const CLIENTS: usize = 10_000;

/// How much may be asked for: so much at once, and when that is used up so much a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// At once.
    pub burst: u32,
    /// A minute after that; 0 counts as 1.
    pub per_minute: u32,
}

impl Quota {
    /// The time that one look takes to come back.
    fn interval(self) -> Duration {
        Duration::from_mins(1) / self.per_minute.max(1)
    }

    /// Takes one look, or says how long to wait for it. `used_until` is the time at which everything will have
    /// come back (the generic cell rate algorithm).
    fn take(self, used_until: &mut Instant, now: Instant) -> Result<(), Duration> {
        let next = (*used_until).max(now) + self.interval();
        let ahead = next.saturating_duration_since(now);
        let most = self.interval() * self.burst.max(1);
        if ahead > most {
            return Err(ahead.saturating_sub(most));
        }
        *used_until = next;
        Ok(())
    }
}

/// What has been asked for so far.
pub(super) struct Allowance {
    per_client: Quota,
    overall: Quota,
    used: Arc<Mutex<Used>>,
}

#[derive(Default)]
struct Used {
    by_client: HashMap<ClientNetwork, Instant>,
    by_all: Option<Instant>,
}

impl Allowance {
    pub(super) fn new(per_client: Quota, overall: Quota) -> Self {
        Self { per_client, overall, used: Arc::default() }
    }

    /// The same with other quotas: what has been asked for so far still counts.
    pub(super) fn renewed(&self, per_client: Quota, overall: Quota) -> Self {
        Self { per_client, overall, used: Arc::clone(&self.used) }
    }

    /// Takes a look for a client.
    pub(super) fn take(&self, client: ClientNetwork, now: Instant) -> Result<(), Busy> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let Used { by_client, by_all } = &mut *used;
        if by_client.len() >= CLIENTS && !by_client.contains_key(&client) {
            forget(by_client, now);
        }
        let mut of_client = by_client.get(&client).copied().unwrap_or(now);
        let mut of_all = by_all.unwrap_or(now);
        self.per_client
            .take(&mut of_client, now)
            .map_err(|retry_after| Busy { is_clients: true, retry_after })?;
        self.overall
            .take(&mut of_all, now)
            .map_err(|retry_after| Busy { is_clients: false, retry_after })?;
        by_client.insert(client, of_client);
        *by_all = Some(of_all);
        Ok(())
    }
}

/// Forgets those who have everything again, and if that does not help the half that asked least.
fn forget(by_client: &mut HashMap<ClientNetwork, Instant>, now: Instant) {
    by_client.retain(|_, used_until| *used_until > now);
    if by_client.len() >= CLIENTS {
        let mut times: Vec<Instant> = by_client.values().copied().collect();
        let middle = times.len() / 2;
        let (_, median, _) = times.select_nth_unstable(middle);
        let median = *median;
        by_client.retain(|_, used_until| *used_until > median);
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn client(number: u32) -> ClientNetwork {
        ClientNetwork::V4(Ipv4Addr::from_bits(number))
    }

    #[test]
    fn what_is_used_up_comes_back_with_time() {
        let quota = Quota { burst: 2, per_minute: 6 };
        let allowance = Allowance::new(quota, Quota { burst: 100, per_minute: 100 });
        let start = Instant::now();
        let take = |after: u32| allowance.take(client(1), start + SECOND * after);
        assert_eq!((take(0), take(0)), (Ok(()), Ok(())));
        assert_eq!(take(1), Err(Busy { is_clients: true, retry_after: SECOND * 9 }));
        assert_eq!(take(10), Ok(()));
        assert!(take(11).is_err());
        assert_eq!((take(60), take(60)), (Ok(()), Ok(())));
        assert!(take(60).is_err());
        assert_eq!(
            allowance.take(client(2), start + SECOND * 60),
            Ok(()),
            "another client has its own"
        );
    }

    #[test]
    fn what_was_used_counts_under_other_quotas_too() {
        let all = Quota { burst: 100, per_minute: 100 };
        let allowance = Allowance::new(Quota { burst: 2, per_minute: 6 }, all);
        let start = Instant::now();
        assert_eq!(allowance.take(client(1), start), Ok(()));
        let renewed = allowance.renewed(Quota { burst: 1, per_minute: 6 }, all);
        assert!(renewed.take(client(1), start).is_err());
        assert_eq!(renewed.take(client(2), start), Ok(()));
    }

    #[test]
    fn all_together_are_bounded_too() {
        let allowance =
            Allowance::new(Quota { burst: 9, per_minute: 9 }, Quota { burst: 3, per_minute: 60 });
        let start = Instant::now();
        for number in 0..3 {
            assert_eq!(allowance.take(client(number), start), Ok(()));
        }
        let busy = Busy { is_clients: false, retry_after: SECOND };
        assert_eq!(allowance.take(client(3), start), Err(busy));
        assert_eq!(allowance.take(client(3), start + SECOND), Ok(()));
    }

    #[test]
    fn many_clients_do_not_fill_the_memory() {
        let quota = Quota { burst: u32::MAX, per_minute: 60_000 };
        let allowance = Allowance::new(Quota { burst: 2, per_minute: 1 }, quota);
        let start = Instant::now();
        for number in 0..50_000 {
            assert_eq!(allowance.take(client(number), start + SECOND * number / 1000), Ok(()));
        }
        assert!(allowance.used.lock().unwrap().by_client.len() <= CLIENTS);
    }
}
