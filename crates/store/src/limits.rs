//! The bounds, each with its reason.

use std::time::Duration;

/// How long opening may take, with the wait for another program that migrates the same database.
pub const OPENING: Duration = Duration::from_mins(1);

/// How long an operation may take; the slowest, a batch of removals, takes a fraction of that.
pub const OPERATION: Duration = Duration::from_secs(10);

/// How long an operation, or opening, may wait for a connection to be made, one that is no longer
/// needed to answer, closing for what is under way, or SQLite for another program that writes.
pub const WAITING: Duration = Duration::from_secs(5);

/// How many connections read from SQLite at a time: it reads on threads of this machine.
pub const SQLITE_READERS: u32 = 4;

/// How much of the database each connection to SQLite remembers, in KiB: the system remembers all of
/// the file that is in use, once for all of them.
pub const SQLITE_CACHE_KIB: u32 = 256;

/// How many connections to PostgreSQL a process has: a server allows a hundred in all unless told.
pub const POSTGRES_CONNECTIONS: u32 = 10;

/// How large an observation may be as JSON, in bytes; those of the largest looks have less.
pub const OBSERVATION_BYTES: usize = 8 * 1024 * 1024;

/// How large an observation may be packed, in bytes.
pub const PACKED_BYTES: usize = 2 * 1024 * 1024;

/// How many earlier results are listed at most.
pub const LISTED_RESULTS: u32 = 100;

/// How many policies are read or saved at a time: up to 64 MiB of them.
pub const POLICIES_AT_A_TIME: u32 = 1_000;

/// How many rows of another program's cache are read at a time: up to 64 MiB of them.
pub const CACHED_AT_A_TIME: u32 = 256;

/// How large a policy in another program's cache may be as JSON, in bytes: four times as large as a
/// policy file.
pub const CACHED_BYTES: usize = 4 * sigillo_formats::limits::POLICY_BYTES;

/// How many failed fetches of a domain are listed at most; more within a few minutes are only had
/// by who changes the id all the time.
pub const LISTED_FAILURES: u32 = 16;

/// How many rows are removed at a time, so that others come to write in between.
pub const REMOVED_AT_A_TIME: u32 = 200;
