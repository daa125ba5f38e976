//! The bounds, each with its reason.

use std::time::Duration;

/// A missing record is remembered at least as long, whatever its SOA says, so that no domain costs
/// a question for every message.
pub const LEAST_REMEMBERED: Duration = Duration::from_mins(1);

/// A missing record is remembered no longer, so that a new one is found soon.
pub const MOST_ABSENT: Duration = Duration::from_mins(30);

/// A record or a list of hosts is believed no longer, whatever its TTL.
pub const MOST_PRESENT: Duration = Duration::from_hours(1);

/// How long not to ask again where the DNS failed and nothing is remembered: a mail server tries
/// again after minutes, others may ask meanwhile.
pub const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// How long not to ask again where the DNS failed and something is remembered that counts.
pub const AFTER_FAILURE_REMEMBERED: Duration = Duration::from_mins(1);

/// A policy of an id that can't be had is not asked for again before that (RFC 8461 §3.3).
pub const BACK_OFF: Duration = Duration::from_mins(5);

/// How many ids of a domain may be in back-off; when there are more, new ones wait as well.
pub const FAILING_IDS: usize = 16;

/// How often policies are refreshed, whatever the DNS says (RFC 8461 §3.3, §10.2).
pub const REFRESH: Duration = Duration::from_hours(24);

/// How long a refresh that keeps failing waits at most until it is tried again.
pub const MOST_REFRESH_BACK_OFF: Duration = Duration::from_hours(1);

/// How many policies are refreshed at a time, beside what is asked for.
pub const REFRESHES_AT_ONCE: usize = 16;

/// How long somebody who asks waits for news while there is a remembered answer that counts.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// How long the clock has to go without being set before policies that have expired are forgotten:
/// one that is set wrong, and right again, must not cost any.
pub const STEADY: Duration = Duration::from_hours(24);

/// The difference between the two clocks that means that one was set.
pub const CLOCK_STEP: Duration = Duration::from_secs(30);

/// How often a database server that could not be reached is tried again: until it answers, nobody
/// else waits for it.
pub const STORE_TRIED_AGAIN: Duration = Duration::from_secs(1);

/// How many policies are read from the store at a time: enough that asking costs little, and few
/// enough that their texts leave no large hole in memory.
pub const LOADED_AT_A_TIME: u32 = 500;

/// The longest request of a mail server, in bytes without the netstring's own: a map's name and a
/// key ([`KEY_BYTES`](crate::next_hop::KEY_BYTES)).
pub const REQUEST_BYTES: usize = 1_200;
