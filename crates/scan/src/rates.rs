//! How often those are asked whom many domains of a list share.

use std::num::NonZeroU32;
use std::time::Duration;

use sigillo_net::pace::RateLimit;

use crate::run::LOOKS_AT_ONCE;

/// How many questions a resolver is asked in a second unless told otherwise, if it is not one's
/// own: half of what the large public ones let an address ask.
pub const RESOLVER_RATE: NonZeroU32 = NonZeroU32::new(500).unwrap();

/// How many times an address of policy hosts is fetched from in a second unless told otherwise.
pub const POLICY_HOST_RATE: NonZeroU32 = NonZeroU32::new(10).unwrap();

/// How many questions the look at a domain with a record asks: more are rare.
const QUESTIONS: u32 = 100;

/// How many fetches from one address a look may wait for: the policy, and three wrong paths.
const FETCHES: u32 = 4;

/// How often those are asked whom many domains of a list share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// How many questions each DNS server is asked.
    pub per_resolver: Option<RateLimit>,
    /// How many fetches begin from each address of policy hosts.
    pub per_policy_host: Option<RateLimit>,
}

impl Default for Rates {
    /// Gentle ones, for public addresses alone: one's own resolver is as fast as it is.
    fn default() -> Self {
        let public = |per_second| Some(RateLimit { per_second, public_only: true });
        Self { per_resolver: public(RESOLVER_RATE), per_policy_host: public(POLICY_HOST_RATE) }
    }
}

impl Rates {
    /// How long a domain may have to wait for its turns, with so many under way. The time for a
    /// look has to be longer by that: nobody is to be called slow for our patience.
    #[must_use]
    pub fn waiting(&self, concurrency: usize) -> Duration {
        let looks = u32::try_from(LOOKS_AT_ONCE).unwrap_or(u32::MAX);
        let concurrency = u32::try_from(concurrency).unwrap_or(u32::MAX);
        let turns = |limit: Option<RateLimit>, count| {
            let interval = limit.map(|limit| Duration::from_secs(1) / limit.per_second.get());
            interval.unwrap_or_default().saturating_mul(count)
        };
        let questions = concurrency.saturating_add(looks * QUESTIONS);
        // One waits for the policy and, if it isn't there, again for the wrong paths.
        turns(self.per_resolver, questions) + turns(self.per_policy_host, 2 * looks * FETCHES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slower_the_rate_the_longer_the_wait() {
        let none = Rates { per_resolver: None, per_policy_host: None };
        assert_eq!(none.waiting(100), Duration::ZERO);
        let once = Some(RateLimit { per_second: NonZeroU32::MIN, public_only: false });
        let questions = Rates { per_resolver: once, ..none };
        assert_eq!(questions.waiting(100), Duration::from_secs(100 + 16 * 100));
        let fetches = Rates { per_policy_host: once, ..none };
        assert_eq!(fetches.waiting(100), Duration::from_secs(2 * 16 * 4));
        assert!(Rates::default().waiting(100) < Duration::from_secs(20));
    }
}
