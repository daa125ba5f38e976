//! The bounds of one look, each with its reason.

/// How many mail hosts are looked at: senders try few, and no domain needs more.
pub const MAIL_HOSTS: usize = 10;

/// How many addresses of each family of a host are looked at.
pub const ADDRESSES: usize = 4;

/// Which part of the time for the whole look a host has to have at least: a quarter, with 60 seconds
/// in all more than the slowest healthy host takes.
pub const TIME_SHARE: u32 = 4;

/// How many names the walk up for a DMARC record looks at (RFC 9989 §4.10).
pub const DMARC_WALK: usize = 8;

/// How many domains of addresses for reports are looked at.
pub const REPORT_DOMAINS: usize = 6;

/// How many steps of progress may wait for whoever shows them; more are dropped.
pub const PROGRESS_STEPS: usize = 256;
